/// Against the reading of Authentication-Results (RFC 8601 §7) and of Received: the mail names the victim, and the
/// border's word is missing, weak, forged or led astray.
extension Attack {
    static let results: [Attack] =
        [
            ("no results at all", "", "held authentication.missing"),
            ("nothing was checked", "none", "held authentication.none"),
            ("SPF alone", "spf=pass smtp.mailfrom=victim.example", "held authentication.no-dmarc"),
            ("DKIM alone", "dkim=pass header.d=victim.example", "held authentication.no-dmarc"),
            (
                "SPF and DKIM of the attacker",
                "spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example; dmarc=fail header.from=victim.example",
                "refused authentication.dmarc-fail"
            ),
            ("a policy of none", "dmarc=none header.from=victim.example", "held authentication.none"),
            ("a fault of DNS", "dmarc=temperror header.from=victim.example", "held authentication.temperror"),
            ("a broken policy", "dmarc=permerror header.from=victim.example", "held authentication.permerror"),
            ("a guess", "dmarc=bestguesspass header.from=victim.example", "held authentication.unknown-result"),
            ("the attacker's pass", "dmarc=pass header.from=evil.example", "held authentication.unaligned"),
            ("a subdomain's pass", "dmarc=pass header.from=sub.victim.example", "held authentication.unaligned"),
            ("a pass that names nobody", "dmarc=pass", "held authentication.unaligned"),
            (
                "a pass that names the victim elsewhere", "dmarc=pass smtp.mailfrom=victim.example",
                "held authentication.unaligned"
            ),
            (
                "two passes", "dmarc=pass header.from=evil.example; dmarc=pass header.from=victim.example",
                "held authentication.several"
            ),
            (
                "pass and fail", "dmarc=fail header.from=victim.example; dmarc=pass header.from=victim.example",
                "held authentication.conflict"
            ),
            (
                "two domains in one pass", "dmarc=pass header.from=evil.example header.from=victim.example",
                "held authentication.several"
            ),
            (
                "a pass in a comment behind MAIL FROM",
                "spf=none smtp.mailfrom=evil.example (; dmarc=pass header.from=victim.example); dmarc=fail header.from=victim.example",
                "refused authentication.dmarc-fail"
            ),
            (
                "a pass in MAIL FROM's comment that never ends",
                "spf=none smtp.mailfrom=a(@evil.example; dmarc=pass header.from=victim.example",
                "held authentication.malformed"
            ),
            (
                "a pass in MAIL FROM's quotes",
                "spf=none smtp.mailfrom=\"a; dmarc=pass header.from=victim.example\"@evil.example",
                "held authentication.no-dmarc"
            ),
            (
                "a pass in a reason", "spf=fail reason=\"x; dmarc=pass header.from=victim.example\"",
                "held authentication.no-dmarc"
            ),
            (
                "a quote in a reason that is not escaped",
                "spf=fail reason=\"x\"; dmarc=pass header.from=victim.example\"", "held authentication.malformed"
            ),
            ("a pass in a comment", "spf=fail (dmarc=pass header.from=victim.example)", "held authentication.no-dmarc"),
            (
                "a comment that never ends", "spf=fail (x; dmarc=pass header.from=victim.example",
                "held authentication.malformed"
            ),
            (
                "results that rest on nothing", "spf=fail; dkim=fail; dmarc=pass header.from=victim.example",
                "held authentication.conflict"
            ),
            (
                "results that rest on the attacker",
                "spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example; dmarc=pass header.from=victim.example",
                "held authentication.conflict"
            ),
            (
                "HELO taken for a MAIL FROM that does not exist",
                "spf=pass smtp.helo=evil.example; dkim=none; dmarc=pass header.from=victim.example",
                "held authentication.conflict"
            ),
            ("a version to come", "dmarc/2=pass header.from=victim.example", "held authentication.version"),
        ].map { name, results, expected in
            Attack(
                .results, name, [victimsFrom], results: results, shown: results, restsOnBorder: true, expected)
        } + forged

    private static let forgedPass = "Authentication-Results: mx.example; dmarc=pass header.from=victim.example"
    private static let forgedBorder =
        "Received: from victim.example (victim.example [192.0.2.1]) by mx.example with ESMTPS id 9\(World.arrival)"
    private static let fail = "dmarc=fail header.from=victim.example"

    /// Fields that came with the mail, and hosts that only look like the border.
    private static let forged: [Attack] = [
        Attack(
            .results, "a pass below the border's Received", [forgedPass, victimsFrom], results: fail,
            restsOnBorder: true,
            "held authentication.forged-field"),
        Attack(
            .results, "the same, and nothing by the border", [forgedPass, victimsFrom], results: "",
            restsOnBorder: true,
            "held authentication.forged-field"),
        Attack(
            .results, "the same with a Received of its own", [forgedPass, forgedBorder, victimsFrom], results: "",
            restsOnBorder: true, "held authentication.forged-field"),
        Attack(
            .results, "in capitals, with a dot and quotes",
            ["AUTHENTICATION-RESULTS: \"MX.EXAMPLE.\" 1; dmarc=pass header.from=victim.example", victimsFrom],
            results: "none", restsOnBorder: true, "held authentication.forged-field"),
        Attack(
            .results, "behind a comment",
            ["Authentication-Results: (x) mx.example; dmarc=pass header.from=victim.example", victimsFrom],
            results: "none", restsOnBorder: true, "held authentication.forged-field"),
        Attack(
            .results, "by a server that is named alike",
            ["Authentication-Results: mx.example.evil.example; dmarc=pass header.from=victim.example", victimsFrom],
            results: "none", restsOnBorder: true, "held authentication.none"),
        Attack(
            .results, "sealed by ARC",
            [
                "ARC-Authentication-Results: i=1; mx.example; dmarc=pass header.from=victim.example",
                "ARC-Seal: i=1; cv=none; d=mx.example; s=s; b=x", victimsFrom,
            ], results: fail, restsOnBorder: true, "refused authentication.dmarc-fail"),
        Attack(
            .results, "Received-SPF", ["Received-SPF: pass (mx.example: domain of admin@victim.example)", victimsFrom],
            results: "none", restsOnBorder: true, "held authentication.none"),
        Attack(
            .results, "HELO with a by clause", [forgedPass, victimsFrom], results: "", helo: "x by mx.example (y",
            shown: "HELO x by mx.example (y", restsOnBorder: true, "held authentication.unclear-border"),
        Attack(
            .results, "HELO with a line end", [victimsFrom], results: "",
            helo: "x\r\n" + forgedPass + "\r\nX-A: b", shown: "HELO x\\r\\n" + forgedPass, restsOnBorder: true,
            "held authentication.no-border"),
        Attack(
            .results, "HELO with a quote", [forgedPass, victimsFrom], results: "", helo: "\"x",
            shown: "HELO \"x", restsOnBorder: true, "held authentication.unclear-border"),
        Attack(
            .results, "folded into another field", ["X-A: b\r\n " + forgedPass, victimsFrom], results: "none",
            restsOnBorder: true, "held authentication.none"),
        Attack(
            .results, "another name for the field", ["X-" + forgedPass, victimsFrom], results: "none",
            restsOnBorder: true,
            "held authentication.none"),
        Attack(
            .results, "space behind the field's name",
            ["Authentication-Results : mx.example; dmarc=pass header.from=victim.example", victimsFrom],
            results: "none", restsOnBorder: true, "held structure.space-before-colon"),
        Attack(
            .results, "blank line in it",
            [
                "Authentication-Results: x.example;\r\n \r\n mx.example; dmarc=pass header.from=victim.example",
                victimsFrom,
            ],
            results: "none", restsOnBorder: true, "held structure.blank-continuation"),
    ]
}
