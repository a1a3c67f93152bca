/// How many replies one address may get: what keeps a loop or a flood from using us.
package struct ReplyLimits: Sendable, Hashable {
    /// In 24 hours, of one verdict.
    package var sameVerdictPerDay: Int
    /// In 24 hours, of all verdicts together.
    package var perDay: Int

    package init(sameVerdictPerDay: Int = 3, perDay: Int = 10) {
        self.sameVerdictPerDay = sameVerdictPerDay
        self.perDay = perDay
    }

    /// The decision itself, or `held` in its place when its reply would go beyond the limits. A mail that is held
    /// for this changes no request.
    package func applied(to decision: Decision, recent: [Verdict: Int]) -> Decision {
        guard decision.reply != nil else { return decision }
        if recent[decision.verdict, default: 0] >= sameVerdictPerDay {
            return decision.held(because: "limit.same-outcome")
        }
        if recent.values.reduce(0, +) >= perDay { return decision.held(because: "limit.replies") }
        return decision
    }
}

extension Decision {
    /// The same findings, but nothing is changed or answered: a person must look.
    package func held(because reason: Reason) -> Decision {
        Decision(
            verdict: .held, reason: reason, findings: findings, request: request, sender: sender, language: language,
            profile: profile)
    }

    /// A mail that was never judged: too large, unparsable, or one that killed the process again and again.
    package static func held(unread reason: Reason) -> Decision {
        Decision(verdict: .held, reason: reason, sender: SenderFinding(address: nil, authentication: .none))
    }
}
