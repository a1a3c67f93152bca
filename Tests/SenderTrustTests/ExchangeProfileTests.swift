import Mail
import SenderTrust
import Testing

/// Exchange Online's header from the top: inner hops, Authentication-Results without an id, Received-SPF, and the Received
/// of the frontend that took the mail, each frontend with another first label.
@Suite struct `Profile exchange-online` {
    private static let settings = TrustSettings(
        profile: .exchangeOnline, authservID: "", borderHost: "*.mail.guard.example")
    private static let inner =
        "Received: from AB1PEPF00001.eur01.prod.guard.example (2001:db8::1) by CD2PR03CA0017.office.example\r\n"
        + " (2001:db8::2) with Microsoft SMTP Server (version=TLS1_3,\r\n cipher=TLS_AES_256_GCM_SHA384) id 15.20.1 via\r\n Frontend Transport; x"
    private static let spf =
        "Received-SPF: Pass (guard.example: domain of x.example designates 192.0.2.7 as\r\n permitted sender)"
        + " receiver=guard.example; client-ip=192.0.2.7;\r\n helo=out.x.example; pr=C"
    private static let edge = by("AB1PEPF00001.mail.guard.example")
    private static let good = field("dmarc=pass action=none\r\n header.from=x.example;compauth=pass reason=100")

    private static func by(_ host: String, from: String = "out.x.example (192.0.2.7)") -> String {
        "Received: from \(from) by\r\n \(host) (10.0.0.9) with Microsoft SMTP\r\n Server (version=TLS1_3, cipher=x) id 15.20.1\r\n via Frontend Transport; x"
    }

    private static func field(_ rest: String) -> String {
        "Authentication-Results: spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=x.example; dkim=pass (signature was verified)\r\n"
            + " header.d=x.example;\(rest)"
    }

    static let places: [TrustCase] = [
        TrustCase("as it is written", [inner, good, spf, edge], "pass ana@x.example"),
        TrustCase("no inner hop", [good, spf, edge], "pass ana@x.example"),
        TrustCase("no Received-SPF", [inner, good, edge], "pass ana@x.example"),
        TrustCase("no results", [inner, spf, edge], "authentication.missing"),
        TrustCase("none alone reads as an id", ["Authentication-Results: none", spf, edge], "authentication.missing"),
        TrustCase("nothing above the border", [edge], "authentication.missing"),
        TrustCase("no border", [inner, good, spf], "authentication.no-border"),
        TrustCase("below the border", [inner, spf, edge, good], "authentication.stray-field"),
        TrustCase("in place and below", [good, spf, edge, good], "authentication.stray-field"),
        TrustCase("in place and on top", [good, inner, good, spf, edge], "authentication.stray-field"),
        TrustCase("twice in a row", [good, good, spf, edge], "authentication.stray-field"),
        TrustCase("between Received-SPF and the border", [spf, good, edge], "pass ana@x.example"),
        TrustCase("on both sides of Received-SPF", [good, spf, good, edge], "authentication.stray-field"),
        TrustCase("two Received-SPF", [good, spf, spf, edge], "authentication.stray-field"),
        TrustCase("another field between", [good, "X-A: b", spf, edge], "authentication.stray-field"),
        TrustCase("another field next to the border", [good, "X-A: b", edge], "authentication.stray-field"),
        TrustCase(
            "results that nobody can read, below", [good, spf, edge, "Authentication-Results: (("],
            "authentication.stray-field"),
        TrustCase("empty results below", [good, spf, edge, "Authentication-Results:"], "authentication.stray-field"),
        TrustCase(
            "renamed results below", [good, spf, edge, "Authentication-Results-Original: dmarc=fail"],
            "pass ana@x.example"),
        TrustCase(
            "another's results below", [good, spf, edge, "Authentication-Results: y.example; dmarc=fail"],
            "pass ana@x.example"),
        TrustCase(
            "results with an id in the place",
            ["Authentication-Results: guard.example; dmarc=pass header.from=x.example", spf, edge],
            "authentication.missing"),
        TrustCase(
            "a forged border and results below the true ones",
            [field("dmarc=fail action=oreject header.from=x.example"), spf, edge, good, spf, edge],
            "authentication.stray-field"),
        TrustCase("two frontends", [good, spf, edge, by("CD2.mail.guard.example")], "pass ana@x.example"),
        TrustCase("the bare name", [good, spf, by("mail.guard.example")], "authentication.no-border"),
        TrustCase("two labels", [good, spf, by("a.b.mail.guard.example")], "authentication.unclear-border"),
        TrustCase(
            "a name that only ends alike", [good, spf, by("a.evilmail.guard.example")], "authentication.no-border"),
        TrustCase(
            "a name that only begins alike", [good, spf, by("a.mail.guard.example.y.example")],
            "authentication.no-border"),
        TrustCase(
            "HELO of a frontend's name",
            [good, spf, by("AB1.mail.guard.example", from: "Z.mail.guard.example (192.0.2.7)")], "pass ana@x.example"),
        TrustCase(
            "HELO with a by clause",
            [good, spf, by("AB1.mail.guard.example", from: "x by y.example (192.0.2.7)"), good, spf, edge],
            "authentication.unclear-border"),
        TrustCase(
            "a frontend in a comment only", [good, spf, by("y.example", from: "x (by Z.mail.guard.example)"), edge],
            "authentication.unclear-border"),
    ]

    static let contents: [TrustCase] = [
        ("dmarc=pass action=none header.from=x.example;compauth=pass reason=100", "pass ana@x.example"),
        ("dmarc=pass action=none header.from=x.example", "pass ana@x.example"),
        ("dmarc=pass header.from=x.example", "pass ana@x.example"),
        (
            "dmarc=pass (p=none sp=none pct=100) action=none header.from=X.Example;compauth=softpass reason=202",
            "pass ana@x.example"
        ),
        (
            "dmarc=bestguesspass action=none header.from=x.example;compauth=pass reason=109",
            "authentication.unknown-result"
        ),
        (
            "dmarc=fail action=oreject header.from=x.example;compauth=fail reason=000",
            "refused authentication.dmarc-fail"
        ),
        (
            "dmarc=fail action=quarantine header.from=x.example;compauth=pass reason=130",
            "refused authentication.dmarc-fail"
        ),
        ("dmarc=none action=none header.from=x.example;compauth=pass reason=102", "authentication.none"),
        ("dmarc=temperror action=none header.from=x.example", "authentication.temperror"),
        ("dmarc=permerror action=none header.from=x.example", "authentication.permerror"),
        ("dmarc=pass action=quarantine header.from=x.example", "authentication.conflict"),
        ("dmarc=pass action=none header.from=x.example;compauth=fail reason=001", "authentication.conflict"),
        ("dmarc=pass action=none header.from=y.example;compauth=pass reason=100", "authentication.unaligned"),
        ("dmarc=pass action=none", "authentication.unaligned"),
        ("compauth=pass reason=100", "authentication.no-dmarc"),
        (
            "dmarc=pass action=none header.from=x.example;dmarc=pass action=none header.from=x.example",
            "authentication.several"
        ),
        (
            "dmarc=pass action=none header.from=x.example;dmarc=fail action=none header.from=x.example",
            "authentication.conflict"
        ),
        ("dmarc=pass header.from=x.example action=none", "authentication.malformed"),
        ("dmarc=pass action=none action=none header.from=x.example", "authentication.malformed"),
        ("dmarc=pass disposition=none header.from=x.example", "authentication.malformed"),
        ("dmarc=pass action= header.from=x.example", "authentication.malformed"),
        ("dmarc=pass action=none header.from=x.example;", "authentication.malformed"),
        (" traces.example; dmarc=pass action=none header.from=x.example", "authentication.malformed"),
        ("none", "authentication.malformed"),
    ].map { TrustCase($0, [inner, field($0), spf, edge], $1) }

    @Test(arguments: places + contents)
    func `One field without an id counts, right above the border`(_ example: TrustCase) {
        #expect(outcome(mail(example.above + written), trusting: Self.settings) == example.expected)
    }

    @Test func `The border may be one host by its whole name`() {
        let one = TrustSettings(profile: .exchangeOnline, authservID: "", borderHost: "AB1PEPF00001.mail.guard.example")
        #expect(outcome(mail([Self.good, Self.spf, Self.edge] + written), trusting: one) == "pass ana@x.example")
        #expect(
            outcome(mail([Self.good, Self.spf, Self.by("CD2.mail.guard.example")] + written), trusting: one)
                == "authentication.no-border")
    }

    @Test func `A field that claims an id of ours is forged, as Exchange Online writes none`() {
        let named = TrustSettings(
            profile: .exchangeOnline, authservID: "traces.example", borderHost: "*.mail.guard.example")
        let claim = "Authentication-Results: traces.example; dmarc=pass header.from=x.example"
        #expect(outcome(mail([Self.good, Self.spf, Self.edge] + written), trusting: named) == "pass ana@x.example")
        #expect(
            outcome(mail([claim, Self.good, Self.spf, Self.edge] + written), trusting: named)
                == "authentication.forged-field")
    }

    /// The other profiles take `*.` for a name that no host has, and a field without an id for nobody's.
    @Test(arguments: [TrustSettings.Profile.standard, .milter])
    func `The profile is off unless asked for`(_ profile: TrustSettings.Profile) {
        for host in ["*.mail.guard.example", "AB1PEPF00001.mail.guard.example"] {
            let settings = TrustSettings(profile: profile, authservID: "mx.example", borderHost: host)
            let assessed = outcome(mail([Self.good, Self.spf, Self.edge] + written), trusting: settings)
            #expect(assessed == (host.hasPrefix("*") ? "authentication.no-border" : "authentication.missing"))
        }
    }
}
