import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

struct RecordTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    @Test func `a ruling is written whole: verdict, findings, status, reply, audit`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        let reply = try Sample.reply("r1")
        let leftOut = try await store.record(
            [Sample.ruling(ids[0], .accepted, transition: Sample.confirm, reply: reply)], at: Sample.noon)
        #expect(leftOut == [])
        #expect(try await store.status(of: "R-1") == .confirmed)
        let detail = try #require(try await store.message(ids[0]))
        #expect(detail.row.verdict == .accepted)
        #expect(detail.row.reason == "cc.missing")
        #expect(detail.row.request == "R-1")
        #expect(detail.row.sender == "zeljko@drvo.example")
        #expect(detail.row.messageID == "m1@drvo.example")
        #expect(detail.row.subject == "Mail 1")
        #expect(detail.row.language == "hr")
        #expect(detail.row.profile == "submission")
        #expect(detail.row.decidedAt == Sample.noon)
        #expect(detail.findings == Sample.ruling(ids[0]).decision.findings)
        #expect(detail.replies.map(\.messageID) == ["r1@postern.example"])
        #expect(detail.replies.map(\.state) == [.queued])
        let audit = try #require(try await store.allAudit().last)
        #expect(audit.action == "mail.decided")
        #expect(audit.subject == "message 1")
        #expect(
            audit.detail
                == #"{"verdict":"accepted","reason":"cc.missing","request":"R-1","status":"confirmed","reply":"r1@postern.example"}"#
        )
    }

    @Test func `a transition that no longer applies leaves the whole ruling out and the others in`() async throws {
        let ids = try await Sample.deliver(3, to: store)
        let rulings = [
            Sample.ruling(ids[0], .accepted, transition: Sample.confirm, reply: try Sample.reply("r1")),
            Sample.ruling(ids[1], .accepted, transition: Sample.confirm, reply: try Sample.reply("r2")),
            Sample.ruling(ids[2], .held),
        ]
        #expect(try await store.record(rulings, at: Sample.noon) == [ids[1]])
        #expect(try await store.allMessages().map(\.verdict) == [.accepted, nil, .held])
        #expect(try await store.allReplies().map(\.messageID) == ["r1@postern.example"])
        #expect(try await store.allAudit().filter { $0.action == "mail.decided" }.count == 2)
        let again = try await store.claimUndecided(limit: 10, bytes: 1 << 20)
        #expect(again.map(\.id) == [ids[1]])
        #expect(again.map(\.earlierAttempts) == [0])
    }

    @Test(arguments: [RoleRequest.Status.granted, .withdrawn, .confirmed])
    func `a transition applies in the statuses it names only`(status: RoleRequest.Status) async throws {
        let changed = Sample.registry.replacing(
            "\"additional\":false,\"status\":\"requested\"",
            with: "\"additional\":false,\"status\":\"\(status.rawValue)\"")
        _ = try await store.importRegistry(text: changed, actor: "test", at: Sample.noon)
        let ids = try await Sample.deliver(1, to: store)
        let ruling = Sample.ruling(ids[0], .accepted, transition: Sample.confirm)
        #expect(try await store.record([ruling], at: Sample.noon) == [ids[0]])
        #expect(try await store.status(of: "R-1") == status)
    }

    @Test func `a request that is gone leaves the ruling out`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        let transition = Transition(request: RoleRequestID("R-404"), from: [.requested], to: .confirmed)
        let ruling = Sample.ruling(ids[0], .accepted, transition: transition)
        #expect(try await store.record([ruling], at: Sample.noon) == [ids[0]])
    }

    @Test func `a mail decided meanwhile keeps its verdict, and its transition is not made twice`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0], .held, request: nil)], at: Sample.noon)
        let late = Sample.ruling(ids[0], .accepted, transition: Sample.confirm, reply: try Sample.reply("r1"))
        #expect(try await store.record([late], at: Sample.noon) == [])
        #expect(try await store.allMessages().map(\.verdict) == [.held])
        #expect(try await store.status(of: "R-1") == .requested)
        #expect(try await store.allReplies().isEmpty)
    }

    @Test func `a Message-ID is queued once`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        let reply = try Sample.reply("same")
        _ = try await store.record(ids.map { Sample.ruling($0, reply: reply) }, at: Sample.noon)
        #expect(try await store.allReplies().map(\.message) == [ids[0]])
    }

    @Test func `the audit trail can't be changed`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0])], at: Sample.noon)
        let raw = try RawDatabase(scratch.path)
        #expect(throws: (any Error).self) { try raw.execute("UPDATE audit SET actor = 'x'") }
        #expect(throws: (any Error).self) { try raw.execute("DELETE FROM audit") }
        #expect(try await store.allAudit().count == 2)
    }

    @Test func `a replayed mail is judged anew in another round, and its waiting reply is given up`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        await #expect(throws: StoreFault.self) { try await store.replay(ids[0], actor: "eva", at: Sample.noon) }
        _ = try await store.record([Sample.ruling(ids[0], reply: try Sample.reply("r1"))], at: Sample.noon)
        try await store.replay(ids[0], actor: "eva", at: Sample.noon)
        let claimed = try await store.claimUndecided(limit: 1, bytes: 1)
        #expect(claimed.map(\.round) == [1])
        #expect(claimed.map(\.earlierAttempts) == [0])
        #expect(try await store.allReplies().map(\.state) == [.abandoned])
        #expect(try await store.allAudit().last?.actor == "eva")
        _ = try await store.record([Sample.ruling(ids[0], reply: try Sample.reply("r1b"))], at: Sample.noon)
        #expect(try await store.allReplies().map(\.state) == [.abandoned, .queued])
    }

    @Test func `a replayed mail's new verdict is shown on the server like a first one`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0], .held)], at: Sample.noon)
        try await store.markSettled(ids)
        try await store.replay(ids[0], actor: "eva", at: Sample.noon)
        #expect(try await store.unsettled(in: "INBOX", validity: UIDValidity(7), limit: 9).isEmpty)
        _ = try await store.record([Sample.ruling(ids[0], .answered)], at: Sample.noon)
        let unsettled = try await store.unsettled(in: "INBOX", validity: UIDValidity(7), limit: 9)
        #expect(unsettled.map(\.verdict) == [.answered])
    }
}
