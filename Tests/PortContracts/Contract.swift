package import struct Foundation.Date

/// What a port promises, as a value: a name and a check that any implementation must pass.
package struct Contract<Port>: Sendable, CustomStringConvertible {
    /// The promise, as a sentence.
    package let description: String
    /// Throws ``Broken`` when the implementation, fresh and empty, does not keep it.
    package let check: @Sendable (Port) async throws -> Void

    init(_ description: String, _ check: @escaping @Sendable (Port) async throws -> Void) {
        self.description = description
        self.check = check
    }

    /// A promise that was not kept.
    package struct Broken: Error, CustomStringConvertible {
        package let description: String
    }
}

/// Throws unless both are equal.
func require<Value: Equatable>(_ what: String, _ seen: Value, is wanted: Value) throws {
    guard seen == wanted else {
        throw Contract<Never>.Broken(description: "\(what): \(seen) instead of \(wanted)")
    }
}

/// The moment at which contracts are checked.
package let contractMoment = Date(timeIntervalSince1970: 1_793_534_400)
