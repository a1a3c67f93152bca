import Mail
import Registry
import Testing

@testable import Judging

/// One mail and what it must come to.
struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let mail: InboundMail
    var view = Samples.view()
    let verdict: Verdict
    let reason: Reason
    /// Outcomes of from, to, cc, kind, names: `p`, `f` or `-`.
    var rules = "ppppp"
    var transition: RoleRequest.Status?

    var testDescription: String { name }
}

@Suite struct JudgeTests {
    static let cases: [Case] = [
        Case(
            name: "all five rules pass", mail: Samples.mail(), verdict: .accepted, reason: "ok",
            transition: .confirmed),
        Case(
            name: "the kind stands in the title only",
            mail: Samples.mail(text: "Ana Kovač, Drvo Sjever d.o.o."), verdict: .accepted, reason: "ok",
            transition: .confirmed),
        Case(
            name: "a prepared request can still be confirmed", mail: Samples.mail(),
            view: Samples.view([Samples.request(status: .prepared)]), verdict: .accepted, reason: "ok",
            transition: .confirmed),
        Case(
            name: "support in Cc instead of To",
            mail: Samples.mail(to: ["ana@drvo.example"], cc: ["support@traces.example", "flegt@mps.example"]),
            verdict: .incomplete, reason: "to.in-cc", rules: "pfppp"),
        Case(
            name: "nobody in Cc", mail: Samples.mail(cc: []), verdict: .incomplete, reason: "cc.missing",
            rules: "ppfpp"),
        Case(
            name: "the authority stands in To",
            mail: Samples.mail(to: ["support@traces.example", "flegt@mps.example"], cc: []),
            verdict: .incomplete, reason: "cc.authority-in-to", rules: "ppfpp"),
        Case(
            name: "another country's authority in Cc", mail: Samples.mail(cc: ["flegt@ble.example"]),
            verdict: .incomplete, reason: "cc.other-country", rules: "ppfpp"),
        Case(
            name: "the authority's former mailbox in Cc", mail: Samples.mail(cc: ["flegt@old-mps.example"]),
            verdict: .incomplete, reason: "cc.former-mailbox", rules: "ppfpp"),
        Case(
            name: "a look-alike of the authority in Cc", mail: Samples.mail(cc: ["flegt@mqs.example"]),
            verdict: .incomplete, reason: "cc.look-alike", rules: "ppfpp"),
        Case(
            name: "another kind only",
            mail: Samples.mail(
                subject: "Role request: customs office",
                text: "I ask for the role of customs office. Ana Kovač, Drvo Sjever d.o.o."),
            verdict: .incomplete, reason: "kind.other", rules: "pppfp"),
        Case(
            name: "no kind at all",
            mail: Samples.mail(subject: "Hello", text: "Ana Kovač, Drvo Sjever d.o.o."),
            verdict: .incomplete, reason: "kind.missing", rules: "pppfp"),
        Case(
            name: "the last name is missing",
            mail: Samples.mail(text: "I ask for the role of FLEGT timber importer. Ana, Drvo Sjever d.o.o."),
            verdict: .incomplete, reason: "names.last-name", rules: "ppppf"),
        Case(
            name: "a typing error in the last name",
            mail: Samples.mail(text: "I ask for the role of FLEGT timber importer. Ana Kovacz, Drvo Sjever d.o.o."),
            verdict: .incomplete, reason: "names.last-name-near", rules: "ppppf"),
        Case(
            name: "the company is missing",
            mail: Samples.mail(text: "I ask for the role of FLEGT timber importer. Ana Kovač"),
            verdict: .incomplete, reason: "names.organisation", rules: "ppppf"),
        Case(
            name: "no names at all", mail: Samples.mail(text: "I ask for the role of FLEGT timber importer."),
            verdict: .incomplete, reason: "names.several", rules: "ppppf"),
        Case(
            name: "the account's former mailbox",
            mail: Samples.mail(from: "ana.old@drvo.example"), verdict: .incomplete, reason: "from.former-mailbox",
            rules: "fpppp"),
        Case(
            name: "a stranger who asks for a role",
            mail: Samples.mail(), view: RegistryView(), verdict: .unmatched, reason: "match.no-account",
            rules: "-----"),
        Case(
            name: "a stranger with other mail",
            mail: Samples.mail(subject: "EUDR API", text: "Please send me credentials."), view: RegistryView(),
            verdict: .held, reason: "other.not-a-request", rules: "-----"),
        Case(
            name: "a role request with nothing pending", mail: Samples.mail(),
            view: Samples.view([Samples.request(status: .granted)]), verdict: .unmatched,
            reason: "match.no-pending-request", rules: "-----"),
        Case(
            name: "a status inquiry",
            mail: Samples.mail(subject: "Status", text: "What is the status of my role request?"),
            verdict: .answered, reason: "status.inquiry", rules: "-----"),
        Case(
            name: "a forged sender",
            mail: Samples.mail(authentication: "dmarc=fail header.from=drvo.example"), verdict: .refused,
            reason: "authentication.dmarc-fail", rules: "-----"),
        Case(
            name: "a sender nobody vouches for", mail: Samples.mail(authentication: nil), verdict: .held,
            reason: "authentication.missing", rules: "-----"),
        Case(
            name: "an automatic reply",
            mail: Samples.mail(extra: [HeaderField(name: "Auto-Submitted", value: Array("auto-replied".utf8))]),
            verdict: .ignored, reason: "automatic.auto-submitted", rules: "-----"),
        Case(
            name: "a complete mail that takes the request back",
            mail: Samples.mail(text: Samples.importerText + "\nPlease withdraw my role request."), verdict: .held,
            reason: "kind.retraction", rules: "-----"),
        Case(
            name: "an automatic answer that only its title gives away",
            mail: Samples.mail(subject: "Automatische Antwort: Role request: FLEGT timber importer"), verdict: .held,
            reason: "automatic.subject", rules: "-----"),
        Case(
            name: "a second MSCA role",
            mail: Samples.mail(
                subject: "Role request: FLEGT competent authority",
                text: "I ask for the role of competent authority. Ana Kovač, Ministarstvo poljoprivrede"),
            view: {
                var view = Samples.view([
                    Samples.request(kind: "competent-authority", operatorID: nil, authorityID: "CA-HR")
                ])
                view.roles = [
                    RoleGrant(
                        account: AccountID("A-1"), role: "FMSCA", authority: AuthorityID("CA-DE"), status: .granted)
                ]
                return view
            }(), verdict: .restricted, reason: "access.second-msca-role"),
        Case(
            name: "an account that is not active", mail: Samples.mail(),
            view: {
                var view = Samples.view()
                view.accounts[0].state = .unvalidated
                return view
            }(), verdict: .restricted, reason: "access.account-not-active"),
        Case(
            name: "a customs office by its code",
            mail: Samples.mail(
                subject: "Additional role request", text: "Additional role, customs office HR000101. Ana Kovač"),
            view: Samples.view([
                Samples.request(kind: "customs-office", operatorID: nil, authorityID: "CO-HR", additional: true)
            ]), verdict: .accepted, reason: "ok", transition: .confirmed),
    ]

    @Test("each mail gets its verdict, its reason and its rules", arguments: cases)
    func verdicts(_ expected: Case) throws {
        let decision = try Samples.judge().judge(expected.mail, view: expected.view, now: Samples.now)
        #expect(decision.verdict == expected.verdict)
        #expect(decision.reason == expected.reason)
        let rules = decision.findings.map { finding in
            switch finding.outcome {
            case .pass: "p"
            case .fail: "f"
            case .skipped: "-"
            }
        }.joined()
        #expect(rules == expected.rules)
        #expect(decision.transition?.to == expected.transition)
        #expect((decision.reply != nil) == decision.verdict.replies)
    }

    @Test("a stranger's answer holds nothing of the registry")
    func stranger() throws {
        let decision = try Samples.judge().judge(Samples.mail(), view: RegistryView(), now: Samples.now)
        let plan = try #require(decision.reply)
        #expect(plan.person == nil)
        #expect(plan.recipient == Samples.address("ana@drvo.example"))
    }

    @Test("the answer to a former mailbox goes to the account's present one")
    func formerMailbox() throws {
        let mail = Samples.mail(from: "ana.old@drvo.example")
        let decision = try Samples.judge().judge(mail, view: Samples.view(), now: Samples.now)
        #expect(decision.reply?.recipient == Samples.address("ana@drvo.example"))
    }

    @Test("of two pending requests the one that kind and organisation fit is taken")
    func matching() throws {
        let requests = [
            Samples.request("R-1"),
            Samples.request("R-2", kind: "customs-office", operatorID: nil, authorityID: "CO-HR"),
        ]
        let decision = try Samples.judge().judge(Samples.mail(), view: Samples.view(requests), now: Samples.now)
        #expect(decision.verdict == .accepted)
        #expect(decision.request == RoleRequestID("R-1"))
    }

    @Test("a mail that fits two pending requests is asked which")
    func ambiguity() throws {
        let view = Samples.view([Samples.request("R-1"), Samples.request("R-2")])
        let decision = try Samples.judge().judge(Samples.mail(), view: view, now: Samples.now)
        #expect(decision.verdict == .ambiguous)
        #expect(decision.request == nil)
        #expect(decision.transition == nil)
        #expect(decision.reply?.person?.requests.map(\.id.text) == ["R-1", "R-2"])
    }

    @Test("what the same sender said earlier in the thread need not be repeated; From, To and Cc must")
    func thread() throws {
        var view = Samples.view()
        view.thread = ThreadContext(
            request: RoleRequestID("R-1"),
            earlier: EarlierFacts(kind: true, firstName: true, lastName: true, organisation: true))
        let answer = Samples.mail(subject: "Re: your mail", text: "Here it is again, with the authority in copy.")
        #expect(try Samples.judge().judge(answer, view: view, now: Samples.now).verdict == .accepted)
        let without = Samples.mail(cc: [], subject: "Re: your mail", text: "Here it is again.")
        #expect(try Samples.judge().judge(without, view: view, now: Samples.now).reason == "cc.missing")
    }

    @Test("an earlier fact fills what a mail leaves open, and does not outvote what it writes otherwise")
    func threadContradicted() throws {
        var view = Samples.view()
        view.thread = ThreadContext(
            request: RoleRequestID("R-1"),
            earlier: EarlierFacts(kind: true, firstName: true, lastName: true, organisation: true))
        let answer = Samples.mail(subject: "Re: your mail", text: "It is for Drvo Sjevar d.o.o. after all.")
        let decision = try Samples.judge().judge(answer, view: view, now: Samples.now)
        #expect(decision.reason == "names.organisation-near")
    }

    @Test("the answer to the question which request is meant is judged with what was said before")
    func ambiguityAnswered() throws {
        var view = Samples.view([Samples.request("R-1"), Samples.request("R-2", operatorID: "OP-2")])
        view.operators[OperatorID("OP-2")] = Operator(id: OperatorID("OP-2"), name: "Kos Timber d.o.o.", country: "HR")
        let both = Samples.mail(
            text: "I ask for the role of FLEGT timber importer for Drvo Sjever d.o.o. and Kos Timber d.o.o. Ana Kovač")
        let first = try Samples.judge().judge(both, view: view, now: Samples.now)
        #expect(first.verdict == .ambiguous)
        #expect(first.facts == EarlierFacts(kind: true, firstName: true, lastName: true, organisation: false))

        view.thread = ThreadContext(request: nil, earlier: first.facts)
        let answer = Samples.mail(subject: "Re: your mail", text: "I mean the one for Kos Timber d.o.o.")
        let second = try Samples.judge().judge(answer, view: view, now: Samples.now)
        #expect(second.verdict == .accepted)
        #expect(second.request == RoleRequestID("R-2"))
    }

    @Test("a former mailbox that two accounts had tells nobody of the other's requests")
    func sharedFormerMailbox() throws {
        var view = Samples.view()
        var other = Samples.ana
        other = Account(
            id: AccountID("A-2"), firstName: "Ivo", lastName: "Babić", mailbox: Samples.address("ivo@drvo.example"),
            formerMailboxes: other.formerMailboxes)
        view.accounts.append(other)
        let decision = try Samples.judge().judge(
            Samples.mail(from: "ana.old@drvo.example"), view: view, now: Samples.now)
        #expect(decision.verdict == .held)
        #expect(decision.reason == "from.former-mailbox-shared")
        #expect(decision.reply == nil)
    }

    @Test("Greece is one country under both of its codes")
    func greece() throws {
        var view = Samples.view()
        view.operators[Samples.drvo.id]?.country = "EL"
        view.competentAuthorities[1].country = "GR"
        #expect(try Samples.judge().judge(Samples.mail(), view: view, now: Samples.now).verdict == .accepted)
    }

    @Test("a pending request that no procedure is for is left to a person")
    func withoutProcedure() throws {
        let view = Samples.view([Samples.request(kind: "beekeeper")])
        let decision = try Samples.judge().judge(Samples.mail(), view: view, now: Samples.now)
        #expect(decision.verdict == .held)
        #expect(decision.reason == "procedure.missing")
    }
}
