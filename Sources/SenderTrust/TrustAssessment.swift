package import Mail

/// What the operator relies on to believe a sender.
package struct TrustSettings: Sendable, Hashable {
    /// `require`: authenticated senders are judged. `hold-only`: nobody is ever believed, every mail is held.
    package enum Policy: String, Sendable { case require, holdOnly = "hold-only" }

    package var policy: Policy
    /// The receiving server's id in its Authentication-Results (RFC 8601 §2.5).
    package var authservID: String
    /// The `by` host of the Received field that the receiving border writes.
    package var borderHost: String
    /// The receiving server writes a Return-Path into every mail, so one without it did not come from a person.
    package var writesReturnPath: Bool

    package init(
        policy: Policy = .require, authservID: String, borderHost: String? = nil, writesReturnPath: Bool = false
    ) {
        self.policy = policy
        self.authservID = authservID
        self.borderHost = borderHost ?? authservID
        self.writesReturnPath = writesReturnPath
    }
}

/// Who a mail is from, and whether that is proven. Made by ``assessSender(of:trusting:)`` and by nothing else.
package enum TrustAssessment: Sendable, Hashable {
    /// Exactly one plain From address, and the receiving server vouches for its domain.
    case authenticated(EmailAddress)
    /// The receiving server says that the mail is forged (`dmarc=fail`). The address is what From claims.
    case refused(EmailAddress, code: String, explanation: String)
    /// Nobody vouches, the evidence conflicts, or the structure is ambiguous: a person must look.
    case unproven(EmailAddress?, code: String, explanation: String)
}
