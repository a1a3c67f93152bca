/// The 22 cases of "Composition Kills", behind a border as the paper found them: confused where the case aims at its
/// checks, vouching for the attacker's own domain where the case aims at the readers after it.
extension Attack {
    static let espoofer: [Attack] = [
        Attack(
            .espoofer, "a1 MAIL FROM at a subdomain that does not exist", [victimsFrom],
            results:
                "dkim=none; spf=none smtp.mailfrom=mailfrom.notexist.victim.example; dmarc=fail header.from=victim.example",
            mailFrom: "any@mailfrom.notexist.victim.example", helo: "helo.evil.example",
            shown: "MAIL FROM:<any@mailfrom.notexist.victim.example>", restsOnBorder: true,
            "refused authentication.dmarc-fail"),
        Attack(
            .espoofer, "a2 MAIL FROM that is empty to one reader", [victimsFrom],
            results: "spf=pass smtp.mailfrom=(any@victim.example; dmarc=pass header.from=victim.example",
            mailFrom: "(any@victim.example", shown: "MAIL FROM:<(any@victim.example>",
            restsOnBorder: true, "held authentication.malformed"),
        Attack(
            .espoofer, "a3 NUL in the selector",
            [
                "DKIM-Signature: v=1; a=rsa-sha256; d=victim.example; s=selector._domainkey.evil.example.\0.any; h=From; b=x",
                victimsFrom,
            ],
            results: "dkim=pass header.d=victim.example; dmarc=pass header.from=victim.example", restsOnBorder: true,
            "held structure.nul"),
        Attack(
            .espoofer, "a4 quote in d=",
            ["DKIM-Signature: v=1; d=victim.example'a.evil.example; s=s; h=From; b=x", victimsFrom],
            results: "dkim=pass header.d=victim.example'a.evil.example; spf=pass smtp.mailfrom=any@evil.example; "
                + "dmarc=pass header.from=victim.example",
            restsOnBorder: true, "held authentication.conflict"),
        Attack(
            .espoofer, "a5 parenthesis in MAIL FROM", [victimsFrom],
            results: "spf=pass smtp.mailfrom=any@victim.example(a.evil.example; dmarc=pass header.from=victim.example",
            mailFrom: "any@victim.example(a.evil.example", shown: "MAIL FROM:<any@victim.example(a.evil.example>",
            restsOnBorder: true, "held authentication.malformed"),
        Attack(
            .espoofer, "a6 quote and second at sign in MAIL FROM", [victimsFrom],
            results:
                "spf=pass smtp.mailfrom=any@victim.example'@any.evil.example; dmarc=pass header.from=victim.example",
            mailFrom: "any@victim.example'@any.evil.example", shown: "MAIL FROM:<any@victim.example'@any.evil.example>",
            restsOnBorder: true, "held authentication.malformed"),
        Attack(
            .espoofer, "a7 route in MAIL FROM", [victimsFrom],
            results:
                "spf=pass smtp.mailfrom=@victim.example,@any.example:'any@evil.example; dmarc=pass header.from=victim.example",
            mailFrom: "@victim.example,@any.example:'any@evil.example",
            shown: "MAIL FROM:<@victim.example,@any.example:'any@evil.example>", restsOnBorder: true,
            "held authentication.malformed"),
        Attack(.espoofer, "a8 two From", ["From: <first@evil.example>", victimsFrom], "held sender.two-from"),
        Attack(
            .espoofer, "a9 two From, space before the first", [" From: <first@evil.example>", victimsFrom],
            "held sender.folded-from"),
        Attack(
            .espoofer, "a10 two From, space behind the second's name",
            ["From: <first@evil.example>", "From : <admin@victim.example>"], "held structure.space-before-colon"),
        Attack(
            .espoofer, "a11 two From, one name folded", ["From\r\n : <first@evil.example>", victimsFrom],
            "held structure.not-a-field"),
        Attack(
            .espoofer, "a12 folded From beside Sender",
            ["From\r\n : <first@evil.example>", "Sender: <admin@victim.example>"], "held structure.not-a-field"),
        Attack(
            .espoofer, "a13 folded From beside Resent-From",
            ["From\r\n : <first@evil.example>", "Resent-From: <admin@victim.example>"], "held structure.not-a-field"),
        Attack(
            .espoofer, "a14 two addresses",
            ["From: <first@evil.example>, <admin@victim.example>", "Sender: <s@sender.victim.example>"],
            "held sender.several-addresses"),
        Attack(
            .espoofer, "a15 encoded address",
            [
                "From:=?utf-8?B?PGFkbWluQHZpY3RpbS5leGFtcGxlPg==?=,<second@evil.example>",
                "Sender: <s@sender.victim.example>",
            ], "held sender.several-addresses"),
        Attack(
            .espoofer, "a16 route", ["From: <@evil.example,@any.example:admin@victim.example>"], "held sender.route"),
        Attack(
            .espoofer, "a17 quoted pair behind the bracket", ["From: <admin@victim.example>\\,<second@evil.example>"],
            "held sender.trailing"),
        Attack(
            .espoofer, "a18 bare address first", ["From: admin@victim.example,<second@evil.example>"],
            "held sender.several-addresses"),
        Attack(
            .espoofer, "a19 address behind the bracket", ["From: <any@evil.example>admin@victim.example"],
            "held sender.trailing"),
        Attack(
            .espoofer, "client a1 two From by a user of the victim's provider",
            ["From: <first@victim.example>", victimsFrom], results: "dmarc=pass header.from=victim.example",
            mailFrom: "first@victim.example", "held sender.two-from"),
        Attack(
            .espoofer, "client a2 two addresses by such a user",
            ["From: <first@victim.example>, <admin@victim.example>", "Sender: <s@sender.victim.example>"],
            results: "dmarc=pass header.from=victim.example", mailFrom: "first@victim.example",
            "held sender.several-addresses"),
        // Whether users can write others' From is the provider's affair; here it is another provider's user.
        Attack(
            .espoofer, "client a3 the victim's From by another provider's user", [victimsFrom],
            results: "spf=pass smtp.mailfrom=first@evil.example; dkim=pass header.d=evil.example; "
                + "dmarc=fail header.from=victim.example",
            restsOnBorder: true, "refused authentication.dmarc-fail"),
    ]

    static let victimsFrom = "From: <admin@victim.example>"
}
