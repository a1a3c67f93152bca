import Judging
import Registry

/// What replies and notices say in one language: one file `Config/wording/<code>.yaml`. English is the pattern: every language
/// has its keys, and every sentence the placeholders of the English one.
package struct Wording: Sendable, Decodable {
    /// What a verdict, an answer or a notice says.
    package struct Message: Sendable, Decodable {
        /// The subject of a notice, or of a reply where the mail answered has none. Nil: the headline.
        package let subject: Phrase?
        /// The decision in one sentence.
        package let headline: Phrase
        package let explanation: Phrase
        /// What happens or is to be done next, in order.
        package let steps: [Phrase]

        /// The words of the subject.
        var subjectLine: String { (subject ?? headline).words }
    }

    /// What a rule says.
    package struct RuleText: Sendable, Decodable {
        package let title: Phrase
        package let passed: Phrase
        /// What is wrong, where the reason has no words of its own.
        package let failed: Phrase
        /// How to mend it, where the reason has no words of its own.
        package let mend: Phrase
    }

    /// What a reason code says.
    package struct ReasonText: Sendable, Decodable {
        package let wrong: Phrase
        /// Nil: the rule's own.
        package let mend: Phrase?
    }

    /// Single words and headings.
    package struct Labels: Sendable, Decodable {
        package let request, requests, number, role, organisation, status, additional, more: Phrase
        package let checks, pass, fail, skipped, seen, wanted, steps: Phrase
        package let link, linkIntroduction, button: Phrase
        package let to, cc, subject, ccHint: Phrase
        package let firstName, lastName, roleRequest, additionalRoleRequest: Phrase
        package let reference, eori, note, permissions, lastDay, code: Phrase
        /// The sentence of the mail that validates an account.
        package let validationRequest: Phrase
    }

    /// Two-letter code (ISO 639-1).
    package let language: String
    package let greeting, greetingUnknown, closing, footer: Phrase
    package let labels: Labels
    /// Nil in an operator's own wording that says nothing of dates: they stand as `2026-12-31`.
    package let dates: DateForm?
    /// By `RoleRequest.Status`.
    package let statuses: [String: Phrase]
    /// By kind of request, and `agent` for an importer's agent: what the role is called.
    package let kinds: [String: Phrase]
    /// By key of a procedure's `permits`: what the role lets its holder do.
    package let permissions: [String: Phrase]
    /// By verdict; the ones that answer.
    package let verdicts: [String: Message]
    /// By reason code: what the verdict `answered` says for a reason of its own.
    package let answers: [String: Message]
    /// By `Notice.Event`.
    package let notices: [String: Message]
    /// By rule.
    package let rules: [String: RuleText]
    /// By reason code. A code that is not here says what its rule or its verdict says.
    package let reasons: [String: ReasonText]

    /// What a mail says above all.
    func message(for occasion: ReplyShape.Occasion) -> Message? {
        switch occasion {
        case .reply(.answered, let reason): answers[reason.code] ?? verdicts[Verdict.answered.rawValue]
        case .reply(let verdict, _): verdicts[verdict.rawValue]
        case .notice(let event): notices[event.rawValue]
        }
    }

    /// Throws when something that every mail may need is missing.
    func check() throws(ReplyError) {
        func require(_ found: Bool, _ key: String) throws(ReplyError) {
            if !found { throw .unusableWording(language: language, key: key, reason: "is missing") }
        }
        let isCode = language.utf8.count == 2 && language.utf8.allSatisfy { (0x61...0x7a).contains($0) }
        guard isCode else {
            throw .unusableWording(language: language, key: "language", reason: "is no two-letter language code")
        }
        for verdict in Verdict.allCases where verdict.replies {
            try require(verdicts[verdict.rawValue] != nil, "verdicts.\(verdict.rawValue)")
        }
        for event in Notice.Event.allCases {
            try require(notices[event.rawValue] != nil, "notices.\(event.rawValue)")
        }
        if let key = dates?.faultyKey {
            throw .unusableWording(language: language, key: key, reason: "is no form of a date, or not twelve months")
        }
        for rule in Procedure.Rule.allCases { try require(rules[rule.rawValue] != nil, "rules.\(rule.rawValue)") }
        for status in RoleRequest.Status.allCases {
            try require(statuses[status.rawValue] != nil, "statuses.\(status.rawValue)")
        }
    }
}

extension Wording {
    /// What a permission lets its holder do, by the key that a procedure's `permits` gives; nil for an unknown one.
    package func permission(_ key: String) -> String? { permissions[key]?.words }
}
