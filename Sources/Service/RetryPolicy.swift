package import Foundation
package import Mail

/// When a reply is tried again, and when it is given up.
package struct RetryPolicy: Sendable, Hashable {
    /// Waits between attempts, in seconds; the last one repeats.
    package var waits: [TimeInterval] = [60, 300, 900, 3_600, 14_400]
    /// Attempts after which a reply is given up: with these waits after four to five days (RFC 5321 §4.5.4.1).
    package var giveUpAfterAttempts = 30
    /// How long to wait before the same bytes go out once more after a lost answer.
    package var unknownWait: TimeInterval = 600

    package init() {}

    /// What an attempt's outcome means for the outbox row. `spread` in 0..<1 keeps rows from coming back together.
    package func result(of outcome: SubmissionOutcome, for entry: OutboxEntry, at now: Date, spread: Double)
        -> OutboxResult
    {
        switch outcome {
        case .sent(let answer): return OutboxResult(id: entry.id, state: .sent, answer: answer)
        case .failed(let answer): return OutboxResult(id: entry.id, state: .failed, answer: answer)
        case .unknown(let answer):
            let next = entry.wasUnknown ? nil : now.addingTimeInterval(unknownWait)
            return OutboxResult(id: entry.id, state: .unknown, answer: answer, nextAttempt: next)
        case .retry(let answer):
            guard entry.attempts < giveUpAfterAttempts else {
                return OutboxResult(
                    id: entry.id, state: .failed, answer: "given up after \(entry.attempts) attempts: \(answer)")
            }
            let wait = waits[min(max(entry.attempts, 1), waits.count) - 1]
            let next = now.addingTimeInterval(wait * (0.75 + 0.5 * spread))
            return OutboxResult(id: entry.id, state: .retry, answer: answer, nextAttempt: next)
        }
    }
}

/// Growing, jittered waits between attempts at something that keeps failing.
package struct Backoff: Sendable {
    private let first: Double
    private let ceiling: Double
    private var failures = 0

    /// - Parameters: waits in seconds.
    package init(first: Double = 1, ceiling: Double = 300) {
        self.first = first
        self.ceiling = ceiling
    }

    package mutating func reset() { failures = 0 }

    /// The next wait: doubled with each failure up to the ceiling, between half and all of it at random.
    package mutating func next(spread: Double = Double.random(in: 0..<1)) -> Duration {
        let full = min(ceiling, first * Double(1 << min(failures, 16)))
        failures += 1
        return .milliseconds(Int(full * (0.5 + 0.5 * spread) * 1_000))
    }
}
