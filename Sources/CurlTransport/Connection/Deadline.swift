/// A point in time after which a step is given up. Monotonic: a changed wall clock moves nothing.
struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    static func after(_ duration: Duration) -> Deadline {
        Deadline(instant: ContinuousClock.now.advanced(by: min(duration, .seconds(100_000_000))))
    }

    static func earlier(_ one: Deadline, _ other: Deadline) -> Deadline {
        one.instant <= other.instant ? one : other
    }

    /// Zero when it is over.
    var remaining: Duration { max(.zero, ContinuousClock.now.duration(to: instant)) }
    var isOver: Bool { ContinuousClock.now >= instant }
}
