package import Mail

/// A reply of ours that a delivery report says has not arrived: its row in the outbox becomes `bounced`, and nothing
/// else comes of the report.
///
/// The report itself is not proven. What ties it to us is the Message-ID, which nobody can make up without our key, and
/// the recipient; so whoever forges one has seen that very reply.
package struct BouncedReply: Sendable, Hashable {
    package let reply: OutboxID
    /// Whom it did not reach: one of the reply's recipients.
    package let recipient: EmailAddress
    /// The status code, `5.1.1` (RFC 3463); nil when the report gave none.
    package let status: String?
    /// The status code and the server's words: one line.
    package let answer: String

    /// Nil unless the report tells of a failure for one of `recipients`.
    package init?(_ reply: OutboxID, to recipients: [EmailAddress], report: DeliveryReport) {
        guard let (address, failure) = report.failure(for: recipients) else { return nil }
        self.reply = reply
        recipient = address
        status = failure.status
        // Where one of several did not get it, the line must say which.
        let whom = address == recipients.first ? nil : "\(address.text):"
        let words = failure.diagnostic.isEmpty ? "the report gives no reason" : failure.diagnostic
        answer = ["returned:", whom, failure.status, words].compactMap(\.self).joined(separator: " ")
    }
}

extension Decision {
    /// The decision about a delivery report, matched to the reply that it tells of.
    package func matched(to bounced: BouncedReply?) -> Decision {
        guard let bounced, verdict == .ignored, reason == .bounce else { return self }
        var matched = Decision(
            verdict: verdict, reason: "automatic.bounce-matched", findings: findings, sender: sender,
            language: language)
        matched.bounced = bounced
        return matched
    }
}
