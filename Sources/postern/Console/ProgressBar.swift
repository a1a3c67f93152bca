import Foundation

/// A bar on standard error that shows how far long work has come; silent when nobody would see it.
struct ProgressBar {
    private let label: String
    private let total: Int?
    private let unit: Unit
    private let isShown: Bool
    private var lastDrawn: ContinuousClock.Instant?

    /// What is counted.
    enum Unit { case items, octets }

    /// `total` is nil when nobody knows how much there is.
    init(_ label: String, of total: Int?, unit: Unit = .items) {
        self.unit = unit
        self.label = label
        self.total = total
        isShown = Terminal.showsProgress
    }

    /// Draws the state, at most ten times a second.
    mutating func update(_ done: Int) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
        lastDrawn = now
        _ = Output.write(Array(("\r\u{1b}[K" + Self.text(label, done, of: total, unit)).utf8), to: STDERR_FILENO)
    }

    /// Takes the bar away.
    mutating func finish() {
        guard isShown, lastDrawn != nil else { return }
        lastDrawn = nil
        _ = Output.write(Array("\r\u{1b}[K".utf8), to: STDERR_FILENO)
    }

    static func text(_ label: String, _ done: Int, of total: Int?, _ unit: Unit = .items) -> String {
        guard let total, total > 0 else { return "\(label) \(amount(done, unit))" }
        let share = min(1, max(0, Double(done) / Double(total)))
        let filled = Int(share * 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        return "\(label) \(bar) \(Int(share * 100)) % (\(amount(done, unit)) of \(amount(total, unit)))"
    }

    private static func amount(_ count: Int, _ unit: Unit) -> String {
        guard unit == .octets else { return String(count) }
        return count < 1_048_576 ? "\(count / 1_024) KiB" : "\(count / 1_048_576) MiB"
    }
}
