import Mail
import SenderTrust

extension FuzzTarget {
    /// The input is all that a stranger sends, where the settings believe more than the standard does: chains of seals by
    /// one forwarder, or results without an authserv-id.
    static let trustProfiles = FuzzTarget("trust-profiles", longest: 32_768) { input in
        let border = "Received: from client.example (client.example [192.0.2.9]) by mx.example with ESMTPS id 1; x\r\n"
        let sealed = TrustSettings(authservID: "mx.example", arcSealers: ["sealer.example"])
        let failed = "Authentication-Results: mx.example; dmarc=fail header.from=x.example"
        // Whatever chain the mail brings, it holds only where the border says so.
        for above in [border, failed + "\r\n" + border, failed + "; arc=fail\r\n" + border] {
            try promiseDisbelief(assess(above, input, sealed))
        }
        if case .authenticated(let address) = assess(failed + "; arc=pass\r\n" + border, input, sealed) {
            try promise(address.domain == "x.example", "\(address) is believed, and the border spoke of x.example")
            try promiseSeals(NaiveHeader(Array(border.utf8) + input))
        }
        // A signature that the rule wants stands in the mail, and the border found it good.
        let signed = TrustSettings(authservID: "mx.example", dkim: .require)
        let passed = "Authentication-Results: mx.example; dmarc=pass header.from=x.example"
        try promiseDisbelief(assess(passed + "; dkim=pass header.d=evil.example\r\n" + border, input, signed))
        if case .authenticated = assess(passed + "; dkim=pass header.d=x.example\r\n" + border, input, signed) {
            let signatures = NaiveHeader(Array(border.utf8) + input).all("dkim-signature")
            try promise(
                signatures.contains { $0.holds("x.example") && $0.holds("from") }, "believed without the signature")
        }

        // Without an authserv-id, the place right above the border's Received is all that tells its fields.
        let exchange = TrustSettings(profile: .exchangeOnline, authservID: "", borderHost: "*.prod.example")
        let hop = "Received: from client.example (192.0.2.9) by a1.prod.example with ESMTPS id 1; x\r\n"
        for said in [
            "", "spf=none; dmarc=none header.from=x.example", "dmarc=fail action=quarantine header.from=x.example",
        ] {
            let field = said.isEmpty ? "" : "Authentication-Results: \(said)\r\n"
            try promiseDisbelief(assess(field + hop, input, exchange))
        }
        let field = "Authentication-Results: spf=pass smtp.mailfrom=evil.example; dmarc=pass action=none"
        if case .authenticated(let address) = assess(field + " header.from=evil.example\r\n" + hop, input, exchange) {
            try promise(address.domain == "evil.example", "\(address) is believed, and the border vouched for another")
        }
    }

    private static func assess(_ above: String, _ input: [UInt8], _ settings: TrustSettings) -> TrustAssessment {
        let split = HeaderBlock.split(Array(above.utf8) + input)
        return assessSender(of: InboundMail(header: split.block, problems: split.problems), trusting: settings)
    }

    private static func promiseDisbelief(_ assessment: TrustAssessment) throws(Broken) {
        if case .authenticated(let address) = assessment {
            throw Broken(description: "\(address) is believed on the word of the mail itself")
        }
    }

    /// All that sealed are the one forwarder, and the first of them saw DMARC pass.
    private static func promiseSeals(_ header: NaiveHeader) throws(Broken) {
        let seals = header.all("arc-seal")
        let signatures = header.all("arc-message-signature")
        let results = header.all("arc-authentication-results")
        try promise(
            !seals.isEmpty && seals.count == signatures.count && seals.count == results.count,
            "believed without a chain")
        for field in seals + signatures {
            try promise(field.holds("sealer.example"), "believed, and another sealed, too")
        }
        try promise(
            results.contains { (skimmed($0) ?? "").contains("dmarc") && $0.holds("pass") && $0.holds("x.example") },
            "believed, and no forwarder saw DMARC pass")
    }
}
