import Foundation
import Judging
import Registry

@testable import Service

/// Requests that wait, in memory, behaving as the port promises.
actor MemoryRequests: WaitingRequests {
    var waiting: [WaitingRequest]
    var view: RegistryView
    private(set) var reminded: [(request: String, notice: String?)] = []
    private(set) var expired: [(request: String, notice: String?)] = []
    var overtaken: Set<String> = []

    init(_ waiting: [WaitingRequest], view: RegistryView) {
        self.waiting = waiting
        self.view = view
    }

    func set(overtaken: Set<String>) { self.overtaken = overtaken }
    func set(view: RegistryView) { self.view = view }

    func unreminded(since: Date, limit: Int) async throws -> [WaitingRequest] {
        Array(waiting.filter { $0.remindedAt == nil && $0.since <= since }.prefix(limit))
    }

    func overdue(since: Date, reminded: Date, limit: Int) async throws -> [WaitingRequest] {
        Array(waiting.filter { ($0.remindedAt.map { $0 <= reminded } ?? false) && $0.since <= since }.prefix(limit))
    }

    func remind(_ waiting: WaitingRequest, notice: QueuedNotice?, at now: Date) async throws -> Bool {
        guard !overtaken.contains(waiting.request.text),
            self.waiting.contains(where: { $0.request == waiting.request && $0.remindedAt == nil })
        else { return false }
        reminded.append((waiting.request.text, notice?.kind))
        self.waiting = self.waiting.map {
            $0.request == waiting.request
                ? WaitingRequest(request: $0.request, account: $0.account, since: $0.since, remindedAt: now) : $0
        }
        return true
    }

    func change(_ change: RequestChange, actor: String, at now: Date) async throws {
        guard !overtaken.contains(change.request.text),
            waiting.contains(where: {
                $0.request == change.request && (change.since == nil || change.since == $0.since)
            })
        else { throw StoreAway(isTemporary: false) }
        expired.append((change.request.text, change.notice?.kind))
        waiting.removeAll { $0.request == change.request }
    }

    func view(of account: AccountID, at now: Date) async throws -> RegistryView? { view }
}
