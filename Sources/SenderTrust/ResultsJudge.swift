import Mail

/// What the receiving server's own fields prove about an address: exactly one `dmarc=pass` for its very domain.
struct ResultsJudge {
    private let fields: [AuthenticationResults]
    private let results: [AuthenticationResults.MethodResult]
    private let address: EmailAddress
    private let header: HeaderBlock
    private let settings: TrustSettings

    /// - Parameter fields: those that are believed, topmost first.
    init(
        _ fields: [AuthenticationResults], of address: EmailAddress, in header: HeaderBlock,
        trusting settings: TrustSettings
    ) {
        self.fields = fields
        self.address = address
        self.header = header
        self.settings = settings
        results = fields.flatMap(\.results)
    }

    var assessment: TrustAssessment {
        if fields.isEmpty { return unproven(.missing) }
        if fields.contains(where: { $0.version != 1 }) || results.contains(where: { $0.version != 1 }) {
            return unproven(.version)
        }
        if results.isEmpty { return unproven(.none) }
        let dmarc = results.filter { $0.method == "dmarc" }
        guard let only = dmarc.first else { return unproven(.noDMARC) }
        guard dmarc.count == 1 else {
            return unproven(dmarc.allSatisfy { $0.result == only.result } ? .several : .conflict)
        }
        switch only.result {
        case "pass": return assessment(ofPass: only)
        case "fail", "none":
            // Forwarding breaks DMARC. Errors are no statement that a chain of seals could outweigh.
            if isSealedByTrusted(only) { return proven }
            return only.result == "none" ? unproven(.none) : refused
        case "temperror": return unproven(.temporaryError)
        case "permerror": return unproven(.permanentError)
        default: return unproven(.unknownResult)
        }
    }

    private func assessment(ofPass dmarc: AuthenticationResults.MethodResult) -> TrustAssessment {
        // A pass that rests on nothing, or stands beside a field that says that nothing was checked.
        if contradictsItself || passesOnNothing { return unproven(.conflict) }
        // Exchange Online acts on what failed; its composite verdict must not deny what DMARC states.
        if let action = dmarc.action, action != "none" { return unproven(.conflict) }
        if settings.profile == .exchangeOnline,
            results.contains(where: { $0.method == "compauth" && $0.result == "fail" })
        {
            return unproven(.conflict)
        }
        if dmarc.values("header", "from").count > 1 { return unproven(.several) }
        guard dmarc.isFor(address.domain) else { return unproven(.unaligned) }
        if AlignedEvidence(results).rulesOut(address.domain) { return unproven(.conflict) }
        return proven
    }

    /// Proven, if the signatures satisfy the settings.
    private var proven: TrustAssessment {
        if settings.dkim == .require,
            let objection = DKIMRule.objection(to: results, in: header, domain: address.domain)
        {
            return unproven(objection)
        }
        return .authenticated(address)
    }

    /// Whether DMARC did not pass and what proves the sender is a chain of seals.
    var restsOnSeals: Bool {
        let dmarc = results.filter { $0.method == "dmarc" }
        guard dmarc.count == 1, dmarc[0].result != "pass", case .authenticated = assessment else { return false }
        return true
    }

    private var contradictsItself: Bool { fields.contains(where: \.results.isEmpty) }

    /// DMARC passes only where SPF or DKIM does (RFC 7489 §4.2): with both stated and neither passing, it can't have.
    private var passesOnNothing: Bool {
        let spf = results.filter { $0.method == "spf" }
        let dkim = results.filter { $0.method == "dkim" }
        return !spf.isEmpty && !dkim.isEmpty && (spf + dkim).allSatisfy { $0.result != "pass" }
    }

    /// Whether the border found a whole chain of seals, all by those whom the settings name, and the first of them saw
    /// DMARC pass for the very domain that the border speaks of.
    private func isSealedByTrusted(_ dmarc: AuthenticationResults.MethodResult) -> Bool {
        guard !settings.arcSealers.isEmpty, !contradictsItself, dmarc.isFor(address.domain) else { return false }
        let arc = results.filter { $0.method == "arc" }
        guard arc.count == 1, arc[0].result == "pass", let chain = ARCChain(header) else { return false }
        return chain.vouches(for: address.domain, sealers: settings.arcSealers)
    }

    private var refused: TrustAssessment {
        .refused(
            address, code: "authentication.dmarc-fail",
            explanation:
                "The receiving server says that the mail is not from the domain in From (dmarc=fail, RFC 7489 §6.6).")
    }

    private func unproven(_ distrust: Distrust) -> TrustAssessment {
        .unproven(address, code: distrust.code, explanation: distrust.explanation)
    }
}

extension AuthenticationResults.MethodResult {
    /// Whether its one `header.from` is this domain.
    func isFor(_ domain: String) -> Bool {
        let domains = values("header", "from")
        return domains.count == 1 && domains[0].asHostName == domain
    }
}
