import Mail
import SenderTrust
import Testing

/// A whole header after one that a standard prints, with names of our own.
struct StandardExample: Sendable, CustomTestStringConvertible {
    let name: String
    let lines: [String]
    /// With `mx.example` as id and border, unless the example says otherwise.
    let expected: String
    var id = "mx.example"
    var border = "mx.example"

    var testDescription: String { name }
}

/// RFC 8601 (Appendix B and the examples in its text), RFC 7489 §11.2 and RFC 8617: what each header comes to. Most prove
/// nothing, as they tell of SPF and DKIM alone.
@Suite struct `Examples of the standards` {
    private static let received =
        "Received: from out.x.example (out.x.example [192.0.2.7]) by mx.example (8.11.6) with ESMTP id 1; x"

    static let appendixB = [
        StandardExample(name: "RFC 8601 B.1: no field", lines: [received], expected: "authentication.missing"),
        StandardExample(
            name: "RFC 8601 B.2: nothing was checked", lines: ["Authentication-Results: mx.example 1; none", received],
            expected: "authentication.none"),
        StandardExample(
            name: "RFC 8601 B.3: SPF",
            lines: ["Authentication-Results: mx.example;\r\n          spf=pass smtp.mailfrom=x.example", received],
            expected: "authentication.no-dmarc"),
        StandardExample(
            name: "RFC 8601 B.4: two fields of one server",
            lines: [
                "Authentication-Results: mx.example;\r\n  auth=pass (cram-md5) smtp.auth=ana@x.example;\r\n  spf=pass smtp.mailfrom=x.example",
                "Authentication-Results: mx.example; iprev=pass\r\n  policy.iprev=192.0.2.200", received,
            ], expected: "authentication.no-dmarc"),
        StandardExample(
            name: "RFC 8601 B.5: two servers of one domain, the outer is the border",
            lines: [
                "Authentication-Results: mx.example;\r\n  dkim=pass (good signature) header.d=x.example",
                "Received: from mx.example (mx.example [192.0.2.1])\r\n  by checker.mx.example (8.11.6) with ESMTP id 2; x",
                "DKIM-Signature: v=1; a=rsa-sha256; s=s; d=x.example; h=From:Date; bh=x; b=y",
                "Authentication-Results: mx.example;\r\n  auth=pass (cram-md5) smtp.auth=ana@x.example;\r\n  spf=fail smtp.mailfrom=x.example",
                received,
            ], expected: "authentication.no-dmarc"),
        StandardExample(
            name: "RFC 8601 B.5 with DMARC stated by the outer",
            lines: [
                "Authentication-Results: mx.example; dkim=pass (good signature) header.d=x.example",
                "Received: from mx.example by checker.mx.example with ESMTP id 2; x",
                "Authentication-Results: mx.example; spf=fail smtp.mailfrom=x.example; dmarc=pass header.from=x.example",
                received,
            ], expected: "pass ana@x.example"),
        StandardExample(
            name: "RFC 8601 B.5 with the inner taken for the border: what the outer wrote came with the mail",
            lines: [
                "Authentication-Results: mx.example; dmarc=pass header.from=x.example",
                "Received: from mx.example by checker.mx.example with ESMTP id 2; x",
                "Authentication-Results: mx.example; spf=fail smtp.mailfrom=x.example", received,
            ], expected: "authentication.forged-field", border: "checker.mx.example"),
        StandardExample(
            name: "RFC 8601 B.6: two tiers, another domain's results below",
            lines: [
                "Authentication-Results: mx.example;\r\n  dkim=pass reason=\"good signature\"\r\n    header.i=@list.y.example;\r\n"
                    + "  dkim=fail reason=\"bad signature\"\r\n    header.i=@x.example", received,
                "DKIM-Signature: v=1; a=rsa-sha256; s=s; d=list.y.example; h=From:Authentication-Results; bh=x; b=y",
                "Authentication-Results: y.example; dkim=pass (good signature) header.i=@x.example; dmarc=pass header.from=x.example",
            ], expected: "authentication.no-dmarc"),
        StandardExample(
            name: "RFC 8601 B.7: comments everywhere",
            lines: [
                "Authentication-Results: mx.example (foobar) 1 (baz);\r\n  dkim (I like it) / 1 (one) = (wait) fail\r\n"
                    + "    policy (a dot) . (like that) expired\r\n    (that) = (as well) 1362471462", received,
            ], expected: "authentication.no-dmarc"),
        StandardExample(
            name: "RFC 8601 B.7 with DMARC written in the same way",
            lines: [
                "Authentication-Results: (a) mx.example (foobar) 1 (baz);\r\n  dmarc (I like it) / 1 (one) = (wait) pass\r\n"
                    + "    header (a dot) . (like that) from\r\n    (that) = (as well) x.example (end)", received,
            ], expected: "pass ana@x.example"),
    ]

    static let text = [
        StandardExample(
            name: "RFC 8601 §2.4: a local policy took DKIM's pass away",
            lines: [
                "Authentication-Results: mx.example; dkim=policy policy.dkim-rules=unsigned-subject; spf=none",
                received,
            ], expected: "authentication.no-dmarc"),
        StandardExample(
            name: "RFC 8601 §2.4: … and DMARC rests on nothing",
            lines: [
                "Authentication-Results: mx.example; dkim=policy policy.dkim-rules=unsigned-subject; spf=none; "
                    + "dmarc=pass header.from=x.example", received,
            ], expected: "authentication.conflict"),
        StandardExample(
            name: "RFC 8601 §2.5: an id that is no domain",
            lines: ["Authentication-Results: our-auth; dmarc=pass header.from=x.example", received],
            expected: "pass ana@x.example", id: "our-auth"),
        StandardExample(
            name: "RFC 8601 §2.5: an id of four labels",
            lines: ["Authentication-Results: ms1.north.mx.example; dmarc=pass header.from=x.example", received],
            expected: "pass ana@x.example", id: "ms1.north.mx.example"),
        StandardExample(
            name: "RFC 8601 §2.3: an unknown property type is passed over",
            lines: [
                "Authentication-Results: mx.example; dmarc=pass x-own.from=y.example header.from=x.example", received,
            ],
            expected: "pass ana@x.example"),
        StandardExample(
            name: "RFC 8601 §2.7.7: an unknown method is passed over",
            lines: [
                "Authentication-Results: mx.example; x-new=maybe x-own.y=z; dmarc=pass header.from=x.example", received,
            ],
            expected: "pass ana@x.example"),
        StandardExample(
            name: "RFC 8601 §2.6: an unknown version of the field",
            lines: ["Authentication-Results: mx.example 2; dmarc=pass header.from=x.example", received],
            expected: "authentication.version"),
        StandardExample(
            name: "RFC 8601 §2.6: an unknown version of another method holds the mail, too",
            lines: ["Authentication-Results: mx.example; dkim/2=pass; dmarc=pass header.from=x.example", received],
            expected: "authentication.version"),
        StandardExample(
            name: "RFC 8601 §5: an internationalized id is not ours by its U-label",
            lines: ["Authentication-Results: mx.b\u{FC}cher.example; dmarc=pass header.from=x.example", received],
            expected: "authentication.missing", id: "mx.xn--bcher-kva.example"),
        StandardExample(
            name: "RFC 7489 §11.2: none",
            lines: ["Authentication-Results: mx.example; dmarc=none header.from=x.example", received],
            expected: "authentication.none"),
        StandardExample(
            name: "RFC 7489 §11.2: pass",
            lines: ["Authentication-Results: mx.example; dmarc=pass header.from=x.example", received],
            expected: "pass ana@x.example"),
        StandardExample(
            name: "RFC 7489 §11.2: fail",
            lines: ["Authentication-Results: mx.example; dmarc=fail header.from=x.example", received],
            expected: "refused authentication.dmarc-fail"),
        StandardExample(
            name: "RFC 7489 §11.2: temperror",
            lines: ["Authentication-Results: mx.example; dmarc=temperror header.from=x.example", received],
            expected: "authentication.temperror"),
        StandardExample(
            name: "RFC 7489 §11.2: permerror",
            lines: ["Authentication-Results: mx.example; dmarc=permerror header.from=x.example", received],
            expected: "authentication.permerror"),
        StandardExample(
            name: "RFC 8617: ARC's results beside a failed DMARC, with no sealer in the settings",
            lines: [
                "Authentication-Results: mx.example; spf=fail smtp.mailfrom=ana@x.example; dkim=fail header.i=@x.example; "
                    + "dmarc=fail header.from=x.example; arc=pass (as.1.lists.y.example=pass, ams.1.lists.y.example=pass) "
                    + "smtp.remote-ip=192.0.2.9 header.oldest-pass=0", received,
                "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.y.example; s=s; t=1; b=x",
                "ARC-Message-Signature: i=1; a=rsa-sha256; d=lists.y.example; h=from:to; s=s; bh=x; b=x",
                "ARC-Authentication-Results: i=1; lists.y.example; spf=pass smtp.mailfrom=ana@x.example; "
                    + "dmarc=pass header.from=x.example",
            ], expected: "refused authentication.dmarc-fail"),
    ]

    @Test(arguments: appendixB + text)
    func `Each comes to what was thought through`(_ example: StandardExample) {
        let settings = TrustSettings(authservID: example.id, borderHost: example.border)
        #expect(outcome(mail(example.lines + written), trusting: settings) == example.expected)
    }
}
