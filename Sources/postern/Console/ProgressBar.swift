import Foundation

/// A bar on standard error that shows how far long work has come; silent when nobody would see it.
struct ProgressBar {
    private let label: String
    private let total: Int?
    private let isShown: Bool
    private var lastDrawn: ContinuousClock.Instant?

    /// `total` is nil when nobody knows how much there is.
    init(_ label: String, of total: Int?) {
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
        _ = Output.write(Array(("\r\u{1b}[K" + Self.text(label, done, of: total)).utf8), to: STDERR_FILENO)
    }

    /// Takes the bar away.
    mutating func finish() {
        guard isShown, lastDrawn != nil else { return }
        lastDrawn = nil
        _ = Output.write(Array("\r\u{1b}[K".utf8), to: STDERR_FILENO)
    }

    static func text(_ label: String, _ done: Int, of total: Int?) -> String {
        guard let total, total > 0 else { return "\(label) \(done)" }
        let share = min(1, max(0, Double(done) / Double(total)))
        let filled = Int(share * 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        return "\(label) \(bar) \(Int(share * 100)) % (\(done) of \(total))"
    }
}
