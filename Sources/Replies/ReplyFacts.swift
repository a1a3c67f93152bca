import Judging
import Mail
import Registry

/// What one mail says, made fit to be shown: the shape, and a value for each of its slots.
struct ReplyFacts {
    struct Request {
        let number: String
        let kind: String
        let organisation: String
    }

    struct Link {
        let mail: PreparedMail
        let url: String

        init(_ mail: PreparedMail, in wording: Wording) {
            self.mail = mail
            url = mail.link(in: wording).url
        }

        func shape(hintsCc: Bool) -> ReplyShape.Link {
            .init(cc: mail.cc.isEmpty ? (hintsCc ? .hint : .none) : .addresses, form: mail.form)
        }
    }

    let shape: ReplyShape
    private let name: String
    private let support: String
    private let team: String
    private let requests: [Request]
    private var moreRequests = 0
    private var seen: [String] = []
    private var wanted: [String] = []
    private let links: [Link]
    private var code = ""
    private var lastDay = ""
    private var note = ""

    /// How many requests, and how many links, one reply shows.
    private static let mostRequests = 10
    private static let mostLinks = 5
    /// How many addresses or names one rule line shows.
    private static let mostValues = 5
    /// How many characters of a note are told.
    private static let longestNote = 1_000

    /// What the answer to a mail says.
    init(_ decision: Decision, plan: ReplyPlan, _ vocabulary: Vocabulary, settings: ReplySettings) {
        // `unmatched` names nobody and nothing from the registry, even to somebody whom it knows.
        let person = decision.verdict == .unmatched ? nil : plan.person
        let account = person?.account
        let summaries = person?.requests ?? []
        let shown = summaries.prefix(Self.mostRequests)
        name = Self.name(of: account)
        support = settings.supportAddress.text
        team = Self.shown(settings.displayName)
        requests = shown.map { Self.request($0, vocabulary) }
        moreRequests = summaries.count - shown.count

        let isJudged = person != nil && decision.findings.contains { $0.outcome != .skipped }
        let findings = isJudged ? decision.findings : []
        let seen = findings.map { $0.outcome == .fail ? Self.join(Self.seen($0, vocabulary)) : "" }
        let wanted = findings.map { $0.outcome == .fail ? Self.join(Self.wanted($0, vocabulary)) : "" }
        self.seen = seen
        self.wanted = wanted

        let links = Self.linkSubjects(decision, summaries).map { request in
            Link(
                PreparedMail(
                    for: request, account: account, authorityMailboxes: person?.authorityMailboxes ?? [],
                    to: settings.supportAddress, vocabulary), in: vocabulary.wording)
        }
        self.links = links

        var shape = ReplyShape(
            language: vocabulary.wording.language, occasion: .reply(decision.verdict, decision.reason),
            greetsPerson: !name.isEmpty)
        shape.requests = shown.map { summary in
            let moved = decision.transition.flatMap { $0.request == summary.id ? $0.to : nil }
            return Self.shape(of: summary, status: moved ?? summary.status, vocabulary)
        }
        shape.hasMoreRequests = moreRequests > 0
        if decision.verdict == .accepted {
            shape.permissions = vocabulary.knownPermissions(shown.first?.permits ?? [])
        }
        shape.rules = findings.enumerated().map { index, finding in
            .init(
                rule: finding.rule, outcome: finding.outcome, reason: finding.reason,
                showsSeen: !seen[index].isEmpty, showsWanted: !wanted[index].isEmpty)
        }
        shape.links = links.map { $0.shape(hintsCc: true) }
        self.shape = shape
    }

    /// What a mail that answers nobody says.
    init(_ notice: Notice, _ vocabulary: Vocabulary, settings: ReplySettings) {
        let wording = vocabulary.wording
        name = Self.name(of: notice.account)
        support = settings.supportAddress.text
        team = Self.shown(settings.displayName)
        let request = notice.event == .validation ? nil : notice.request
        requests = request.map { [Self.request($0, vocabulary)] } ?? []
        if notice.event == .validation { code = notice.code.flatMap(PreparedMail.code) ?? "" }
        if notice.event == .validation || notice.event == .reminder {
            lastDay = notice.lastDay.map { wording.dates?.text(of: $0) ?? $0.text } ?? ""
        }
        note = PlainLine.of(notice.note ?? "", limit: Self.longestNote)

        var links: [Link] = []
        switch notice.event {
        case .validation:
            let subject = wording.notices[notice.event.rawValue]?.subjectLine ?? ""
            links = [
                Link(PreparedMail(validating: code, subject: subject, to: settings.supportAddress), in: wording)
            ]
        case .reopened, .reminder:
            links = [
                Link(
                    PreparedMail(
                        for: request, account: notice.account, authorityMailboxes: notice.authorityMailboxes,
                        to: settings.supportAddress, vocabulary), in: wording)
            ]
        case .granted, .refused, .withdrawn, .expired: break
        }
        self.links = links

        var shape = ReplyShape(
            language: wording.language, occasion: .notice(notice.event), greetsPerson: !name.isEmpty)
        shape.requests = request.map { [Self.shape(of: $0, status: $0.status, vocabulary)] } ?? []
        if notice.event == .granted { shape.permissions = vocabulary.knownPermissions(request?.permits ?? []) }
        shape.details =
            (code.isEmpty ? [] : [.code]) + (lastDay.isEmpty ? [] : [.lastDay]) + (note.isEmpty ? [] : [.note])
        shape.links = links.map { $0.shape(hintsCc: notice.event != .validation) }
        self.shape = shape
    }

    /// What stands in a slot: one line, never empty.
    func value(of slot: Slot) -> String {
        switch slot {
        case .name: name.isEmpty ? "–" : name
        case .support: support
        case .team: team
        case .count: String(moreRequests)
        case .number(let index): requests[index].number
        case .kind(let index): requests[index].kind.isEmpty ? "–" : requests[index].kind
        case .organisation(let index): requests[index].organisation
        case .seen(let index): seen[index]
        case .wanted(let index): wanted[index]
        case .linkURL(let index): links[index].url
        case .link(let index, let part): links[index].mail[part]
        case .detail(.code): code
        case .detail(.lastDay): lastDay
        case .detail(.note): note
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

    private static func name(of account: Account?) -> String {
        account.map { PlainLine.of("\($0.firstName) \($0.lastName)") } ?? ""
    }

    private static func request(_ summary: RequestSummary, _ vocabulary: Vocabulary) -> Request {
        Request(
            number: shown(summary.id.text), kind: vocabulary.roleName(of: summary),
            organisation: shown(summary.organisation))
    }

    private static func shape(
        of summary: RequestSummary, status: RoleRequest.Status, _ vocabulary: Vocabulary
    ) -> ReplyShape.Request {
        .init(role: vocabulary.roleKey(of: summary), additional: summary.additional, status: status)
    }

    /// What the mail showed, as far as it may be told: plain addresses, kinds of roles by our own names, and near
    /// misses of names that are nothing but letters. Other words of the mail are never repeated.
    private static func seen(_ finding: Finding, _ vocabulary: Vocabulary) -> [String] {
        switch finding.rule {
        case .from, .to, .cc: finding.seen.compactMap { EmailAddress($0)?.text }
        case .kind: finding.seen.compactMap { vocabulary.kindName($0) }
        case .names: finding.seen.map { PlainLine.of($0, limit: 100) }.filter(isName)
        }
    }

    private static func wanted(_ finding: Finding, _ vocabulary: Vocabulary) -> [String] {
        switch finding.rule {
        case .from, .to, .cc: finding.wanted.compactMap { EmailAddress($0)?.text }
        case .kind: finding.wanted.map { vocabulary.kindName($0) ?? PlainLine.of($0, limit: 100) }
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
}
