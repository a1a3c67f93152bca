package import Mail

/// Who a mail is from, and whether that is proven. Made by ``assessSender(of:trusting:)`` and by nothing else.
package enum TrustAssessment: Sendable, Hashable {
    /// Exactly one plain From address, and the receiving server vouches for its domain.
    case authenticated(EmailAddress)
    /// The receiving server says that the mail is forged (`dmarc=fail`). The address is what From claims.
    case refused(EmailAddress, code: String, explanation: String)
    /// Nobody vouches, the evidence conflicts, or the structure is ambiguous: a person must look.
    case unproven(EmailAddress?, code: String, explanation: String)
}
