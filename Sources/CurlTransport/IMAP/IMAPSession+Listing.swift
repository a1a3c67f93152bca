package import Mail

extension IMAPSession {
    /// How many UIDs one SEARCH covers: its answer may name every one of them.
    private static let window: UInt32 = 20_000
    /// How far a window may grow over stretches where nothing lies.
    private static let largestWindow: UInt32 = 320_000

    /// The mails with a UID of at least `first`, ascending, at most `limit` of them.
    package func list(from first: UID, limit: Int) throws(TransportFault) -> [MailboxListing] {
        guard limit > 0 else { return [] }
        // Cleared before looking: mail that arrives from here on ends the next wait.
        mayHaveNews = false
        // Lets the server report what has come, also a new UIDNEXT, before it is asked for it.
        try runOrFail("NOOP")
        guard exists > 0 else { return [] }
        let uids = try search(from: first, atLeast: limit).prefix(limit)
        guard let lowest = uids.first, let highest = uids.last else { return [] }
        let wanted = Set(uids)
        var found: [UID: FetchResponse] = [:]
        // Every mail between the two is wanted, so a plain range is exact and short.
        try runOrFail("UID FETCH \(lowest):\(highest) (UID RFC822.SIZE INTERNALDATE)") { data in
            guard case .fetch(let response) = data, let uid = response.uid.flatMap({ UID($0) }), wanted.contains(uid)
            else { return }
            // Servers may tell in pieces.
            var merged = found[uid] ?? response
            merged.size = merged.size ?? response.size
            merged.internalDate = merged.internalDate ?? response.internalDate
            found[uid] = merged
        }
        return uids.compactMap { uid in
            guard let response = found[uid], let size = response.size else { return nil }
            return MailboxListing(uid: uid, size: size, receivedAt: response.internalDate)
        }
    }

    /// At least `count` UIDs from `first` on, or all that there are; ascending, each once.
    private func search(from first: UID, atLeast count: Int) throws(TransportFault) -> [UID] {
        var found: [UID] = []
        var start = first.number
        var window = Self.window
        // The last known UID; beyond it lies only what came since.
        let known = (nextUID?.number).map { $0 - 1 } ?? 0
        while found.count < count {
            let (sum, overflow) = start.addingReportingOverflow(window - 1)
            let end = overflow ? UInt32.max : sum
            // With few mails a single open search is as bounded as a window.
            let isLast = end >= known || Int(exists) <= Self.window
            let bound = isLast ? "*" : String(end)
            var matches: Set<UInt32> = []
            try runOrFail("UID SEARCH UID \(start):\(bound)") { data in
                // `n:*` always names the last mail, even when its UID is below n (RFC 9051 §6.4.8).
                guard case .search(let numbers) = data else { return }
                matches.formUnion(numbers.lazy.filter { $0 >= start && (isLast || $0 <= end) })
            }
            found += matches.sorted().compactMap { UID($0) }
            if isLast { break }
            window = matches.isEmpty ? min(window * 2, Self.largestWindow) : Self.window
            start = end + 1
        }
        return found
    }
}
