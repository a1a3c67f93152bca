import Foundation
import Mail
import Synchronization
import Testing

@testable import Service

@Suite struct DispatchTests {
    @Test("each outcome is written down as what it means for the reply")
    func outcomes() async throws {
        let store = MemoryStore()
        await store.set(
            due: ["ok", "retry", "failed", "unknown"].enumerated().map { Fixture.reply(to: $1, id: Int64($0)) })
        let line = Line()
        line.deskDone.finish()
        let submission = FakeSubmission()
        try await Fixture.dispatch(store, submission, line: line).run()
        let states = await store.results.sorted { $0.id.number < $1.id.number }.map(\.state)
        #expect(states == [.sent, .retry, .failed, .unknown])
        #expect(submission.sent.withLock { $0.sorted() } == ["failed", "ok", "retry", "unknown"])
    }

    @Test("rows left sending by a crash are looked at before anything is claimed")
    func recovery() async throws {
        let store = MemoryStore()
        let line = Line()
        line.deskDone.finish()
        try await Fixture.dispatch(store, FakeSubmission(), line: line).run()
        #expect(await store.recovered == 1)
        #expect(await !store.claimedBeforeRecovery)
    }

    @Test("a server that is away does not use up the whole queue at once")
    func serverAway() async throws {
        let store = MemoryStore()
        await store.set(due: (1...500).map { Fixture.reply(to: "retry", id: $0) })
        let line = Line()
        line.deskDone.finish()
        let submission = FakeSubmission()
        try await Fixture.dispatch(store, submission, line: line).run()
        #expect(submission.sent.withLock { $0.count } == 64)
    }
}

@Suite struct RetryPolicyTests {
    static let now = StillClock().now

    @Test(
        "a reply is tried again after growing waits",
        arguments: [(1, 60.0), (2, 300), (3, 900), (4, 3_600), (5, 14_400), (29, 14_400)])
    func waits(_ attempts: Int, _ wait: TimeInterval) {
        let result = RetryPolicy().result(
            of: .retry(answer: "451"), for: Fixture.reply(to: "x", attempts: attempts), at: Self.now, spread: 0.5)
        #expect(result.state == .retry)
        #expect(result.nextAttempt == Self.now.addingTimeInterval(wait))
    }

    @Test("after thirty attempts it is given up")
    func givesUp() {
        let result = RetryPolicy().result(
            of: .retry(answer: "451"), for: Fixture.reply(to: "x", attempts: 30), at: Self.now, spread: 0)
        #expect(result.state == .failed)
        #expect(result.nextAttempt == nil)
    }

    @Test("a lost answer is followed by one more sending of the same bytes, and then by none")
    func unknownOnce() {
        let first = RetryPolicy().result(
            of: .unknown(answer: "lost"), for: Fixture.reply(to: "x"), at: Self.now, spread: 0)
        #expect(first.state == .unknown)
        #expect(first.nextAttempt == Self.now.addingTimeInterval(600))
        let second = RetryPolicy().result(
            of: .unknown(answer: "lost"), for: Fixture.reply(to: "x", wasUnknown: true), at: Self.now, spread: 0)
        #expect(second.state == .unknown)
        #expect(second.nextAttempt == nil)
    }

    @Test("waits double up to the ceiling and start again after a success")
    func backoff() {
        var backoff = Backoff(first: 1, ceiling: 10)
        let waits = (0..<6).map { _ in backoff.next(spread: 1) }
        #expect(waits == [.seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(10), .seconds(10)])
        backoff.reset()
        #expect(backoff.next(spread: 0) == .milliseconds(500))
    }
}

@Suite struct BellTests {
    @Test("a ring before the wait is kept")
    func keptRing() async {
        let bell = Bell()
        bell.ring()
        await bell.wait(atMost: .seconds(3_600))
    }

    @Test("a ring ends a wait")
    func ring() async {
        let bell = Bell()
        async let waiting: Void = bell.wait(atMost: .seconds(3_600))
        bell.ring()
        await waiting
    }

    @Test("a wait without a ring ends by itself, and a later ring is not lost")
    func timeout() async {
        let bell = Bell()
        await bell.wait(atMost: .milliseconds(1))
        bell.ring()
        await bell.wait(atMost: .seconds(3_600))
    }
}
