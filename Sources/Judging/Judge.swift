package import Mail
package import Reading
package import Registry
package import SenderTrust

package import struct Foundation.Date

/// Decides what becomes of a mail, from values alone: the same mail, view and time always give the same decision.
///
/// The steps, in this order: automatic mail is ignored; a sender who is not proven ends here; then the account, the
/// request that the mail is about, the five rules against it, and what the sender may do for its organisation.
package struct Judge: Sendable {
    private let procedures: [RoleRequest.Kind: Procedure]
    private let lexicon: Lexicon
    let trust: TrustSettings
    private let support: SupportIdentity
    let automatic: AutomaticMail
    private var proofs: ProofCodes?
    private var requiresReference: Bool

    /// - Parameters:
    ///   - proofs: makes and checks the codes in mails; nil knows none.
    ///   - requiresReference: a mail moves no request without its reference, however complete it is.
    ///   - isOwnMessageID: whether we gave a Message-ID; left out, its domain tells.
    package init(
        procedures: [Procedure], lexicon: Lexicon, trust: TrustSettings, support: SupportIdentity,
        proofs: ProofCodes? = nil, requiresReference: Bool = false,
        isOwnMessageID: (@Sendable (MessageID) -> Bool)? = nil
    ) {
        self.proofs = proofs
        self.requiresReference = requiresReference
        self.procedures = procedures.reduce(into: [:]) { table, procedure in
            for kind in procedure.kinds { table[kind] = procedure }
        }
        self.lexicon = lexicon
        self.trust = trust
        self.support = support
        let suffix = "@" + support.messageIDDomain
        automatic = AutomaticMail(
            ownAddresses: Set(support.addresses), serverAddsReturnPath: trust.writesReturnPath,
            isOwnMessageID: isOwnMessageID ?? { $0.text.asciiLowercased.hasSuffix(suffix) })
    }

    /// The same judge with other codes: making one anew compiles the lexicon again.
    func with(proofs: ProofCodes?, requiresReference: Bool) -> Judge {
        var judge = self
        judge.proofs = proofs
        judge.requiresReference = requiresReference
        return judge
    }

    /// What a mail comes to.
    ///
    /// - Parameters:
    ///   - view: what the registry knows of the sender (``key(of:)`` says whom to look up).
    ///   - now: the time by which validity is judged.
    package func judge(_ mail: InboundMail, view: RegistryView, now: Date) -> Decision {
        if let sign = automatic.detect(in: mail) {
            return Decision(verdict: .ignored, reason: Reason(sign.code), sender: claimedSender(of: mail))
        }
        switch assessSender(of: mail, trusting: trust) {
        case .refused(let address, let code, _):
            return Decision(
                verdict: .refused, reason: Reason(code), sender: SenderFinding(address: address, authentication: .fail))
        case .unproven(let address, let code, _):
            return Decision(
                verdict: .held, reason: Reason(code), sender: SenderFinding(address: address, authentication: .none))
        case .authenticated(let address):
            return judge(mail, from: address, view: view, now: now)
        }
    }

    /// Whom and what the store must look up before a mail can be judged. Looking up says nothing about trust.
    package func key(of mail: InboundMail) -> ViewKey {
        var answers = mail.inReplyTo
        for id in mail.references.reversed() where !answers.contains(id) && answers.count < 20 { answers.append(id) }
        // A report about a mail that is not ours is nobody's business.
        let report = mail.deliveryReport.flatMap { $0.tellsOfFailure && automatic.isOurs($0.messageID) ? $0 : nil }
        return ViewKey(sender: claimedSender(of: mail).address, answers: answers, report: report)
    }

    /// The mail's text as the rules read it.
    package func reading(of mail: InboundMail) -> MailReading {
        MailReading(
            subject: mail.subject,
            body: mail.texts.map {
                BodyText(kind: $0.kind == .html ? .html : .plain, text: $0.text, alternative: $0.alternative)
            },
            lexicon: lexicon, ownMarks: ["@" + support.messageIDDomain])
    }

    private func judge(_ mail: InboundMail, from address: EmailAddress, view: RegistryView, now: Date) -> Decision {
        let bench = bench(for: mail, from: address, view: view, now: now)
        if bench.reading.hasAutomaticSubject { return bench.decision(.held, "automatic.subject") }
        // Whoever takes a request back, denies it or asks not to grant it must reach a person, however complete the mail is.
        if bench.kinds.retraction != nil { return bench.decision(.held, "kind.retraction") }
        let known = bench.knownAccounts
        guard !known.isEmpty else { return bench.judgeStranger() }
        if let validation = bench.judgeValidation(of: known.filter { $0.mailbox == address }) { return validation }
        return bench.judge(accounts: known)
    }

    /// Lays a mail of a proven sender out for the rules.
    func bench(for mail: InboundMail, from address: EmailAddress, view: RegistryView, now: Date) -> Bench {
        let reading = reading(of: mail)
        // A word in a company's name ("Timber Importers Ltd") says nothing about the kind; an authority's name may.
        let companies = view.operators.values.map(\.name)
        return Bench(
            mail: mail, sender: address, reading: reading,
            kinds: reading.kinds(ignoringOrganisations: companies, offices: view.authorities.values.map(\.name)),
            view: view, procedures: procedures, support: support,
            codes: MailCodes(
                in: reading, isAnswer: !mail.inReplyTo.isEmpty || !mail.references.isEmpty, proofs: proofs,
                on: Day(of: now)), requiresReference: requiresReference,
            now: now)
    }

    private func claimedSender(of mail: InboundMail) -> SenderFinding {
        let address: EmailAddress? =
            switch SenderStructure.examine(mail.header) {
            case .plain(let address, _): address
            case .doubtful(_, let claimed): claimed
            }
        return SenderFinding(address: address, authentication: .none)
    }
}
