import Mail
import SenderTrust
import Testing

/// Where milters' fields land under Postfix 3.7, as measured: inserted at index 0 they stand above its own Received, at
/// index 1, which OpenDKIM, OpenDMARC and rspamd ask for, right below it; a later milter's above an earlier one's.
@Suite struct `Profile milter` {
    private static let settings = TrustSettings(profile: .milter, authservID: "mx.example")
    private static let pass = "Authentication-Results: mx.example; dmarc=pass (p=none dis=none) header.from=x.example"
    private static let fail = "Authentication-Results: mx.example; dmarc=fail header.from=x.example"
    private static let spf = "Authentication-Results: mx.example; spf=pass smtp.mailfrom=x.example"
    private static let dkim = "Authentication-Results: mx.example; dkim=pass header.d=x.example"
    private static let received =
        "Received: from out.x.example (unknown [192.0.2.7])\r\n\tby mx.example (Postfix) with ESMTPS id 1\r\n\tfor <s@traces.example>; x"
    private static let inner = "Received: from mx.example by store.example with LMTP; x"
    private static let other = "Received: from out.x.example by mx2.example with ESMTP id 3; x"
    private static let delivered = "Received: from mx.example\r\n\tby mx.example with LMTP\r\n\tid 2; x"

    /// What stands on top; the sender's own lines, which open with the Received of his server, follow.
    static let cases: [TrustCase] = [
        TrustCase("index 1", [received, pass], "pass ana@x.example"),
        TrustCase("index 0", [pass, received], "pass ana@x.example"),
        TrustCase("three milters at index 1", [received, pass, spf, "DKIM-Filter: x", dkim], "pass ana@x.example"),
        TrustCase("one at index 1, a later one at index 0", [pass, received, dkim], "pass ana@x.example"),
        TrustCase("the milter says fail", [received, fail], "refused authentication.dmarc-fail"),
        TrustCase("nothing at all", [received], "authentication.missing"),
        TrustCase(
            "somebody else's field", [received, pass, "Authentication-Results: y.example; dmarc=fail"],
            "pass ana@x.example"),
        TrustCase(
            "an inner hop on top", [inner, received, pass],
            "pass ana@x.example"),
        TrustCase("delivery on the same host on top", [delivered, received, pass], "pass ana@x.example"),
        TrustCase(
            "an inner hop and delivery on the same host on top", [inner, delivered, received, pass],
            "pass ana@x.example"),
        TrustCase("delivery alone", [delivered, pass], "pass ana@x.example"),
        TrustCase(
            "delivery, a border of another name, and a forged one", [delivered, other, received, pass],
            "authentication.forged-field"),
        TrustCase(
            "delivery, a border of another name, and a forged pass", [delivered, other, pass],
            "authentication.forged-field"),
        TrustCase("two deliveries", [delivered, delivered, received, pass], "authentication.forged-field"),
        TrustCase(
            "HELO says LMTP", ["Received: from x with LMTP by mx.example; x", received, pass],
            "authentication.unclear-border"),
        TrustCase(
            "a name that says LMTP", ["Received: from LMTP by mx.example with ESMTP; x", received, pass],
            "authentication.forged-field"),
        TrustCase("no border", [pass], "authentication.no-border"),
        TrustCase("a forged pass behind the true fail", [received, fail, pass], "authentication.conflict"),
        TrustCase("a forged pass behind the true pass", [received, pass, pass], "authentication.several"),
        TrustCase(
            "a forged pass behind the sender's first hop", [received, fail, "Received: from pc by x.example; x", pass],
            "authentication.forged-field"),
        TrustCase(
            "a forged field that says none", [received, pass, "Authentication-Results: mx.example; none"],
            "authentication.conflict"),
        TrustCase("a forged border behind the true one", [received, received, pass], "authentication.forged-field"),
        TrustCase(
            "a forged border and pass behind the true ones", [received, fail, received, pass],
            "authentication.forged-field"),
        TrustCase("a forged delivery behind the border", [received, delivered, pass], "authentication.forged-field"),
        TrustCase(
            "a field that breaks the grammar", [received, pass, "Authentication-Results: mx.example;"],
            "authentication.malformed"),
        TrustCase(
            "a field without an id", [received, "Authentication-Results: dmarc=pass header.from=x.example"],
            "authentication.missing"),
        TrustCase(
            "HELO hides the border", ["Received: from x (by mx.example by y.example; x", received, pass],
            "authentication.unclear-border"),
    ]

    @Test(arguments: cases)
    func `Our fields reach down to the next hop, once each`(_ example: TrustCase) {
        #expect(outcome(mail(example.above + written), trusting: Self.settings) == example.expected)
    }

    @Test func `Without a next hop nobody can tell where the border's fields end`() {
        let lines = written.filter { !$0.hasPrefix("Received") }
        #expect(
            outcome(mail([Self.received, Self.pass] + lines), trusting: Self.settings) == "authentication.forged-field")
        #expect(outcome(mail([Self.pass, Self.received] + lines), trusting: Self.settings) == "pass ana@x.example")
    }

    @Test func `The profile is off unless asked for`() {
        #expect(outcome(mail([Self.received, Self.pass] + written)) == "authentication.forged-field")
        #expect(outcome(mail([Self.delivered, Self.pass, Self.received] + written)) == "authentication.forged-field")
    }

    /// What this profile relies on: the border strips, or its milter states DMARC for every mail. A mail that the milter
    /// never saw brings its own field to the milter's place. README says so.
    @Test func `A forged field is believed where the milter wrote none and nobody stripped it`() {
        #expect(outcome(mail([Self.received, Self.pass] + written), trusting: Self.settings) == "pass ana@x.example")
    }
}
