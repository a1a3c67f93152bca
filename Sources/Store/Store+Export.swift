import GRDB
package import Registry

extension Store {
    /// Writes the registry as it is now, as lines of the exchange format: the types in ``RegistryEntry/EntityType``'s
    /// order, so that what is referred to comes first, and by key within. Everything is of one moment. An import of it
    /// into an empty store gives the same bytes again.
    ///
    /// While `take` works, nobody can write into the database: it should not wait for anything.
    ///
    /// - Parameters:
    ///   - types: which entries; none are all.
    ///   - take: is handed pieces of whole lines, about 64 KiB each.
    /// - Returns: how many lines.
    @discardableResult
    package func exportRegistry(
        _ types: Set<RegistryEntry.EntityType> = [], _ take: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws(StoreFault) -> Int {
        try await read { db in
            var count = 0
            var piece: [UInt8] = []
            for type in RegistryEntry.EntityType.allCases where types.isEmpty || types.contains(type) {
                let table = RegistryTable(type)
                let rows = try db.rows("SELECT \(table.current) FROM \(table.name) ORDER BY \(table.key)")
                while let row = try rows.next() {
                    guard let item = RegistryItem(row) else {
                        throw StoreFault(
                            .damaged,
                            "the registry holds an entry that can't be read: \(type.rawValue) '\(row[0] as String)'",
                            hint: "import it again")
                    }
                    piece += item.json.utf8
                    piece.append(UInt8(ascii: "\n"))
                    count += 1
                    if piece.count >= 65_536 {
                        try take(piece)
                        piece.removeAll(keepingCapacity: true)
                    }
                }
            }
            if !piece.isEmpty { try take(piece) }
            return count
        }
    }
}
