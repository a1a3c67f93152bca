import Mail
import Reading
import Registry

/// A mail judged by all rules against one request.
struct RuledMail {
    let candidate: Candidate
    let findings: [Finding]
    let facts: EarlierFacts
    let access: Access
}

extension Bench {
    /// The decision about a mail that was judged against one request.
    func conclude(
        _ ruled: RuledMail, _ verdict: Verdict, _ reason: Reason, transition: Transition? = nil
    ) -> Decision {
        let candidate = ruled.candidate
        let mailboxes = view.mailboxesToCopy(for: candidate.request, by: candidate.procedure, on: today)
        return Decision(
            verdict: verdict, reason: reason, findings: ruled.findings, request: candidate.request.id,
            transition: transition, sender: authenticated, language: language(for: candidate.account),
            profile: ruled.access.profile, facts: ruled.facts,
            reply: reply(
                to: candidate.account, about: [candidate.request], authorityMailboxes: mailboxes))
    }

    /// A decision about a mail that was judged against no single request.
    func decision(
        _ verdict: Verdict, _ reason: Reason, findings: [Finding] = [], account: Account? = nil,
        facts: EarlierFacts = EarlierFacts(), reply: ReplyPlan? = nil
    ) -> Decision {
        Decision(
            verdict: verdict, reason: reason, findings: findings, sender: authenticated,
            language: language(for: account), facts: facts, reply: reply)
    }

    /// An answer to somebody whom the registry knows: it goes to the mailbox stored in the account, and nowhere else.
    func reply(
        to account: Account, about requests: [RoleRequest] = [], authorityMailboxes: [EmailAddress] = []
    ) -> ReplyPlan {
        .person(
            .init(
                account: account,
                requests: requests.map { request in
                    var summary = view.summary(of: request, by: procedures[request.kind])
                    // A reference is given only while there is something for it to bring about.
                    if account.state == .active, request.status.isPending {
                        summary.reference = codes.newReference(of: request, mailbox: account.mailbox)
                    }
                    return summary
                },
                authorityMailboxes: authorityMailboxes, answering: answered))
    }

    /// General instructions: to the proven From, or to the stored mailbox of an account that has nothing pending.
    func instructions(to recipient: EmailAddress) -> ReplyPlan {
        .stranger(.init(recipient: recipient, answering: answered))
    }

    private var answered: AnsweredMail {
        AnsweredMail(
            messageID: mail.messageID,
            // A mail without References that answers one mail stands behind that one (RFC 5322 §3.6.4).
            references: mail.references.isEmpty && mail.inReplyTo.count == 1 ? mail.inReplyTo : mail.references,
            subject: mail.subject)
    }

    private var authenticated: SenderFinding { SenderFinding(address: sender, authentication: .pass) }

    /// The account's language; where it has none, or one that nothing is written in, the mail's; else English. So a
    /// stranger is answered in the language that he writes.
    private func language(for account: Account?) -> String {
        let chosen = account?.language.flatMap(LanguageCode.primary)
        if let chosen, reading.languages.contains(chosen) { return chosen }
        return reading.language ?? chosen ?? "en"
    }
}

extension Access {
    /// Why the profile is less than the complete role.
    var reason: Reason {
        switch limit {
        case nil: "ok"
        case .consultation: "access.consultation"
        case .administrative: "access.administrative"
        case .eoriInvalid: "access.eori-invalid"
        case .delegationInvalid: "access.delegation-invalid"
        }
    }
}
