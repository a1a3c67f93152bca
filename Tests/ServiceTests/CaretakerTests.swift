import Foundation
import Judging
import Logging
import Mail
import Operations
import Registry
import Synchronization
import Testing

@testable import Service

/// Writes notices that only say what they would; fails where it is told to.
private final class PlainComposer: NoticeComposer {
    let days = Mutex<[String]>([])
    let fails: Bool

    init(fails: Bool = false) { self.fails = fails }

    func notice(
        _ event: Notice.Event, about request: RoleRequest, in view: RegistryView, note: String?, lastDay: Day?,
        at now: Date
    ) throws -> QueuedNotice? {
        if fails { throw StoreAway(isTemporary: false) }
        days.withLock { $0.append("\(event.rawValue) \(request.id) \(lastDay?.text ?? "-")") }
        guard let id = MessageID("n@postern.example"), let to = EmailAddress("ana@drvo.example") else { return nil }
        let mail = OutboundMail(messageID: id, envelopeFrom: nil, recipients: [to], bytes: [])
        return QueuedNotice(mail, kind: "notice.\(event.rawValue)", about: "request \(request.id)")
    }
}

private final class MovingClock: WallClock {
    private let moment: Mutex<Date>
    init(_ moment: Date) { self.moment = Mutex(moment) }
    var now: Date { moment.withLock { $0 } }
    func pass(days: Double) { moment.withLock { $0 += days * 86_400 } }
}

struct CaretakerTests {
    /// 2026-11-01 12:00 UTC.
    private static let start = Date(timeIntervalSince1970: 1_793_534_400)
    private let clock = MovingClock(start)
    private let composer = PlainComposer()

    private static func request(_ id: String) -> RoleRequest {
        RoleRequest(
            id: RoleRequestID(id), account: AccountID("A-1"), kind: RoleRequest.Kind("importer"),
            operatorID: OperatorID("OP-1"), requestedAt: start)
    }

    private static func requests(_ ids: [String] = ["R-1"]) -> MemoryRequests {
        MemoryRequests(
            ids.map {
                WaitingRequest(
                    request: RoleRequestID($0), account: AccountID("A-1"), since: start, remindedAt: nil)
            }, view: view(ids))
    }

    private static func view(_ ids: [String], _ state: Account.State = .active) -> RegistryView {
        let owner = EmailAddress("ana@drvo.example").map {
            Account(id: AccountID("A-1"), firstName: "Ana", lastName: "Kovač", mailbox: $0, state: state)
        }
        return RegistryView(accounts: owner.map { [$0] } ?? [], requests: ids.map(request))
    }

    private func caretaker(
        _ requests: MemoryRequests, expireDays: Int? = 90, remindDays: Int = 14, composer: PlainComposer? = nil
    ) -> Caretaker {
        Caretaker(
            requests: requests,
            tools: Current(
                Caretaker.Tools(
                    limits: WaitingLimits(expireDays: expireDays, remindDays: remindDays),
                    composer: composer ?? self.composer)),
            line: Line(), clock: clock, watchdog: Watchdog(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test func `nothing happens before the reminder's day, one reminder on it, the end on the last day`() async throws {
        let requests = Self.requests()
        let caretaker = caretaker(requests)
        clock.pass(days: 75.9)
        try await caretaker.tend()
        #expect(await requests.reminded.isEmpty)
        clock.pass(days: 0.1)
        for _ in 0..<3 { try await caretaker.tend() }
        #expect(await requests.reminded.map(\.request) == ["R-1"])
        clock.pass(days: 13.9)
        try await caretaker.tend()
        #expect(await requests.expired.isEmpty)
        clock.pass(days: 0.1)
        for _ in 0..<3 { try await caretaker.tend() }
        #expect(await requests.expired.map(\.request) == ["R-1"])
        #expect(await requests.expired.map(\.notice) == ["notice.expired"])
        #expect(composer.days.withLock { $0 } == ["reminder R-1 2027-01-29", "expired R-1 -"])
    }

    @Test func `a request that is older than its time is reminded first, and has the reminder's days left`()
        async throws
    {
        let requests = Self.requests()
        let caretaker = caretaker(requests)
        clock.pass(days: 400)
        try await caretaker.tend()
        #expect(await requests.expired.isEmpty)
        #expect(await requests.reminded.count == 1)
        clock.pass(days: 13)
        try await caretaker.tend()
        #expect(await requests.expired.isEmpty)
        clock.pass(days: 1)
        try await caretaker.tend()
        #expect(await requests.expired.count == 1)
        #expect(composer.days.withLock { $0.first } == "reminder R-1 2027-12-19")
    }

    @Test func `without a setting no request expires`() async throws {
        let requests = Self.requests()
        clock.pass(days: 4_000)
        try await caretaker(requests, expireDays: nil).tend()
        #expect(await requests.reminded.isEmpty)
        #expect(await requests.expired.isEmpty)
    }

    @Test func `a pass sends at most a hundred reminders`() async throws {
        let requests = Self.requests((1...250).map { "R-\($0)" })
        let caretaker = caretaker(requests)
        clock.pass(days: 80)
        try await caretaker.tend()
        #expect(await requests.reminded.count == 100)
        for _ in 0..<2 { try await caretaker.tend() }
        #expect(await requests.reminded.count == 250)
        #expect(Set(await requests.reminded.map(\.request)).count == 250)
    }

    @Test func `one that a mail overtook keeps no other from its end`() async throws {
        let requests = Self.requests(["R-1", "R-2"])
        let caretaker = caretaker(requests)
        clock.pass(days: 80)
        try await caretaker.tend()
        await requests.set(overtaken: ["R-1"])
        clock.pass(days: 20)
        try await caretaker.tend()
        #expect(await requests.expired.map(\.request) == ["R-2"])
    }

    @Test(arguments: [Account.State.unvalidated, .disabled])
    func `the owner of an account that is not active is not asked for a mail, and time passes all the same`(
        state: Account.State
    ) async throws {
        let requests = Self.requests()
        await requests.set(view: Self.view(["R-1"], state))
        let caretaker = caretaker(requests)
        clock.pass(days: 80)
        try await caretaker.tend()
        clock.pass(days: 20)
        try await caretaker.tend()
        #expect(await requests.reminded.map(\.notice) == [nil])
        #expect(await requests.expired.map(\.notice) == [nil])
    }

    @Test func `a notice that can't be written does not keep time from passing`() async throws {
        let requests = Self.requests()
        let caretaker = caretaker(requests, composer: PlainComposer(fails: true))
        clock.pass(days: 80)
        try await caretaker.tend()
        clock.pass(days: 20)
        try await caretaker.tend()
        #expect(await requests.reminded.map(\.notice) == [nil])
        #expect(await requests.expired.map(\.notice) == [nil])
    }
}
