import Mail
import SenderTrust
import Testing

/// What staff see of a sender: the same reading as the verdict's, told.
@Suite struct `Evidence for staff` {
    @Test func `A proven sender: who wrote what, and what was stated`() {
        let foreign = "Authentication-Results: y.example; spf=fail"
        let evidence = senderEvidence(of: mail(vouched + [foreign] + written), trusting: settings)
        #expect(
            evidence.lines == [
                "claimed: From: Ana <ana@x.example>",
                "proven: ana@x.example",
                "border: field 3, Received: from out.x.example (out.x.example [192.0.2.7]) by mx.example (Mailer) with ESMTPS id 1; x",
                "believed: field 2 (written by the receiving server), Authentication-Results: mx.example; spf=pass "
                    + "smtp.mailfrom=ana@x.example; dkim=pass header.d=x.example; dmarc=pass (p=reject) header.from=x.example",
                "not believed: field 4 (written by y.example), Authentication-Results: y.example; spf=fail",
                "stated: spf=pass smtp.mailfrom=ana@x.example", "stated: dkim=pass header.d=x.example",
                "stated: dmarc=pass header.from=x.example",
            ])
        #expect(evidence.claimed == EmailAddress("ana@x.example"))
    }

    @Test func `A forger: what is claimed stands beside why it is not proven`() {
        let forged = "Authentication-Results: mx.example; dmarc=pass header.from=x.example"
        let evidence = senderEvidence(of: mail([border, forged] + written), trusting: settings)
        #expect(
            evidence.lines == [
                "claimed: From: Ana <ana@x.example>",
                "not proven: authentication.forged-field: An Authentication-Results field with our authserv-id stands "
                    + "below the border's Received: it came with the mail (RFC 8601 §5, §7.1).",
                "border: field 1, Received: from out.x.example (out.x.example [192.0.2.7]) by mx.example (Mailer) with ESMTPS id 1; x",
                "not believed: field 2 (claims our authserv-id, but stands where only what came with the mail does), "
                    + "Authentication-Results: mx.example; dmarc=pass header.from=x.example",
            ])
    }

    /// Note of the field, by what it is and where it stands.
    static let notes: [TrustCase] = [
        TrustCase(
            "Authentication-Results: mx.example; dmarc=", [border],
            "in the receiving server's place, but it breaks the grammar"),
        TrustCase(
            "Authentication-Results: mx.example; none", [],
            "claims to be ours, but no border was found to tell its place by"),
        TrustCase("Authentication-Results: ((", [border], "its writer can't be made out"),
        TrustCase("Authentication-Results: \"y\u{7}\"; none", [border], "its writer can't be made out"),
        TrustCase("Authentication-Results: \"y z\"; none", [border], "written by y z"),
    ]

    @Test(arguments: notes)
    func `Each field says why it counts or not`(_ example: TrustCase) {
        let evidence = senderEvidence(of: mail([example.name] + example.above + written), trusting: settings)
        #expect(evidence.results.map(\.note) == [example.expected])
        #expect(evidence.results.map(\.isBelieved) == [false])
        #expect(evidence.statements.isEmpty)
    }

    @Test func `A field without an id is told in profile exchange-online`() {
        let exchange = TrustSettings(profile: .exchangeOnline, authservID: "", borderHost: "mx.example")
        let own = "Authentication-Results: dmarc=pass action=none header.from=x.example"
        let evidence = senderEvidence(of: mail([own, border, own] + written), trusting: exchange)
        #expect(
            evidence.results.map(\.note) == [
                "written by the receiving server",
                "without an authserv-id, and not in the place of the receiving server's own",
            ])
        #expect(evidence.statements == ["dmarc=pass action=none header.from=x.example"])
    }

    @Test func `Seals are shown where the settings name sealers, and believed where they prove the sender`() {
        let sealers = TrustSettings(authservID: "mx.example", arcSealers: ["lists.example"])
        let stated = "Authentication-Results: mx.example; dmarc=fail header.from=x.example; arc=pass"
        let found = "ARC-Authentication-Results: i=1; lists.example; dmarc=pass header.from=x.example"
        let chain = [
            "ARC-Seal: i=1; cv=none; d=lists.example; b=x", "ARC-Message-Signature: i=1; d=lists.example; h=from; b=x",
            found,
        ]
        let whole = senderEvidence(of: mail([stated, border] + chain + written), trusting: sealers)
        #expect(whole.lines.contains("proven: ana@x.example"))
        #expect(
            whole.results.map(\.note) == ["written by the receiving server", "sealed by forwarders that are trusted"])
        #expect(whole.results.map(\.isBelieved) == [true, true])
        let cut = senderEvidence(of: mail([stated, border, found] + written), trusting: sealers)
        #expect(cut.results.map(\.note) == ["written by the receiving server", "the chain of seals proves nothing"])
        #expect(senderEvidence(of: mail([stated, border] + chain + written), trusting: settings).results.count == 1)
    }

    @Test func `What the sender wrote is shown as one line of printable ASCII, and not without end`() {
        let long =
            "Authentication-Results: y.example; spf=\(String(repeating: "x", count: 600))\r\n\t\(String(repeating: "y", count: 900))\r\n\t\(String(repeating: "z", count: 900))"
        let lines =
            [long, border, "From: \u{1b}[2J\u{202E}Ana\r\n\t<ana@x.example>"] + written.filter { !$0.hasPrefix("From") }
        let evidence = senderEvidence(of: mail(lines), trusting: settings)
        #expect(evidence.from == ["\\x1b[2J\\xe2\\x80\\xaeAna <ana@x.example>"])
        #expect(evidence.results[0].text.hasSuffix("… (\(15 + 600 + 901 + 901 - 2_000) more octets)"))
        #expect(evidence.results[0].text.prefix { $0 != "…" }.count == 2_000)
        for line in evidence.lines {
            #expect(line.unicodeScalars.allSatisfy { (0x20...0x7e).contains($0.value) || $0 == "…" || $0 == "§" })
        }
    }

    @Test func `Two From fields are both shown, and none is claimed for sure`() {
        let evidence = senderEvidence(of: mail(vouched + ["From: <b@y.example>"] + written), trusting: settings)
        #expect(evidence.lines.prefix(2) == ["claimed: From: <b@y.example>", "claimed: From: Ana <ana@x.example>"])
        #expect(evidence.lines.contains { $0.hasPrefix("not proven: sender.two-from: ") })
        #expect(
            senderEvidence(of: mail(vouched), trusting: settings).lines.first
                == "claimed: nobody (there is no From field)")
    }
}
