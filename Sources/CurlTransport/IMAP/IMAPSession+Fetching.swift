package import Mail

extension IMAPSession {
    /// The bytes of the listed mails, in their order. One above the size limit comes without bytes and is not
    /// downloaded; one that is gone meanwhile is left out. Marks nothing as seen.
    ///
    /// Holds all bytes that it returns: let the listings of one call sum up to what memory allows.
    package func fetch(_ listings: [MailboxListing]) throws(TransportFault) -> [FetchedMail] {
        var bodies: [UID: FetchResponse.Body] = [:]
        let small = listings.filter { $0.size <= settings.sizeLimit }
        for batch in Self.batches(small, octets: settings.batchOctets, count: settings.batchCount) {
            try fetch(batch, into: &bodies)
        }
        return listings.compactMap { listing in
            guard listing.size <= settings.sizeLimit else { return FetchedMail(listing: listing, raw: nil) }
            switch bodies[listing.uid] {
            case .bytes(let bytes):
                return FetchedMail(listing: listing, raw: RawMail(bytes: bytes, receivedAt: listing.receivedAt))
            case .tooLarge(let octets):
                // Announced smaller than it is: its true size is told, its bytes were read past.
                let truth = MailboxListing(uid: listing.uid, size: octets, receivedAt: listing.receivedAt)
                return FetchedMail(listing: truth, raw: nil)
            case .absent: return FetchedMail(listing: listing, raw: nil)
            case nil: return nil
            }
        }
    }

    /// One FETCH for `batch`. Where the server refuses it, in halves: one mail that it cannot read must not hide the
    /// others; that one itself counts as there, but without content.
    private func fetch(
        _ batch: ArraySlice<MailboxListing>, into bodies: inout [UID: FetchResponse.Body]
    ) throws(TransportFault) {
        guard let first = batch.first else { return }
        let wanted = Set(batch.map(\.uid))
        var octets = 0
        for listing in batch { octets += min(max(0, listing.size), settings.sizeLimit) }
        for set in UIDSet.sets(of: batch.map(\.uid), count: settings.batchCount) {
            var parts: [UID: FetchResponse.Body] = [:]
            let status = try run("UID FETCH \(set.text) (UID BODY.PEEK[])", answerOctets: octets) { data in
                guard case .fetch(let response) = data, let uid = response.uid.flatMap({ UID($0) }),
                    let body = response.body, wanted.contains(uid), parts[uid] == nil
                else { return }
                parts[uid] = body
            }
            bodies.merge(parts) { earlier, _ in earlier }
            guard status.condition == .no else { continue }
            guard !Self.isPassing(status) else { throw Self.refusal(of: "to hand out mails", status) }
            let missing = batch.filter { bodies[$0.uid] == nil && set.uids.contains($0.uid) }
            if missing.count == 1, batch.count == 1 {
                bodies[first.uid] = .absent
            } else {
                let half = (missing.count + 1) / 2
                try fetch(missing[..<min(half, missing.count)], into: &bodies)
                try fetch(missing[min(half, missing.count)...], into: &bodies)
            }
        }
    }

    /// Cuts the row where a batch would grow beyond `octets` or `count`; each batch holds one mail at least.
    private static func batches(
        _ listings: [MailboxListing], octets: Int, count: Int
    ) -> [ArraySlice<MailboxListing>] {
        var batches: [ArraySlice<MailboxListing>] = []
        var start = 0
        var sum = 0
        for (index, listing) in listings.enumerated() {
            let size = max(0, listing.size)
            if index > start, sum + size > octets || index - start >= max(1, count) {
                batches.append(listings[start..<index])
                start = index
                sum = 0
            }
            sum += size
        }
        if start < listings.count { batches.append(listings[start...]) }
        return batches
    }
}
