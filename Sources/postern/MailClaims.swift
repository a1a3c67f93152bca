import Mail
import SenderTrust

/// What a mail claims of its sender against what is proven, for staff who decide on it.
struct MailClaims {
    /// What the mail says of itself: name of the field, what stands there.
    private let claims: [(name: String, text: String)]
    private let evidence: SenderEvidence?

    /// `trust` nil: nobody can say what is proven, as the settings lack it.
    init(of mail: InboundMail, trusting trust: TrustSettings?) {
        var claims = mail.header.all("From").map { ("From", $0.text) }
        if case .plain(let address, let name) = mail.sender {
            claims.append(("address in From", address.text))
            claims.append(("name shown", name ?? "none"))
        } else {
            claims.append(("address in From", "none that is beyond doubt"))
        }
        for field in ["Sender", "Reply-To", "Return-Path"] {
            claims += mail.header.all(field).map { (field, $0.text) }
        }
        self.claims = claims
        evidence = trust.map { senderEvidence(of: mail, trusting: $0) }
    }

    var lines: [String] {
        var lines = ["what the mail claims:"]
        lines += claims.map { "  \($0.name): \($0.text.visible)" }
        lines.append("what is proven:")
        guard let evidence else { return lines + ["  (the settings don't say whose word counts: trust)"] }
        return lines + Self.proof(in: evidence).map { "  \($0.visible)" }
    }

    /// What is claimed stands apart from it, as it was written.
    private static func proof(in evidence: SenderEvidence) -> [String] {
        evidence.lines.filter { !$0.hasPrefix("claimed:") }
    }

    var json: JSON {
        [
            "claims": .array(claims.map { ["field": .string($0.name), "text": .string($0.text)] }),
            "proven": .array((evidence.map(Self.proof) ?? []).map(JSON.string)),
        ]
    }
}
