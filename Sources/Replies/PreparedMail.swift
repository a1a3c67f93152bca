import Judging
import Mail
import Registry

/// A mail that its reader need only check and send: the one that the five rules want for a request, or the one that
/// validates an account.
struct PreparedMail {
    /// One line of its text, without its value.
    enum Line: Hashable, Sendable {
        case blank
        /// What the mail is about: `Role request: FLEGT timber importer`.
        case title
        /// The sentence by which somebody owns up to a mailbox.
        case validation
        case code
        /// A value behind its label: `First name: Ana`.
        case field(Slot.LinkPart)
    }

    let lines: [Line]
    let to: EmailAddress
    let cc: [EmailAddress]
    private let values: [Slot.LinkPart: String]
    private let wording: Wording

    /// Stands where a mail must name something that nobody knows yet.
    static let blank = "…"

    /// How many mailboxes of an authority stand in Cc.
    private static let mostCopies = 3

    /// The mail for a request; of nil for one that isn't known.
    init(
        for request: RequestSummary?, account: Account?, authorityMailboxes: [EmailAddress], to support: EmailAddress,
        _ vocabulary: Vocabulary
    ) {
        wording = vocabulary.wording
        to = support
        cc = Array(authorityMailboxes.prefix(Self.mostCopies))
        let isAdditional = request?.additional ?? false
        let phrase = isAdditional ? wording.labels.additionalRoleRequest : wording.labels.roleRequest
        // Short enough that the subject keeps its reference where long links are cut.
        let role = PlainLine.of(request.map { vocabulary.roleName(of: $0) } ?? Self.blank, limit: 100)
        let title = "\(phrase.words): \(role.isEmpty ? Self.blank : role)"
        var values: [Slot.LinkPart: String] = [
            .title: title, .subject: title, .firstName: Self.filled(account?.firstName),
            .lastName: Self.filled(account?.lastName), .organisation: Self.filled(request?.organisation),
        ]
        var lines: [Line] = [.title, .blank, .field(.firstName), .field(.lastName), .field(.organisation)]
        if let eori = request?.eori.map({ PlainLine.of($0, limit: 40) }), !eori.isEmpty {
            values[.eori] = eori
            lines.append(.field(.eori))
        }
        if let reference = request?.reference.flatMap(Self.code) {
            values[.reference] = reference
            values[.subject] = "\(title) [\(reference)]"
            lines.append(.field(.reference))
        }
        self.lines = lines
        self.values = values
    }

    /// The mail that brings a validation's code back; its subject is that of the mail which brought the code.
    init(validating code: String, subject: String, to support: EmailAddress, _ vocabulary: Vocabulary) {
        wording = vocabulary.wording
        to = support
        cc = []
        lines = [.validation, .blank, .code]
        values = [.subject: "\(subject) [\(code)]", .code: code]
    }

    /// The link that opens the mail.
    var link: MailtoLink {
        MailtoLink(
            to: to, cc: cc, subject: self[.subject],
            body: lines.map { line in Self.text(of: line, wording, words: { $0 }, value: { self[$0] }) })
    }

    /// What stands in one place of it.
    subscript(part: Slot.LinkPart) -> String {
        switch part {
        case .to: to.text
        case .cc: cc.map(\.text).joined(separator: ", ")
        default: values[part] ?? Self.blank
        }
    }

    /// One line, its words and values written as the caller wants them.
    static func text(
        of line: Line, _ wording: Wording, words: (String) -> String, value: (Slot.LinkPart) -> String
    ) -> String {
        switch line {
        case .blank: ""
        case .title: value(.title)
        case .validation: words(wording.labels.validationRequest.words)
        case .code: value(.code)
        case .field(let part): "\(words(wording.labels.label(of: part)?.words ?? "")): \(value(part))"
        }
    }

    /// A code or reference fit to be shown: one word, or nil.
    static func code(_ text: String) -> String? {
        let line = PlainLine.of(text, limit: 40).filter { $0 != " " }
        return line.isEmpty ? nil : line
    }

    private static func filled(_ text: String?) -> String {
        let line = PlainLine.of(text ?? "")
        return line.isEmpty ? blank : line
    }
}

extension Wording.Labels {
    /// What stands before a value in a prepared mail.
    fileprivate func label(of part: Slot.LinkPart) -> Phrase? {
        switch part {
        case .firstName: firstName
        case .lastName: lastName
        case .organisation: organisation
        case .eori: eori
        case .reference: reference
        case .url, .to, .cc, .subject, .title, .code: nil
        }
    }
}
