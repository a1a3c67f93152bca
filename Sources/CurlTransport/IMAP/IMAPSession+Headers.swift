package import Mail

/// The header of one mail as it lies on the server.
package struct FetchedHeader: Sendable, Hashable {
    package let uid: UID
    /// With the empty line; cut off behind 256 KiB.
    package let bytes: [UInt8]
}

extension IMAPSession {
    private static let fetch = "(UID BODY.PEEK[HEADER]<0.262144>)"

    /// The headers of the newest mails, at most `count`, oldest first. Marks nothing as seen.
    package func newestHeaders(_ count: Int) throws(TransportFault) -> [FetchedHeader] {
        try runOrFail("NOOP")
        guard exists > 0, count > 0 else { return [] }
        let first = exists > UInt32(clamping: count) ? exists - UInt32(clamping: count) + 1 : 1
        return try headers("FETCH \(first):* \(Self.fetch)", atMost: count)
    }

    /// The headers of the mails that bear a Message-ID, at most ten, oldest first. Marks nothing as seen.
    package func headers(of id: MessageID) throws(TransportFault) -> [FetchedHeader] {
        // Lets the server take note of what has come.
        try runOrFail("NOOP")
        var found: Set<UInt32> = []
        let quoted = id.text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        try runOrFail("UID SEARCH HEADER Message-ID \"\(quoted)\"") { data in
            if case .search(let numbers) = data, found.count < 1_000 { found.formUnion(numbers) }
        }
        let uids = found.sorted().prefix(10)
        guard !uids.isEmpty else { return [] }
        let set = uids.map(String.init).joined(separator: ",")
        return try headers("UID FETCH \(set) \(Self.fetch)", atMost: 10)
    }

    private func headers(_ command: String, atMost count: Int) throws(TransportFault) -> [FetchedHeader] {
        var found: [UID: [UInt8]] = [:]
        try runOrFail(command, answerOctets: count * 262_144) { data in
            guard case .fetch(let response) = data, let uid = response.uid.flatMap({ UID($0) }),
                let header = response.header, found.count < count
            else { return }
            found[uid] = header
        }
        return found.sorted { $0.key < $1.key }.map { FetchedHeader(uid: $0.key, bytes: $0.value) }
    }
}
