import Mail
import SenderTrust

/// The receiving server of all tests.
let settings = TrustSettings(authservID: "mx.example")

/// Fields that the border writes on a mail whose domain it vouches for, topmost first.
let vouched = [
    "Return-Path: <ana@x.example>",
    "Authentication-Results: mx.example; spf=pass smtp.mailfrom=ana@x.example; dkim=pass header.d=x.example; "
        + "dmarc=pass (p=reject) header.from=x.example",
    border,
]

/// The Received field of the border.
let border = "Received: from out.x.example (out.x.example [192.0.2.7]) by mx.example (Mailer) with ESMTPS id 1; x"

/// What a person's mail program writes.
let written = [
    "Received: from pc ([192.0.2.8]) by out.x.example with ESMTPSA id 2; x",
    "From: Ana <ana@x.example>",
    "To: support@traces.example",
    "Subject: Role request",
    "Date: Mon, 2 Nov 2026 10:00:00 +0100",
    "Message-ID: <1@x.example>",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
]

/// A mail of these raw header lines, taken apart as the daemon does it.
func mail(_ lines: [String]) -> InboundMail { mail(raw: lines.map { "\($0)\r\n" }.joined() + "\r\nbody\r\n") }

/// A mail of these raw characters.
func mail(raw: String) -> InboundMail {
    let split = HeaderBlock.split(Array(raw.utf8))
    return InboundMail(header: split.block, problems: split.problems)
}

/// `pass ADDRESS`, or the code why not.
func outcome(_ mail: InboundMail, trusting settings: TrustSettings = settings) -> String {
    switch assessSender(of: mail, trusting: settings) {
    case .authenticated(let address): "pass \(address)"
    case .refused(_, let code, _): "refused \(code)"
    case .unproven(_, let code, _): code
    }
}
