import Mail
import Reading
import Registry

import struct Foundation.Date

/// One authenticated mail with everything that its judging needs laid out.
struct Bench {
    let mail: InboundMail
    let sender: EmailAddress
    let reading: MailReading
    let kinds: KindReading
    let view: RegistryView
    let procedures: [RoleRequest.Kind: Procedure]
    let support: SupportIdentity
    let codes: MailCodes
    let requiresReference: Bool
    let now: Date

    /// The accounts whose mailbox the sender's is; else those that had it formerly.
    var knownAccounts: [Account] {
        let accounts = view.accounts.sorted { $0.id < $1.id }
        let current = accounts.filter { $0.mailbox == sender }
        return current.isEmpty ? accounts.filter { $0.hadMailbox(sender) } : current
    }

    /// Somebody whose mailbox no account has: general instructions for a role request, everything else is other mail.
    func judgeStranger() -> Decision {
        guard speaksOfRequest else { return decision(.held, .notARequest) }
        return decision(.unmatched, "match.no-account", reply: instructions(to: sender))
    }

    /// Somebody whom the registry knows by these accounts.
    func judge(accounts: [Account]) -> Decision {
        // Whose mail it is can't be told, and an answer to one would tell of the other.
        if accounts.count > 1, !accounts.contains(where: { $0.mailbox == sender }) {
            return decision(.held, "from.former-mailbox-shared")
        }
        let all = candidates(of: accounts)
        let pending = view.requests.filter { request in
            request.status.isPending && accounts.contains { $0.id == request.account }
        }
        let candidates = all.filter(\.request.status.isPending)
        let named = codes.named(among: all)
        if let first = named.first, named.allSatisfy({ !$0.request.status.isPending }) {
            return judgeSettled(named.map(\.request), account: first.account)
        }
        if candidates.isEmpty, !pending.isEmpty { return decision(.held, "procedure.missing", account: accounts[0]) }
        switch choose(among: candidates).match {
        case .noCandidate: return judgeWithoutRequest(account: accounts[0])
        case .one(let candidate): return judge(candidate)
        case .several(let candidates): return judgeAmbiguous(candidates)
        case .noneFits(let candidates): return judgeUnfitting(candidates)
        }
    }

    /// The requests of some accounts, pending or not, that a procedure governs.
    func candidates(of accounts: [Account]) -> [Candidate] {
        view.requests.compactMap { request in
            guard let account = accounts.first(where: { $0.id == request.account }),
                let procedure = procedures[request.kind]
            else { return nil }
            return Candidate(account: account, request: request, procedure: procedure)
        }
    }

    /// Which of the pending requests the mail is about.
    func choose(among candidates: [Candidate]) -> Choice {
        match(candidates, codes: codes, kinds: kinds, reading: reading, view: view)
    }

    /// The reference names a request that no mail can move any more, so the mail is about no other one.
    private func judgeSettled(_ requests: [RoleRequest], account: Account) -> Decision {
        guard account.mailbox == sender else { return decision(.held, .notARequest, account: account) }
        return decision(
            .answered, "match.reference-not-pending", account: account,
            reply: reply(to: account, about: requests))
    }

    private func judgeWithoutRequest(account: Account) -> Decision {
        if onlyAsksForStatus([]) { return inquiry(of: account) }
        guard speaksOfRequest else { return decision(.held, .notARequest, account: account) }
        return decision(
            .unmatched, "match.no-pending-request", account: account, reply: instructions(to: account.mailbox))
    }

    private func judge(_ candidate: Candidate) -> Decision {
        let account = candidate.account
        let request = candidate.request
        let rules = candidate.procedure.rules
        let mentions = NameMentions(in: reading, account: account, request: request, view: view)
        let told = earlierFacts(about: request).leftOpen(by: mentions)
        // What can't be read may take back what was told before.
        let earlier = mail.textObstacle == nil ? told : EarlierFacts()
        let organisation = view.organisationName(of: request) ?? request.id.text
        let findings = rules.map { rule in
            switch rule {
            case .from:
                requiresReference
                    ? judgeFrom(sender, account: account, reference: codes.reference(for: candidate))
                    : judgeFrom(sender, account: account)
            case .to: judgeTo(mail, support: support)
            case .cc:
                judgeCc(
                    mail, request: request, procedure: candidate.procedure, view: view,
                    stated: (eoris(wantedFor: candidate) ?? []).filter { reading.states(code: $0) }, on: today)
            case .kind: judgeKind(kinds, request: request, procedure: candidate.procedure, earlier: earlier.kind)
            case .names:
                judgeNames(mentions, account: account, organisation: organisation, earlier: earlier)
                    .stating(eoris(wantedFor: candidate), in: reading)
            }
        }.map { $0.explained(by: textObstacle) }
        let saysKind =
            judgeKind(kinds, request: request, procedure: candidate.procedure, earlier: earlier.kind).outcome == .pass
        let facts = mentions.facts(kind: saysKind).union(told)
        let access = view.access(of: account.id, to: request, on: today)
        let ruled = RuledMail(candidate: candidate, findings: findings, facts: facts, access: access)

        if let failed = findings.first(where: { $0.outcome == .fail }) {
            if onlyAsksForStatus([candidate]), account.mailbox == sender { return inquiry(of: account) }
            return conclude(ruled, .incomplete, failed.reason ?? Reason("\(failed.rule.rawValue).failed"))
        }
        if account.state != .active { return conclude(ruled, .restricted, "access.account-not-active") }
        if view.holdsOnlyRole(candidate.procedure, beside: request) {
            return conclude(ruled, .restricted, "access.second-msca-role")
        }
        switch access.profile {
        case .consultation:
            return conclude(ruled, .restricted, access.reason)
        case .administrative:
            return conclude(ruled, .prepared, access.reason, transition: Transition(.prepare, of: request.id))
        case .submission:
            return conclude(ruled, .accepted, "ok", transition: Transition(.confirm, of: request.id))
        }
    }

    /// Several pending requests fit equally well: the sender must say which.
    private func judgeAmbiguous(_ candidates: [Candidate]) -> Decision {
        let account = candidates[0].account
        let findings = [judgeFrom(sender, account: account), judgeTo(mail, support: support)]
        let plan = reply(to: account, about: candidates.map(\.request))
        return decision(
            .ambiguous, "match.several", findings: findings, account: account,
            facts: factsWithoutRequest(kind: true, candidates[0]), reply: plan)
    }

    /// No pending request fits: the answer says what is missing and lists none of them.
    private func judgeUnfitting(_ candidates: [Candidate]) -> Decision {
        let account = candidates[0].account
        if onlyAsksForStatus(candidates), account.mailbox == sender { return inquiry(of: account) }
        let kind = best(candidates) {
            judgeKind(kinds, request: $0.request, procedure: $0.procedure, earlier: false)
        }
        let cc = best(candidates) { judgeCc(mail, request: $0.request, procedure: $0.procedure, view: view, on: today) }
        let names = best(candidates) { candidate in
            let mentions = NameMentions(in: reading, account: candidate.account, request: candidate.request, view: view)
            return judgeNames(mentions, account: candidate.account, organisation: "", earlier: EarlierFacts())
        }
        let findings = [
            judgeFrom(sender, account: account), judgeTo(mail, support: support), withoutRegistry(cc),
            withoutRegistry(kind.explained(by: textObstacle)), withoutRegistry(names.explained(by: textObstacle)),
        ]
        let failed = findings.first { $0.outcome == .fail }
        let plan = reply(to: account)
        return decision(
            .incomplete, failed?.reason ?? "match.none-fits", findings: findings, account: account,
            facts: factsWithoutRequest(kind: kind.outcome == .pass, candidates[0]), reply: plan)
    }

    /// The finding that passes for some candidate, else the first one's.
    private func best(_ candidates: [Candidate], _ judge: (Candidate) -> Finding) -> Finding {
        let findings = candidates.map(judge)
        return findings.first { $0.outcome == .pass } ?? findings[0]
    }

    /// A finding that tells what was missing but not what the registry holds.
    private func withoutRegistry(_ finding: Finding) -> Finding {
        Finding(finding.rule, finding.outcome, reason: finding.reason, seen: finding.seen)
    }

    private func inquiry(of account: Account) -> Decision {
        let requests = view.requests.filter { $0.account == account.id }.sorted { $0.requestedAt < $1.requestedAt }
        return decision(
            .answered, "status.inquiry", account: account,
            reply: reply(to: account, about: requests))
    }

    /// The EORI numbers of which the text must state one; nil where the procedure asks for none.
    private func eoris(wantedFor candidate: Candidate) -> [String]? {
        candidate.procedure.statesEORI ? view.issuedEORIs(of: candidate.request) : nil
    }

    /// What earlier mails of the thread gave, where the thread is about this request or about none in particular.
    private func earlierFacts(about request: RoleRequest) -> EarlierFacts {
        guard let thread = view.thread, thread.request == nil || thread.request == request.id else {
            return EarlierFacts()
        }
        return thread.earlier
    }

    /// What a mail that was judged against no single request gives to later ones: which organisation it meant is
    /// just what is to be asked.
    private func factsWithoutRequest(kind: Bool, _ candidate: Candidate) -> EarlierFacts {
        var facts = NameMentions(
            in: reading, account: candidate.account, request: candidate.request, view: view
        ).facts(kind: kind)
        facts.organisation = false
        return facts.union(view.thread?.request == nil ? view.thread?.earlier ?? EarlierFacts() : EarlierFacts())
    }

    /// Whether the mail speaks of a role request at all.
    var speaksOfRequest: Bool {
        kinds.request != nil || kinds.additional != nil
    }

    /// Whether the mail asks how a request stands, and for nothing else.
    ///
    /// A question of somebody with a pending request that names neither a role nor an organisation can hardly be about
    /// anything else, however it is put; the answer tells the status and changes nothing.
    private func onlyAsksForStatus(_ candidates: [Candidate]) -> Bool {
        if speaksOfRequest || kinds.distantRequest != nil { return false }
        if kinds.statusInquiry != nil { return true }
        guard kinds.kinds.isEmpty, reading.asksSomething else { return false }
        return candidates.contains { $0.request.status.isPending }
            && !candidates.contains {
                NameMentions.organisation(in: reading, request: $0.request, view: view).isFound
            }
    }

    var today: Day { Day(of: now) }
}
