package import Logging
import Synchronization

/// Knows whether the work loops still work. Each loop says that it advanced, or for how long it has good reason to
/// wait; one that does neither in time is stalled, and then systemd is no longer told that all is well.
package final class Watchdog: Sendable {
    private let allowance: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let deadlines = Mutex<[String: ContinuousClock.Instant?]>([:])

    /// `allowance` is how long one step of a loop may take.
    package convenience init(allowance: Duration = .seconds(120)) {
        self.init(allowance: allowance, now: { .now })
    }

    init(allowance: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.allowance = allowance
        self.now = now
    }

    /// The loop took a step and begins another.
    package func advanced(_ loop: String) { deadlines.withLock { $0[loop] = .some(now() + allowance) } }

    /// The loop waits for something that may take as long as this; nil: without end (for a signal, for work).
    package func idle(_ loop: String, atMost duration: Duration?) {
        let deadline = duration.map { now() + $0 + allowance }
        deadlines.withLock { $0[loop] = .some(deadline) }
    }

    /// The loop took a step in work that all others may have to wait for: their time begins anew, too.
    package func worksForAll(_ loop: String) {
        let deadline = now() + allowance
        deadlines.withLock { deadlines in
            deadlines[loop] = .some(deadline)
            deadlines = deadlines.mapValues { known in known.map { max($0, deadline) } }
        }
    }

    /// The loop ended in good order and is no longer watched.
    package func ended(_ loop: String) { deadlines.withLock { _ = $0.removeValue(forKey: loop) } }

    /// The loops that are overdue, by name.
    package var stalled: [String] {
        let now = now()
        return deadlines.withLock { deadlines in
            deadlines.filter { entry in entry.value.map { $0 < now } ?? false }.keys.sorted()
        }
    }

    /// Tells systemd that all is well, unless a loop is stalled. Returns the stalled ones.
    @discardableResult
    package func beat(_ notifier: SystemdNotifier) -> [String] {
        let stalled = stalled
        if stalled.isEmpty { notifier.watchdog() }
        return stalled
    }

    /// Beats twice in systemd's interval until the task is cancelled; returns at once where systemd wants no beats.
    /// A stall is logged when it begins.
    package func keepBeating(_ notifier: SystemdNotifier, logger: Logger) async {
        guard let interval = notifier.watchdogInterval else { return }
        var known: [String] = []
        while !Task.isCancelled {
            let stalled = beat(notifier)
            for loop in stalled where !known.contains(loop) { logger.event(.watchdogStalled, ["loop": .text(loop)]) }
            known = stalled
            try? await Task.sleep(for: interval / 2)
        }
    }
}
