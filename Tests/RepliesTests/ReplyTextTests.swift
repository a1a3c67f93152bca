import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import Replies

struct ReplyTextTests {
    @Test
    func `An accepted mail's answer reads as written here`() throws {
        let mail = try Sample.renderer().compose(Sample.accepted(), seed: "1", at: Sample.now)
        let expected = """
            Dear Željko Šarić,

            Your role request is confirmed.

            Your mail meets all the rules and belongs to the request below.

            Your role request

            Number: R-1
            Role: FLEGT timber importer
            Organisation: Drvo Sjever d.o.o.
            Status: confirmed

            What we checked

            1. Sender (From): met
               The mail comes from the mailbox of your TRACES account.

            2. Recipient (To): met
               The mail is addressed to the TRACES support team.

            3. Copy (Cc): met
               The official mailbox of your competent authority is in Cc.

            4. Purpose: met
               The mail says which role you request.

            5. Names: met
               Your first name, your last name and the organisation are in the text.

            What happens next

            1. You need not do anything more.
            2. As soon as the role is granted, you will find it in your TRACES profile.

            Kind regards,
            TRACES Support Team

            This message was sent automatically. If you need help, write to sante-traces@ec.europa.example.

            """
        #expect(try ReadBack(mail.bytes).text == expected)
    }

    @Test
    func `An incomplete mail's answer reads as written here`() throws {
        let mail = try Sample.renderer().compose(Sample.incomplete(), seed: "1", at: Sample.now)
        let expected = """
            Dear Željko Šarić,

            Your mail does not yet meet all the rules.

            The request remains as it was. Please correct the points marked below and write again.

            Your role request

            Number: R-1
            Role: FLEGT timber importer
            Organisation: Drvo Sjever d.o.o.
            Status: requested

            What we checked

            1. Sender (From): met
               The mail comes from the mailbox of your TRACES account.

            2. Recipient (To): met
               The mail is addressed to the TRACES support team.

            3. Copy (Cc): not met
               The official mailbox of your competent authority is in To, not in Cc.
               In your mail: boss@drvo.example
               Expected: flegt@mps.example
               → Move this address from To to Cc.

            4. Purpose: met
               The mail says which role you request.

            5. Names: not met
               Your last name is written differently than in TRACES.
               In your mail: Sarič
               Expected: Željko, Šarić, Drvo Sjever d.o.o.
               → Write it exactly as it stands in TRACES.

            What happens next

            1. Correct the points that are not met.
            2. Send the corrected mail from the mailbox of your TRACES account.

            A mail prepared for you

            Open the link from the mailbox of your TRACES account, check and complete the mail, then send it. Or copy the text below into a new mail.

            <mailto:sante-traces@ec.europa.example?cc=flegt@mps.example&subject=Role%20request%3A%20FLEGT%20timber%20importer&body=Role%20request%3A%20FLEGT%20timber%20importer%0D%0A%0D%0AFirst%20name%3A%20%C5%BDeljko%0D%0ALast%20name%3A%20%C5%A0ari%C4%87%0D%0AOrganisation%3A%20Drvo%20Sjever%20d.o.o.>

            To: sante-traces@ec.europa.example
            Cc: flegt@mps.example
            Subject: Role request: FLEGT timber importer

            Role request: FLEGT timber importer

            First name: Željko
            Last name: Šarić
            Organisation: Drvo Sjever d.o.o.

            Kind regards,
            TRACES Support Team

            This message was sent automatically. If you need help, write to sante-traces@ec.europa.example.

            """
        #expect(try ReadBack(mail.bytes).text == expected)
    }

    @Test
    func `A stranger's answer names nobody and nothing from the registry, even if the plan does`() throws {
        let known = try Sample.plan(account: Sample.account())
        let unknown = try Sample.plan(account: nil, requests: [], authorities: [])
        for plan in [known, unknown] {
            for reason in ["match.no-account", "match.no-pending-request"] as [Reason] {
                let decision = try Sample.decision(
                    .unmatched, reason, findings: Sample.allPassed, plan: plan, request: nil)
                let reply = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes)
                for half in [reply.text, reply.html] {
                    for secret in ["Željko", "Šarić", "Drvo", "R-1", "flegt@mps.example", "zeljko"] {
                        #expect(!half.contains(secret), "\(secret)")
                    }
                }
                #expect(reply.text.hasPrefix("Dear Sir or Madam,\n\nWe could not connect your mail"))
                #expect(
                    reply.text.contains(
                        """
                        To: sante-traces@ec.europa.example
                        Cc: (the official mailbox of your competent authority)
                        Subject: Role request: …

                        Role request: …

                        First name: …
                        Last name: …
                        Organisation: …

                        """))
            }
        }
    }

    @Test
    func `An ambiguous mail's answer gives one link for each request`() throws {
        let plan = try Sample.plan(
            account: Sample.account(),
            requests: [
                Sample.request("R-1"), Sample.request("R-2", actingAs: .agent),
                Sample.request("R-3", kind: "customs-office", additional: true, organisation: "Carinski ured Zagreb"),
            ])
        let decision = try Sample.decision(
            .ambiguous, "match.several", findings: Sample.allPassed, plan: plan, request: nil)
        let text = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes).text
        #expect(text.components(separatedBy: "mailto:").count == 4)
        #expect(text.contains("\nRole: FLEGT timber importer (agent)\n"))
        #expect(text.contains("\nRole: customs office (additional role)\n"))
        #expect(
            text.contains(
                """
                Subject: Additional role request: customs office

                Additional role request: customs office

                First name: Željko
                Last name: Šarić
                Organisation: Carinski ured Zagreb

                """))
    }

    @Test
    func `A status inquiry's answer lists every request with its status and no rules`() throws {
        let plan = try Sample.plan(
            account: Sample.account(),
            requests: RoleRequest.Status.allCases.enumerated().map {
                Sample.request("R-\($0.offset)", status: $0.element)
            })
        let decision = try Sample.decision(.answered, "status.inquiry", plan: plan, request: nil)
        let text = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes).text
        let statuses = text.split(separator: "\n").filter { $0.hasPrefix("Status: ") }
        #expect(
            statuses == [
                "Status: requested", "Status: prepared", "Status: confirmed", "Status: granted", "Status: refused",
                "Status: withdrawn", "Status: expired",
            ])
        #expect(!text.contains("What we checked"))
        #expect(!text.contains("mailto:"))
    }

    @Test
    func `An accepted mail's answer says what the role will permit`() throws {
        var request = Sample.request()
        request.permits = ["licences.introduce", "no.such-key", "licences.consult-own", "licences.introduce"]
        let renderer = try Sample.renderer()
        let plan = try Sample.plan(account: Sample.account(), requests: [request])
        let reply = try ReadBack(renderer.compose(Sample.accepted(plan), seed: "1", at: Sample.now).bytes)
        #expect(
            reply.text.contains(
                """
                Status: confirmed

                What the role permits

                - introduce new FLEGT licences
                - consult the licences that you created

                What we checked

                """))
        #expect(reply.html.contains("<li style=\"margin:0 0 8px;\">introduce new FLEGT licences</li>"))
        let incomplete = try ReadBack(renderer.compose(Sample.incomplete(plan), seed: "1", at: Sample.now).bytes)
        #expect(!incomplete.text.contains("What the role permits"))
    }

    @Test(arguments: [
        ("account.validated", "Your mailbox is confirmed."),
        ("account.already-active", "Your TRACES account is active already."),
        ("account.code-expired", "The code in your mail has expired."),
        ("account.code-wrong", "The code in your mail is not the right one."),
        ("status.inquiry", "This is how your role requests stand."),
    ])
    func `An answer says what its reason says`(reason: String, headline: String) throws {
        let plan = try Sample.plan(account: Sample.account(), requests: [Sample.request()], subject: "")
        let decision = try Sample.decision(.answered, Reason(reason), plan: plan, request: nil)
        let reply = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes)
        #expect(reply.text.hasPrefix("Dear Željko Šarić,\n\n\(headline)\n"))
        #expect(reply.html.contains("\(headline)</h1>"))
        #expect(reply.text.contains("\nNumber: R-1\n"))
        let subject = reason == "status.inquiry" ? "The status of your role requests" : headline
        #expect(reply.field("Subject") == subject)
    }

    @Test
    func `More requests than a reply shows are counted`() throws {
        let plan = try Sample.plan(account: Sample.account(), requests: (1...13).map { Sample.request("R-\($0)") })
        let decision = try Sample.decision(.answered, "status.inquiry", plan: plan, request: nil)
        let text = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes).text
        #expect(text.contains("Number: R-10\n"))
        #expect(!text.contains("Number: R-11\n"))
        #expect(text.contains("\nand 3 more\n"))
    }

    @Test(arguments: [
        ("access.consultation", "Your profile is Consultation: it allows reading only."),
        ("access.second-msca-role", "A user may hold only one such role."),
        ("access.eori-invalid", "is not valid today."),
    ])
    func `A restricted request's answer says what stands in the way`(reason: String, words: String) throws {
        let plan = try Sample.plan(account: Sample.account())
        let decision = try Sample.decision(.restricted, Reason(reason), findings: Sample.allPassed, plan: plan)
        let reply = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes)
        #expect(reply.text.contains(words))
        #expect(reply.html.contains(words))
    }

    @Test(arguments: Procedure.Rule.allCases)
    func `A reason that no wording knows says what its rule says`(rule: Procedure.Rule) throws {
        let plan = try Sample.plan(account: Sample.account())
        let decision = try Sample.decision(
            .incomplete, Reason("\(rule.rawValue).not-heard-of"),
            findings: [Finding(rule, .fail, reason: Reason("\(rule.rawValue).not-heard-of"))], plan: plan)
        let text = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes).text
        let general = [
            "from": "The mail does not come from the mailbox of your TRACES account.",
            "to": "The mailbox of the TRACES support team is not in the To field.",
            "cc": "The official mailbox of your competent authority is not in Cc.",
            "kind": "The mail does not clearly say which role you request.",
            "names": "Your first name, your last name or the organisation is not in the text.",
        ]
        #expect(text.contains("   \(general[rule.rawValue] ?? "?")\n   → "))
        #expect(text.components(separatedBy: ": not checked\n").count == 5)
        #expect(!text.contains("not-heard-of"))
    }

    @Test
    func `A procedure's own kind of request is named by its id until a wording names it`() throws {
        let plan = try Sample.plan(account: Sample.account(), requests: [Sample.request(kind: "cites-importer")])
        let text = try ReadBack(Sample.renderer().compose(Sample.incomplete(plan), seed: "1", at: Sample.now).bytes)
            .text
        #expect(text.contains("\nRole: cites-importer\n"))
        #expect(text.contains("\nSubject: Role request: cites-importer\n"))
    }

    @Test
    func `Words of the mail that are neither addresses, kinds nor names are not repeated`() throws {
        let findings = [
            Finding(.to, .fail, reason: "to.missing", seen: ["Click <http://evil.example/> now", "a@b.example"]),
            Finding(.kind, .fail, reason: "kind.other", seen: ["http://evil.example/kind", "customs-office"]),
            Finding(.names, .fail, reason: "names.first-name-near", seen: ["http://evil.example/name", "Zeljco"]),
        ]
        let decision = try Sample.decision(
            .incomplete, "to.missing", findings: findings, plan: Sample.plan(account: Sample.account()))
        let reply = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes)
        #expect(!reply.text.contains("evil") && !reply.html.contains("evil"))
        #expect(reply.text.contains("In your mail: a@b.example\n"))
        #expect(reply.text.contains("In your mail: customs office\n"))
        #expect(reply.text.contains("In your mail: Zeljco\n"))
    }

    @Test
    func `A reply holds nothing of an earlier one of the same shape`() throws {
        let renderer = try Sample.renderer()
        _ = try renderer.compose(Sample.incomplete(), seed: "1", at: Sample.now)
        let plan = ReplyPlan.person(
            .init(
                account: try Sample.account(firstName: "Ana", lastName: "Novak", mailbox: "ana@les.example"),
                requests: [Sample.request("R-2", organisation: "Les d.d.")],
                authorityMailboxes: [try Sample.address("flegt@uvhvvr.example")],
                answering: AnsweredMail(messageID: try Sample.messageID("x@les.example"))))
        let findings = [
            Finding(.from, .pass), Finding(.to, .pass),
            Finding(
                .cc, .fail, reason: "cc.authority-in-to", seen: ["c@les.example"], wanted: ["flegt@uvhvvr.example"]),
            Finding(.kind, .pass),
            Finding(
                .names, .fail, reason: "names.last-name-near", seen: ["Nowak"], wanted: ["Ana", "Novak", "Les d.d."]),
        ]
        let decision = try Sample.decision(
            .incomplete, "cc.authority-in-to", findings: findings, plan: plan, request: "R-2")
        let later = try renderer.compose(decision, seed: "2", at: Sample.now)
        #expect(later == (try Sample.renderer().compose(decision, seed: "2", at: Sample.now)))
        let reply = try ReadBack(later.bytes)
        for half in [reply.text, reply.html] {
            for other in ["Željko", "Šarić", "Sarič", "Drvo", "drvo", "R-1", "mps", "%C5%"] {
                #expect(!half.contains(other), "\(other)")
            }
        }
    }

    @Test(arguments: Verdict.allCases.filter(\.replies))
    func `Whatever the verdict, a stranger is told nothing that the findings hold`(verdict: Verdict) throws {
        let findings = [
            Finding(.cc, .fail, reason: "cc.missing", seen: ["seen@drvo.example"], wanted: ["flegt@mps.example"]),
            Finding(
                .names, .fail, reason: "names.several", seen: ["Zeljko"], wanted: ["Željko", "Šarić", "Drvo Sjever"]),
        ]
        let decision = try Sample.decision(
            verdict, "cc.missing", findings: findings, plan: Sample.plan(account: nil), request: "R-1",
            transition: Transition(request: RoleRequestID("R-1"), from: [.requested], to: .confirmed))
        let reply = try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes)
        for half in [reply.text, reply.html] {
            for secret in ["Željko", "Šarić", "Zeljko", "Drvo", "R-1", "flegt@mps", "seen@drvo"] {
                #expect(!half.contains(secret), "\(secret)")
            }
        }
    }

    @Test(arguments: [Verdict.held, .refused, .ignored])
    func `A verdict that answers nobody has no reply`(verdict: Verdict) throws {
        let decision = try Sample.decision(verdict, plan: Sample.plan(account: nil))
        #expect(throws: ReplyError.nothingToSay(verdict)) {
            try Sample.renderer().compose(decision, seed: "1", at: Sample.now)
        }
    }

    @Test
    func `The support mailbox never answers itself`() throws {
        let plan = ReplyPlan.stranger(.init(recipient: try Sample.address("TRACES-Support@ec.europa.example")))
        let decision = try Sample.decision(.unmatched, "match.no-account", plan: plan)
        #expect(throws: ReplyError.recipientIsSupport(plan.recipient)) {
            try Sample.renderer().compose(decision, seed: "1", at: Sample.now)
        }
    }
}
