import Judging
import Mail
import Registry

/// Turns outcomes of `check` into lines, for people or for programs.
struct CheckReport: Sendable {
    private let json: Bool
    private let labelWidth: Int

    /// The lines about one file, made where it was judged.
    struct Entry: Sendable {
        var lines: [String] = []
        var verdict: Verdict?
        var fault: String?
    }

    init(json: Bool, labels: [String]) {
        self.json = json
        labelWidth = min(40, labels.reduce(0) { max($0, DisplayWidth.of($1.visible)) })
    }

    func entry(for outcome: CheckBench.Outcome) -> Entry {
        switch outcome.content {
        case .unreadable(let fault): return Entry(fault: fault)
        case .judged(let decision, let messageID, let explanation):
            if json {
                var members = Self.members(decision, label: outcome.file.label, messageID: messageID)
                if let explanation {
                    members.append(.init(key: "explanation", value: ExplanationReport(explanation).json))
                }
                return Entry(lines: [JSON.object(members).line], verdict: decision.verdict)
            }
            var lines = [line(decision, label: outcome.file.label)]
            if let explanation { lines += ExplanationReport(explanation).lines.map { "    " + $0 } }
            return Entry(lines: lines, verdict: decision.verdict)
        }
    }

    /// `12 mails: 3 accepted, 9 incomplete`
    func summary(_ tally: [Verdict: Int]) -> String {
        let count = tally.values.reduce(0, +)
        let parts = Verdict.allCases.compactMap { verdict in tally[verdict].map { "\($0) \(verdict.rawValue)" } }
        return "\(count) mail\(count == 1 ? "" : "s")" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }

    private func line(_ decision: Decision, label: String) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            let shown = DisplayWidth.fit(text.visible, into: max(width, 1))
            return shown + String(repeating: " ", count: max(0, width - DisplayWidth.of(shown)))
        }
        var line = padded(label, labelWidth) + "  " + padded(decision.verdict.rawValue, 10) + "  "
        line +=
            decision.request.map { padded(decision.reason.code, 30) + "  " + $0.text.visible } ?? decision.reason.code
        return line
    }

    /// The fields that scripts rely on, in their order.
    private static func members(_ decision: Decision, label: String, messageID: MessageID?) -> [JSON.Member] {
        let rules = decision.findings.map { JSON.Member(key: $0.rule.rawValue, value: .string($0.outcome.rawValue)) }
        let sender: JSON = [
            "address": JSON(decision.sender.address?.text),
            "authentication": .string(decision.sender.authentication.rawValue),
        ]
        return [
            .init(key: "file", value: .string(label)), .init(key: "messageID", value: JSON(messageID?.bracketed)),
            .init(key: "verdict", value: .string(decision.verdict.rawValue)),
            .init(key: "reason", value: .string(decision.reason.code)),
            .init(key: "request", value: JSON(decision.request?.text)), .init(key: "rules", value: .object(rules)),
            .init(key: "sender", value: sender), .init(key: "language", value: .string(decision.language)),
            .init(key: "profile", value: JSON(decision.profile?.rawValue)),
        ]
    }
}
