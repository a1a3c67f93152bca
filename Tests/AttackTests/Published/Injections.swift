/// To make Postern write lines of the sender's choice into the mail that answers: by what an answer takes from a mail,
/// which is the address, the subject and the Message-IDs.
extension Attack {
    static let injections: [Attack] = subjects + identifiers + senders

    private static let own = "From: <first@evil.example>"
    private static let answered = "unmatched match.no-account"

    private static let subjects: [Attack] =
        [
            ("CR LF and Bcc in Q", "=?utf-8?q?Role_request=0d=0aBcc:_all@evil.example?="),
            ("CR LF and Bcc in B", b("Role request\r\nBcc: all@evil.example\r\n\r\nbody")),
            ("LF alone", b("Role request\nBcc: all@evil.example")),
            ("CR alone", b("Role request\rBcc: all@evil.example")),
            ("folds undone", b("Role request\r\n Bcc: all@evil.example")),
            ("line separator, next line, vertical tab", b("Role request\u{2028}Bcc: a\u{85}Bcc: b\u{B}Bcc: c")),
            ("NUL", b("Role request\0Bcc: all@evil.example")),
            ("Q in UTF-16", "=?utf-16be?q?=00R=00o=00=0d=00=0aB=00c=00c=00:?="),
            ("encoded twice", q("=3D=3Futf-8=3FQ=3Fx=3D0D=3D0ABcc=3A_a=3F=3D")),
            ("raw control characters", "Role request\u{B}\u{C}\u{1B}[2J\u{8}x"),
            ("raw UTF-8 line separator", "Role request\u{2028}Bcc: all@evil.example"),
            ("right-to-left override", b("Role request \u{202E}gnp.exe")),
            ("Mustache", "Role request {{support}} {{{number}}} {{#links}}"),
            ("HTML", "Role request </title><script>alert(1)</script>"),
            ("boundary of the answer", "Role request\r\n --=_postern_"),
            ("nothing but Re:", "Re: Re: RE: re:"),
            ("a long one", "Role request " + String(repeating: "x", count: 900)),
        ].map { name, subject in
            Attack(
                .injection, "subject: \(name)", [own],
                rest: World.usualRest.map { $0.hasPrefix("Subject") ? "Subject: \(subject)" : $0 },
                shown: "Subject: \(subject)", answered)
        }

    private static let identifiers: [Attack] =
        [
            ("encoded CR LF", "<1@evil.example=?utf-8?q?=0d=0aBcc:a@evil.example?=>"),
            ("fold in it", "<1\r\n Bcc: a@evil.example>"),
            ("bracket in it", "<1@evil.example>\r\n\tBcc: <a@evil.example>"),
            ("too long", "<" + String(repeating: "x", count: 900) + "@evil.example>"),
            ("control in it", "<1\u{B}@evil.example>"),
            ("UTF-8 in it", "<1\u{10D}@evil.example>"),
            ("none", "1"),
        ].map { name, id in
            Attack(
                .injection, "Message-ID: \(name)", [own],
                rest: World.usualRest.map { $0.hasPrefix("Message-ID") ? "Message-ID: \(id)" : $0 },
                shown: "Message-ID: \(id)", answered)
        }
        + [
            Attack(
                .injection, "References: encoded CR LF",
                [own, "References: <1@a.example=?utf-8?q?=0d=0aBcc:x?=> <2@b.example>"],
                shown: "References: <1@a.example=?utf-8?q?=0d=0aBcc:x?=>", answered),
            Attack(
                .injection, "References: ten thousand",
                [own, "References: " + (0..<3_000).map { "<\($0)@a.example>" }.joined(separator: "\r\n ")],
                shown: "References: (3000 Message-IDs)", answered),
        ]

    private static let senders: [Attack] =
        [
            ("name: CR LF and Bcc", "=?utf-8?q?Ana=0d=0aBcc=3A_all?= <first@evil.example>", "held sender.invisible"),
            (
                "name: CR LF and an address", "=?utf-8?q?Ana=0d=0aBcc=3A_all=40evil.example?= <first@evil.example>",
                "held sender.at-in-display-name"
            ),
            ("name: Mustache", "\"{{{support}}}\" <first@evil.example>", answered),
            ("address: Mustache", "<{{{support}}}@evil.example>", answered),
            ("address: shell and HTML", "<`$x`|'&/*{}@evil.example>", answered),
            ("address: quoted CR LF", "<\"a\r\n Bcc: b\"@evil.example>", "held sender.quoted-local-part"),
            ("address: RCPT TO", "<first@evil.example> RCPT TO:<b@evil.example>", "held sender.trailing"),
        ].map { name, value, expected in
            Attack(.injection, name, ["From: \(value)"], expected)
        }
}
