import Foundation
import Mail
import Replies
import SenderTrust

/// A mail from ourselves to ourselves that carries Authentication-Results in the receiving server's name, as a forger's would.
///
/// The daemon ignores it: its Message-ID is one that only this installation can make (`automatic.own-mail`), and it says
/// of itself that it is automatic.
struct ProbeMail {
    /// A field that ought to be gone when the mail arrives (RFC 8601 §5), in one of the ways of writing it.
    struct Forgery: Sendable {
        /// For messages: `in other case`.
        let name: String
        /// Stands in the field and nowhere else.
        let mark: String
        let field: String
    }

    let outbound: OutboundMail
    let forgeries: [Forgery]

    /// - Parameters:
    ///   - token: random letters and digits, so that no two probes are taken for each other.
    ///   - sender: stands in From; the forged fields vouch for its domain.
    init(
        token: String, from sender: EmailAddress, to recipient: EmailAddress, envelopeFrom: EmailAddress?,
        trust: TrustSettings, messageIDs: ReplyMessageIDs, now: Date
    ) throws {
        let forgeries = Self.forgeries(for: trust, domain: sender.domain, token: token)
        let id = try messageIDs.id(for: "probe:\(token)")
        let lines =
            forgeries.map(\.field) + [
                "From: <\(sender.text)>", "To: <\(recipient.text)>", "Subject: Postern probe \(token)",
                "Message-ID: \(id.bracketed)", "Date: \(InternetDate.text(of: now))", "Auto-Submitted: auto-generated",
                "X-Auto-Response-Suppress: All", "MIME-Version: 1.0", "Content-Type: text/plain; charset=us-ascii",
                "Content-Transfer-Encoding: 7bit", "",
                "postern doctor --probe sent this mail to see whether the receiving mail server removes",
                "Authentication-Results fields that claim to be its own. It is no role request and needs no answer.",
                "",
            ]
        outbound = OutboundMail(
            messageID: id, envelopeFrom: envelopeFrom, recipients: [recipient],
            bytes: Array(lines.joined(separator: "\r\n").utf8))
        self.forgeries = forgeries
    }

    /// The same claim in every way that a reader takes for the server's own and a careless filter may not.
    static func forgeries(for trust: TrustSettings, domain: String, token: String) -> [Forgery] {
        let id = trust.authservID
        let withoutID: [(name: String, head: String)] = [
            ("plain", "Authentication-Results: dmarc=pass action=none"),
            ("in other case", "authentication-RESULTS: DMARC=pass action=none"),
            ("with comments", "Authentication-Results: (as checked) dmarc=pass (p=reject) action=none"),
            ("folded", "Authentication-Results:\r\n\tdmarc=pass action=none"),
        ]
        let withID: [(name: String, head: String)] = [
            ("plain", "Authentication-Results: \(id); dmarc=pass"),
            ("in other case", "authentication-RESULTS: \(id.uppercased()); DMARC=pass"),
            ("with comments", "Authentication-Results: (as checked) \(id) (by us) 1; dmarc (policy) = pass (p=reject)"),
            ("folded", "Authentication-Results:\r\n\t\(id);\r\n\tdmarc=pass"),
            ("quoted", "Authentication-Results: \"\(id)\"; dmarc=pass"),
            ("with a trailing dot", "Authentication-Results: \(id).; dmarc=pass"),
        ]
        let shapes = trust.profile == .exchangeOnline ? withoutID : withID
        return shapes.enumerated().map { index, shape in
            let mark = "\(token).\(index + 1)"
            return Forgery(
                name: shape.name, mark: mark, field: "\(shape.head)\r\n header.from=\(domain) smtp.mailfrom=\(mark)")
        }
    }

    /// 80 random bits as twenty hexadecimal digits.
    static func randomToken() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<20).map { _ in String(Int.random(in: 0..<16, using: &random), radix: 16) }.joined()
    }
}
