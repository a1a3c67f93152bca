package import Mail
package import Registry

/// What became of one rule, and what it rests on.
package struct Finding: Sendable, Hashable, Codable {
    package let rule: Procedure.Rule
    package let outcome: Outcome
    /// Why it failed; nil when it passed or was skipped.
    package let reason: Reason?
    /// What the mail showed: addresses seen, words found. Comes from the mail, so it is not for strangers' eyes.
    package let seen: [String]
    /// What the rule wants to see: the support address, the authority's mailbox, the name.
    package let wanted: [String]

    package init(
        _ rule: Procedure.Rule, _ outcome: Outcome, reason: Reason? = nil, seen: [String] = [], wanted: [String] = []
    ) {
        self.rule = rule
        self.outcome = outcome
        self.reason = reason
        self.seen = seen
        self.wanted = wanted
    }
}

/// Who a mail is from, as far as that is known.
package struct SenderFinding: Sendable, Hashable {
    package enum Authentication: String, Sendable, Codable { case pass, fail, none }

    /// Nil when the From field names no single plain address.
    package let address: EmailAddress?
    package let authentication: Authentication

    package init(address: EmailAddress?, authentication: Authentication) {
        self.address = address
        self.authentication = authentication
    }
}

/// The outcome of judging one mail, as data. Nothing has happened yet.
package struct Decision: Sendable, Hashable {
    package let verdict: Verdict
    package let reason: Reason
    /// One for each of the five rules, in their order.
    package let findings: [Finding]
    /// The request that the mail was judged against.
    package let request: RoleRequestID?
    /// The change that the decision makes, if any.
    package let transition: Transition?
    package let sender: SenderFinding
    /// The language to answer in: the account's, else the mail's, else `en`.
    package let language: String
    /// What the sender may do for the request's organisation; nil when it was not asked.
    package let profile: Profile?
    /// Facts that later mails of the same thread need not repeat.
    package let facts: EarlierFacts
    /// The account that the mail proved to be its sender's and that becomes active.
    package var activation: AccountID?
    /// The reply of ours that the mail reports as not delivered.
    package var bounced: BouncedReply?
    /// Whom to answer and what about; nil where the verdict answers nobody.
    package let reply: ReplyPlan?

    package init(
        verdict: Verdict, reason: Reason, findings: [Finding] = [], request: RoleRequestID? = nil,
        transition: Transition? = nil, sender: SenderFinding, language: String = "en", profile: Profile? = nil,
        facts: EarlierFacts = EarlierFacts(), reply: ReplyPlan? = nil
    ) {
        self.verdict = verdict
        self.reason = reason
        self.findings = Procedure.Rule.allCases.map { rule in
            findings.first { $0.rule == rule } ?? Finding(rule, .skipped)
        }
        self.request = request
        self.transition = transition
        self.sender = sender
        self.language = language
        self.profile = profile
        self.facts = facts
        self.reply = reply
    }
}
