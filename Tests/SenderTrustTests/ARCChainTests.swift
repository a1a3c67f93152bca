import Mail
import SenderTrust
import Testing

/// A chain of seals (RFC 8617) that outweighs a DMARC which forwarding broke; only with sealers in the settings.
@Suite struct `A chain of seals` {
    private static let settings = TrustSettings(
        authservID: "mx.example", arcSealers: ["lists.example", "Gate.Example."])
    private static let pass = "pass ana@x.example"
    private static let fail = "refused authentication.dmarc-fail"

    private static func results(_ instance: Int, _ payload: String) -> String {
        "ARC-Authentication-Results: i=\(instance); \(payload)"
    }

    private static func signature(_ instance: Int, d: String, h: String = "date:from:to", more: String = "") -> String {
        "ARC-Message-Signature: i=\(instance); a=rsa-sha256; c=relaxed/relaxed; d=\(d); s=s; h=\(h); bh=x=; b=y z\(more)"
    }

    private static func seal(_ instance: Int, d: String, cv: String, more: String = "") -> String {
        "ARC-Seal: i=\(instance); a=rsa-sha256; t=1; cv=\(cv); d=\(d); s=s; b=x=\(more)"
    }

    private static let found = "lists.example; spf=pass smtp.mailfrom=x.example; dmarc=pass header.from=x.example"
    private static let first = [
        seal(1, d: "lists.example", cv: "none"), signature(1, d: "lists.example"), results(1, found),
    ]
    private static let second = [
        seal(2, d: "gate.example", cv: "pass"), signature(2, d: "gate.example"),
        results(2, "gate.example; dmarc=fail; arc=pass"),
    ]

    private static func stated(_ rest: String) -> [String] { ["Authentication-Results: mx.example; \(rest)", border] }
    private static let broken = stated(
        "spf=fail; dkim=fail header.d=x.example; dmarc=fail header.from=x.example; arc=pass (i=1)")

    /// What the border stated, with the first forwarder's good seal below.
    static let statements: [TrustCase] = [
        TrustCase("DMARC failed", broken, pass),
        TrustCase("no policy", stated("dmarc=none header.from=x.example; arc=pass"), pass),
        TrustCase(
            "in two fields",
            ["Authentication-Results: mx.example; arc=pass"] + stated("dmarc=fail header.from=x.example"), pass),
        TrustCase("arc fails", stated("dmarc=fail header.from=x.example; arc=fail"), fail),
        TrustCase("arc is none", stated("dmarc=none header.from=x.example; arc=none"), "authentication.none"),
        TrustCase("arc is not stated", stated("dmarc=fail header.from=x.example"), fail),
        TrustCase("arc in a comment", stated("dmarc=fail (arc=pass) header.from=x.example"), fail),
        TrustCase("arc twice", stated("dmarc=fail header.from=x.example; arc=pass; arc=pass"), fail),
        TrustCase("arc both ways", stated("dmarc=fail header.from=x.example; arc=pass; arc=fail"), fail),
        TrustCase(
            "arc by somebody else",
            ["Authentication-Results: y.example; arc=pass"] + stated("dmarc=fail header.from=x.example"), fail),
        TrustCase("DMARC failed for another domain", stated("dmarc=fail header.from=y.example; arc=pass"), fail),
        TrustCase("DMARC failed for no domain", stated("dmarc=fail; arc=pass"), fail),
        TrustCase(
            "a temporary fault", stated("dmarc=temperror header.from=x.example; arc=pass"), "authentication.temperror"),
        TrustCase(
            "a fault in the policy", stated("dmarc=permerror header.from=x.example; arc=pass"),
            "authentication.permerror"),
        TrustCase("no DMARC", stated("arc=pass"), "authentication.no-dmarc"),
        TrustCase(
            "two failures", stated("dmarc=fail header.from=x.example; dmarc=fail header.from=x.example; arc=pass"),
            "authentication.several"),
        TrustCase(
            "a field that says none",
            ["Authentication-Results: mx.example; none"] + stated("dmarc=fail header.from=x.example; arc=pass"), fail),
        TrustCase("another version", stated("dmarc=fail header.from=x.example; arc/2=pass"), "authentication.version"),
        TrustCase(
            "forged results", broken + ["Authentication-Results: mx.example; arc=pass"], "authentication.forged-field"),
        TrustCase("no border", [broken[0]], "authentication.no-border"),
    ]

    /// The chain, under a border that found it good and DMARC failed.
    static let chains: [TrustCase] =
        [
            TrustCase("one seal", first, pass),
            TrustCase("two seals", second + first, pass),
            TrustCase("two seals in any order", first + second, pass),
            TrustCase("no chain", [], fail),
            TrustCase("no seal", Array(first.dropFirst()), fail),
            TrustCase("no signature", [first[0], first[2]], fail),
            TrustCase("no results", [first[0], first[1]], fail),
            TrustCase("the second set alone", second, fail),
            TrustCase(
                "a gap",
                [seal(3, d: "gate.example", cv: "pass"), signature(3, d: "gate.example"), results(3, "x; none")]
                    + first, fail),
            TrustCase("a set that is not whole", [second[0]] + first, fail),
            TrustCase("two first seals", [first[0]] + first, fail),
            TrustCase("two first signatures", [first[1]] + first, fail),
            TrustCase("two first results", [first[2]] + first, fail),
            TrustCase("the first seal says pass", [seal(1, d: "lists.example", cv: "pass"), first[1], first[2]], fail),
            TrustCase(
                "the second seal says none", [seal(2, d: "gate.example", cv: "none"), second[1], second[2]] + first,
                fail),
            TrustCase(
                "the second seal says fail", [seal(2, d: "gate.example", cv: "fail"), second[1], second[2]] + first,
                fail),
            TrustCase(
                "a seal without a status",
                ["ARC-Seal: i=1; a=rsa-sha256; d=lists.example; s=s; b=x", first[1], first[2]], fail),
            TrustCase(
                "a seal with h", [seal(1, d: "lists.example", cv: "none", more: "; h=from"), first[1], first[2]], fail),
            TrustCase("a stranger sealed", [seal(1, d: "y.example", cv: "none"), first[1], first[2]], fail),
            TrustCase("a stranger signed", [first[0], signature(1, d: "y.example"), first[2]], fail),
            TrustCase(
                "a stranger sealed second",
                [seal(2, d: "y.example", cv: "pass"), signature(2, d: "y.example"), second[2]] + first, fail),
            TrustCase(
                "a name below a sealer's",
                [seal(1, d: "a.lists.example", cv: "none"), signature(1, d: "a.lists.example"), first[2]], fail),
            TrustCase(
                "a sealer in capitals",
                [seal(1, d: "LISTS.example", cv: "none"), signature(1, d: "Lists.Example"), first[2]], pass),
            TrustCase(
                "two domains in a seal",
                [seal(1, d: "lists.example", cv: "none", more: "; d=y.example"), first[1], first[2]], fail),
            TrustCase(
                "a signature that leaves out From",
                [first[0], signature(1, d: "lists.example", h: "to:date"), first[2]], fail),
            TrustCase(
                "a signature of the beginning", [first[0], signature(1, d: "lists.example", more: "; l=9"), first[2]],
                fail),
            TrustCase(
                "only the last signature covers the mail as it came",
                second + [first[0], signature(1, d: "lists.example", h: "to"), first[2]], pass),
            TrustCase(
                "the last signature leaves out From",
                [second[0], signature(2, d: "gate.example", h: "to"), second[2]] + first, fail),
            TrustCase(
                "i is not first", ["ARC-Seal: a=rsa-sha256; i=1; cv=none; d=lists.example; b=x", first[1], first[2]],
                fail),
            TrustCase("i is 0", ["ARC-Seal: i=0; cv=none; d=lists.example; b=x"] + first, fail),
            TrustCase("i is 01", ["ARC-Seal: i=01; cv=none; d=lists.example; b=x", first[1], first[2]], fail),
            TrustCase("i is 51", ["ARC-Seal: i=51; cv=pass; d=lists.example; b=x"] + first, fail),
            TrustCase("i is no number", ["ARC-Seal: i=one; cv=pass; d=lists.example; b=x"] + first, fail),
            TrustCase("i is huge", ["ARC-Seal: i=99999999999999999999; cv=pass; d=lists.example; b=x"] + first, fail),
            TrustCase("results without an instance", ["ARC-Authentication-Results: lists.example; none"] + first, fail),
        ]
        + [
            ("lists.example; dmarc=fail header.from=x.example", fail),
            ("lists.example; dmarc=pass header.from=y.example", fail),
            ("lists.example; dmarc=pass header.from=sub.x.example", fail),
            ("lists.example; dmarc=pass", fail),
            ("lists.example; spf=pass smtp.mailfrom=x.example; dkim=pass header.d=x.example", fail),
            ("lists.example; dmarc=pass header.from=x.example; dmarc=pass header.from=x.example", fail),
            ("lists.example; dmarc=pass header.from=x.example; dmarc=fail header.from=x.example", fail),
            ("lists.example; dmarc=pass header.from=x.example header.from=y.example", fail),
            ("lists.example; dmarc=bestguesspass header.from=x.example", fail),
            ("lists.example; dmarc/2=pass header.from=x.example", fail),
            ("lists.example 2; dmarc=pass header.from=x.example", fail),
            ("lists.example; dmarc=pass header.from=x.example;", fail),
            ("lists.example; none", fail), ("", fail), ("dmarc=pass header.from=x.example", fail),
            (
                "mx.cloud.example 1; spf=pass smtp.mailfrom=x.example; dmarc=pass action=none header.from=x.example; dkim=pass header.d=x.example; arc=none",
                pass
            ),
            ("mx.cloud.example 1; dmarc=pass action=quarantine header.from=x.example", fail),
            ("lists.example 1; dmarc=pass (p=reject) header.from=X.EXAMPLE.", pass),
        ].map { TrustCase("found: \($0)", [first[0], first[1], results(1, $0)], $1) }

    @Test(arguments: statements)
    func `Only arc=pass beside a failed or absent policy opens the chain`(_ example: TrustCase) {
        #expect(outcome(mail(example.above + Self.first + written), trusting: Self.settings) == example.expected)
    }

    @Test(arguments: chains)
    func `The chain is whole, all its sealers are named, and the first saw DMARC pass`(_ example: TrustCase) {
        #expect(outcome(mail(Self.broken + example.above + written), trusting: Self.settings) == example.expected)
    }

    /// Off, the chain is not even looked at.
    @Test(arguments: statements)
    func `Without sealers in the settings everything is as if there were no chain`(_ example: TrustCase) {
        let without = outcome(mail(example.above + written))
        #expect(outcome(mail(example.above + Self.first + written)) == without)
        #expect(!without.hasPrefix("pass"))
    }

    @Test func `Fifty seals are the most`() {
        func chain(_ count: Int) -> [String] {
            (1...count).reversed().flatMap { instance in
                [
                    Self.seal(instance, d: "lists.example", cv: instance == 1 ? "none" : "pass"),
                    Self.signature(instance, d: "lists.example"), Self.results(instance, Self.found),
                ]
            }
        }
        #expect(outcome(mail(Self.broken + chain(50) + written), trusting: Self.settings) == Self.pass)
        #expect(outcome(mail(Self.broken + chain(51) + written), trusting: Self.settings) == Self.fail)
    }

    @Test func `A pass of DMARC needs no chain, and a broken one does not take it away`() {
        let lines = Self.stated("dmarc=pass header.from=x.example; arc=fail") + [Self.second[0]] + written
        #expect(outcome(mail(lines), trusting: Self.settings) == Self.pass)
    }

    @Test func `A required signature is required of sealed mail, too`() {
        var strict = Self.settings
        strict.dkim = .require
        #expect(outcome(mail(Self.broken + Self.first + written), trusting: strict) == "authentication.dkim-missing")
    }
}
