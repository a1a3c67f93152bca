import Foundation
import Judging
import Mail
import Store
import Testing

struct ListTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private func json(_ value: some Encodable) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(value))
        return try #require(object as? [String: Any])
    }

    @Test func `messages filter by verdict, by time, and to the newest`() async throws {
        let ids = try await Sample.deliver(6, to: store)
        _ = try await store.record(
            [Sample.ruling(ids[0], .held), Sample.ruling(ids[1], .accepted), Sample.ruling(ids[2], .held)],
            at: Sample.noon)
        #expect(try await store.allMessages(MessageFilter(verdict: .held)).map(\.id) == [ids[0], ids[2]])
        #expect(try await store.allMessages(MessageFilter(undecided: true)).map(\.id) == Array(ids[3...]))
        #expect(try await store.allMessages(MessageFilter(limit: 2)).map(\.id) == Array(ids[4...]))
        #expect(try await store.allMessages(MessageFilter(verdict: .held, limit: 1)).map(\.id) == [ids[2]])
        #expect(try await store.allMessages(MessageFilter(limit: 0)).isEmpty)
        #expect(try await store.allMessages(MessageFilter(since: Sample.noon)).count == 6)
        #expect(try await store.allMessages(MessageFilter(since: Sample.noon.addingTimeInterval(1))).isEmpty)
    }

    @Test func `a list of several pages holds each row once`() async throws {
        let mails = try (1...2500).map { try Sample.mail($0, "\($0)") }
        _ = try await store.store(mails, in: "INBOX", cursor: Sample.cursor(2501), at: Sample.noon)
        #expect(try await store.allMessages().map(\.uid) == Array(1...2500))
        #expect(try await store.allMessages(MessageFilter(limit: 1500)).map(\.uid) == Array(1001...2500))
    }

    @Test func `messages as JSON have the contract's members, null where there is nothing`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        let undecided = try json(try #require(try await store.allMessages().first))
        #expect(undecided["id"] as? Int == 1)
        #expect(undecided["uid"] as? Int == 1)
        #expect(undecided["uidValidity"] as? Int == 7)
        #expect(undecided["receivedAt"] as? String == "2026-11-20T12:00:00Z")
        #expect((undecided["sha256"] as? String)?.count == 64)
        #expect(undecided["attempts"] as? Int == 1)
        for name in ["messageID", "verdict", "reason", "request", "sender", "subject"] {
            #expect(undecided[name] is NSNull)
        }
        _ = try await store.record([Sample.ruling(ids[0], reply: try Sample.reply("r1"))], at: Sample.noon)
        let detail = try json(try #require(try await store.message(ids[0])))
        #expect(detail["verdict"] as? String == "incomplete")
        #expect(detail["messageID"] as? String == "m1@drvo.example")
        #expect(
            (detail["findings"] as? [[String: Any]])?.map { $0["rule"] as? String } == [
                "from", "to", "cc", "kind", "names",
            ])
        #expect((detail["replies"] as? [[String: Any]])?.map { $0["messageID"] as? String } == ["r1@postern.example"])
        #expect(try await store.message(JournalID(99)) == nil)
    }

    @Test func `outbox and audit rows as JSON`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0], reply: try Sample.reply("r1"))], at: Sample.noon)
        let row = try json(try #require(try await store.allReplies().first))
        #expect(row["id"] as? Int == 1)
        #expect(row["message"] as? Int == 1)
        #expect(row["recipient"] as? String == "zeljko@drvo.example")
        #expect(row["state"] as? String == "queued")
        #expect(row["attempts"] as? Int == 0)
        #expect(row["lastAnswer"] is NSNull)
        #expect(row["nextAttemptAt"] as? String == "2026-11-20T12:00:00Z")
        let audit = try json(try #require(try await store.allAudit().last))
        #expect((audit["detail"] as? [String: Any])?["verdict"] as? String == "incomplete")
        var ofMessage: [AuditRow] = []
        try await store.auditTrail(subject: "message 1", limit: 5) { ofMessage += $0 }
        #expect(ofMessage.map(\.action) == ["mail.decided"])
    }

    @Test func `status counts what waits and what was decided today`() async throws {
        let empty = try await store.status(since: Sample.noon)
        #expect(empty == StatusSnapshot())
        let ids = try await Sample.deliver(5, to: store)
        let yesterday = Sample.noon.addingTimeInterval(-86_400)
        _ = try await store.record([Sample.ruling(ids[0], .held)], at: yesterday)
        _ = try await store.record(
            [
                Sample.ruling(ids[1], .held), Sample.ruling(ids[2], reply: try Sample.reply("r1")),
                Sample.ruling(ids[3], reply: try Sample.reply("r2")),
            ], at: Sample.noon)
        _ = try await store.exchange([], claim: 1, at: Sample.noon)
        let sent = OutboxResult(id: OutboxID(1), state: .sent, answer: "250 ok")
        _ = try await store.exchange([sent], claim: 0, at: Sample.noon)
        try await store.notePoll(of: "INBOX", at: Sample.noon)
        let status = try await store.status(since: Sample.noon.addingTimeInterval(-3600))
        #expect(
            status
                == StatusSnapshot(
                    lastPoll: Sample.noon, backlog: 1, verdicts: [.held: 1, .incomplete: 2],
                    outbox: [.sent: 1, .queued: 1], oldestUndecided: Sample.noon, oldestReply: Sample.noon, held: 2))
        let object = try json(status)
        #expect((object["verdicts"] as? [String: Int])?["accepted"] == 0)
        #expect((object["outbox"] as? [String: Int])?["queued"] == 1)
    }
}
