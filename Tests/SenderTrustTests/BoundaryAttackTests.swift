import Mail
import SenderTrust
import Testing

/// Ways to pass a field off as the border's, or to hide one from the reader.
@Suite struct `Attacks on the trust boundary` {
    /// Above the border; the sender put none of it there, but a reader that guesses would take it for what it is not.
    static let ids: [TrustCase] = [
        TrustCase(results: "mx(.)example; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "mx. example; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "mx.\r\n example; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "\r\n\tmx.example\r\n\t; dmarc=pass header.from=x.example", "pass ana@x.example"),
        TrustCase(results: "\"mx.\\example\"; dmarc=pass header.from=x.example", "pass ana@x.example"),
        TrustCase(results: "\"mx.example \"; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "\"\"; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "mx.example/1; dmarc=pass header.from=x.example", "authentication.malformed"),
        TrustCase(results: "mx.example:25; dmarc=pass header.from=x.example", "authentication.malformed"),
        TrustCase(results: "mx.example=x; dmarc=pass header.from=x.example", "authentication.malformed"),
        TrustCase(results: "<mx.example>; dmarc=pass header.from=x.example", "authentication.malformed"),
        TrustCase(results: "mx.example 1 1; dmarc=pass header.from=x.example", "authentication.malformed"),
        TrustCase(results: "mx.example\"1\"; dmarc=pass header.from=x.example", "authentication.malformed"),
        TrustCase(results: "mx.\u{435}xample; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "", "authentication.missing"),
        TrustCase(results: "mx.example; dmarc=pass header.from=(c)x.example", "pass ana@x.example"),
        TrustCase(results: "mx.example; dmarc=pass header.from=x.(c)example", "authentication.malformed"),
        TrustCase(results: "mx.example; dmarc=pass header.from=x\r\n .example", "authentication.malformed"),
        TrustCase(results: "mx.example; dmarc=pass header.from=x.example..", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass header.from=\"x.example\\\"\"", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass header.from=@x.example", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass header.From=x.example", "pass ana@x.example"),
        TrustCase(results: "mx.example; DMARC=PASS HEADER.FROM=X.EXAMPLE", "pass ana@x.example"),
        TrustCase(results: "mx.example; dmarc=pass header.from=xn--x-example", "authentication.unaligned"),
        TrustCase(
            results: "mx.example; dmarc=pass reason=\"header.from=x.example\" header.from=y.example",
            "authentication.unaligned"),
        TrustCase(
            results: "mx.example; dmarc=pass header.from=x.example header.from=x.example", "authentication.several"),
        TrustCase(
            results: "mx.example; dmarc=fail header.from=x.example (; dmarc=pass header.from=x.example)",
            "refused authentication.dmarc-fail"),
    ]

    private static let good = "Authentication-Results: mx.example; dmarc=pass header.from=x.example"
    private static let fail = "Authentication-Results: mx.example; dmarc=fail header.from=x.example"

    /// Lines with which an attacker opens a mail, below what the border wrote, and which must not be overlooked.
    static let forgeries = [
        "AUTHENTICATION-RESULTS: MX.EXAMPLE; dmarc=pass header.from=x.example",
        "authentication-results: mx.example.; dmarc=pass header.from=x.example",
        "Authentication-Results: (other.example;) mx.example; dmarc=pass header.from=x.example",
        "Authentication-Results: \"mx.example\" 1; dmarc=pass header.from=x.example",
        "Authentication-Results: \"m\\x.example\"; dmarc=pass header.from=x.example",
        "Authentication-Results: mx.example\r\n ; dmarc=pass header.from=x.example",
        "Authentication-Results: mx.example/1; dmarc=pass header.from=x.example",
        "Authentication-Results: =mx.example; dmarc=pass header.from=x.example",
        "Authentication-Results: mx.example", "Authentication-Results: mx.example; none",
        "Authentication-Results: ((mx.example", "Authentication-Results: \"mx.example",
        "Authentication-Results: mx.example \u{E9}; dmarc=pass",
    ]

    @Test(arguments: ids)
    func `An id and a domain are exactly what stands there`(_ example: TrustCase) {
        #expect(outcome(mail(example.above + written)) == example.expected)
    }

    @Test(arguments: forgeries)
    func `Whoever claims our id below the border is told as a forger, whatever the border states`(_ line: String) {
        for above in [[Self.good, border], [Self.fail, border], [border]] {
            #expect(outcome(mail(above + [line] + written)) == "authentication.forged-field")
            #expect(outcome(mail(above + written + [line])) == "authentication.forged-field")
            #expect(outcome(mail(above + [border, line] + written)) == "authentication.forged-field")
        }
    }

    /// What the border's Received becomes when HELO, the reverse name or the recipient are the attacker's: the first field
    /// is the border's own, and the attacker's mail opens with another that claims to be it, below a forged pass.
    static let injections = [
        "Received: from x (by other.example) (y [192.0.2.7]) by mx.example with ESMTP id 1; x",
        "Received: from by (y [192.0.2.7]) by mx.example with ESMTP id 1; x",
        "Received: from x by other.example (y [192.0.2.7]) by mx.example with ESMTP id 1; x",
        "Received: from x\tby\tother.example with SMTP; (y [192.0.2.7]) by mx.example with ESMTP id 1; x",
        "Received: from x( (y [192.0.2.7]) by mx.example (Mailer) with ESMTP id 1 for <a)b@s.example>; x",
        "Received: from x\" (y [192.0.2.7]) by mx.example (Mailer) with ESMTP id 1 for <\"b@s.example>; x",
        "Received: from x; (y [192.0.2.7]) by mx.example (Mailer) with ESMTP id 1; x",
        "Received: from x\\ (y [192.0.2.7]) by mx.example (Mailer) with ESMTP id 1; x",
        "Received: from (x (y [192.0.2.7]) by mx.example with ESMTP id 1; x",
        "Received: (from x) by (y by other.example) mx.example with ESMTP id 1; x",
    ]

    @Test(arguments: injections)
    func `HELO can hide the border, but never move it below a forged pass`(_ received: String) {
        let assessed = outcome(mail([Self.fail, received, Self.good, border] + written))
        #expect(["authentication.forged-field", "authentication.unclear-border"].contains(assessed))
        let silent = outcome(mail([received, Self.good, border] + written))
        #expect(["authentication.forged-field", "authentication.unclear-border"].contains(silent))
    }

    @Test func `Empty ids believe nobody, a field without an id least of all`() {
        let none = TrustSettings(authservID: "", borderHost: "mx.example")
        for field in [
            "\"\"; dmarc=pass header.from=x.example", "; dmarc=pass header.from=x.example",
            "dmarc=pass header.from=x.example",
        ] {
            #expect(
                outcome(mail(["Authentication-Results: \(field)", border] + written), trusting: none)
                    == "authentication.missing")
        }
    }

    /// Staff must be able to look up why.
    @Test func `Every reason names its standard and section`() {
        let strict = TrustSettings(authservID: "mx.example", dkim: .require)
        let exchange = TrustSettings(profile: .exchangeOnline, authservID: "", borderHost: "mx.example")
        var codes: Set<String> = []
        func look(_ lines: [String], _ trust: TrustSettings) {
            switch assessSender(of: mail(lines + written), trusting: trust) {
            case .authenticated: return
            case .refused(_, let code, let explanation), .unproven(_, let code, let explanation):
                codes.insert(code)
                #expect(explanation.contains(/RFC [0-9]{4} §[0-9]/), "\(code): \(explanation)")
            }
        }
        for example in `Assessing the sender`.results + `Assessing the sender`.boundary {
            look(example.above, settings)
        }
        look(["Authentication-Results: dmarc=pass", border, "Authentication-Results: dmarc=pass"], exchange)
        let stated = [
            "Authentication-Results: mx.example; dkim=pass header.d=x.example; dmarc=pass header.from=x.example",
            border,
        ]
        for signature in ["d=y.example", "d=x.example; h=from; l=1", "d=x.example; h=to", "d"] {
            look(stated + ["DKIM-Signature: \(signature)"], strict)
        }
        #expect(
            codes.sorted()
                == [
                    "conflict", "dkim-from-unsigned", "dkim-length", "dkim-malformed", "dkim-missing", "dmarc-fail",
                    "forged-field", "malformed", "missing", "no-border", "no-dmarc", "none", "permerror", "several",
                    "stray-field", "temperror", "unaligned", "unclear-border", "unknown-result", "version",
                ].map { "authentication.\($0)" })
    }
}
