package import struct Foundation.Date

/// How many replies go out: what keeps a loop or a flood from using us.
package struct ReplyLimits: Sendable, Hashable {
    /// To one address in 24 hours, of one verdict.
    package var sameVerdictPerDay: Int
    /// To one address in 24 hours, of all verdicts together.
    package var perDay: Int
    /// To everybody together: how many may go out at once, and how many more an hour.
    package var burst: Int
    package var perHour: Int

    package init(
        sameVerdictPerDay: Int = 3, perDay: Int = 10, burst: Int = 20_000, perHour: Int = 2_000
    ) {
        self.sameVerdictPerDay = sameVerdictPerDay
        self.perDay = perDay
        self.burst = burst
        self.perHour = perHour
    }

    /// The decision itself, or `held` in its place when its reply would go beyond the limits. A mail that is held
    /// for this changes no request.
    ///
    /// - Parameters:
    ///   - recent: replies of the last 24 hours to whom the decision answers, by the verdict they told.
    ///   - allowance: brought up to `now`, and less by one reply where it goes out.
    package func applied(
        to decision: Decision, recent: [Verdict: Int], allowance: inout ReplyAllowance, at now: Date
    ) -> Decision {
        guard let plan = decision.reply else { return decision }
        if recent[decision.verdict, default: 0] >= sameVerdictPerDay {
            return decision.held(because: "limit.same-outcome")
        }
        if recent.values.reduce(0, +) >= perDay { return decision.held(because: "limit.replies") }
        allowance.advance(to: now, perHour: perHour)
        // Anybody with a domain has as many addresses as he likes: strangers can't use up what applicants need.
        let room = plan.person == nil ? burst / 2 : burst
        return allowance.take(within: room) ? decision : decision.held(because: "limit.global")
    }
}

/// A token bucket, told by what was taken out of it: kept in the store, so that a restart doesn't fill it.
package struct ReplyAllowance: Sendable, Hashable {
    /// Replies that the hours have not made up for yet; not negative.
    package private(set) var taken: Double
    /// When that was so.
    package private(set) var moment: Date

    /// A full bucket, unless said otherwise.
    package init(taken: Double = 0, at moment: Date = .distantPast) {
        self.taken = taken.isFinite ? max(0, taken) : 0
        self.moment = moment
    }

    /// Lets the time since the last look make up for replies. A clock that was set back makes up for nothing, and
    /// time counts from the new hour on.
    package mutating func advance(to now: Date, perHour: Int) {
        let hours = max(0, now.timeIntervalSince(moment)) / 3_600
        taken = max(0, taken - hours * Double(perHour))
        moment = now
    }

    /// Takes one reply out; false, and nothing taken, when more than `room` would be out.
    package mutating func take(within room: Int) -> Bool {
        guard taken + 1 <= Double(room) else { return false }
        taken += 1
        return true
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
