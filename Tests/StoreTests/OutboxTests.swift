import Foundation
import Judging
import Mail
import Store
import Testing

struct OutboxTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private func queue(_ count: UInt32) async throws {
        let ids = try await Sample.deliver(count, to: store)
        for (place, id) in ids.enumerated() {
            let ruling = Sample.ruling(id, reply: try Sample.reply("r\(id)"))
            _ = try await store.record([ruling], at: Sample.noon.addingTimeInterval(Double(place)))
        }
    }

    private func claim(
        _ results: [OutboxResult] = [], limit: Int = 10, after seconds: Double = 100
    ) async throws -> [OutboxEntry] {
        try await store.exchange(results, claim: limit, at: Sample.noon.addingTimeInterval(seconds))
    }

    private func result(_ id: Int64, _ state: OutboxState, next seconds: Double? = nil) -> OutboxResult {
        OutboxResult(
            id: OutboxID(id), state: state, answer: "said \(state.rawValue)",
            nextAttempt: seconds.map { Sample.noon.addingTimeInterval($0) })
    }

    @Test func `due replies are claimed oldest first, once, with the very bytes`() async throws {
        try await queue(3)
        #expect(try await store.nextDue() == Sample.noon)
        let first = try await claim(limit: 2)
        #expect(first.map(\.id.number) == [1, 2])
        #expect(first.map(\.attempts) == [1, 1])
        #expect(first.map(\.wasUnknown) == [false, false])
        #expect(first.first?.mail == (try Sample.reply("r1")))
        #expect(try await claim().map(\.id.number) == [3])
        #expect(try await claim().isEmpty)
        #expect(try await store.nextDue() == nil)
    }

    @Test func `nothing is claimed before it is due`() async throws {
        try await queue(2)
        #expect(try await claim(after: 0.5).map(\.id.number) == [1])
        #expect(try await claim(limit: 0).isEmpty)
        #expect(try await store.nextDue() == Sample.noon.addingTimeInterval(1))
    }

    @Test func `results and the next claim are one step`() async throws {
        try await queue(3)
        _ = try await claim(limit: 2)
        let next = try await claim([result(1, .sent), result(2, .retry, next: 50)], limit: 2)
        // The retry was due at 50 s, the third at 2 s.
        #expect(next.map(\.id.number) == [3, 2])
        #expect(next.map(\.attempts) == [1, 2])
        let rows = try await store.allReplies()
        #expect(rows.map(\.state) == [.sent, .sending, .sending])
        #expect(rows[0].sentAt == Sample.noon.addingTimeInterval(100))
        #expect(rows[0].lastAnswer == "said sent")
    }

    @Test func `a retry waits for its time`() async throws {
        try await queue(1)
        _ = try await claim()
        #expect(try await claim([result(1, .retry, next: 500)]).isEmpty)
        #expect(try await store.nextDue() == Sample.noon.addingTimeInterval(500))
        #expect(try await claim(after: 500).map(\.attempts) == [2])
    }

    @Test func `an unknown outcome is sent once more, and then waits for a person`() async throws {
        try await queue(1)
        _ = try await claim()
        let again = try await claim([result(1, .unknown, next: 60)])
        #expect(again.map(\.wasUnknown) == [true])
        #expect(try await claim([result(1, .unknown, next: 60)]).isEmpty)
        #expect(try await store.allReplies(.unknown).map(\.nextAttemptAt) == [nil])
        #expect(try await store.nextDue() == nil)
        try await store.retryReply(OutboxID(1), actor: "eva", at: Sample.noon)
        #expect(try await claim().map(\.wasUnknown) == [true])
    }

    @Test func `a refusal for now after a lost answer goes on as a retry`() async throws {
        try await queue(1)
        _ = try await claim()
        _ = try await claim([result(1, .unknown, next: 60)])
        #expect(try await claim([result(1, .retry, next: 90)]).map(\.attempts) == [3])
    }

    @Test func `rows left in sending become unknown at a start: due at once, but only once`() async throws {
        try await queue(2)
        _ = try await claim(limit: 1)
        let later = try scratch.store()
        #expect(try await later.recover(at: Sample.noon.addingTimeInterval(9)) == 1)
        #expect(try await later.allReplies().map(\.state) == [.unknown, .queued])
        #expect(try await later.allReplies()[0].nextAttemptAt == Sample.noon.addingTimeInterval(9))
        let resent = try await later.exchange([], claim: 10, at: Sample.noon.addingTimeInterval(9))
        #expect(resent.map(\.id.number) == [2, 1])
        #expect(resent.map(\.wasUnknown) == [false, true])
        #expect(try await later.recover(at: Sample.noon.addingTimeInterval(20)) == 2)
        let rows = try await later.allReplies()
        #expect(rows.map(\.state) == [.unknown, .unknown])
        #expect(rows.map(\.nextAttemptAt) == [nil, Sample.noon.addingTimeInterval(20)])
        #expect(try await later.recover(at: Sample.noon) == 0)
    }

    @Test func `failed and unknown are in the audit trail, and end states never wait`() async throws {
        try await queue(2)
        _ = try await claim()
        _ = try await claim([result(1, .failed, next: 5), result(2, .unknown)])
        #expect(try await store.allReplies().map(\.nextAttemptAt) == [nil, nil])
        #expect(try await store.allAudit().suffix(2).map(\.action) == ["reply.failed", "reply.unknown"])
        #expect(try await store.allAudit().last?.detail == #"{"answer":"said unknown"}"#)
    }

    @Test func `an abandoned reply is not sent, and a late result does not revive it`() async throws {
        try await queue(2)
        try await store.abandonReply(OutboxID(1), actor: "eva", at: Sample.noon)
        #expect(try await claim().map(\.id.number) == [2])
        _ = try await claim([result(1, .sent)])
        #expect(try await store.allReplies().map(\.state) == [.abandoned, .sending])
        await #expect(throws: StoreFault(.refused, "reply 2 is 'sending'")) {
            try await store.abandonReply(OutboxID(2), actor: "eva", at: Sample.noon)
        }
        await #expect(throws: StoreFault(.refused, "there is no reply 9")) {
            try await store.retryReply(OutboxID(9), actor: "eva", at: Sample.noon)
        }
        try await store.retryReply(OutboxID(1), actor: "eva", at: Sample.noon)
        #expect(try await claim().map(\.id.number) == [1])
    }

    @Test func `a reply with several recipients and an envelope sender comes back as it was`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        let mail = OutboundMail(
            messageID: try #require(MessageID("x@postern.example")),
            envelopeFrom: EmailAddress("bounce@postern.example"),
            recipients: try ["Ana@mps.example", "flegt@mps.example"].map { try #require(EmailAddress($0)) },
            bytes: [0x41, 0x00, 0xff])
        _ = try await store.record([Sample.ruling(ids[0], reply: mail)], at: Sample.noon)
        #expect(try await claim().map(\.mail) == [mail])
        #expect(try await store.reply(OutboxID(1))?.bytes == [0x41, 0x00, 0xff])
        #expect(try await store.allReplies().first?.recipients == ["Ana@mps.example", "flegt@mps.example"])
        #expect(try await store.allReplies().first?.recipient == "Ana@mps.example")
    }
}
