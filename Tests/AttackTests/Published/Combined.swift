/// Combinations of the published shapes, look-alikes, and every other way found to show one sender and prove another.
extension Attack {
    static let combined: [Attack] = names + values + places + limits

    /// Names that some reader takes for From.
    private static let names: [Attack] =
        [
            ("NUL behind the name", "From\0: <admin@victim.example>", "held structure.nul"),
            ("control behind the name", "From\u{1}: <admin@victim.example>", "held structure.not-a-field"),
            ("DEL behind the name", "From\u{7F}: <admin@victim.example>", "held structure.not-a-field"),
            ("no-break space behind the name", "From\u{A0}: <admin@victim.example>", "held structure.not-a-field"),
            ("zero-width space in the name", "Fr\u{200B}om: <admin@victim.example>", "held structure.not-a-field"),
            ("byte order mark before the name", "\u{FEFF}From: <admin@victim.example>", "held structure.not-a-field"),
            ("Cyrillic o in the name", "Fr\u{43E}m: <admin@victim.example>", "held structure.not-a-field"),
            ("tab behind the name", "From\t: <admin@victim.example>", "held structure.space-before-colon"),
            ("backspaces in the name", "Fx\u{8}rom: <admin@victim.example>", "held structure.not-a-field"),
            (
                "mailbox file's From line", "From admin@victim.example Fri Nov 20 08:12:41 2026",
                "held structure.not-a-field"
            ),
            ("quoted From line", ">From: <admin@victim.example>", "held sender.from-like-name"),
            (
                "hyphens behind the name", "From---------------------: <admin@victim.example>",
                "held sender.from-like-name"
            ),
            ("RFC 2231's mark behind the name", "From*: utf-8''admin%40victim.example", "held sender.from-like-name"),
            (
                "RFC 2231's numbers behind the name", "From*0*: utf-8''admin%40victim.example",
                "held sender.from-like-name"
            ),
            ("Resent-From", "Resent-From: <admin@victim.example>", "held structure.resent"),
            ("Resent-Sender", "Resent-Sender: <admin@victim.example>", "held structure.resent"),
            ("CR in place of a line's end", "X-A: b\rFrom: <admin@victim.example>", "held structure.bare-cr"),
            ("LF in place of a line's end", "X-A: b\nFrom: <admin@victim.example>", "held structure.bare-lf"),
            ("CR CR LF", "X-A: b\r\r\nFrom: <admin@victim.example>", "held structure.bare-cr"),
            (
                "vertical tab in place of a line's end", "X-A: b\u{B}\u{C}\u{85}From: <admin@victim.example>",
                "unmatched match.no-account"
            ),
            ("folded into another field", "X-A: b\r\n From: <admin@victim.example>", "held sender.folded-from"),
            (
                "folded, the address in the next line", "X-A: b\r\n From:\r\n <admin@victim.example>",
                "held sender.folded-from"
            ),
            (
                "folded, the address encoded", "X-A: b\r\n From: =?utf-8?Q?admin=40victim.example?=",
                "held sender.folded-from"
            ),
            ("folded, marks around the name", "X-A: b\r\n >\"From-: <admin@victim.example>", "held sender.folded-from"),
            (
                "folded into a signature, the address in the next line",
                "DKIM-Signature: h=\r\n From:\r\n <admin@victim.example>", "held sender.folded-from"
            ),
            ("folded into a signature", "X-Signature: h=\r\n From: <admin@victim.example>", "held sender.folded-from"),
            ("behind a line of white space", "X-A: b\r\n \r\nFrom: <admin@victim.example>", "held sender.two-from"),
            (
                "behind an empty line that ends in LF", "X-A: b\r\n\nFrom: <admin@victim.example>",
                "held structure.bare-lf"
            ),
            ("behind LF CR LF", "X-A: b\n\r\nFrom: <admin@victim.example>", "held structure.bare-lf"),
            ("behind a line of CR alone", "X-A: b\r\n\r\r\nFrom: <admin@victim.example>", "held structure.bare-cr"),
        ].map { name, line, expected in
            Attack(.combined, name, ["From: <first@evil.example>", line], shown: line, expected)
        }

    /// What From itself holds.
    private static let values: [Attack] =
        [
            ("two brackets", "<first@evil.example><admin@victim.example>", "sender.trailing"),
            ("two brackets, comma", "<first@evil.example>,<admin@victim.example>", "sender.several-addresses"),
            ("two brackets, semicolon", "<first@evil.example>;<admin@victim.example>", "sender.several-addresses"),
            ("two at signs", "<admin@victim.example@evil.example>", "sender.second-at"),
            ("percent hack", "<first%evil.example@victim.example>", "sender.percent-or-bang"),
            ("bang path", "<victim.example!admin@evil.example>", "sender.percent-or-bang"),
            ("victim as name", "admin@victim.example <first@evil.example>", "sender.at-in-display-name"),
            ("victim as quoted name", "\"admin@victim.example\" <first@evil.example>", "sender.at-in-display-name"),
            (
                "victim in brackets in quotes", "\"Ana <admin@victim.example>\" <first@evil.example>",
                "sender.at-in-display-name"
            ),
            (
                "quoted pairs in the name", "\"admin\\@victim.example\" <first@evil.example>",
                "sender.at-in-display-name"
            ),
            ("quoted pairs outside quotes", "admin\\@victim.example <first@evil.example>", "sender.malformed-address"),
            (
                "quoted pair that leaves the quote open", "\"a\\\" <admin@victim.example>, \"b\" <first@evil.example>",
                "sender.malformed-address"
            ),
            (
                "quoted pair that does not", "\"a\\\\\" <admin@victim.example>, \"b\" <first@evil.example>",
                "sender.several-addresses"
            ),
            ("victim and line break", "admin@victim.example\r\n <first@evil.example>", "sender.at-in-display-name"),
            (
                "victim, white line, own", "admin@victim.example\r\n \r\n <first@evil.example>",
                "structure.blank-continuation"
            ),
            ("victim in a comment in front", "(admin@victim.example) first@evil.example", "sender.comment"),
            ("victim in a comment behind", "first@evil.example (admin@victim.example)", "sender.comment"),
            ("comment in a comment", "first@evil.example (a (admin@victim.example) b)", "sender.comment"),
            (
                "encoded victim as name", "=?utf-8?Q?admin=40victim.example?= <first@evil.example>",
                "sender.at-in-display-name"
            ),
            (
                "encoded victim in three words",
                "=?utf-8?Q?ad?= =?utf-8?B?bWluQA==?= =?utf-8?Q?victim?= <first@evil.example>",
                "sender.at-in-display-name"
            ),
            (
                "encoded word split over a fold", "=?utf-8?Q?admin=\r\n 40victim.example?= <first@evil.example>",
                "sender.undecodable-name"
            ),
            (
                "encoded word split in its escape, two words",
                "=?utf-8?Q?admin=4?= =?utf-8?Q?0victim.example?= <first@evil.example>", "sender.undecodable-name"
            ),
            (
                "encoded twice", "=?utf-8?Q?=3D=3Futf-8=3FQ=3Fadmin=3D40victim=3F=3D?= <first@evil.example>",
                "sender.undecodable-name"
            ),
            (
                "encoded twice over two words",
                "=?utf-8?Q?=3D?= =?utf-8?Q?=3Futf-8=3FQ=3Fadmin=3D40v=3F=3D?= <first@evil.example>",
                "sender.undecodable-name"
            ),
            ("UTF-7 word", "=?utf-7?Q?admin+AEA-victim.example?= <first@evil.example>", "sender.undecodable-name"),
            ("UTF-7 without a word", "admin+AEA-victim.example <first@evil.example>", "sender.readers-disagree"),
            (
                "UTF-16 word", "=?utf-16be?B?AGEAZABtAGkAbgBAAHYAaQBjAHQAaQBt?= <first@evil.example>",
                "sender.undecodable-name"
            ),
            ("ISO 2022 word", "=?iso-2022-kr?B?YWRtaW5AdmljdGlt?= <first@evil.example>", "sender.undecodable-name"),
            ("EBCDIC word", "=?ibm037?B?gYSUiZV8pYmDo4mU?= <first@evil.example>", "sender.undecodable-name"),
            (
                "charset that nobody knows", "=?x-none?Q?admin=40victim.example?= <first@evil.example>",
                "sender.undecodable-name"
            ),
            (
                "full-width at sign, encoded", "=?utf-8?Q?admin=EF=BC=A0victim.example?= <first@evil.example>",
                "sender.at-in-display-name"
            ),
            (
                "small at sign, encoded", "=?utf-8?Q?admin=EF=B9=ABvictim.example?= <first@evil.example>",
                "sender.at-in-display-name"
            ),
            (
                "full-width at sign in another charset",
                "=?iso-8859-1?Q?admin=EF=BC=A0victim.example?= <first@evil.example>", "sender.readers-disagree"
            ),
            (
                "full-width at sign in two words of another charset",
                "=?iso-8859-1?Q?admin=EF=BC?= =?iso-8859-1?Q?=A0victim?= <first@evil.example>",
                "sender.readers-disagree"
            ),
            (
                "right-to-left override in another charset", "=?koi8-r?B?4oCubmltZGE=?= <first@evil.example>",
                "sender.readers-disagree"
            ),
            (
                "full-width at sign, raw", "admin\u{FF20}victim.example <first@evil.example>",
                "structure.eight-bit-address"
            ),
            ("percent-encoded at sign", "admin%40victim.example <first@evil.example>", "sender.readers-disagree"),
            (
                "RFC 2231 in the name", "name*=utf-8''admin%40victim.example <first@evil.example>",
                "sender.readers-disagree"
            ),
            ("reference to an at sign", "\"admin&#64;victim.example\" <first@evil.example>", "sender.readers-disagree"),
            (
                "named reference to an at sign", "\"admin&commat;victim.example\" <first@evil.example>",
                "sender.readers-disagree"
            ),
            (
                "encoded percent-encoding", "=?utf-8?Q?admin=2540victim.example?= <first@evil.example>",
                "sender.readers-disagree"
            ),
            (
                "right-to-left override, encoded", "=?utf-8?Q?=E2=80=AEelpmaxe.mitciv_ta_nimda?= <first@evil.example>",
                "sender.invisible"
            ),
            ("isolates, encoded", "=?utf-8?Q?=E2=81=A7nimda=E2=81=A9?= <first@evil.example>", "sender.invisible"),
            ("zero-width joiners, encoded", "=?utf-8?Q?admin=E2=80=8D?= <first@evil.example>", "sender.invisible"),
            ("tag characters, encoded", "=?utf-8?Q?admin=F3=A0=81=80?= <first@evil.example>", "sender.invisible"),
            ("Hangul filler, encoded", "=?utf-8?Q?admin=E3=85=A4?= <first@evil.example>", "sender.invisible"),
            ("right-to-left override, raw", "admin\u{202E} <first@evil.example>", "structure.eight-bit-address"),
            ("no-break space, raw", "admin@victim.example\u{A0}<first@evil.example>", "structure.eight-bit-address"),
            (
                "form feed between two", "<first@evil.example>\u{C}<admin@victim.example>",
                "structure.control-in-address"
            ),
            ("escape sequence", "\u{1B}[2Kadmin <first@evil.example>", "structure.control-in-address"),
            ("NUL between two", "<admin@victim.example>\0<first@evil.example>", "structure.nul"),
            ("Cyrillic homograph, raw", "<admin@v\u{456}ctim.example>", "structure.eight-bit-address"),
            ("Cyrillic homograph in the victim's pass", "<admin@xn--vctim-p9a.example>", "authentication.unaligned"),
            ("full-width domain, encoded", "<admin@=?utf-8?Q?=EF=BD=96ictim.example?=>", "sender.encoded-address"),
            ("domain with a dot at the end", "<admin@victim.example.>", "sender.malformed-address"),
            ("address that ends in a comma's list", "<first@evil.example>, ", "sender.several-addresses"),
        ].map { name, value, code in
            Attack(
                .combined, name, ["From: \(value)"],
                results: code == "authentication.unaligned"
                    ? "dmarc=pass header.from=victim.example" : "dmarc=pass header.from=evil.example", "held \(code)")
        }

    /// Where another From stands.
    private static let places: [Attack] = [
        Attack(
            .combined, "empty line first", ["From: <first@evil.example>"], above: ["\r\n" + victimsFrom],
            shown: "\r\n" + victimsFrom, "held sender.missing-from"),
        Attack(
            .combined, "empty line before From", ["X-A: b\r\n", victimsFrom], "held sender.missing-from"),
        Attack(
            .combined, "white space first", ["From: <first@evil.example>"], above: [" \r\n" + victimsFrom],
            shown: " \r\n" + victimsFrom, "held structure.opening-white-space"),
        Attack(
            .combined, "From in the body's first line", ["From: <first@evil.example>"],
            body: victimsFrom + "\r\n\r\n" + World.usualText, shown: "(body) " + victimsFrom,
            "unmatched match.no-account"),
        Attack(
            .combined, "a whole mail behind the first", ["From: <first@evil.example>"],
            body: World.usualText + "\r\n" + ([victimsFrom] + World.usualRest).joined(separator: "\r\n") + "\r\n\r\nx",
            shown: "(body) … " + victimsFrom, "unmatched match.no-account"),
        Attack(
            .combined, "a whole mail in the mail", ["From: <first@evil.example>"],
            rest: World.usualRest.dropLast() + ["Content-Type: message/rfc822"],
            body: ([victimsFrom] + World.usualRest).joined(separator: "\r\n") + "\r\n\r\n" + World.usualText,
            shown: "message/rfc822 … " + victimsFrom, "unmatched match.no-account"),
        Attack(
            .combined, "protected header in the part (RFC 9788)", ["From: <first@evil.example>"],
            rest: World.usualRest.dropLast() + [
                "Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"; hp=\"clear\"",
                "HP-Outer: From: <admin@victim.example>",
            ], shown: "HP-Outer: From: <admin@victim.example>", "unmatched match.no-account"),
        Attack(
            .combined, "Sender and Reply-To are the victim's",
            ["From: <first@evil.example>", "Sender: <admin@victim.example>", "Reply-To: <admin@victim.example>"],
            "unmatched match.no-account"),
        Attack(
            .combined, "two Sender",
            ["From: <first@evil.example>", "Sender: <admin@victim.example>", "Sender: <b@evil.example>"],
            "held structure.duplicate-sender"),
        Attack(
            .combined, "fields that only look like it",
            [
                "From: <first@evil.example>", "X-From: <admin@victim.example>",
                "X-Original-From: <admin@victim.example>",
                "X-Sender: <admin@victim.example>", "Envelope-From: <admin@victim.example>",
            ], "unmatched match.no-account"),
    ]

    /// Beyond the limits, and fields that may stand once.
    private static let limits: [Attack] =
        [
            Attack(
                .combined, "From behind a thousand fields",
                ["From: <first@evil.example>"] + (0..<1_000).map { "X-\($0): y" } + [victimsFrom],
                shown: "X-0 … X-999, " + victimsFrom, "held structure.too-many-fields"),
            Attack(
                .combined, "name that fills the line",
                ["From: \"\(String(repeating: " ", count: 980))\" <first@evil.example>"],
                shown: "From: \"(980 spaces)\" <first@evil.example>", "held structure.line-too-long"),
            Attack(
                .combined, "name of many lines",
                ["From: \(String(repeating: "word\r\n ", count: 14_000)) <first@evil.example>"],
                shown: "From: (14000 folds) <first@evil.example>", "held structure.field-too-long"),
            Attack(
                .combined, "501 addresses in To", ["From: <first@evil.example>"],
                rest: ["To: " + (0..<501).map { "a\($0)@x.example" }.joined(separator: ",\r\n ")]
                    + World.usualRest.dropFirst(),
                shown: "To: (501 addresses)", "held structure.too-many-addresses"),
            Attack(
                .combined, "501 addresses in Cc", ["From: <first@evil.example>"],
                rest: ["Cc: " + (0..<501).map { "a\($0)@x.example" }.joined(separator: ",\r\n ")]
                    + World.usualRest.filter { !$0.hasPrefix("Cc") },
                shown: "Cc: (501 addresses)", "held structure.too-many-addresses"),
        ]
        + [
            "To: <b@x.example>", "Cc: <b@x.example>", "Subject: x", "Date: Fri, 20 Nov 2026 08:12:41 +0000",
            "Message-ID: <2@x.example>", "MIME-Version: 1.0",
        ].map { line in
            let name = String(line.prefix { $0 != ":" })
            return Attack(
                .combined, "second \(name)", ["From: <first@evil.example>", line], shown: line,
                "held structure.duplicate-\(name.lowercased())")
        }
        + [
            Attack(
                .combined, "control in To", ["From: <first@evil.example>"],
                rest: ["To: <support@traces.example>\u{1}"] + World.usualRest.dropFirst(),
                shown: "To: <support@traces.example>\u{1}", "held structure.control-in-address"),
            Attack(
                .combined, "UTF-8 in Cc", ["From: <first@evil.example>"],
                rest: ["Cc: \u{10C} <flegt@ministry.example>"] + World.usualRest.filter { !$0.hasPrefix("Cc") },
                shown: "Cc: \u{10C} <flegt@ministry.example>", "held structure.eight-bit-address"),
        ]
}
