import Mail
import MailParsing

/// Mails as literals: lines joined by CRLF.
enum MailFixtures {
    static func mail(_ lines: [String]) -> RawMail { RawMail(bytes: Array(lines.joined(separator: "\r\n").utf8)) }

    /// A mail with the usual header and these MIME fields, and these body lines.
    static func mime(_ fields: [String], _ body: [String]) -> RawMail {
        mail(usualHeader + ["MIME-Version: 1.0"] + fields + [""] + body)
    }

    static func parse(_ raw: RawMail, limits: MailLimits = .standard) throws(ParsingFailure) -> InboundMail {
        try GMimeParser(limits: limits).parse(raw)
    }

    static let usualHeader = [
        "Received: from mail.drvo.example (mail.drvo.example [192.0.2.7])",
        "\tby mx.support.example with ESMTPS id 4F1; Mon, 2 Nov 2026 10:00:01 +0000",
        "From: =?utf-8?Q?=C5=BDeljko_=C5=A0ari=C4=87?= <zeljko@drvo.example>",
        "To: support@traces.example",
        "Cc: flegt@mps.example",
        "Subject: Role request",
        "Date: Mon, 2 Nov 2026 11:00:00 +0100",
        "Message-ID: <a1@drvo.example>",
    ]

    /// What a common mail program writes: a text and its HTML version.
    static let alternative = mime(
        ["Content-Type: multipart/alternative; boundary=\"=_b1\""],
        [
            "This is a multi-part message in MIME format.",
            "--=_b1",
            "Content-Type: text/plain; charset=utf-8; format=flowed",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "Dear team, I am =C5=BDeljko =C5=A0ari=C4=87 and =",
            "I ask for a role.",
            "--=_b1",
            "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            "PHA+xb1lbGprbzwvcD4NCg==",
            "--=_b1--",
            "",
        ])
}

/// SplitMix64: the same mails on every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
