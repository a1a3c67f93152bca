import Mail

/// `trust.dkim: require`: the border found a good signature of the From domain itself, and no signature of that domain in
/// the mail leaves open what DMARC does not look at. SPF alone is not enough then.
enum DKIMRule {
    /// Why the rule is not met, or nil.
    ///
    /// - Parameters:
    ///   - results: what the border stated, all of it.
    ///   - domain: that of From.
    static func objection(
        to results: [AuthenticationResults.MethodResult], in block: HeaderBlock, domain: String
    ) -> Distrust? {
        guard results.contains(where: { isPass($0, for: domain) }) else { return .dkimMissing }
        var isSigned = false
        for field in block.fields where field.isNamed("DKIM-Signature") {
            // Which of several signatures the border found good can't be told, so none of the domain's may be weak.
            guard let tags = TagList(field.value), let signer = tags.domain else { return .dkimMalformed }
            guard signer == domain else { continue }
            if tags.contains("l") { return .dkimLength }
            if !tags.coversFrom { return .dkimFromUnsigned }
            isSigned = true
        }
        return isSigned ? nil : .dkimMissing
    }

    /// dkim=pass of exactly this domain, by `header.d`, or where that is not stated by the domain of `header.i`.
    private static func isPass(_ result: AuthenticationResults.MethodResult, for domain: String) -> Bool {
        guard result.method == "dkim", result.result == "pass" else { return false }
        let signers = result.values("header", "d")
        if let signer = signers.first { return signers.count == 1 && signer.asHostName == domain }
        let identities = result.values("header", "i")
        guard identities.count == 1, let at = identities[0].lastIndex(of: "@") else { return false }
        return String(identities[0][identities[0].index(after: at)...]).asHostName == domain
    }
}
