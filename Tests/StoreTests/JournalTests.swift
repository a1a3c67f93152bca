import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

struct JournalTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    @Test func `mails and cursor go in together, and nothing is known before`() async throws {
        #expect(try await store.cursor(of: "INBOX") == nil)
        let new = try await store.store(
            [Sample.mail(1, "a"), Sample.mail(2, "b")], in: "INBOX", cursor: Sample.cursor(3), at: Sample.noon)
        #expect(new == 2)
        #expect(try await store.cursor(of: "INBOX") == Sample.cursor(3))
        #expect(try await store.cursor(of: "Other") == nil)
        let claimed = try await store.claimUndecided(limit: 10, bytes: 1 << 20)
        #expect(
            claimed.map { $0.raw?.bytes } == [try Sample.mail(1, "a").raw?.bytes, try Sample.mail(2, "b").raw?.bytes])
        #expect(claimed.map(\.receivedAt) == [Sample.noon, Sample.noon])
    }

    @Test func `a poll moves the cursor without mails`() async throws {
        #expect(try await store.store([], in: "INBOX", cursor: Sample.cursor(9), at: Sample.noon) == 0)
        #expect(try await store.cursor(of: "INBOX") == Sample.cursor(9))
    }

    @Test func `the same place twice is one mail`() async throws {
        for _ in 1...2 {
            _ = try await store.store([Sample.mail(1, "a")], in: "INBOX", cursor: Sample.cursor(2), at: Sample.noon)
        }
        #expect(try await store.allMessages().count == 1)
    }

    @Test func `the same bytes in one generation are stored as a duplicate without a second judging`() async throws {
        let new = try await store.store(
            [Sample.mail(1, "a"), Sample.mail(2, "a")], in: "INBOX", cursor: Sample.cursor(3), at: Sample.noon)
        #expect(new == 1)
        let rows = try await store.allMessages()
        #expect(rows.map(\.verdict) == [nil, .ignored])
        #expect(rows.map(\.reason) == [nil, "duplicate"])
        #expect(rows[0].sha256 == rows[1].sha256)
        #expect(try await store.claimUndecided(limit: 10, bytes: 1 << 20).count == 1)
        #expect(try await store.rawMail(rows[1].id) == Sample.mail(1, "a").raw?.bytes)
    }

    @Test func `after a new UIDVALIDITY known bytes get their new place and are not judged again`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        _ = try await store.record(ids.map { Sample.ruling($0) }, at: Sample.noon)
        try await store.markSettled(ids)
        let new = try await store.store(
            [Sample.mail(40, "2"), Sample.mail(41, "new")], in: "INBOX", cursor: Sample.cursor(42, validity: 8),
            at: Sample.noon)
        #expect(new == 1)
        let rows = try await store.allMessages()
        #expect(rows.map(\.uid) == [1, 40, 41])
        #expect(rows.map(\.uidValidity) == [7, 8, 8])
        #expect(rows.map(\.verdict) == [.incomplete, .incomplete, nil])
        let unsettled = try await store.unsettled(in: "INBOX", validity: UIDValidity(8), limit: 10)
        #expect(unsettled.map(\.uid.number) == [40])
        #expect(unsettled.map(\.verdict) == [.incomplete])
        #expect(unsettled.map(\.reason.code) == ["cc.missing"])
    }

    @Test func `a duplicate of the older generation gets its new place too`() async throws {
        _ = try await store.store(
            [Sample.mail(1, "a"), Sample.mail(2, "a")], in: "INBOX", cursor: Sample.cursor(3), at: Sample.noon)
        let new = try await store.store(
            [Sample.mail(5, "a"), Sample.mail(6, "a"), Sample.mail(7, "a")], in: "INBOX",
            cursor: Sample.cursor(8, validity: 8), at: Sample.noon)
        #expect(new == 0)
        let rows = try await store.allMessages()
        #expect(rows.map(\.uid) == [5, 6, 7])
        #expect(rows.map(\.reason) == [nil, "duplicate", "duplicate"])
    }

    @Test func `a mail too large to fetch is kept without bytes`() async throws {
        let listing = MailboxListing(uid: try #require(UID(3)), size: 30_000_000, receivedAt: Sample.noon)
        _ = try await store.store(
            [FetchedMail(listing: listing, raw: nil)], in: "INBOX", cursor: Sample.cursor(4), at: Sample.noon)
        let claimed = try await store.claimUndecided(limit: 1, bytes: 1)
        #expect(claimed.map(\.size) == [30_000_000])
        #expect(claimed.first?.raw == nil)
        #expect(try await store.allMessages().first?.sha256 == nil)
    }

    @Test func `sizes that no mail can have do no harm`() async throws {
        let mails = try [Int.max, Int.max, -5].enumerated().map { place, size in
            FetchedMail(
                listing: MailboxListing(
                    uid: try #require(UID(UInt32(place + 1))), size: size, receivedAt: .distantFuture),
                raw: nil)
        }
        _ = try await store.store(mails, in: "INBOX", cursor: Sample.cursor(4), at: Sample.noon)
        #expect(try await store.claimUndecided(limit: 10, bytes: .max).map(\.size) == [.max, .max, -5])
    }

    @Test func `a claim keeps its bounds, and always takes one`() async throws {
        let mails = try (1...5).map { try Sample.mail($0, String(repeating: "x", count: 500) + "\($0)") }
        _ = try await store.store(mails, in: "INBOX", cursor: Sample.cursor(6), at: Sample.noon)
        let size = try #require(mails.first?.listing.size)
        let first = try await store.claimUndecided(limit: 10, bytes: 2 * size)
        #expect(first.map(\.id.number) == [1, 2])
        _ = try await store.record(first.map { Sample.ruling($0.id) }, at: Sample.noon)
        let second = try await store.claimUndecided(limit: 10, bytes: 1)
        #expect(second.map(\.id.number) == [3])
        _ = try await store.record(second.map { Sample.ruling($0.id) }, at: Sample.noon)
        #expect(try await store.claimUndecided(limit: 1, bytes: 1 << 20).map(\.id.number) == [4])
        #expect(try await store.claimUndecided(limit: 0, bytes: 1 << 20).isEmpty)
    }

    @Test func `what was tried before comes alone, with its attempts, from another process too`() async throws {
        try await Sample.deliver(3, to: store)
        let again = try scratch.store()
        var seen: [[Int64]] = []
        for _ in 1...3 {
            let claimed = try await again.claimUndecided(limit: 10, bytes: 1 << 20)
            #expect(claimed.map(\.earlierAttempts) == [1])
            seen.append(claimed.map(\.id.number))
            _ = try await again.record(claimed.map { Sample.ruling($0.id) }, at: Sample.noon)
        }
        #expect(seen == [[1], [2], [3]])
    }

    @Test func `each claim of the same mail counts`() async throws {
        try await Sample.deliver(1, to: store)
        #expect(try await store.claimUndecided(limit: 10, bytes: 1).map(\.earlierAttempts) == [1])
        #expect(try await store.claimUndecided(limit: 10, bytes: 1).map(\.earlierAttempts) == [2])
    }

    @Test func `an attempt given back does not count, and never falls below zero`() async throws {
        let ids = try await Sample.deliver(3, to: store)
        try await store.giveBack(ids)
        try await store.giveBack([ids[1], JournalID(404)])
        try await store.giveBack([])
        let again = try await store.claimUndecided(limit: 10, bytes: 1 << 20)
        #expect(again.map(\.id) == ids)
        #expect(again.map(\.earlierAttempts) == [0, 0, 0])
    }

    @Test func `a decided mail's attempt can't be given back`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0])], at: Sample.noon)
        try await store.giveBack(ids)
        #expect(try await store.allMessages().map(\.attempts) == [1])
    }

    /// Mails of this size that were never downloaded, at these UIDs; `received` in seconds after noon, nil for a server
    /// that did not say.
    private func storeUnread(_ mails: [(uid: UInt32, size: Int, received: Double?)], validity: UInt32) async throws
        -> Int
    {
        let fetched = try mails.map { mail in
            FetchedMail(
                listing: MailboxListing(
                    uid: try #require(UID(mail.uid)), size: mail.size,
                    receivedAt: mail.received.map { Sample.noon.addingTimeInterval($0) }), raw: nil)
        }
        return try await store.store(
            fetched, in: "INBOX", cursor: Sample.cursor(100, validity: validity), at: Sample.noon)
    }

    @Test func `after a new UIDVALIDITY a mail that was never downloaded is told by its size and arrival`() async throws
    {
        #expect(try await storeUnread([(1, 30_000_000, 0), (2, 30_000_000, 0), (3, 9, nil)], validity: 7) == 3)
        let ids = try await store.claimUndecided(limit: 1, bytes: 1).map(\.id)
        _ = try await store.record(ids.map { Sample.ruling($0, .held) }, at: Sample.noon)
        try await store.markSettled(ids)
        let moved: [(UInt32, Int, Double?)] = [
            (11, 30_000_000, 0), (12, 30_000_000, 0), (13, 30_000_000, 1), (14, 30_000_001, 0), (15, 9, nil),
        ]
        #expect(try await storeUnread(moved, validity: 8) == 3)
        let rows = try await store.allMessages()
        #expect(rows.map(\.uid) == [11, 12, 3, 13, 14, 15])
        #expect(rows.map(\.uidValidity) == [8, 8, 7, 8, 8, 8])
        #expect(rows.map(\.verdict) == [.held, nil, nil, nil, nil, nil])
        #expect(
            try await store.unsettled(in: "INBOX", validity: UIDValidity(8), limit: 9).map(\.uid.number) == [11])
    }

    @Test func `fresh mails do not come with one that was tried`() async throws {
        try await Sample.deliver(1, to: store)
        _ = try await store.store([Sample.mail(2, "b")], in: "INBOX", cursor: Sample.cursor(3), at: Sample.noon)
        #expect(try await store.claimUndecided(limit: 10, bytes: 1 << 20).map(\.id.number) == [1])
    }

    @Test func `settled mails are settled, and the poll is noted`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        _ = try await store.record([Sample.ruling(ids[0]), Sample.ruling(ids[1], .held)], at: Sample.noon)
        #expect(try await store.unsettled(in: "INBOX", validity: UIDValidity(7), limit: 1).map(\.entry) == [ids[0]])
        try await store.markSettled([ids[0]])
        #expect(try await store.unsettled(in: "INBOX", validity: UIDValidity(7), limit: 9).map(\.entry) == [ids[1]])
        #expect(try await store.unsettled(in: "INBOX", validity: UIDValidity(8), limit: 9).isEmpty)
        try await store.notePoll(of: "INBOX", at: Sample.noon)
        #expect(try await store.status(since: Sample.noon).lastPoll == Sample.noon)
    }
}
