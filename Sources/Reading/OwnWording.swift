/// The sentences that our own replies hold in one language, read from `Config/wording`: an applicant's program may quote a
/// reply without any mark, and it names the very names and role that a mail must state.
///
/// Only sentences addressed to the applicant count, not labels, and nothing of the mail that a reply prepares for them:
/// that is theirs to send.
package struct OwnWording: Sendable, Decodable {
    private struct Message: Decodable {
        let headline: String
        let explanation: String?
        let steps: [String]?
    }
    private struct Rule: Decodable {
        let passed, failed, mend: String?
    }
    private struct Reason: Decodable {
        let wrong, mend: String?
    }
    private struct Labels: Decodable {
        let linkIntroduction: String?
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
        let introduction = try values.decodeIfPresent(Labels.self, forKey: .labels)?.linkIntroduction
        headlines = messages.map(\.headline)
        var sentences = messages.flatMap { [$0.explanation].compactMap { $0 } + ($0.steps ?? []) }
        sentences += rules.flatMap { [$0.passed, $0.failed, $0.mend].compactMap { $0 } }
        sentences += reasons.flatMap { [$0.wrong, $0.mend].compactMap { $0 } }
        self.sentences = sentences + [introduction].compactMap { $0 }
    }
}
