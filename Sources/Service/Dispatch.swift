import Foundation
package import Logging
import Mail
package import Operations
import ServiceLifecycle

/// Sends the outbox's replies. Each is written down as `sending` before the server sees it, and its outcome after.
package struct Dispatch: Service {
    private let outbox: any Outbox
    private let submission: any Submission
    private let policy: RetryPolicy
    private let line: Line
    private let clock: any WallClock
    private let watchdog: Watchdog
    private let logger: Logger
    private let lanes: Int
    private let batch: Int

    /// - Parameters:
    ///   - lanes: batches under way at once: one is sent while another is written down.
    ///   - batch: replies claimed in one transaction; after a crash so many at most are of unknown fate.
    package init(
        outbox: any Outbox, submission: any Submission, policy: RetryPolicy = RetryPolicy(), line: Line,
        clock: any WallClock, watchdog: Watchdog, logger: Logger, lanes: Int = 2, batch: Int = 32
    ) {
        self.outbox = outbox
        self.submission = submission
        self.policy = policy
        self.line = line
        self.clock = clock
        self.watchdog = watchdog
        self.logger = logger
        self.lanes = lanes
        self.batch = batch
    }

    /// Runs until shut down, or until the desk has finished and nothing is due. What is under way is always finished.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await recover()
            await keepSending()
            watchdog.ended("dispatch")
        } onGracefulShutdown: {
            line.dispatch.ring()
        }
        line.dispatchDone.finish()
    }

    /// Rows that a crash left `sending` become `unknown` before anything new is sent.
    private func recover() async {
        var backoff = Backoff(first: 1, ceiling: 60)
        while !Task.isShuttingDownGracefully {
            do {
                let lost = try await outbox.recover(at: clock.now)
                if lost > 0 {
                    logger.event(.replyUnknown, ["replies": .count(lost), "cause": "stopped while sending"])
                }
                return
            } catch {
                logger.event(.storeFault, ["reason": "\(error)"])
                await line.dispatch.wait(atMost: backoff.next())
            }
        }
    }

    private func keepSending() async {
        var backoff = Backoff(first: 2, ceiling: 60)
        while !Task.isShuttingDownGracefully {
            watchdog.advanced("dispatch")
            let isLast = line.deskDone.isFinished
            let tally = await withTaskGroup(of: Tally.self) { group in
                for _ in 0..<lanes { group.addTask { await sendUntilEmpty() } }
                return await group.reduce(into: Tally()) { $0.add($1) }
            }
            if isLast { return }
            if !tally.isFruitless { backoff.reset() }
            let pause = tally.isFruitless ? backoff.next() : await untilNextDue()
            watchdog.idle("dispatch", atMost: pause)
            await line.dispatch.wait(atMost: pause)
        }
    }

    /// What one lane did.
    private struct Tally: Sendable {
        var sent = 0
        var putOff = 0
        var faults = 0

        /// Nothing went out although something should have: the server or the store is away.
        var isFruitless: Bool { sent == 0 && (putOff > 0 || faults > 0) }

        mutating func add(_ other: Tally) {
            sent += other.sent
            putOff += other.putOff
            faults += other.faults
        }
    }

    private func sendUntilEmpty() async -> Tally {
        var tally = Tally()
        var results: [OutboxResult] = []
        while true {
            do {
                let isStopping = Task.isShuttingDownGracefully || (tally.putOff > 0 && tally.sent == 0)
                let entries = try await outbox.exchange(results, claim: isStopping ? 0 : batch, at: clock.now)
                report(results)
                results = []
                guard !entries.isEmpty else { return tally }
                watchdog.advanced("dispatch")
                results = await send(entries)
                for result in results {
                    if result.state == .retry { tally.putOff += 1 } else { tally.sent += 1 }
                }
            } catch {
                logger.event(.storeFault, ["reason": "\(error)"])
                tally.faults += 1
                // What the server said of a mail must be written down, or it would be sent again: this is tried until it
                // works. Only a stop gives up, after a while; the rows then count as of unknown fate.
                let mayGiveUp = results.isEmpty || Task.isShuttingDownGracefully && tally.faults > 40
                if mayGiveUp || Task.isCancelled { return tally }
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    private func send(_ entries: [OutboxEntry]) async -> [OutboxResult] {
        let outcomes = await submission.send(entries.map(\.mail))
        let now = clock.now
        return zip(entries, outcomes).map { entry, outcome in
            policy.result(of: outcome, for: entry, at: now, spread: Double.random(in: 0..<1))
        }
    }

    /// At most a few seconds: a command beside the daemon queues mails too, and can't ring.
    private func untilNextDue() async -> Duration {
        let longest = 5.0
        guard let due = try? await outbox.nextDue() else { return .seconds(longest) }
        let seconds = due.timeIntervalSince(clock.now)
        return .milliseconds(Int(min(max(seconds, 0.05), longest) * 1_000))
    }

    private func report(_ results: [OutboxResult]) {
        for result in results {
            let event: Event =
                switch result.state {
                case .sent: .replySent
                case .retry: .replyRetry
                case .unknown: .replyUnknown
                default: .replyFailed
                }
            logger.event(event, ["reply": .count(result.id.number), "answer": .text(result.answer)])
        }
    }
}
