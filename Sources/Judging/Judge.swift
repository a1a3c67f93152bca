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
    ///   - vouch: an operator's word about who sent this very mail. It counts only where the sender is not proven, and
    ///     only where nothing else in the mail's structure is doubtful; all other rules hold.
    package func judge(_ mail: InboundMail, view: RegistryView, now: Date, vouch: Vouch? = nil) -> Decision {
        if let sign = automatic.detect(in: mail) {
            return Decision(verdict: .ignored, reason: Reason(sign.code), sender: claimedSender(of: mail))
        }
        let assessment = assessSender(of: mail, trusting: trust)
        if let vouch, let finding = finding(on: vouch, about: mail, assessment) {
            return judge(mail, from: vouch.sender, finding, view: view, now: now)
        }
        switch assessment {
        case .refused(let address, let code, _):
            return Decision(
                verdict: .refused, reason: Reason(code), sender: SenderFinding(address: address, authentication: .fail))
        case .unproven(let address, let code, _):
            return Decision(
                verdict: .held, reason: Reason(code), sender: SenderFinding(address: address, authentication: .none))
        case .authenticated(let address):
            let finding = SenderFinding(address: address, authentication: .pass)
            return judge(mail, from: address, finding, view: view, now: now)
        }
    }

    /// The sender by an operator's word; nil where that counts for nothing, or where none is needed.
    private func finding(
        on vouch: Vouch, about mail: InboundMail, _ assessment: TrustAssessment
    ) -> SenderFinding? {
        let authentication: SenderFinding.Authentication
        switch assessment {
        case .authenticated: return nil
        case .refused: authentication = .fail
        case .unproven: authentication = .none
        }
        guard mail.objection(toVouchingFor: vouch.sender) == nil else { return nil }
        return SenderFinding(address: vouch.sender, authentication: authentication, isVouchedFor: true)
    }

    /// Whom and what the store must look up before a mail can be judged. Looking up says nothing about trust.
    package func key(of mail: InboundMail, vouch: Vouch? = nil) -> ViewKey {
        var answers = mail.inReplyTo
        for id in mail.references.reversed() where !answers.contains(id) && answers.count < 20 { answers.append(id) }
        // A report about a mail that is not ours is nobody's business.
        let report = mail.deliveryReport.flatMap { $0.tellsOfFailure && automatic.isOurs($0.messageID) ? $0 : nil }
        let vouched = vouch.flatMap { mail.objection(toVouchingFor: $0.sender) == nil ? $0.sender : nil }
        return ViewKey(sender: vouched ?? claimedSender(of: mail).address, answers: answers, report: report)
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

    private func judge(
        _ mail: InboundMail, from address: EmailAddress, _ finding: SenderFinding, view: RegistryView, now: Date
    ) -> Decision {
        var bench = bench(for: mail, from: address, view: view, now: now)
        bench.authenticated = finding
        if let strange = bench.judgeDomain() { return strange }
        let decision = judge(on: bench)
        return bench.knownAccounts.isEmpty ? bench.naming(resemblancesIn: decision) : decision
    }

    private func judge(on bench: Bench) -> Decision {
        if bench.reading.hasAutomaticSubject { return bench.decision(.held, "automatic.subject") }
        // Whoever takes a request back, denies it or asks not to grant it must reach a person, however complete the mail is.
        if bench.kinds.retraction != nil { return bench.decision(.held, "kind.retraction") }
        let known = bench.knownAccounts
        guard !known.isEmpty else { return bench.judgeStranger() }
        if let validation = bench.judgeValidation(of: known.filter { $0.mailbox == bench.sender }) { return validation }
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
            now: now, authenticated: SenderFinding(address: address, authentication: .pass))
    }

    private func claimedSender(of mail: InboundMail) -> SenderFinding {
        SenderFinding(address: mail.sender.claimed, authentication: .none)
    }
}
