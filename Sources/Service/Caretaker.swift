import Foundation
import Judging
package import Logging
package import Operations
import Registry
import ServiceLifecycle

/// How long a request may wait for its mail.
package struct WaitingLimits: Sendable, Equatable {
    /// Nil: for ever.
    package let expireDays: Int?
    /// How many days before the end the one reminder goes out; at least one.
    package let remindDays: Int

    package init(expireDays: Int?, remindDays: Int) {
        self.expireDays = expireDays
        self.remindDays = max(1, remindDays)
    }
}

/// Looks after requests whose mail doesn't come: reminds their owners once, and lets them expire.
///
/// No request expires unreminded: its last days begin with the reminder, also where that went out late, because the
/// daemon was not running or the setting is new.
package struct Caretaker: Service {
    /// What a pass needs; exchanged when the settings are read again.
    package struct Tools: Sendable {
        package let limits: WaitingLimits
        package let composer: any NoticeComposer

        package init(limits: WaitingLimits, composer: any NoticeComposer) {
            self.limits = limits
            self.composer = composer
        }
    }

    private let requests: any WaitingRequests
    private let tools: Current<Tools>
    private let line: Line
    private let clock: any WallClock
    private let watchdog: Watchdog
    private let logger: Logger
    /// A setting that is new must not send thousands of mails at once.
    private let mostPerPass = 100
    private let pause: Duration = .seconds(600)

    package init(
        requests: any WaitingRequests, tools: Current<Tools>, line: Line, clock: any WallClock, watchdog: Watchdog,
        logger: Logger
    ) {
        self.requests = requests
        self.tools = tools
        self.line = line
        self.clock = clock
        self.watchdog = watchdog
        self.logger = logger
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                watchdog.advanced("caretaker")
                do { try await tend() } catch { logger.event(.storeFault, ["reason": "\(error)"]) }
                watchdog.idle("caretaker", atMost: pause)
                await line.caretaker.wait(atMost: pause)
            }
            watchdog.ended("caretaker")
        } onGracefulShutdown: {
            line.caretaker.ring()
        }
    }

    /// One pass: first those whose time is over, then those to be reminded.
    package func tend() async throws {
        let tools = tools.get()
        guard let expireDays = tools.limits.expireDays else { return }
        let now = clock.now
        let day = 86_400.0
        let expired = try await requests.overdue(
            since: now.addingTimeInterval(-Double(expireDays) * day),
            reminded: now.addingTimeInterval(-Double(tools.limits.remindDays) * day), limit: mostPerPass)
        for waiting in expired { try await expire(waiting, by: tools.composer, at: now) }
        let leadDays = max(0, expireDays - tools.limits.remindDays)
        let silent = try await requests.unreminded(
            since: now.addingTimeInterval(-Double(leadDays) * day), limit: mostPerPass)
        for waiting in silent { try await remind(waiting, tools, expireDays: expireDays, at: now) }
        if !expired.isEmpty || !silent.isEmpty { line.dispatch.ring() }
    }

    private func expire(_ waiting: WaitingRequest, by composer: any NoticeComposer, at now: Date) async throws {
        let notice = try await notice(.expired, about: waiting, lastDay: nil, by: composer, at: now)
        let change = RequestChange(.expire, of: waiting.request, notice: notice, since: waiting.since)
        do {
            try await requests.change(change, actor: "postern", at: now)
            logger.event(.requestExpired, ["request": .text(waiting.request.text)])
        } catch {
            // A mail or a person was quicker, or the store failed: the next pass sees what is left.
            logger.event(.storeFault, ["reason": "\(error)"])
        }
    }

    private func remind(
        _ waiting: WaitingRequest, _ tools: Tools, expireDays: Int, at now: Date
    ) async throws {
        let byAge = waiting.since.addingTimeInterval(Double(expireDays) * 86_400)
        let byReminder = now.addingTimeInterval(Double(tools.limits.remindDays) * 86_400)
        let notice = try await notice(
            // The whole of the day that is named is still good.
            .reminder, about: waiting, lastDay: Day(of: max(byAge, byReminder).addingTimeInterval(-86_400)),
            by: tools.composer, at: now)
        if try await requests.remind(waiting, notice: notice, at: now) {
            logger.event(.requestReminded, ["request": .text(waiting.request.text)])
        }
    }

    /// Nil when there is nobody to write to: a request whose account or kind is gone still ends in time.
    private func notice(
        _ event: Notice.Event, about waiting: WaitingRequest, lastDay: Day?, by composer: any NoticeComposer,
        at now: Date
    ) async throws -> QueuedNotice? {
        guard let view = try await requests.view(of: waiting.account, at: now),
            let request = view.requests.first(where: { $0.id == waiting.request }),
            // No mail of an account that isn't active moves anything: it is not asked for one.
            view.accounts.contains(where: { $0.id == waiting.account && $0.state == .active })
        else { return nil }
        do {
            return try composer.notice(event, about: request, in: view, note: nil, lastDay: lastDay, at: now)
        } catch {
            logger.event(.noticeUnwritten, ["request": .text(waiting.request.text), "reason": "\(error)"])
            return nil
        }
    }
}
