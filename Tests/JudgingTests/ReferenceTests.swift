import Defaults
import Foundation
import Mail
import Reading
import Registry
import SenderTrust
import Testing

@testable import Judging

/// Codes in mails: references of requests, and the validation of accounts.
@Suite struct ReferenceTests {
    private static let proofs = ProofCodes(requestDays: 30, accountDays: 7) { text in
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
    private static let mailbox = Samples.ana.mailbox

    private static func reference(_ request: RoleRequest = Samples.request(), daysAgo: Int = 0) -> String {
        let day = Day(of: Samples.now.addingTimeInterval(Double(-daysAgo) * 86_400))
        return proofs.code(for: request, mailbox: mailbox, on: day).text
    }

    /// Two importer requests of one person for one company, which nothing but a reference tells apart.
    private static let twins = [Samples.request("R-1"), Samples.request("R-2")]

    private func judge(
        _ mail: InboundMail, _ view: RegistryView = Samples.view(), required: Bool = false
    ) throws -> Decision {
        try Samples.judge().with(proofs: Self.proofs, requiresReference: required)
            .judge(mail, view: view, now: Samples.now)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var subject = "Role request: FLEGT timber importer"
        let reason: Reason

        init(_ name: String, _ text: String, subject: String? = nil, _ reason: Reason) {
            testDescription = name
            self.text = text
            if let subject { self.subject = subject }
            self.reason = reason
        }
    }

    static let required: [Case] = [
        Case("none", "", "from.reference-missing"),
        Case("the right one in the text", "Reference: \(reference())", "ok"),
        Case("the right one in the title", "", subject: "Role request: FLEGT timber importer [\(reference())]", "ok"),
        Case("the right one in what is quoted", "\nOn Monday, TRACES wrote:\n> Reference: \(reference())", "ok"),
        Case("one of thirty days ago", reference(daysAgo: 30), "ok"),
        Case("one of thirty-one days ago", reference(daysAgo: 31), "from.reference-expired"),
        Case("one of another request", reference(Samples.request("R-9")), "from.reference-wrong"),
        Case("one with a typing error", "PR-7K2M-9QXT-3FGH-ABCD", "from.reference-wrong"),
        Case("a wrong one beside the right one", "PR-7K2M-9QXT-3FGH-ABCD \(reference())", "ok"),
        Case(
            "a code that validates accounts", proofs.code(validating: Samples.ana, on: Day(of: Samples.now)).text,
            "from.reference-missing"),
    ]

    @Test(arguments: required)
    func `where a reference is asked for, nothing else moves the request`(it: Case) throws {
        let mail = Samples.mail(subject: it.subject, text: Samples.importerText + "\n" + it.text)
        let decision = try judge(mail, required: true)
        #expect(decision.reason == it.reason)
        #expect(decision.verdict == (it.reason == "ok" ? .accepted : .incomplete))
        #expect((decision.transition != nil) == (it.reason == "ok"))
    }

    @Test func `a reference is used up by a change of status`() throws {
        let mail = Samples.mail(text: Samples.importerText + "\n" + Self.reference())
        var reopened = Samples.request()
        reopened.round = 3
        let decision = try judge(mail, Samples.view([reopened]), required: true)
        #expect(decision.verdict == .incomplete)
        #expect(decision.reason == "from.reference-used")
    }

    @Test func `who wrote without it is sent it, at the mailbox of the account`() throws {
        let decision = try judge(Samples.mail(), required: true)
        #expect(decision.reply?.recipient == Self.mailbox)
        #expect(decision.reply?.person?.requests.map(\.reference) == [Self.reference()])
    }

    @Test func `a mail from a former mailbox gets no reference in its answer's stead`() throws {
        let decision = try judge(Samples.mail(from: "ana.old@drvo.example"), required: true)
        #expect(decision.reason == "from.former-mailbox")
        #expect(decision.reply?.recipient == Self.mailbox)
    }

    @Test func `a stranger is given no reference`() throws {
        let decision = try judge(Samples.mail(), RegistryView(), required: true)
        #expect(decision.verdict == .unmatched)
        #expect(try #require(decision.reply).person == nil)
    }

    @Test func `a reference tells apart what nothing else does`() throws {
        let view = Samples.view(Self.twins)
        #expect(try judge(Samples.mail(), view).verdict == .ambiguous)
        for request in Self.twins {
            let mail = Samples.mail(text: Samples.importerText + "\n" + Self.reference(request))
            let decision = try judge(mail, view)
            #expect(decision.verdict == .accepted)
            #expect(decision.request == request.id)
        }
    }

    @Test func `two references in one mail are asked about`() throws {
        let both = Self.twins.map { Self.reference($0) }.joined(separator: "\n")
        let mail = Samples.mail(text: Samples.importerText + "\n" + both)
        #expect(try judge(mail, Samples.view(Self.twins)).verdict == .ambiguous)
    }

    @Test func `a reference in the new text wins over one that is quoted`() throws {
        let text =
            Samples.importerText + "\nReference: \(Self.reference(Self.twins[1]))\n\nOn Monday, TRACES wrote:\n> "
            + Self.reference(Self.twins[0])
        let decision = try judge(Samples.mail(text: text), Samples.view(Self.twins))
        #expect(decision.request?.text == "R-2")
    }

    @Test func `a mail that names a request which is confirmed already is about no other one`() throws {
        var settled = Samples.request("R-1", status: .confirmed)
        settled.round = 1
        let mail = Samples.mail(text: Samples.importerText + "\n" + Self.reference(Samples.request("R-1")))
        for required in [true, false] {
            let decision = try judge(mail, Samples.view([settled, Samples.request("R-2")]), required: required)
            #expect(decision.verdict == .answered)
            #expect(decision.reason == "match.reference-not-pending")
            #expect(decision.transition == nil)
            #expect(decision.reply?.person?.requests.map(\.id.text) == ["R-1"])
        }
    }

    @Test func `a used reference still names its request where that is open again`() throws {
        var reopened = Samples.request("R-1")
        reopened.round = 2
        let mail = Samples.mail(text: Samples.importerText + "\n" + Self.reference(Samples.request("R-1")))
        let decision = try judge(mail, Samples.view([reopened, Samples.request("R-2")]))
        #expect(decision.request?.text == "R-1")
        #expect(decision.verdict == .accepted)
    }

    @Test func `the subject of an answer only carries a reference along`() throws {
        var settled = Samples.request("R-1", status: .confirmed)
        settled.round = 1
        var mail = Samples.mail(subject: "Re: Role request [\(Self.reference(Samples.request("R-1")))]")
        mail.inReplyTo = [try #require(MessageID("ours@postern.example"))]
        let decision = try judge(mail, Samples.view([settled, Samples.request("R-2")]))
        #expect(decision.verdict == .accepted)
        #expect(decision.request?.text == "R-2")
    }

    @Test func `an account that is not active is given no reference`() throws {
        var view = Samples.view()
        view.accounts[0].state = .unvalidated
        let decision = try judge(Samples.mail(cc: []), view, required: true)
        #expect(decision.verdict == .incomplete)
        #expect(decision.reply?.person?.requests.map(\.reference) == [nil])
    }

    @Test func `without proofs codes are words like others`() throws {
        let mail = Samples.mail(text: Samples.importerText + "\n" + Self.reference())
        let decision = try Samples.judge().judge(mail, view: Samples.view(Self.twins), now: Samples.now)
        #expect(decision.verdict == .ambiguous)
        #expect(decision.reply?.person?.requests.map(\.reference) == [nil, nil])
    }

    // MARK: Validation

    private static func view(_ state: Account.State) -> RegistryView {
        var view = Samples.view([])
        view.accounts[0].state = state
        return view
    }

    private static func code(daysAgo: Int = 0) -> String {
        proofs.code(validating: Samples.ana, on: Day(of: Samples.now.addingTimeInterval(Double(-daysAgo) * 86_400)))
            .text
    }

    @Test(arguments: [
        (Account.State.unvalidated, "Re: Validate your account [\(code())]", "", Reason("account.validated"), true),
        (.unvalidated, "Re:", "> The code is \(code())", "account.validated", true),
        (.unvalidated, "Re:", "The code is \(code(daysAgo: 7))", "account.validated", true),
        (.unvalidated, "Re:", "The code is \(code(daysAgo: 8))", "account.code-expired", false),
        (.unvalidated, "Re:", "The code is PV-7K2M-9QXT-3FGH-ABCD", "account.code-wrong", false),
        (.active, "Re: Validate your account [\(code())]", "", "account.already-active", false),
        (.active, "Re:", "PV-7K2M-9QXT-3FGH-ABCD", "other.not-a-request", false),
        (.disabled, "Re: [\(code())]", "", "other.not-a-request", false),
    ])
    func `an answer with the code makes an unvalidated account active, once`(
        state: Account.State, subject: String, text: String, reason: Reason, activates: Bool
    ) throws {
        let decision = try judge(Samples.mail(subject: subject, text: text), Self.view(state))
        #expect(decision.reason == reason)
        #expect(decision.verdict == (reason == .notARequest ? .held : .answered))
        #expect(decision.activation == (activates ? Samples.ana.id : nil))
        #expect(decision.transition == nil)
    }

    @Test(arguments: [
        ("a sender nobody vouches for", Samples.mail(subject: code(), authentication: nil)),
        ("a forged sender", Samples.mail(subject: code(), authentication: "dmarc=fail header.from=drvo.example")),
        ("a former mailbox", Samples.mail(from: "ana.old@drvo.example", subject: code(), text: "Yes")),
        ("another mailbox of the domain", Samples.mail(from: "eva@drvo.example", subject: code(), text: "Yes")),
        (
            "an automatic reply",
            Samples.mail(
                subject: code(), extra: [HeaderField(name: "Auto-Submitted", value: Array("auto-replied".utf8))])
        ),
        ("an automatic reply by its title", Samples.mail(subject: "Automatische Antwort: [\(code())]")),
        (
            "somebody who wants no account",
            Samples.mail(subject: code(), text: "I did not ask for this. Please cancel my request.")
        ),
    ])
    func `nobody else and no machine validates an account`(who: String, mail: InboundMail) throws {
        var view = Self.view(.unvalidated)
        if who == "another mailbox of the domain" { view = RegistryView() }
        #expect(try judge(mail, view).activation == nil)
    }

    @Test func `a complete mail of an account that is not validated is told so`() throws {
        var view = Samples.view()
        view.accounts[0].state = .unvalidated
        let decision = try judge(Samples.mail(), view)
        #expect(decision.verdict == .restricted)
        #expect(decision.reason == "access.account-not-active")
    }

    @Test func `a validated person's role request in the same thread is a role request`() throws {
        let mail = Samples.mail(text: Samples.importerText + "\n> " + Self.code())
        #expect(try judge(mail).verdict == .accepted)
    }
}
