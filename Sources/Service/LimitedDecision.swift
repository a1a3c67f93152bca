import Foundation
import Judging
import Mail

/// A decision within the limits on replies.
struct LimitedDecision: Sendable {
    let decision: Decision
    /// What the global limit has left after it; nil where no reply was asked for.
    var allowance: ReplyAllowance?

    /// Applies the limits to the decisions of one batch, in its order, with the replies of this very batch counted in.
    static func apply(
        _ limits: ReplyLimits, to decisions: [Decision], views: [SenderView], at now: Date
    ) -> [LimitedDecision] {
        var given: [EmailAddress: [Verdict: Int]] = [:]
        var allowance = views.first?.allowance ?? ReplyAllowance()
        return zip(decisions, views).map { decision, view in
            guard let recipient = decision.reply?.recipient else { return LimitedDecision(decision: decision) }
            let recent = view.recentReplies.merging(given[recipient] ?? [:], uniquingKeysWith: +)
            let allowed = limits.applied(to: decision, recent: recent, allowance: &allowance, at: now)
            if allowed.reply != nil { given[recipient, default: [:]][allowed.verdict, default: 0] += 1 }
            return LimitedDecision(decision: allowed, allowance: allowance)
        }
    }
}
