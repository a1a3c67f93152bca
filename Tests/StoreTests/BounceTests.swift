import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import Store

/// Delivery reports against a real outbox.
struct BounceTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private static let later = Sample.noon.addingTimeInterval(60)

    /// A reply to zeljko@drvo.example about R-1 that has come to `state`; its Message-ID is r1@postern.example.
    private func send(_ state: OutboxState = .sent) async throws {
        let ids = try await Sample.deliver(2, to: store)
        _ = try await store.record([Sample.ruling(ids[0], reply: try Sample.reply("r1"))], at: Sample.noon)
        guard state != .queued else { return }
        _ = try await store.exchange([], claim: 1, at: Sample.noon)
        guard state != .sending else { return }
        let result = OutboxResult(id: OutboxID(1), state: state, answer: "250 ok", nextAttempt: Self.later)
        _ = try await store.exchange([result], claim: 0, at: Sample.noon)
    }

    private static func report(
        _ id: String = "r1@postern.example", to address: String = "zeljko@drvo.example",
        action: DeliveryReport.Action = .failed
    ) throws -> DeliveryReport {
        DeliveryReport(
            messageID: try #require(MessageID(id)),
            recipients: [
                .init(
                    addresses: [try #require(EmailAddress(address))], action: action, status: "5.1.1",
                    diagnostic: "smtp; 550 no such user")
            ])
    }

    private func bounced(by report: DeliveryReport) async throws -> BouncedReply? {
        try await store.views(for: [ViewKey(sender: nil, answers: [], report: report)], at: Sample.noon)[0].bounced
    }

    private static func ruling(_ entry: Int64, _ bounced: BouncedReply?) -> Ruling {
        let decision = Decision(
            verdict: .ignored, reason: "automatic.bounce", sender: SenderFinding(address: nil, authentication: .none)
        ).matched(to: bounced)
        return Ruling(
            entry: JournalID(entry), decision: decision, messageID: nil, subject: "Undelivered", reply: nil)
    }

    @Test func `a report turns the one row bounced, with code and words, and the trail says so`() async throws {
        try await send()
        let bounced = try #require(try await bounced(by: Self.report()))
        #expect(bounced.answer == "returned: 5.1.1 smtp; 550 no such user")
        #expect(try await store.record([Self.ruling(2, bounced)], at: Self.later) == [])
        let row = try #require(try await store.allReplies().first)
        #expect(row.state == .bounced)
        #expect(row.lastAnswer == bounced.answer)
        #expect(row.bouncedAt == Self.later)
        #expect(row.bounceStatus == "5.1.1")
        #expect(try await store.message(JournalID(2))?.row.reason == "automatic.bounce-matched")
        #expect(try await store.message(JournalID(2))?.row.verdict == .ignored)
        #expect(try await store.message(JournalID(1))?.replies.map(\.state) == [.bounced])
        let audit = try await store.allAudit().suffix(2)
        #expect(audit.map(\.action) == ["reply.bounced", "mail.decided"])
        #expect(
            audit.first?.detail
                == #"{"recipient":"zeljko@drvo.example","answer":"returned: 5.1.1 smtp; 550 no such user","report":"message 2"}"#
        )
        let about = try #require(try await store.bounces()[RoleRequestID("R-1")])
        #expect(about.reply == OutboxID(1) && about.recipient == "zeljko@drvo.example" && about.at == Self.later)
        #expect(try await store.bounces(of: RoleRequestID("R-1")) == [RoleRequestID("R-1"): about])
        #expect(try await store.bounces(of: RoleRequestID("R-2")) == [:])
        #expect(try await store.status(since: Sample.noon).outbox == [.bounced: 1])
        #expect(try await store.status(of: "R-1") == .requested)
    }

    @Test(arguments: [
        (OutboxState.queued, false), (.sending, true), (.sent, true), (.retry, false), (.unknown, true),
        (.failed, false),
        (.abandoned, false),
    ])
    func `only what went out, or may have, can come back`(state: OutboxState, expected: Bool) async throws {
        try await send(state)
        #expect((try await bounced(by: Self.report()) != nil) == expected)
    }

    @Test func `a report about another mail, another recipient or a mere delay matches nothing`() async throws {
        try await send()
        #expect(try await bounced(by: Self.report("r2@postern.example")) == nil)
        #expect(try await bounced(by: Self.report(to: "eva@drvo.example")) == nil)
        for action in DeliveryReport.Action.allCases where action != .failed {
            #expect(try await bounced(by: Self.report(action: action)) == nil)
        }
        #expect(try await bounced(by: Self.report(to: "ZELJKO@Drvo.Example")) != nil)
    }

    @Test func `of two reports about one reply in one batch the second is judged again and matches nothing`()
        async throws
    {
        try await send()
        _ = try await store.store([try Sample.mail(3, "3")], in: "INBOX", cursor: Sample.cursor(4), at: Sample.noon)
        let bounced = try await bounced(by: Self.report())
        let overtaken = try await store.record([Self.ruling(2, bounced), Self.ruling(3, bounced)], at: Self.later)
        #expect(overtaken == [JournalID(3)])
        #expect(try await self.bounced(by: Self.report()) == nil)
        #expect(try await store.allReplies().map(\.state) == [.bounced])
    }

    @Test func `a report that overtakes the server's answer stays, and the reply is not sent again`() async throws {
        try await send(.sending)
        let bounced = try #require(try await bounced(by: Self.report()))
        _ = try await store.record([Self.ruling(2, bounced)], at: Self.later)
        let result = OutboxResult(id: OutboxID(1), state: .sent, answer: "250 ok")
        #expect(try await store.exchange([result], claim: 9, at: Self.later.addingTimeInterval(9_999)).isEmpty)
        #expect(try await store.recover(at: Self.later) == 0)
        #expect(try await store.allReplies().map(\.state) == [.bounced])
    }

    @Test func `a bounced reply can be sent again, and then tells no more of the bounce`() async throws {
        try await send()
        let bounced = try #require(try await bounced(by: Self.report()))
        _ = try await store.record([Self.ruling(2, bounced)], at: Self.later)
        try await store.retryReply(OutboxID(1), actor: "eva", at: Self.later)
        #expect(try await store.exchange([], claim: 9, at: Self.later).map(\.id) == [OutboxID(1)])
        let row = try #require(try await store.allReplies().first)
        #expect(row.bouncedAt == nil && row.bounceStatus == nil)
        #expect(try await store.bounces() == [:])
        // It can come back a second time.
        #expect(try await self.bounced(by: Self.report()) != nil)
    }

    @Test func `a bounced reply can be given up: the request then says nothing of it`() async throws {
        try await send()
        let bounced = try #require(try await bounced(by: Self.report()))
        _ = try await store.record([Self.ruling(2, bounced)], at: Self.later)
        try await store.abandonReply(OutboxID(1), actor: "eva", at: Self.later)
        #expect(try await store.allReplies().map(\.state) == [.abandoned])
        #expect(try await store.bounces() == [:])
        #expect(try await self.bounced(by: Self.report()) == nil)
    }

    @Test func `only the newest mail about a request says how that stands`() async throws {
        try await send()
        let bounced = try #require(try await bounced(by: Self.report()))
        _ = try await store.record([Self.ruling(2, bounced)], at: Self.later)
        _ = try await store.store([try Sample.mail(3, "3")], in: "INBOX", cursor: Sample.cursor(4), at: Sample.noon)
        _ = try await store.record(
            [Sample.ruling(JournalID(3), reply: try Sample.reply("r3", to: "new@drvo.example"))], at: Self.later)
        #expect(try await store.bounces() == [:])
        #expect(try await store.allReplies().map(\.state) == [.bounced, .queued])
    }

    @Test func `a notice about a request comes back like a reply; of its copies the line says which`() async throws {
        let mail = OutboundMail(
            messageID: try #require(MessageID("n1@postern.example")), envelopeFrom: nil,
            recipients: try ["zeljko@drvo.example", "flegt@mps.example"].map { try #require(EmailAddress($0)) },
            bytes: [1])
        try await store.queue(
            QueuedNotice(mail, kind: "notice.granted", about: "request R-1"), actor: "eva", at: Sample.noon)
        _ = try await store.exchange([], claim: 1, at: Sample.noon)
        _ = try await store.exchange(
            [OutboxResult(id: OutboxID(1), state: .sent, answer: "250")], claim: 0, at: Sample.noon)
        try await Sample.deliver(2, to: store)
        let bounced = try #require(try await bounced(by: Self.report("n1@postern.example", to: "flegt@mps.example")))
        #expect(bounced.answer == "returned: flegt@mps.example: 5.1.1 smtp; 550 no such user")
        _ = try await store.record([Self.ruling(2, bounced)], at: Self.later)
        #expect(try await store.bounces().keys.map(\.text) == ["R-1"])
    }

    @Test func `the newest mail of each request is known after the tables were brought up to date`() async throws {
        try await send()
        let raw = try RawDatabase(scratch.path)
        try raw.execute("UPDATE request SET last_mail = NULL")
        try raw.execute("ALTER TABLE request DROP COLUMN last_mail")
        try raw.execute("ALTER TABLE outbox DROP COLUMN bounced_at")
        try raw.execute("ALTER TABLE outbox DROP COLUMN bounce_status")
        try raw.execute("DROP TABLE reply_allowance")
        try raw.execute("DELETE FROM grdb_migrations WHERE identifier = '5 automatic mail'")
        try raw.execute("PRAGMA user_version = 4")
        let store = try scratch.store()
        #expect(try raw.text("SELECT last_mail FROM request WHERE id = 'R-1'") == "1")
        #expect(try await store.status(since: Sample.noon).outbox == [.sent: 1])
    }
}

/// The limits' memory.
struct AllowanceTests {
    private static func ruling(_ entry: JournalID, _ allowance: ReplyAllowance?) throws -> Ruling {
        let base = Sample.ruling(entry, reply: try Sample.reply("r\(entry)"))
        return Ruling(
            entry: entry, decision: base.decision, messageID: nil, subject: "", reply: base.reply, allowance: allowance)
    }

    private func allowance(_ store: Store) async throws -> ReplyAllowance {
        try await store.views(for: [ViewKey(sender: nil, answers: [])], at: Sample.noon)[0].allowance
    }

    @Test func `what replies took is written with them, and a restart does not give it back`() async throws {
        let scratch = try Scratch()
        let store = try await Sample.store(scratch)
        #expect(try await allowance(store).taken == 0)
        let ids = try await Sample.deliver(3, to: store)
        let rulings = try ids.enumerated().map {
            try Self.ruling($0.element, ReplyAllowance(taken: Double($0.offset + 1), at: Sample.noon))
        }
        _ = try await store.record(rulings, at: Sample.noon)
        #expect(try await allowance(store) == ReplyAllowance(taken: 3, at: Sample.noon))
        #expect(try await allowance(scratch.store()) == ReplyAllowance(taken: 3, at: Sample.noon))
    }

    @Test func `replies of before a clock was set back count; those of a clock once wrong by years do not`()
        async throws
    {
        let scratch = try Scratch()
        let store = try await Sample.store(scratch)
        let ids = try await Sample.deliver(4, to: store)
        let hour = 3_600.0
        for (id, hours) in zip(ids, [-25.0, -1, 20, 9_000]) {
            let reply = try Sample.reply("r\(id)")
            _ = try await store.record([Sample.ruling(id, reply: reply)], at: Sample.noon + hours * hour)
        }
        let key = ViewKey(sender: EmailAddress("zeljko@drvo.example"), answers: [])
        #expect(try await store.views(for: [key], at: Sample.noon)[0].recentReplies == [.incomplete: 2])
    }
}
