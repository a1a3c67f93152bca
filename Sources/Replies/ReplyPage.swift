import Judging
import Registry

/// What the templates are given: the words for one shape of reply, with a mark wherever a slot's value will stand.
struct ReplyPage {
    /// Slots in the order of their marks.
    private(set) var slots: [Slot] = []
    private let shape: ReplyShape
    private let wording: Wording

    init(_ shape: ReplyShape, _ wording: Wording) {
        self.shape = shape
        self.wording = wording
    }

    /// A mark is a number between two bytes that no wording and no template can hold.
    static let markOpens: UInt8 = 1
    static let markCloses: UInt8 = 2

    /// The words by the names that the templates use. Each text goes through `escape`; marks are left as they are.
    mutating func context(escape: (String) -> String) -> [String: Any] {
        guard let message = wording.message(for: shape.occasion) else { return [:] }
        var context: [String: Any] = [
            "language": shape.language,
            "greeting": text(shape.greetsPerson ? wording.greeting : wording.greetingUnknown, escape),
            "headline": text(message.headline, escape),
            "closing": text(wording.closing, escape),
            "team": mark(.team),
            "footer": text(wording.footer, escape),
            "label": labels(escape),
        ]
        let reason = generalReason
        context["explanations"] = ([message.explanation] + (reason.map { [$0.wrong] } ?? [])).map { text($0, escape) }
        let steps = (reason?.mend.map { [$0] } ?? []) + message.steps
        context["steps"] = steps.enumerated().map { index, step in
            ["number": String(index + 1), "step": text(step, escape)]
        }
        let heading = shape.requests.count == 1 ? wording.labels.request : wording.labels.requests
        context["requestsHeading"] = text(heading, escape)
        context["hasRequests"] = !shape.requests.isEmpty
        context["requests"] = shape.requests.indices.map { request($0, escape) }
        if shape.hasMoreRequests { context["more"] = text(wording.labels.more, escape) }
        context["hasDetails"] = !shape.details.isEmpty
        context["details"] = shape.details.map { detail($0, escape) }
        context["hasPermissions"] = !shape.permissions.isEmpty
        context["permissions"] = shape.permissions.map { key in
            wording.permissions[key].map { text($0, escape) } ?? ""
        }
        context["hasRules"] = !shape.rules.isEmpty
        context["rules"] = shape.rules.indices.map { rule($0, escape) }
        context["hasLinks"] = !shape.links.isEmpty
        context["links"] = shape.links.indices.map { link($0, escape) }
        return context
    }

    /// The words of a reason that no rule tells of.
    private var generalReason: Wording.ReasonText? {
        switch shape.occasion {
        case .reply(.restricted, let reason), .reply(.incomplete, let reason), .reply(.ambiguous, let reason):
            shape.rules.contains { $0.reason == reason } ? nil : wording.reasons[reason.code]
        default: nil
        }
    }

    private mutating func detail(_ detail: ReplyShape.Detail, _ escape: (String) -> String) -> [String: Any] {
        let label =
            switch detail {
            case .code: wording.labels.code
            case .lastDay: wording.labels.lastDay
            case .note: wording.labels.note
            }
        return ["name": escape(label.words), "value": mark(.detail(detail))]
    }

    private mutating func request(_ index: Int, _ escape: (String) -> String) -> [String: Any] {
        let request = shape.requests[index]
        var role = request.role.flatMap { wording.kinds[$0] }.map { text($0, escape) } ?? mark(.kind(index))
        if request.additional { role += " (\(text(wording.labels.additional, escape)))" }
        return [
            "number": mark(.number(index)), "role": role, "organisation": mark(.organisation(index)),
            "status": wording.statuses[request.status.rawValue].map { text($0, escape) } ?? request.status.rawValue,
        ]
    }

    private mutating func rule(_ index: Int, _ escape: (String) -> String) -> [String: Any] {
        let line = shape.rules[index]
        guard let words = wording.rules[line.rule.rawValue] else { return [:] }
        var context: [String: Any] = [
            "number": String(index + 1), "title": text(words.title, escape),
            "passed": line.outcome == .pass, "failed": line.outcome == .fail, "skipped": line.outcome == .skipped,
        ]
        switch line.outcome {
        case .pass:
            context["outcome"] = text(wording.labels.pass, escape)
            context["explanation"] = text(words.passed, escape)
        case .fail:
            let reason = line.reason.flatMap { wording.reasons[$0.code] }
            context["outcome"] = text(wording.labels.fail, escape)
            context["explanation"] = text(reason?.wrong ?? words.failed, escape)
            context["mend"] = text(reason?.mend ?? words.mend, escape)
        case .skipped:
            context["outcome"] = text(wording.labels.skipped, escape)
        }
        if line.showsSeen { context["seen"] = mark(.seen(index)) }
        if line.showsWanted { context["wanted"] = mark(.wanted(index)) }
        return context
    }

    private mutating func link(_ index: Int, _ escape: (String) -> String) -> [String: Any] {
        let link = shape.links[index]
        var context: [String: Any] = [
            "url": mark(.link(index, .url)), "to": mark(.link(index, .to)), "subject": mark(.link(index, .subject)),
            "lines": link.lines.map { line in
                PreparedMail.text(of: line, wording, words: escape) { mark(.link(index, $0)) }
            },
        ]
        switch link.cc {
        case .addresses: context["cc"] = mark(.link(index, .cc))
        case .hint: context["cc"] = "(\(text(wording.labels.ccHint, escape)))"
        case .none: break
        }
        // With several links, each says whose it is.
        if shape.links.count > 1 { context["heading"] = mark(.link(index, .organisation)) }
        return context
    }

    private mutating func labels(_ escape: (String) -> String) -> [String: Any] {
        let labels = wording.labels
        return [
            "number": labels.number, "role": labels.role, "organisation": labels.organisation,
            "status": labels.status, "checks": labels.checks, "seen": labels.seen, "wanted": labels.wanted,
            "steps": labels.steps, "permissions": labels.permissions, "link": labels.link,
            "linkIntroduction": labels.linkIntroduction,
            "button": labels.button, "to": labels.to, "cc": labels.cc, "subject": labels.subject,
        ].mapValues { escape($0.words) }
    }

    private mutating func text(_ phrase: Phrase, _ escape: (String) -> String) -> String {
        escape(
            phrase.filled { placeholder in
                switch placeholder {
                case .name: mark(.name)
                case .support: mark(.support)
                case .count: mark(.count)
                }
            })
    }

    private mutating func mark(_ slot: Slot) -> String {
        slots.append(slot)
        return "\u{1}\(slots.count - 1)\u{2}"
    }
}
