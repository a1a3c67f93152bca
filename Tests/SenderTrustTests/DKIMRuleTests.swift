import Mail
import SenderTrust
import Testing

/// `trust.dkim: require`, beside a DMARC that passes.
@Suite struct `A required signature` {
    /// What the border states beside dmarc=pass, the mail's signatures, and what must come of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let stated: String
        let signatures: [String]
        let expected: String

        var testDescription: String { "\(stated) | \(signatures.joined(separator: " | "))" }
    }

    private static let pass = "pass ana@x.example"
    private static let whole =
        "v=1; a=rsa-sha256; c=relaxed/relaxed; d=x.example; s=s; h=Date : From : To; bh=a=; b=c d="
    private static let ofOther = "v=1; a=rsa-sha256; d=y.example; s=s; l=1; h=to; bh=a; b=c"

    static let cases = [
        Case(stated: "dkim=pass header.d=x.example", signatures: [whole], expected: pass),
        Case(stated: "dkim=pass header.d=X.Example.", signatures: [whole], expected: pass),
        Case(stated: "dkim=pass header.i=@x.example", signatures: [whole], expected: pass),
        Case(stated: "dkim=pass header.i=ana@x.example", signatures: [whole], expected: pass),
        Case(
            stated: "dkim=pass header.d=y.example; dkim=pass header.d=x.example", signatures: [ofOther, whole],
            expected: pass),
        Case(
            stated: "dkim=fail header.d=x.example; dkim=pass header.d=x.example", signatures: [whole, whole],
            expected: pass),
        Case(stated: "spf=pass smtp.mailfrom=x.example", signatures: [whole], expected: "authentication.dkim-missing"),
        Case(
            stated: "dkim=fail header.d=x.example; spf=pass", signatures: [whole],
            expected: "authentication.dkim-missing"),
        Case(stated: "dkim=pass", signatures: [whole], expected: "authentication.dkim-missing"),
        Case(stated: "dkim=pass header.d=y.example", signatures: [whole], expected: "authentication.dkim-missing"),
        Case(stated: "dkim=pass header.d=sub.x.example", signatures: [whole], expected: "authentication.dkim-missing"),
        Case(stated: "dkim=pass header.d=example", signatures: [whole], expected: "authentication.dkim-missing"),
        Case(
            stated: "dkim=pass header.d=y.example header.i=@x.example", signatures: [whole],
            expected: "authentication.dkim-missing"),
        Case(
            stated: "dkim=pass header.d=x.example header.d=y.example", signatures: [whole],
            expected: "authentication.dkim-missing"),
        Case(stated: "dkim=pass header.i=x.example", signatures: [whole], expected: "authentication.dkim-missing"),
        Case(
            stated: "dkim=pass header.i=\"@x.example@y.example\"", signatures: [whole],
            expected: "authentication.dkim-missing"),
        Case(stated: "dkim=pass policy.d=x.example", signatures: [whole], expected: "authentication.dkim-missing"),
        Case(stated: "dkim=pass header.d=x.example", signatures: [], expected: "authentication.dkim-missing"),
        Case(stated: "dkim=pass header.d=x.example", signatures: [ofOther], expected: "authentication.dkim-missing"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: [whole + "; l=100"],
            expected: "authentication.dkim-length"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: [whole, whole + ";l = 0 "],
            expected: "authentication.dkim-length"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: ["d=x.example; h=to:subject:from-x:xfrom"],
            expected: "authentication.dkim-from-unsigned"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: ["d=x.example"],
            expected: "authentication.dkim-from-unsigned"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: [whole, "d=X.EXAMPLE.; h=to"],
            expected: "authentication.dkim-from-unsigned"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: [whole, "v=1; d"],
            expected: "authentication.dkim-malformed"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: [whole, ""], expected: "authentication.dkim-malformed"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: [whole, "v=1; s=s"],
            expected: "authentication.dkim-malformed"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: [whole + "; d=x.example"],
            expected: "authentication.dkim-malformed"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: ["d=x.example; h=from;; b=c"],
            expected: "authentication.dkim-malformed"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: ["d=x.example; h=from; 1=c"],
            expected: "authentication.dkim-malformed"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: ["d=x.example; h=from; b=\u{E9}"],
            expected: "authentication.dkim-malformed"),
        Case(
            stated: "dkim=pass header.d=x.example", signatures: ["\td = x.example ;\r\n h = cc :\r\n FROM ; b=c ;"],
            expected: pass),
    ]

    private static func lines(_ example: Case) -> [String] {
        ["Authentication-Results: mx.example; \(example.stated); dmarc=pass header.from=x.example", border]
            + example.signatures.map { "DKIM-Signature: \($0)" } + written
    }

    @Test(arguments: cases)
    func `It is the From domain's own, and leaves nothing open`(_ example: Case) {
        let settings = TrustSettings(authservID: "mx.example", dkim: .require)
        #expect(outcome(mail(Self.lines(example)), trusting: settings) == example.expected)
    }

    @Test(arguments: cases)
    func `Signatures mean nothing unless asked for`(_ example: Case) {
        #expect(outcome(mail(Self.lines(example))) == Self.pass)
    }

    @Test func `It excuses nothing: a failed DMARC stays refused`() {
        let settings = TrustSettings(authservID: "mx.example", dkim: .require)
        let lines = [
            "Authentication-Results: mx.example; dkim=pass header.d=x.example; dmarc=fail header.from=x.example",
            border, "DKIM-Signature: \(Self.whole)",
        ]
        #expect(outcome(mail(lines + written), trusting: settings) == "refused authentication.dmarc-fail")
    }
}
