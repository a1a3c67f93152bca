import Defaults
import Foundation
import Judging
import Logging
import Mail
import MailParsing
import Operations
import Registry
import SenderTrust
import Service
import Store
import Testing

@testable import postern

/// Many mails at once, through the real desk and the real store.
@Suite(.serialized) struct FloodTests {
    private static let noon = Date(timeIntervalSince1970: 1_795_176_000)

    private struct Clock: WallClock { let now: Date }

    /// Replies that say nothing but whom they are for.
    private struct ShortReplies: ReplyComposer {
        func compose(_ decision: Decision, seed: String, at now: Date) throws -> OutboundMail {
            let id = MessageID("\(seed.replacing("|", with: "."))@postern.example")
            return OutboundMail(
                messageID: try #require(id), envelopeFrom: nil, recipients: [try #require(decision.reply).recipient],
                bytes: [])
        }
    }

    /// Made once: reading the lexicon takes seconds in a debug build.
    private static let judge = Result {
        try JudgeAssembly.judge(
            files: JudgeAssembly.files(overlay: nil), procedures: nil,
            trust: TrustSettings(authservID: "mx.traces.example"),
            support: SupportIdentity(
                addresses: ["support@traces.example"].compactMap { EmailAddress($0) },
                messageIDDomain: "postern.example"))
    }

    /// The service as it would be after a start: nothing is remembered but what the file holds.
    private func desk(on path: String, limits: ReplyLimits = ReplyLimits(), at now: Date = noon) throws -> (Desk, Store)
    {
        let store = try Store(path: path)
        let tools = DeskTools(judge: try Self.judge.get(), composer: ShortReplies(), limits: limits)
        let desk = Desk(
            journal: store, parser: Parser(gmime: GMimeParser()), tools: Current(tools), line: Line(),
            clock: Clock(now: now), watchdog: Watchdog(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return (desk, store)
    }

    private func store(_ mails: [String], from first: UInt32, in store: Store) async throws {
        let fetched = try mails.enumerated().map { index, mail in
            let listing = MailboxListing(
                uid: try #require(UID(first + UInt32(index))), size: mail.utf8.count, receivedAt: Self.noon)
            return FetchedMail(listing: listing, raw: RawMail(bytes: Array(mail.utf8), receivedAt: Self.noon))
        }
        let next = try #require(UID(first + UInt32(mails.count)))
        _ = try await store.store(
            fetched, in: "INBOX", cursor: MailboxCursor(validity: UIDValidity(7), next: next), at: Self.noon)
    }

    private func verdicts(_ store: Store) async throws -> [String: Int] {
        var count: [String: Int] = [:]
        try await store.messages { rows in
            for row in rows {
                count[row.verdict == .held ? row.reason ?? "" : row.verdict?.rawValue ?? "", default: 0] += 1
            }
        }
        return count
    }

    private func replies(_ store: Store) async throws -> [String: Int] {
        var count: [String: Int] = [:]
        try await store.outbox { rows in for row in rows { count[row.verdict, default: 0] += 1 } }
        return count
    }

    /// How many mails a flood has: thousands take minutes in a debug build. POSTERN_FLOOD=10000 asks for them.
    static func size(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["POSTERN_FLOOD"].flatMap(Int.init) ?? usual
    }

    @Test
    func `A flood of one sender gets three replies of one outcome and ten in all, also across a restart`()
        async throws
    {
        try await Workshop.with { shop in
            let path = shop.path("postern.db")
            let (desk, store) = try desk(on: path)
            let registry =
                MailRoom.registry(accounts: 2)
                // Both requests are the first account's.
                .replacing(#""id":"R-2","account":"A-2""#, with: #""id":"R-2","account":"A-1""#)
            _ = try await store.importRegistry(text: registry, actor: "test", at: Self.noon)
            func mail(_ subject: String, _ body: String, cc: String? = nil) -> String {
                ArrivedMail(from: "ana1@drvo.example", cc: cc, subject: subject, body: body).text
            }
            let ask = "I ask for the role of FLEGT timber importer. My name is Ana Kovač, "
            let (before, after) = (Self.size(900) / 10 * 6, Self.size(900) / 10 * 4)
            let flood = (0..<before).map { number in
                switch number % 3 {
                case 0: mail("Role request: FLEGT timber importer", ask + "of Drvo 1 d.o.o.")
                case 1: mail("Status", "What is the status of my role request?")
                default: mail("Role request: FLEGT timber importer", ask + "of Drvo 1 d.o.o. and of Drvo 2 d.o.o.")
                }
            }
            try await self.store(flood, from: 1, in: store)
            #expect(try await desk.judgeBacklog() == before)
            #expect(try await replies(store) == ["incomplete": 3, "answered": 3, "ambiguous": 3])

            let (again, later) = try self.desk(on: path, at: Self.noon + 600)
            let complete = (0..<after).map { _ in
                mail("Role request: FLEGT timber importer", ask + "of Drvo 1 d.o.o.", cc: "flegt@mps.example")
            }
            try await self.store(complete, from: UInt32(before) + 1, in: later)
            #expect(try await again.judgeBacklog() == after)
            // The tenth reply says that the request is confirmed.
            #expect(try await replies(later) == ["incomplete": 3, "answered": 3, "ambiguous": 3, "accepted": 1])
            var held = try await verdicts(later)
            for (verdict, count) in ["incomplete": 3, "answered": 3, "ambiguous": 3, "accepted": 1] {
                #expect(held.removeValue(forKey: verdict) == count)
            }
            #expect(held.keys.sorted() == ["limit.replies", "limit.same-outcome"])
            #expect(held.values.reduce(0, +) == before + after - 10)
        }
    }

    @Test func `Beyond the global limit mail is held, a restart gives nothing back, and a released one is answered`()
        async throws
    {
        try await Workshop.with { shop in
            let path = shop.path("postern.db")
            let limits = ReplyLimits(burst: 10, perHour: 1)
            let (desk, store) = try desk(on: path, limits: limits)
            _ = try await store.importRegistry(text: MailRoom.registry(accounts: 20), actor: "test", at: Self.noon)
            func requests(_ numbers: Range<Int>, _ name: String) -> [String] {
                numbers.map {
                    ArrivedMail(
                        from: "\(name)\($0)@drvo.example", subject: "Role request: FLEGT timber importer",
                        body: "I ask for the role of FLEGT timber importer."
                    ).text
                }
            }
            // Strangers can take half of it, and what is left is for those whom the registry knows.
            try await self.store(requests(1..<9, "unknown"), from: 1, in: store)
            _ = try await desk.judgeBacklog()
            #expect(try await verdicts(store) == ["unmatched": 5, "limit.global": 3])
            try await self.store(requests(1..<4, "ana"), from: 100, in: store)
            _ = try await desk.judgeBacklog()
            #expect(try await verdicts(store) == ["unmatched": 5, "limit.global": 3, "incomplete": 3])

            let (again, later) = try self.desk(on: path, limits: limits)
            try await self.store(requests(4..<10, "ana"), from: 200, in: later)
            _ = try await again.judgeBacklog()
            #expect(try await verdicts(later) == ["unmatched": 5, "limit.global": 7, "incomplete": 5])

            // An hour makes room for one; the operator says for whom.
            try await later.replay(JournalID(6), actor: "eva", at: Self.noon)
            try await later.replay(JournalID(17), actor: "eva", at: Self.noon)
            let (last, _) = try self.desk(on: path, limits: limits, at: Self.noon + 3_600)
            _ = try await last.judgeBacklog()
            #expect(try await verdicts(later) == ["unmatched": 5, "limit.global": 6, "incomplete": 6])
            #expect(try await later.message(JournalID(17))?.row.verdict == .incomplete)
        }
    }
}
