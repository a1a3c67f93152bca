import Judging
import Mail
import Registry

/// What one reply says, made fit to be shown: the shape, and a value for each of its slots.
struct ReplyFacts {
    struct Request {
        let number: String
        let kind: String
        let organisation: String
    }

    struct Link {
        var url = ""
        let to: EmailAddress
        let cc: [EmailAddress]
        let subject: String
        let firstName: String
        let lastName: String
        let organisation: String
    }

    let shape: ReplyShape
    private let name: String
    private let support: String
    private let team: String
    private let requests: [Request]
    private let moreRequests: Int
    private let seen: [String]
    private let wanted: [String]
    private let links: [Link]

    /// How many requests, and how many links, one reply shows.
    private static let mostRequests = 10
    private static let mostLinks = 5
    /// How many addresses or names one rule line shows.
    private static let mostValues = 5
    /// Stands where a mail must name something that nobody knows yet.
    static let blank = "…"

    init(_ decision: Decision, plan: ReplyPlan, wording: Wording, settings: ReplySettings) {
        // `unmatched` names nobody and nothing from the registry, whatever the plan holds.
        let isStranger = decision.verdict == .unmatched || plan.account == nil
        let account = isStranger ? nil : plan.account
        let summaries = isStranger ? [] : plan.requests
        let shown = summaries.prefix(Self.mostRequests)
        name = account.map { PlainLine.of("\($0.firstName) \($0.lastName)") } ?? ""
        support = settings.supportAddress.text
        team = Self.shown(settings.displayName)
        requests = shown.map {
            Request(
                number: Self.shown($0.id.text), kind: Self.shown($0.kind.text),
                organisation: Self.shown($0.organisation))
        }
        moreRequests = summaries.count - shown.count

        let isJudged = !isStranger && decision.findings.contains { $0.outcome != .skipped }
        let findings = isJudged ? decision.findings : []
        seen = findings.map { $0.outcome == .fail ? Self.join(Self.seen($0, wording)) : "" }
        wanted = findings.map { $0.outcome == .fail ? Self.join(Self.wanted($0, wording)) : "" }

        var links: [Link] = []
        for subject in Self.linkSubjects(decision, summaries) {
            let cc = isStranger ? [] : Array(plan.authorityMailboxes.prefix(3))
            var link = Link(
                to: settings.supportAddress, cc: cc,
                subject: Self.requestLine(subject, wording),
                firstName: Self.filled(account?.firstName), lastName: Self.filled(account?.lastName),
                organisation: Self.filled(subject?.organisation))
            link.url =
                MailtoLink(
                    to: link.to, cc: cc, subject: link.subject, body: Self.body(link, wording)
                ).url
            links.append(link)
        }
        self.links = links

        let seen = seen
        let wanted = wanted
        shape = ReplyShape(
            language: wording.language, verdict: decision.verdict, reason: decision.reason,
            greetsPerson: !name.isEmpty,
            requests: shown.map { summary in
                let moved = decision.transition.flatMap { $0.request == summary.id ? $0.to : nil }
                return .init(
                    role: Self.role(summary, wording), additional: summary.additional, status: moved ?? summary.status)
            },
            hasMoreRequests: moreRequests > 0,
            rules: findings.enumerated().map { index, finding in
                .init(
                    rule: finding.rule, outcome: finding.outcome, reason: finding.reason,
                    showsSeen: !seen[index].isEmpty, showsWanted: !wanted[index].isEmpty)
            },
            links: links.map { .init(showsCc: !$0.cc.isEmpty) })
    }

    /// What stands in a slot: one line, never empty.
    func value(of slot: Slot) -> String {
        switch slot {
        case .name: name
        case .support: support
        case .team: team
        case .count: String(moreRequests)
        case .number(let index): requests[index].number
        case .kind(let index): requests[index].kind
        case .organisation(let index): requests[index].organisation
        case .seen(let index): seen[index]
        case .wanted(let index): wanted[index]
        case .link(let index, let part): value(of: part, in: links[index])
        }
    }

    private func value(of part: Slot.LinkPart, in link: Link) -> String {
        switch part {
        case .url: link.url
        case .to: link.to.text
        case .cc: link.cc.map(\.text).joined(separator: ", ")
        case .subject: link.subject
        case .firstName: link.firstName
        case .lastName: link.lastName
        case .organisation: link.organisation
        }
    }

    /// The requests that get a link of their own; one of nil is a link for a request that is not known.
    private static func linkSubjects(_ decision: Decision, _ summaries: [RequestSummary]) -> [RequestSummary?] {
        switch decision.verdict {
        case .unmatched: [nil]
        case .incomplete:
            if let judged = summaries.first(where: { $0.id == decision.request }) {
                [judged]
            } else if summaries.isEmpty {
                [nil]
            } else {
                summaries.prefix(mostLinks).map { $0 }
            }
        case .ambiguous: summaries.prefix(mostLinks).map { $0 }
        default: []
        }
    }

    /// The key of the wording's `kinds` for a request.
    private static func role(_ summary: RequestSummary, _ wording: Wording) -> String? {
        let key = summary.kind.text == "importer" && summary.actingAs == .agent ? "agent" : summary.kind.text
        return wording.kinds[key] == nil ? nil : key
    }

    /// `Role request: FLEGT timber importer`: the corrected mail's subject and first line.
    private static func requestLine(_ summary: RequestSummary?, _ wording: Wording) -> String {
        let role = summary.flatMap { Self.role($0, wording) }
        let isAdditional = summary?.additional ?? false
        let phrase = isAdditional ? wording.labels.additionalRoleRequest : wording.labels.roleRequest
        let name = role.flatMap { wording.kinds[$0]?.words } ?? summary.map { shown($0.kind.text) } ?? blank
        return "\(phrase.words): \(name)"
    }

    private static func body(_ link: Link, _ wording: Wording) -> [String] {
        [
            link.subject, "", "\(wording.labels.firstName.words): \(link.firstName)",
            "\(wording.labels.lastName.words): \(link.lastName)",
            "\(wording.labels.organisation.words): \(link.organisation)",
        ]
    }

    /// What the mail showed, as far as it may be told: plain addresses, kinds of roles by our own names, and near
    /// misses of names that are nothing but letters. Other words of the mail are never repeated.
    private static func seen(_ finding: Finding, _ wording: Wording) -> [String] {
        switch finding.rule {
        case .from, .to, .cc: finding.seen.compactMap { EmailAddress($0)?.text }
        case .kind: finding.seen.compactMap { wording.kinds[$0]?.words }
        case .names: finding.seen.map { PlainLine.of($0, limit: 100) }.filter(isName)
        }
    }

    private static func wanted(_ finding: Finding, _ wording: Wording) -> [String] {
        switch finding.rule {
        case .from, .to, .cc: finding.wanted.compactMap { EmailAddress($0)?.text }
        case .kind: finding.wanted.map { wording.kinds[$0]?.words ?? PlainLine.of($0, limit: 100) }
        case .names: finding.wanted.map { PlainLine.of($0) }
        }
    }

    private static func isName(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            if scalar.value < 0x80 {
                return scalar.properties.isAlphabetic || " .,'&-/()0123456789".unicodeScalars.contains(scalar)
            }
            return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
                || "’‘“”„«»–".unicodeScalars.contains(scalar)
        }
    }

    private static func join(_ values: [String]) -> String {
        let values = values.filter { !$0.isEmpty }
        let shown = values.prefix(mostValues).joined(separator: ", ")
        return values.count > mostValues ? shown + ", …" : shown
    }

    private static func shown(_ text: String) -> String {
        let line = PlainLine.of(text)
        return line.isEmpty ? "–" : line
    }

    private static func filled(_ text: String?) -> String {
        let line = PlainLine.of(text ?? "")
        return line.isEmpty ? blank : line
    }
}
