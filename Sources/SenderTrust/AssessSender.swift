package import Mail

/// Says whether the sender of `mail` is who From claims, by the structure of the header and the word of the receiving
/// server. Whatever does not prove it outright leaves it unproven: default is deny.
///
/// In this order: problems that parsing found, the sender's structure, the policy, the Authentication-Results; where the
/// settings ask for it, ARC seals and DKIM signatures.
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
    case .success(let fields):
        return ResultsJudge(fields, of: address, in: mail.header, trusting: settings).assessment
    }
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
