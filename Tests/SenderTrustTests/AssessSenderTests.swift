import Mail
import SenderTrust
import Testing

/// Fields above the sender's own, and what the assessment must be.
struct TrustCase: Sendable, CustomTestStringConvertible {
    let name: String
    let above: [String]
    let expected: String

    init(_ name: String, _ above: [String], _ expected: String) {
        self.name = name
        self.above = above
        self.expected = expected
    }

    /// One Authentication-Results field above the border's Received.
    init(results: String, _ expected: String) {
        self.init(results, ["Authentication-Results: \(results)", border], expected)
    }

    var testDescription: String { name }
}

@Suite struct `Assessing the sender` {
    static let pass = "pass ana@x.example"

    static let results: [TrustCase] = [
        TrustCase(results: "mx.example; dmarc=pass header.from=x.example", pass),
        TrustCase(results: "MX.Example.; dmarc=pass header.from=X.EXAMPLE.", pass),
        TrustCase(results: "\"mx.example\" 1; dmarc=pass header.from=\"x.example\"", pass),
        TrustCase(results: "mx.example (x; y) ; dmarc (a) = (b) pass (c) header.from=x.example", pass),
        TrustCase(
            results: "mx.example;\r\n\tspf=pass smtp.mailfrom=x.example;\r\n\tdmarc=pass header.from=x.example", pass),
        TrustCase(results: "mx.example; dmarc=pass (was dmarc=fail before) header.from=x.example", pass),
        TrustCase(
            results: "mx.example; spf=fail smtp.mailfrom=y.example; dkim=pass; dmarc=pass header.from=x.example", pass),
        TrustCase(
            results: "mx.example; dmarc=fail (p=reject) header.from=x.example", "refused authentication.dmarc-fail"),
        TrustCase(
            results: "mx.example; spf=pass; dkim=pass; dmarc=fail header.from=x.example",
            "refused authentication.dmarc-fail"),
        TrustCase(
            results: "mx.example; dmarc=fail (dmarc=pass header.from=x.example)", "refused authentication.dmarc-fail"),
        TrustCase(results: "mx.example; none", "authentication.none"),
        TrustCase(results: "mx.example; dmarc=none header.from=x.example", "authentication.none"),
        TrustCase(results: "mx.example; dmarc=temperror header.from=x.example", "authentication.temperror"),
        TrustCase(results: "mx.example; dmarc=permerror header.from=x.example", "authentication.permerror"),
        TrustCase(results: "mx.example; dmarc=bestguesspass header.from=x.example", "authentication.unknown-result"),
        TrustCase(
            results: "mx.example; spf=pass smtp.mailfrom=x.example; dkim=pass header.d=x.example",
            "authentication.no-dmarc"),
        TrustCase(results: "mx.example; dkim=pass header.d=x.example reason=x", "authentication.malformed"),
        TrustCase(results: "mx.example; spf=pass (dmarc=pass header.from=x.example)", "authentication.no-dmarc"),
        TrustCase(
            results: "mx.example; spf=pass reason=\"x; dmarc=pass header.from=x.example\"", "authentication.no-dmarc"),
        TrustCase(results: "mx.example; x-dmarc=pass header.from=x.example", "authentication.no-dmarc"),
        TrustCase(
            results: "mx.example; dmarc=pass header.from=x.example; dmarc=pass header.from=x.example",
            "authentication.several"),
        TrustCase(
            results: "mx.example; dmarc=pass header.from=y.example; dmarc=pass header.from=x.example",
            "authentication.several"),
        TrustCase(
            results: "mx.example; dmarc=fail header.from=x.example; dmarc=pass header.from=x.example",
            "authentication.conflict"),
        TrustCase(
            results: "mx.example; dmarc=pass header.from=x.example header.from=y.example", "authentication.several"),
        TrustCase(
            results: "mx.example; spf=fail; dkim=none; dmarc=pass header.from=x.example", "authentication.conflict"),
        TrustCase(results: "mx.example; dmarc=pass header.from=y.example", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass header.from=sub.x.example", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass header.from=example", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass header.from=ana@x.example", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass header.d=x.example", "authentication.unaligned"),
        TrustCase(results: "mx.example; dmarc=pass smtp.from=x.example", "authentication.unaligned"),
        TrustCase(
            results: "mx.example; dmarc=pass policy.from=x.example header.from=y.example", "authentication.unaligned"),
        TrustCase(results: "mx.example 2; dmarc=pass header.from=x.example", "authentication.version"),
        TrustCase(results: "mx.example; dmarc/2=pass header.from=x.example", "authentication.version"),
        TrustCase(results: "mx.example; dmarc=pass header.from=x.example;", "authentication.malformed"),
        TrustCase(results: "mx.example; dmarc=pass action=none header.from=x.example", "authentication.malformed"),
        TrustCase(results: "mx.example dmarc=pass header.from=x.example", "authentication.malformed"),
        TrustCase(results: "(mx.example; dmarc=pass header.from=x.example", "authentication.malformed"),
        TrustCase(results: "other.example; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "(mx.example) other.example; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "mx.example.org; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "x.mx.example; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "mx.example..; dmarc=pass header.from=x.example", "authentication.missing"),
        TrustCase(results: "dmarc=pass header.from=x.example", "authentication.missing"),
    ]

    private static let good = "Authentication-Results: mx.example; dmarc=pass header.from=x.example"
    private static let inner = "Received: from mx.example (mx.example [192.0.2.1]) by store.example with LMTP id 3; x"

    static let boundary: [TrustCase] = [
        TrustCase("nothing at all", [], "authentication.no-border"),
        TrustCase("a border and no results", [border], "authentication.missing"),
        TrustCase("results and no border", [good], "authentication.no-border"),
        TrustCase("results below the border", [border, good], "authentication.forged-field"),
        TrustCase("results above and below", [good, border, good], "authentication.forged-field"),
        TrustCase(
            "a fail above and a forged pass below", ["Authentication-Results: mx.example; dmarc=fail", border, good],
            "authentication.forged-field"),
        TrustCase(
            "somebody else's results below", [good, border, "Authentication-Results: other.example; dmarc=fail"], pass),
        TrustCase(
            "broken results of somebody else below", [good, border, "Authentication-Results: other.example; (("], pass),
        TrustCase(
            "unreadable results that name us below",
            [good, border, "Authentication-Results: ((mx.example; dmarc=pass"], "authentication.forged-field"),
        TrustCase("results of two fields", ["Authentication-Results: mx.example; spf=pass", good, border], pass),
        TrustCase(
            "pass and fail in two fields", [good, "Authentication-Results: mx.example; dmarc=fail", border],
            "authentication.conflict"),
        TrustCase("pass twice in two fields", [good, good, border], "authentication.several"),
        TrustCase(
            "pass and none in two fields", ["Authentication-Results: mx.example; none", good, border],
            "authentication.conflict"),
        TrustCase(
            "one of two fields is broken", [good, "Authentication-Results: mx.example; spf=", border],
            "authentication.malformed"),
        TrustCase("an inner hop above", [inner, good, border], pass),
        TrustCase("results above an inner hop", [good, inner, border], pass),
        TrustCase("qmail's note above", ["Received: (qmail 7 invoked by uid 8); x", good, border], pass),
        TrustCase("an inner hop with odd clauses", ["Received: from a b c by store.example; x", good, border], pass),
        TrustCase("two borders: the topmost counts", [good, border, border], pass),
        TrustCase("two borders, results between", [border, good, border], "authentication.forged-field"),
        TrustCase(
            "the border's name in capitals with a dot", [good, "Received: from x by MX.EXAMPLE. with SMTP; x"], pass),
        TrustCase("by alone", [good, "Received: by mx.example; x"], pass),
        TrustCase("a comment before the name", [good, "Received: from x (by y) by (the) mx.example; x"], pass),
        TrustCase("by in capitals, folded", [good, "Received: FROM x\r\n\tBY mx.example\r\n\twith SMTP; x"], pass),
        TrustCase("HELO by", [good, "Received: from by (x [192.0.2.7]) by mx.example; x"], pass),
        TrustCase(
            "HELO of the border's own name", [good, "Received: from mx.example (x [192.0.2.7]) by mx.example; x"], pass),
        TrustCase(
            "a name that only ends like the border's", [good, "Received: from x by evilmx.example; x"],
            "authentication.no-border"),
        TrustCase(
            "a name below the border's", [good, "Received: from x by a.mx.example; x"], "authentication.no-border"),
        TrustCase(
            "a name that only begins like the border's", [good, "Received: from x by mx.example.org; x"],
            "authentication.no-border"),
        TrustCase(
            "the border in from only", [good, "Received: from mx.example by y.example; x"], "authentication.no-border"),
        TrustCase(
            "the border in for only", [good, "Received: from x by y.example for mx.example; x"],
            "authentication.no-border"),
        TrustCase(
            "the border in a comment only", [good, "Received: from x (by mx.example) by y.example; x"],
            "authentication.unclear-border"),
        TrustCase(
            "the border in the date only", [good, "Received: from x by y.example; by mx.example"],
            "authentication.unclear-border"),
        TrustCase(
            "the border in quotes", [good, "Received: from x by \"mx.example\"; x"], "authentication.unclear-border"),
        TrustCase(
            "HELO with a by clause", ["Received: from x by y.example (x [192.0.2.7]) by mx.example; x", good, border],
            "authentication.unclear-border"),
        TrustCase(
            "HELO with an open comment",
            ["Received: from x by y.example ( (x [192.0.2.7]) by mx.example; x", good, border],
            "authentication.unclear-border"),
        TrustCase(
            "HELO with an open quote", ["Received: from \"x (x [192.0.2.7]) by mx.example; x", good, border],
            "authentication.unclear-border"),
        TrustCase(
            "HELO of two words", ["Received: from x y by mx.example; x", good, border], "authentication.unclear-border"),
        TrustCase(
            "HELO with a semicolon", ["Received: from x by y.example;z (x) by mx.example; x", good, border],
            "authentication.unclear-border"),
        TrustCase(
            "a field of ARC",
            ["ARC-Authentication-Results: i=1; mx.example; dmarc=pass header.from=x.example", border],
            "authentication.missing"),
        TrustCase(
            "a field of another name",
            ["X-Authentication-Results: mx.example; dmarc=pass header.from=x.example", border], "authentication.missing"
        ),
        TrustCase(
            "Received-SPF and DKIM-Signature", ["Received-SPF: pass", "DKIM-Signature: d=x.example", border],
            "authentication.missing"),
    ]

    @Test(arguments: results + boundary)
    func `Only one aligned dmarc=pass above the border's Received proves a sender`(_ example: TrustCase) {
        #expect(outcome(mail(example.above + written)) == example.expected)
    }

    @Test func `The border host may differ from the authserv-id`() {
        let two = TrustSettings(authservID: "auth.example", borderHost: "Edge.Example.")
        let field = "Authentication-Results: auth.example; dmarc=pass header.from=x.example"
        #expect(outcome(mail([field, "Received: from x by edge.example; x"] + written), trusting: two) == Self.pass)
        #expect(
            outcome(mail([field, "Received: from x by auth.example; x"] + written), trusting: two)
                == "authentication.no-border")
    }

    @Test func `Empty settings trust nobody`() {
        let empty = TrustSettings(authservID: "", borderHost: "")
        #expect(outcome(mail(vouched + written), trusting: empty) == "authentication.no-border")
    }

    @Test func `hold-only believes nobody and still says who it would be`() throws {
        let address = try #require(EmailAddress("ana@x.example"))
        let holdOnly = TrustSettings(policy: .holdOnly, authservID: "mx.example")
        guard
            case .unproven(address, "policy.hold-only", _) = assessSender(
                of: mail(vouched + written), trusting: holdOnly)
        else {
            Issue.record("hold-only let a sender through")
            return
        }
    }

    @Test func `A problem that parsing found comes first`() {
        var broken = mail(vouched + written)
        broken.problems = [StructureProblem("structure.nesting", "x"), StructureProblem("structure.parts", "y")]
        #expect(outcome(broken) == "structure.nesting")
    }

    @Test func `No prefix of a mail is believed before its header is whole, and none traps`() {
        let raw = (vouched + written).map { "\($0)\r\n" }.joined() + "\r\n"
        let octets = Array(raw.utf8)
        let fromEnd = raw.utf8.count - raw.components(after: "From: Ana <ana@x.example>\r\n").utf8.count
        for length in 0...octets.count {
            let split = HeaderBlock.split(Array(octets.prefix(length)))
            let assessed = outcome(InboundMail(header: split.block, problems: split.problems))
            if length < fromEnd { #expect(!assessed.hasPrefix("pass")) }
        }
        #expect(outcome(mail(raw: raw)) == Self.pass)
    }
}

extension String {
    /// What follows the first occurrence of `mark`; empty when there is none.
    fileprivate func components(after mark: String) -> Substring {
        var rest = self[...]
        while !rest.isEmpty, !rest.hasPrefix(mark) { rest.removeFirst() }
        return rest.dropFirst(mark.count)
    }
}
