import Mail
import Registry
import SenderTrust
import Testing

@testable import Judging

/// Mails that an operator released as verified: the word stands in for the receiving server's, and for nothing else.
@Suite struct VouchTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var mail: InboundMail
        var vouched = "ana@drvo.example"
        let verdict: Verdict
        let reason: Reason
        /// Nil: the verdict does not rest on the operator's word.
        let authentication: SenderFinding.Authentication?

        var testDescription: String { name }
    }

    private static func obstructed(_ obstacle: TextObstacle) -> InboundMail {
        var mail = Samples.mail(text: "", authentication: nil)
        mail.textObstacle = obstacle
        return mail
    }

    private static func broken(_ problem: StructureProblem) -> InboundMail {
        var mail = Samples.mail(authentication: nil)
        mail.problems = [problem]
        return mail
    }

    private static func field(_ name: String, _ value: String) -> HeaderField {
        HeaderField(name: name, value: Array(value.utf8))
    }

    static let cases: [Case] = [
        Case(
            name: "right, and nobody vouched but the operator", mail: Samples.mail(authentication: nil),
            verdict: .accepted, reason: "ok", authentication: SenderFinding.Authentication.none),
        Case(
            name: "right, and its authentication failed",
            mail: Samples.mail(authentication: "dmarc=fail header.from=drvo.example"), verdict: .accepted, reason: "ok",
            authentication: .fail),
        Case(
            name: "proven by the server: the word is not needed", mail: Samples.mail(), verdict: .accepted,
            reason: "ok",
            authentication: nil),
        Case(
            name: "From doubtful, and only one address in it",
            mail: Samples.mail(from: "\"ana@drvo.example\" <ana@drvo.example>"), verdict: .accepted, reason: "ok",
            authentication: SenderFinding.Authentication.none),
        Case(
            name: "another's word", mail: Samples.mail(authentication: nil), vouched: "ben@drvo.example",
            verdict: .held, reason: "authentication.missing", authentication: nil),
        Case(
            name: "two in From", mail: Samples.mail(from: "ana@drvo.example, ben@drvo.example"), verdict: .held,
            reason: "sender.several-addresses", authentication: nil),
        Case(
            name: "two From fields",
            mail: Samples.mail(authentication: nil, extra: [field("From", "ben@evil.example")]), verdict: .held,
            reason: "sender.two-from", authentication: nil),
        Case(
            name: "the header is doubtful besides", mail: broken(.bareLF), verdict: .held, reason: "structure.bare-lf",
            authentication: nil),
        Case(
            name: "Resent fields",
            mail: Samples.mail(authentication: nil, extra: [field("Resent-From", "a@b.example")]),
            verdict: .held, reason: "structure.resent", authentication: nil),
        Case(
            name: "no Cc", mail: Samples.mail(cc: [], authentication: nil), verdict: .incomplete, reason: "cc.missing",
            authentication: SenderFinding.Authentication.none),
        Case(
            name: "the support mailbox is not in To", mail: Samples.mail(to: ["a@traces.example"], authentication: nil),
            verdict: .incomplete, reason: "to.missing", authentication: SenderFinding.Authentication.none),
        Case(
            name: "no names",
            mail: Samples.mail(text: "I ask for the role of FLEGT timber importer.", authentication: nil),
            verdict: .incomplete, reason: "names.several", authentication: SenderFinding.Authentication.none),
        Case(
            name: "encrypted", mail: obstructed(.encrypted), verdict: .incomplete, reason: "text.encrypted",
            authentication: SenderFinding.Authentication.none),
        Case(
            name: "a retraction",
            mail: Samples.mail(text: "I withdraw my request for the role of importer. Ana Kovač", authentication: nil),
            verdict: .held, reason: "kind.retraction", authentication: SenderFinding.Authentication.none),
        Case(
            name: "a former mailbox", mail: Samples.mail(from: "ana.old@drvo.example", authentication: nil),
            vouched: "ana.old@drvo.example", verdict: .incomplete, reason: "from.former-mailbox",
            authentication: SenderFinding.Authentication.none),
        Case(
            name: "automatic mail",
            mail: Samples.mail(authentication: nil, extra: [field("Auto-Submitted", "auto-replied")]),
            verdict: .ignored, reason: "automatic.auto-submitted", authentication: nil),
        Case(
            name: "our own address", mail: Samples.mail(from: "support@traces.example", authentication: nil),
            vouched: "support@traces.example", verdict: .ignored, reason: "automatic.own-mail", authentication: nil),
    ]

    @Test(arguments: cases)
    func `an operator's word proves the sender, and every other rule holds`(it: Case) throws {
        let vouch = Vouch(sender: Samples.address(it.vouched))
        let decision = try Samples.judge().judge(it.mail, view: Samples.view(), now: Samples.now, vouch: vouch)
        #expect(decision.verdict == it.verdict)
        #expect(decision.reason == it.reason)
        #expect(decision.sender.isVouchedFor == (it.authentication != nil))
        if let authentication = it.authentication { #expect(decision.sender.authentication == authentication) }
        #expect((decision.transition != nil) == (it.verdict == .accepted))
        // Without the word, and unless the server proves the sender, nothing is moved and nobody answered.
        if it.name != "proven by the server: the word is not needed" {
            let plain = try Samples.judge().judge(it.mail, view: Samples.view(), now: Samples.now)
            #expect(plain.transition == nil)
            #expect(plain.reply == nil)
        }
    }

    @Test func `Who may only prepare does not more by an operator's word`() throws {
        var view = Samples.view()
        view.mandates = [
            Mandate(
                account: AccountID("A-1"), economicOperator: "HR12345678901", profile: .administrative,
                representative: nil)
        ]
        let mail = Samples.mail(authentication: nil)
        let plain = try Samples.judge().judge(Samples.mail(), view: view, now: Samples.now)
        let vouched = try Samples.judge().judge(
            mail, view: view, now: Samples.now, vouch: Vouch(sender: Samples.address("ana@drvo.example")))
        #expect(vouched.verdict == plain.verdict)
        #expect(vouched.reason == plain.reason)
        #expect(vouched.transition == plain.transition)
        #expect(vouched.verdict != .accepted)
    }

    @Test func `A second factor that the settings want is wanted all the same`() throws {
        let judge = try Samples.judge().with(proofs: nil, requiresReference: true)
        let decision = judge.judge(
            Samples.mail(authentication: nil), view: Samples.view(), now: Samples.now,
            vouch: Vouch(sender: Samples.address("ana@drvo.example")))
        #expect(decision.verdict == .incomplete)
        #expect(decision.reason == "from.reference-missing")
    }

    @Test func `The registry is asked about the mailbox that the word is about, only where the mail names it`() throws {
        let doubtful = Samples.mail(from: "\"ana@drvo.example\" <ana@drvo.example>")
        let judge = try Samples.judge()
        let ana = Samples.address("ana@drvo.example")
        #expect(judge.key(of: doubtful).sender == nil)
        #expect(judge.key(of: doubtful, vouch: Vouch(sender: ana)).sender == ana)
        let other = Samples.mail(from: "ben@drvo.example")
        #expect(judge.key(of: other, vouch: Vouch(sender: ana)).sender == Samples.address("ben@drvo.example"))
    }
}
