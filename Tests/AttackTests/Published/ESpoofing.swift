/// The mutations of "Weak Links in Authentication Chains": what its grammar makes of a From field, and the frames that it
/// puts around that.
extension Attack {
    static let espoofing: [Attack] =
        values.map { name, value, expected in
            Attack(.espoofing, name, ["From:\(value)"], expected)
        }
        + framed + [
            Attack(
                .espoofing, "UTF-8 behind the name", ["From\u{FF}: <first@evil.example>", victimsFrom],
                "held structure.not-a-field"),
            Attack(
                .espoofing, "encoded From line as the address",
                ["From: <=?utf-8?B?RnJvbTphZG1pbkB2aWN0aW0uZXhhbXBsZQ0K?=>"], "held sender.encoded-address"),
            Attack(
                .espoofing, "the same without an encoding's letter",
                ["From: <=?utf-8?RnJvbTphZG1pbkB2aWN0aW0uZXhhbXBsZQ0K=?=>"], "held sender.encoded-address"),
            Attack(
                .espoofing, "the same, NUL and a domain",
                ["From: <=?utf-8?RnJvbTphZG1pbkB2aWN0aW0uZXhhbXBsZQ0K=?=>\0@evil.example"], "held structure.nul"),
            Attack(
                .espoofing, "NUL cuts the domain", ["From:<admin@victim.example\0evil.example>"], "held structure.nul"),
            Attack(
                .espoofing, "U+FFFF cuts the domain", ["From:<admin@victim.example\u{FFFF}evil.example>"],
                "held structure.eight-bit-address"),
            Attack(
                .espoofing, "brace cuts the domain", ["From:<admin@victim.example}evil.example>"],
                "held sender.malformed-address"),
            Attack(
                .espoofing, "right-to-left override", ["From:<\u{202E}elpmaxe.mitciv@\u{202D}nimda"],
                "held structure.eight-bit-address"),
            Attack(
                .espoofing, "homograph domain, honestly its own", ["From: <admin@xn--vctim-p9a.example>"],
                results: "dmarc=pass header.from=xn--vctim-p9a.example", mailFrom: "a@xn--vctim-p9a.example",
                "unmatched match.no-account"),
            Attack(
                .espoofing, "FrOM, then From", ["FrOM: <first@evil.example>", victimsFrom], "held sender.two-from"),
            Attack(
                .espoofing, "no From, Resent-From alone", ["Resent-From: <admin@victim.example>"],
                "held sender.missing-from"),
            Attack(
                .espoofing, "no From, Sender alone", ["Sender: <admin@victim.example>"], "held sender.missing-from"),
            Attack(
                .espoofing, "empty From beside Sender", ["From:", "Sender: <admin@victim.example>"],
                "held sender.empty-from"),
            Attack(
                .espoofing, "MAIL FROM, From, Sender and Reply-To of four",
                [
                    "From: <first@evil.example>", "Sender: <admin@victim.example>", "Reply-To: <admin@victim.example>",
                ], mailFrom: "second@evil.example", "unmatched match.no-account"),
            Attack(
                .espoofing, "DMARC of the parent for a subdomain of its own", ["From: <admin@sub.victim.example>"],
                results: "dmarc=pass header.from=victim.example", "held authentication.unaligned"),
        ]

    /// Names, From values as they stand after the colon, outcomes.
    private static let values: [(String, String, String)] = [
        (
            "commas and comments before a word", " ,,(a\r\n b),word()<admin@victim.example>(c)",
            "held sender.several-addresses"
        ),
        ("empty comments around", "word()<admin@victim.example>()", "held sender.comment"),
        ("folded comment before the bracket", "word(a\r\n b)<admin@victim.example>(c)", "held sender.comment"),
        ("folded comment behind the bracket", "<admin@victim.example>(\r\n )", "held sender.comment"),
        ("comment in the bracket", "<admin(first@evil.example)@victim.example>", "held sender.comment"),
        ("comment first", "(first@evil.example)<admin@victim.example>", "held sender.comment"),
        ("empty comment and comma", " (),admin@victim.example,,(\r\n )", "held sender.comment"),
        ("list behind a comment", "(hi)<first@evil.example>,admin@victim.example", "held sender.comment"),
        ("comma first", ",admin@victim.example", "held sender.several-addresses"),
        ("commas last", "admin@victim.example,,", "held sender.several-addresses"),
        ("two bare addresses", "admin@victim.example,first@evil.example", "held sender.several-addresses"),
        ("list of three", " first@evil.example,admin@victim.example,b@evil.example", "held sender.several-addresses"),
        ("words and a second address", "word..<admin@victim.example>,b@evil.example", "held sender.several-addresses"),
        ("colons in the route", "<@a.example:@b.example:admin@victim.example>", "held sender.route"),
        ("word and route", "word<@a.example:@b.example:admin@victim.example>(c)", "held sender.route"),
        (
            "route in a list", "<first@evil.example>,<@a.example:@b.example:admin@victim.example>()",
            "held sender.several-addresses"
        ),
        ("group", "word:<first@evil.example>,<admin@victim.example>;", "held sender.group"),
        ("group without a name's end", "admin@victim.example:first@evil.example;", "held sender.malformed-address"),
        (
            "quoted local part with the victim", " \"admin@victim.example\"@evil.example",
            "held sender.quoted-local-part"
        ),
        ("quoted local part in brackets", "<\"admin@victim.example>,\"@evil.example>", "held sender.quoted-local-part"),
        ("obsolete spaces in the address", "admin @ victim . example", "held sender.malformed-address"),
        ("domain literal", "admin@[victim.example]", "held sender.domain-literal"),
        ("nested brackets", "<<first@evil.example>admin@victim.example>", "held sender.malformed-address"),
        ("bracket that never closes", "<first@evil.example,admin@victim.example", "held sender.several-addresses"),
        ("dots around the local part", "<.admin.@victim.example>", "held sender.malformed-address"),
    ]

    /// The second From, in the frames around it.
    private static let framed: [Attack] = [
        ("From before it", "From: <first@evil.example>", "held sender.two-from"),
        ("indented From before it", " From: <first@evil.example>", "held sender.folded-from"),
        ("indented FrOM before it", " FrOM: <first@evil.example>", "held sender.folded-from"),
        ("From with U+00FF before it, indented", " From\u{FF}: <first@evil.example>", "held sender.folded-from"),
        ("From with a space before it", "From : <first@evil.example>", "held structure.space-before-colon"),
    ].flatMap { name, line, expected in
        [
            ("a list", "From:admin@victim.example,b@evil.example"),
            ("a route", "From:<@a.example:admin@victim.example>()"),
        ]
        .map { what, from in
            Attack(.espoofing, "\(what), \(name)", [line, from], expected)
        }
    }
}
