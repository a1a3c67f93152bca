import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import Store

/// Requests whose mail doesn't come. The samples' two requests wait since 2026-11-01T09:00:00Z.
struct WaitingTests {
    private let scratch: Scratch
    private let store: Store
    private static let day = 86_400.0

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private static func noon(_ days: Double) -> Date { Sample.noon.addingTimeInterval(days * day) }

    @Test(arguments: [(-20.0, 0), (-19.0, 2), (0.0, 2)])
    func `a request waits from the moment at which it was made`(days: Double, count: Int) async throws {
        #expect(try await store.unreminded(since: Self.noon(days), limit: 10).count == count)
    }

    @Test func `a request is reminded once, and is overdue only after that`() async throws {
        let waiting = try await store.unreminded(since: Sample.noon, limit: 10)
        #expect(waiting.map(\.request.text) == ["R-1", "R-2"])
        #expect(try await store.overdue(since: Sample.noon, reminded: Sample.noon, limit: 10).isEmpty)
        let notice = QueuedNotice(try Sample.reply("n1"), kind: "notice.reminder", about: "request R-1")
        #expect(try await store.remind(waiting[0], notice: notice, at: Sample.noon))
        #expect(try await store.remind(waiting[0], notice: notice, at: Self.noon(1)) == false)
        #expect(try await store.unreminded(since: Sample.noon, limit: 10).map(\.request.text) == ["R-2"])
        #expect(
            try await store.overdue(since: Sample.noon, reminded: Sample.noon, limit: 10).map(\.request.text) == ["R-1"]
        )
        #expect(try await store.allReplies().map(\.about) == ["request R-1"])
    }

    @Test func `a request that moved on is neither reminded nor listed`() async throws {
        let waiting = try #require(try await store.unreminded(since: Sample.noon, limit: 1).first)
        try await store.change(RequestChange(.refuse, of: waiting.request), actor: "x", at: Sample.noon)
        #expect(try await store.remind(waiting, notice: nil, at: Sample.noon) == false)
        #expect(try await store.unreminded(since: Sample.noon, limit: 10).map(\.request.text) == ["R-2"])
    }

    @Test func `a reopened request waits anew, and is reminded anew`() async throws {
        let waiting = try #require(try await store.unreminded(since: Sample.noon, limit: 1).first)
        _ = try await store.remind(waiting, notice: nil, at: Sample.noon)
        try await store.change(RequestChange(.expire, of: waiting.request), actor: "postern", at: Self.noon(14))
        try await store.change(RequestChange(.reopen, of: waiting.request), actor: "user:eva", at: Self.noon(15))
        #expect(try await store.unreminded(since: Self.noon(14), limit: 10).map(\.request.text) == ["R-2"])
        let later = try await store.unreminded(since: Self.noon(15), limit: 10)
        #expect(Set(later.map(\.request.text)) == ["R-1", "R-2"])
        #expect(later.first { $0.request.text == "R-1" }?.since == Self.noon(15))
    }

    @Test func `a request that a mail prepared meanwhile does not expire for its waiting before`() async throws {
        let waiting = try #require(try await store.unreminded(since: Sample.noon, limit: 1).first)
        let ids = try await Sample.deliver(1, to: store)
        let prepare = Transition(.prepare, of: waiting.request)
        _ = try await store.record([Sample.ruling(ids[0], .prepared, transition: prepare)], at: Self.noon(1))
        let late = RequestChange(.expire, of: waiting.request, since: waiting.since)
        await #expect(throws: StoreFault(.refused, "request 'R-1' has moved on meanwhile")) {
            try await store.change(late, actor: "postern", at: Self.noon(1))
        }
        #expect(try await store.status(of: "R-1") == .prepared)
        let due = RequestChange(.expire, of: waiting.request, since: Self.noon(1))
        try await store.change(due, actor: "postern", at: Self.noon(30))
        #expect(try await store.status(of: "R-1") == .expired)
    }

    @Test func `a confirmed request can't expire`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0], .accepted, transition: Sample.confirm)], at: Sample.noon)
        await #expect(throws: StoreFault.self) {
            try await store.change(
                RequestChange(.expire, of: RoleRequestID("R-1")), actor: "postern", at: Self.noon(100))
        }
    }

    @Test func `several processes may begin with one new database at the same time`() async throws {
        let fresh = try Scratch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask { _ = try await fresh.store().unreminded(since: Sample.noon, limit: 1) }
            }
            try await group.waitForAll()
        }
    }
}
