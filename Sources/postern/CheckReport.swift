import Foundation
import Judging
import Mail
import Reading
import Registry

/// What `check --explain` tells about the text of a mail.
struct CheckExplanation: Sendable {
    let subject: String
    let reading: MailReading
}

/// Turns outcomes of `check` into lines, for people or for programs.
struct CheckReport: Sendable {
    private let json: Bool
    private let explain: Bool
    private let labelWidth: Int

    /// The lines about one file, made where it was judged.
    struct Entry: Sendable {
        var lines: [String] = []
        var verdict: Verdict?
        var fault: String?
    }

    init(json: Bool, explain: Bool, labels: [String]) {
        self.json = json
        self.explain = explain
        labelWidth = min(40, labels.reduce(0) { max($0, DisplayWidth.of($1.visible)) })
    }

    func entry(for outcome: CheckBench.Outcome) -> Entry {
        switch outcome.content {
        case .unreadable(let fault): return Entry(fault: fault)
        case .judged(let decision, let messageID, let explanation):
            if json {
                var members = Self.members(decision, label: outcome.file.label, messageID: messageID)
                if explain { members.append(.init(key: "explanation", value: Self.json(decision, explanation))) }
                return Entry(lines: [JSON.object(members).line], verdict: decision.verdict)
            }
            var lines = [line(decision, label: outcome.file.label)]
            if explain { lines += Self.words(decision, explanation).map { "    " + $0 } }
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

    private static func json(_ decision: Decision, _ explanation: CheckExplanation?) -> JSON {
        let findings = decision.findings.map { finding -> JSON in
            [
                "rule": .string(finding.rule.rawValue), "outcome": .string(finding.outcome.rawValue),
                "reason": JSON(finding.reason?.code), "seen": .array(finding.seen.map(JSON.string)),
                "wanted": .array(finding.wanted.map(JSON.string)),
            ]
        }
        guard let explanation else { return ["findings": .array(findings)] }
        let reading = explanation.reading
        return [
            "subject": .string(explanation.subject), "textLanguage": JSON(reading.language),
            "text": .string(reading.newText),
            "leftOut": .array(
                reading.leftOut.map { ["cause": .string($0.cause.rawValue), "text": .string($0.text)] }),
            "words": .array(evidence(in: reading).map(json)), "findings": .array(findings),
        ]
    }

    private static func json(_ found: (what: String, evidence: Evidence)) -> JSON {
        [
            "for": .string(found.what), "place": .string(found.evidence.place.rawValue),
            "words": .string(found.evidence.words), "from": JSON(found.evidence.range.lowerBound),
            "to": JSON(found.evidence.range.upperBound), "language": JSON(found.evidence.language),
        ]
    }

    /// The words that say what the mail wants, in a fixed order.
    private static func evidence(in reading: MailReading) -> [(what: String, evidence: Evidence)] {
        let kinds = reading.kinds()
        var found = kinds.kinds.sorted { $0.key < $1.key }.map { ("kind \($0.key)", $0.value) }
        for (what, evidence) in [
            ("request", kinds.request), ("additional role", kinds.additional), ("status inquiry", kinds.statusInquiry),
        ] {
            if let evidence { found.append((what, evidence)) }
        }
        return found
    }

    private static func words(_ decision: Decision, _ explanation: CheckExplanation?) -> [String] {
        var lines: [String] = []
        let address = decision.sender.address?.text.visible ?? "no plain address"
        lines.append("sender: \(address), authentication \(decision.sender.authentication.rawValue)")
        for finding in decision.findings {
            var line = "rule \(finding.rule.rawValue): \(finding.outcome.rawValue)"
            if let reason = finding.reason { line += " (\(reason))" }
            if !finding.seen.isEmpty { line += "; seen: \(finding.seen.map(\.visible).joined(separator: ", "))" }
            if !finding.wanted.isEmpty { line += "; wanted: \(finding.wanted.map(\.visible).joined(separator: ", "))" }
            lines.append(line)
        }
        guard let explanation else { return lines }
        let reading = explanation.reading
        lines.append("subject: \(explanation.subject.visible)")
        lines.append(
            "language of the text: \(reading.language ?? "not clear"); language of a reply: \(decision.language)")
        for (what, evidence) in evidence(in: reading) {
            let language = evidence.language.map { ", \($0)" } ?? ""
            lines.append(
                "\(what): '\(evidence.words.visible)' (\(evidence.place.rawValue) \(evidence.range.lowerBound)–\(evidence.range.upperBound)\(language))"
            )
        }
        lines.append("text that was read:")
        lines += quoted(reading.newText)
        for stretch in reading.leftOut {
            lines.append("left out (\(stretch.cause.rawValue)):")
            lines += quoted(stretch.text)
        }
        return lines
    }

    private static func quoted(_ text: String) -> [String] {
        text.visibleLines.split(separator: "\n", omittingEmptySubsequences: false).map { "| \($0)" }
    }
}
