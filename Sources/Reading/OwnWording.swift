/// The sentences that our own replies hold in one language, read from `Config/wording`: an applicant's program may quote a
/// reply without any mark, and it names the very names and role that a mail must state.
///
/// Only sentences addressed to the applicant count, and the list of what was checked, which names all that is wanted; no
/// other labels, and nothing of the mail that a reply prepares for them:
/// that is theirs to send.
package struct OwnWording: Sendable, Decodable {
    private struct Message: Decodable {
        let headline: String
        let explanation: String?
        let steps: [String]?
    }
    private struct Rule: Decodable {
        let title, passed, failed, mend: String?
    }
    private struct Reason: Decodable {
        let wrong, mend: String?
    }
    private struct Labels: Decodable {
        let linkIntroduction, checks, pass, fail, skipped, seen, wanted: String?
    }
    private enum Key: CodingKey { case greeting, footer, labels, verdicts, answers, notices, rules, reasons }

    /// How a reply addresses its reader.
    let greeting: String
    /// What a reply ends with.
    let footer: String
    /// What a reply begins with below the greeting.
    let headlines: [String]
    /// What stands between.
    let sentences: [String]
    /// The heading of the list of what was checked.
    let listHeading: String?
    /// What that list says of a rule, as title and outcome.
    let listRules: [(title: String, outcome: String)]
    /// What stands in that list before the words of a mail, or before those that it lacks.
    let listLabels: [String]

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        greeting = try values.decodeIfPresent(String.self, forKey: .greeting) ?? ""
        footer = try values.decodeIfPresent(String.self, forKey: .footer) ?? ""
        var messages: [Message] = []
        for key in [Key.verdicts, .answers, .notices] {
            messages += try values.decodeIfPresent([String: Message].self, forKey: key)?.values.map { $0 } ?? []
        }
        let rules = try values.decodeIfPresent([String: Rule].self, forKey: .rules)?.values.map { $0 } ?? []
        let reasons = try values.decodeIfPresent([String: Reason].self, forKey: .reasons)?.values.map { $0 } ?? []
        let labels = try values.decodeIfPresent(Labels.self, forKey: .labels)
        listHeading = labels?.checks
        let outcomes = [labels?.pass, labels?.fail, labels?.skipped].compactMap { $0 }
        listRules = rules.compactMap(\.title).flatMap { title in outcomes.map { (title, $0) } }
        listLabels = [labels?.seen, labels?.wanted].compactMap { $0 }
        headlines = messages.map(\.headline)
        var sentences = messages.flatMap { [$0.explanation].compactMap { $0 } + ($0.steps ?? []) }
        sentences += rules.flatMap { [$0.passed, $0.failed, $0.mend].compactMap { $0 } }
        sentences += reasons.flatMap { [$0.wrong, $0.mend].compactMap { $0 } }
        self.sentences = sentences + [labels?.linkIntroduction].compactMap { $0 }
    }
}
