import Mail
import Registry
import Testing

@testable import Judging

/// Mails whose text can't be read, and what their senders are told.
@Suite struct UnreadTextTests {
    private static func mail(
        _ text: String, _ obstacle: TextObstacle?, subject: String = "Role request: FLEGT timber importer",
        attachments: [Mail.Attachment] = []
    ) -> InboundMail {
        var mail = Samples.mail(subject: subject, text: text)
        mail.textObstacle = obstacle
        mail.attachments = attachments
        return mail
    }

    private static let names = "Ana Kovač, Drvo Sjever d.o.o."
    private static let signature = Mail.Attachment(name: "smime.p7s", type: "application/pkcs7-signature")
    private static let form = Mail.Attachment(name: "form.pdf", type: "application/pdf")
    private static let thread = EarlierFacts(kind: true, firstName: true, lastName: true, organisation: true)

    private static func view(_ earlier: EarlierFacts) -> RegistryView {
        var view = Samples.view()
        view.thread = ThreadContext(request: RoleRequestID("R-1"), earlier: earlier)
        return view
    }

    static let cases: [Case] = [
        Case(
            name: "encrypted", mail: mail("", .encrypted), verdict: .incomplete, reason: "text.encrypted",
            rules: "ppppf"),
        Case(
            name: "encrypted, and the title says nothing", mail: mail("", .encrypted, subject: "Hello"),
            verdict: .incomplete, reason: "text.encrypted", rules: "pppff"),
        Case(
            name: "encrypted with a footer", mail: mail("Checked for viruses.", .encrypted), verdict: .incomplete,
            reason: "text.encrypted", rules: "ppppf"),
        Case(
            name: "winmail.dat", mail: mail(" \n", .outlookFormat), verdict: .incomplete, reason: "text.tnef",
            rules: "ppppf"),
        Case(
            name: "a signature that can't be opened", mail: mail("", .sealed), verdict: .incomplete,
            reason: "text.sealed", rules: "ppppf"),
        Case(
            name: "a forwarded mail alone",
            mail: mail("", nil, attachments: [Mail.Attachment(name: nil, type: "message/rfc822")]),
            verdict: .incomplete,
            reason: "text.only-attachments", rules: "ppppf"),
        Case(
            name: "nothing at all", mail: mail("", nil), verdict: .incomplete, reason: "names.several", rules: "ppppf"),
        Case(
            name: "nothing but a signature",
            mail: mail("", nil, attachments: [signature]),
            verdict: .incomplete, reason: "names.several", rules: "ppppf"),
        Case(
            name: "names missing beside an attachment",
            mail: mail("See attachment.", nil, attachments: [form]),
            verdict: .incomplete, reason: "names.several", rules: "ppppf"),
        Case(
            name: "a near miss remains one", mail: mail("Ana Kovacz, Drvo Sjever d.o.o.", .encrypted),
            verdict: .incomplete, reason: "names.last-name-near", rules: "ppppf"),
        Case(
            name: "all of it readable beside something encrypted", mail: mail(names, .encrypted), verdict: .accepted,
            reason: "ok", transition: .confirmed),
        // What can't be read may take back what was said before.
        Case(
            name: "encrypted, after a mail that said all", mail: mail("", .encrypted), view: view(thread),
            verdict: .incomplete, reason: "text.encrypted", rules: "ppppf"),
        Case(
            name: "empty with a picture, after a mail that said all",
            mail: mail("", nil, attachments: [Mail.Attachment(name: "logo.png", type: "image/png")]),
            view: view(thread),
            verdict: .accepted, reason: "ok", transition: .confirmed),
        Case(
            name: "several requests, none told apart", mail: mail("", .encrypted),
            view: Samples.view([
                Samples.request("R-1"),
                Samples.request("R-2", kind: "customs-office", operatorID: nil, authorityID: "CO-HR"),
            ]),
            verdict: .incomplete, reason: "text.encrypted", rules: "ppppf"),
    ]

    @Test("A text that nobody can read is told of", arguments: cases)
    func unread(item: Case) throws {
        let decision = try Samples.judge().judge(item.mail, view: item.view, now: Samples.now)
        #expect(decision.verdict == item.verdict)
        #expect(decision.reason == item.reason)
        #expect(decision.transition?.to == item.transition)
        let rules = decision.findings.map { $0.outcome == .pass ? "p" : $0.outcome == .fail ? "f" : "-" }.joined()
        #expect(rules == item.rules)
    }
}
