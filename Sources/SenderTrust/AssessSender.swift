package import Mail

/// Says whether the sender of `mail` is who From claims, by the structure of the header and the word of the receiving
/// server. Whatever does not prove it outright leaves it unproven: default is deny.
///
/// In this order: problems that parsing found, the sender's structure, the policy, the Authentication-Results.
package func assessSender(of mail: InboundMail, trusting settings: TrustSettings) -> TrustAssessment {
    let structure = SenderStructure.examine(mail.header)
    if let problem = mail.problems.first {
        return .unproven(structure.claimed, code: problem.code, explanation: problem.explanation)
    }
    let address: EmailAddress
    switch structure {
    case .doubtful(let problem, let claimed):
        return .unproven(claimed, code: problem.code, explanation: problem.explanation)
    case .plain(let plain, _): address = plain
    }
    if settings.policy == .holdOnly {
        return .unproven(
            address, code: "policy.hold-only",
            explanation: "The settings say that no sender is believed (trust.policy: hold-only).")
    }
    switch TrustBoundary(of: mail.header, trusting: settings).results {
    case .failure(let distrust):
        return .unproven(address, code: distrust.code, explanation: distrust.explanation)
    case .success(let fields): return judge(fields, of: address)
    }
}

/// What the receiving server's own fields prove about `address`: exactly one `dmarc=pass` for its very domain.
private func judge(_ fields: [AuthenticationResults], of address: EmailAddress) -> TrustAssessment {
    func unproven(_ distrust: Distrust) -> TrustAssessment {
        .unproven(address, code: distrust.code, explanation: distrust.explanation)
    }
    if fields.isEmpty { return unproven(.missing) }
    let results = fields.flatMap(\.results)
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
    case "fail":
        return .refused(
            address, code: "authentication.dmarc-fail",
            explanation:
                "The receiving server says that the mail is not from the domain in From (dmarc=fail, RFC 7489 §6.6).")
    case "pass": break
    case "none": return unproven(.none)
    case "temperror": return unproven(.temporaryError)
    case "permerror": return unproven(.permanentError)
    default: return unproven(.unknownResult)
    }
    // A pass that rests on nothing, or stands beside a field that says that nothing was checked.
    if fields.contains(where: \.results.isEmpty) || passesOnNothing(results) { return unproven(.conflict) }
    let domains = only.values("header", "from")
    if domains.count > 1 { return unproven(.several) }
    guard let domain = domains.first, domain.asHostName == address.domain else { return unproven(.unaligned) }
    return .authenticated(address)
}

/// DMARC passes only where SPF or DKIM does (RFC 7489 §4.2): with both stated and neither passing, it can't have.
private func passesOnNothing(_ results: [AuthenticationResults.MethodResult]) -> Bool {
    let spf = results.filter { $0.method == "spf" }
    let dkim = results.filter { $0.method == "dkim" }
    return !spf.isEmpty && !dkim.isEmpty && (spf + dkim).allSatisfy { $0.result != "pass" }
}

extension SenderStructure {
    /// What From seems to say, proven or not.
    fileprivate var claimed: EmailAddress? {
        switch self {
        case .plain(let address, _): address
        case .doubtful(_, let claimed): claimed
        }
    }
}
