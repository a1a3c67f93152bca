import Defaults
import Foundation
import Judging
import Mail
import Reading
import Registry
import SenderTrust
import Testing

@testable import Replies

/// A mail that a prepared link opens, as the judge reads it.
struct PreparedMailTests {
    /// One request of every kind, with what its mail must say.
    struct Wish: Sendable, CustomTestStringConvertible {
        let kind: String
        var actingAs = RoleRequest.ActingAs.importer
        var additional = false
        var authority: String?
        /// The lexicon's keys that the mail may name.
        let terms: Set<String>

        var testDescription: String { "\(kind) \(actingAs.rawValue)\(additional ? " additional" : "")" }
    }

    static let wishes = [
        Wish(kind: "importer", terms: ["importer"]),
        Wish(kind: "importer", actingAs: .agent, terms: ["importer", "agent"]),
        Wish(kind: "competent-authority", authority: "Ministarstvo poljoprivrede", terms: ["competent-authority"]),
        Wish(kind: "customs-office", authority: "Carinski ured Zagreb", terms: ["customs-office"]),
        Wish(kind: "eudr-operator", terms: ["eudr-operator"]),
        Wish(
            kind: "competent-authority", additional: true, authority: "Ministarstvo poljoprivrede",
            terms: ["competent-authority"]),
        Wish(
            kind: "customs-office", additional: true, authority: "Carinski ured Zagreb", terms: ["customs-office"]),
        // In some countries the competent authority is customs.
        Wish(kind: "competent-authority", authority: "Carinska uprava", terms: ["competent-authority"]),
    ]

    private static let lexicon = Result<Lexicon, any Error> {
        let files = try ConfigFiles()
        return Lexicon(try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) })
    }

    private static let procedures = Result<[Procedure], any Error> {
        let files = try ConfigFiles()
        return try files.names(in: "procedures").map { try files.decode(Procedure.self, from: $0) }
    }

    private static let judge = Result<Judge, any Error> {
        Judge(
            procedures: try procedures.get(), lexicon: try lexicon.get(),
            trust: TrustSettings(authservID: "mx.traces.example"),
            support: SupportIdentity(
                addresses: [try Sample.address(Sample.support)], messageIDDomain: "postern.example"))
    }

    private static let renderer = Result<ReplyRenderer, any Error> { try Sample.renderer() }

    private func summary(_ wish: Wish) -> RequestSummary {
        var request = Sample.request(
            kind: wish.kind, actingAs: wish.actingAs, additional: wish.additional,
            organisation: wish.authority ?? "Drvo Sjever d.o.o.")
        request.reference = "PR-7K2M-9QXT-3FGH-ABCD"
        if wish.kind == "eudr-operator" { request.eori = "HR12345678901" }
        return request
    }

    private func view(_ wish: Wish, _ account: Account) throws -> RegistryView {
        let authority = try Authority(
            id: AuthorityID("CA-1"),
            role: wish.kind == "customs-office" ? .customsOffice : .memberStateCompetentAuthority,
            code: "HR000101", name: wish.authority ?? "Ministarstvo", country: "HR",
            mailboxes: [DatedMailbox(Sample.address("flegt@mps.example"))])
        let company = Operator(
            id: OperatorID("OP-1"), name: "Drvo Sjever d.o.o.", country: "HR",
            identifiers: [.init(scheme: "EORI", value: "HR12345678901")])
        let request = RoleRequest(
            id: RoleRequestID("R-1"), account: account.id, kind: RoleRequest.Kind(wish.kind),
            operatorID: wish.authority == nil ? company.id : nil,
            authorityID: wish.authority == nil ? nil : authority.id,
            actingAs: wish.actingAs, additional: wish.additional, requestedAt: Sample.now)
        let ministry = try Authority(
            id: AuthorityID("CA-HR"), role: .memberStateCompetentAuthority, code: "FMSCA-HR", name: "Ministarstvo",
            country: "HR", mailboxes: [DatedMailbox(Sample.address("flegt@mps.example"))])
        return RegistryView(
            accounts: [account], requests: [request], operators: [company.id: company],
            authorities: [authority.id: authority], competentAuthorities: [ministry])
    }

    /// The mail as somebody sends it who opens the link.
    private func mail(_ link: MailtoLink, from sender: EmailAddress) -> InboundMail {
        func field(_ name: String, _ value: String) -> HeaderField { HeaderField(name: name, value: Array(value.utf8)) }
        func entries(_ list: [EmailAddress]) -> [AddressEntry] {
            list.map { AddressEntry(address: $0, written: $0.text) }
        }
        let header = HeaderBlock(fields: [
            field("Return-Path", "<\(sender.text)>"),
            field(
                "Authentication-Results", "mx.traces.example; dmarc=pass header.from=\(sender.domain)"),
            field(
                "Received", "from out.drvo.example by mx.traces.example with ESMTPS; Sat, 21 Nov 2026 09:00:00 +0000"),
            field("From", sender.text), field("To", link.to.text),
            field("Cc", link.cc.map(\.text).joined(separator: ", ")),
            field("Message-ID", "<m1@drvo.example>"), field("Date", "Sat, 21 Nov 2026 09:00:00 +0000"),
        ])
        return InboundMail(
            header: header, to: entries([link.to]), cc: entries(link.cc), subject: link.subject,
            messageID: MessageID("m1@drvo.example"),
            texts: [TextPart(kind: .plain, text: link.body.joined(separator: "\n"))])
    }

    @Test(arguments: WordingTests.languages, wishes)
    func `The mail of a prepared link says what its request needs`(language: String, wish: Wish) throws {
        var account = try Sample.account()
        account.language = language
        let link = try Self.renderer.get().preparedMail(
            for: summary(wish), account: account, authorityMailboxes: [Sample.address("flegt@mps.example")])
        #expect(link.subject.hasSuffix(" [PR-7K2M-9QXT-3FGH-ABCD]"))
        #expect(link.url.utf8.count <= 2_000 && link.url.contains("&body="))

        let reading = MailReading(
            subject: link.subject, body: [BodyText(kind: .plain, text: link.body.joined(separator: "\n"))],
            lexicon: try Self.lexicon.get())
        let kinds = reading.kinds(ignoringOrganisations: ["Drvo Sjever d.o.o."])
        #expect(!kinds.kinds.isEmpty && wish.terms.isSuperset(of: kinds.kinds.keys), "\(kinds.kinds.keys.sorted())")
        #expect(kinds.request != nil || kinds.additional != nil)
        #expect((kinds.additional != nil) == wish.additional)
        #expect(kinds.retraction == nil && kinds.statusInquiry == nil)
        #expect(reading.leftOut == [])
        #expect(reading.mention(ofName: "Željko").isFound && reading.mention(ofName: "Šarić").isFound)
        #expect(reading.mention(ofOrganisation: wish.authority ?? "Drvo Sjever d.o.o.").isFound)

        let decision = try Self.judge.get().judge(
            mail(link, from: account.mailbox), view: view(wish, account), now: Sample.now)
        #expect(decision.verdict == .accepted, "\(decision.reason)")
        #expect(decision.findings.allSatisfy { $0.outcome == .pass })
    }

    @Test(arguments: WordingTests.languages, wishes)
    func `A link without its body still says what it is for`(language: String, wish: Wish) throws {
        var account = try Sample.account()
        account.language = language
        let link = try Self.renderer.get().preparedMail(for: summary(wish), account: account, authorityMailboxes: [])
        let reading = MailReading(subject: link.subject, body: [], lexicon: try Self.lexicon.get())
        let kinds = reading.kinds()
        #expect(!kinds.kinds.isEmpty && wish.terms.isSuperset(of: kinds.kinds.keys), "\(kinds.kinds.keys.sorted())")
        #expect(kinds.request != nil || kinds.additional != nil)
    }

    @Test
    func `Reference and EORI number stand in link and text, and nowhere when there are none`() throws {
        var request = Sample.request(kind: "eudr-operator")
        request.reference = "PR-7K2M-9QXT-3FGH-ABCD"
        request.eori = "HR12345678901"
        let account = try Sample.account()
        let link = try Self.renderer.get().preparedMail(
            for: request, account: account, authorityMailboxes: [Sample.address("flegt@mps.example")])
        #expect(
            link.body == [
                "Role request: EUDR operator", "", "First name: Željko", "Last name: Šarić",
                "Organisation: Drvo Sjever d.o.o.", "EORI: HR12345678901", "Reference: PR-7K2M-9QXT-3FGH-ABCD",
            ])
        let plan = try Sample.plan(account: account, requests: [request])
        let reply = try ReadBack(Self.renderer.get().compose(Sample.incomplete(plan), seed: "1", at: Sample.now).bytes)
        #expect(reply.text.contains("\n<\(link.url)>\n"))
        #expect(reply.text.contains("\nSubject: Role request: EUDR operator [PR-7K2M-9QXT-3FGH-ABCD]\n"))
        #expect(reply.text.contains("\n\(link.body.joined(separator: "\n"))\n"))
        for half in [reply.text, reply.html] {
            #expect(half.contains("EORI: HR12345678901") && half.contains("Reference: PR-7K2M-9QXT-3FGH-ABCD"))
        }

        let bare = try Self.renderer.get().preparedMail(
            for: Sample.request(), account: account, authorityMailboxes: [])
        #expect(bare.subject == "Role request: FLEGT timber importer")
        #expect(bare.body.count == 5)
    }

    @Test
    func `A link that is too long loses its body and keeps its reference`() throws {
        let long = String(repeating: "Ж", count: 400)
        var request = Sample.request(kind: long, organisation: long)
        request.reference = "PR-7K2M-9QXT-3FGH-ABCD"
        let host = String(repeating: "mail.", count: 30) + "example"
        let authorities = try ["a", "b", "c"].map { try Sample.address("\(String(repeating: $0, count: 60))@\(host)") }
        let link = try Self.renderer.get().preparedMail(
            for: request, account: Sample.account(firstName: long, lastName: long), authorityMailboxes: authorities)
        #expect(link.url.utf8.count <= 2_000)
        #expect(!link.url.contains("&body="))
        #expect(link.url.hasSuffix("%20%5BPR-7K2M-9QXT-3FGH-ABCD%5D"))
        #expect(link.url.contains("cc=\(authorities[0].text)"))
    }

    @Test(arguments: [("fr", "importateur CITES"), ("de", "CITES importer"), ("en", "CITES importer")])
    func `A procedure names its own kind where the wording does not`(language: String, name: String) throws {
        var procedure = Procedure(
            id: "cites", kinds: [RoleRequest.Kind("cites-importer")], governingCountry: .operatorCountry,
            terms: ["cites-importer"], role: "CITES")
        procedure.names = ["en": "CITES importer", "fr": "importateur CITES"]
        var importer = Procedure(
            id: "other", kinds: [RoleRequest.Kind("importer")], governingCountry: .operatorCountry, terms: [], role: "I"
        )
        importer.names = ["en": "somebody else"]
        let renderer = try ReplyRenderer(
            settings: Sample.settings(), wordings: Sample.wordings(), templates: Sample.templates(),
            procedures: [procedure, importer])
        let request = Sample.request(kind: "cites-importer")
        #expect(renderer.roleName(of: request, language: language) == name)
        #expect(renderer.roleName(of: Sample.request(), language: "en") == "FLEGT timber importer")
        var account = try Sample.account()
        account.language = language
        let link = renderer.preparedMail(for: request, account: account, authorityMailboxes: [])
        #expect(link.subject.hasSuffix(": \(name)"))
        let findings = [Finding(.kind, .fail, reason: "kind.other", seen: ["importer"], wanted: ["cites-importer"])]
        let decision = try Sample.decision(
            .incomplete, "kind.other", findings: findings, plan: Sample.plan(account: account, requests: [request]),
            language: language)
        let reply = try ReadBack(renderer.compose(decision, seed: "1", at: Sample.now).bytes)
        #expect(reply.text.contains(": \(name)\n"))
        #expect(!reply.text.contains("cites-importer") && !reply.text.contains("somebody else"))
    }

    @Test
    func `What a role permits is told by the wording's words, in the procedure's order`() throws {
        let renderer = try Self.renderer.get()
        let keys = ["licences.clear", "licences.introduce", "no.such-key", "licences.clear"]
        #expect(
            renderer.permissions(keys, language: "en") == ["clear licences at customs", "introduce new FLEGT licences"])
        #expect(renderer.permissions(["licences.introduce"], language: "de") == ["neue FLEGT-Genehmigungen anlegen"])
        #expect(renderer.permissions(["licences.introduce"], language: nil) == ["introduce new FLEGT licences"])
        #expect(renderer.permissions([], language: "xx") == [])
    }

    @Test(arguments: WordingTests.languages)
    func `Every permission that a shipped procedure names has words`(language: String) throws {
        let renderer = try Self.renderer.get()
        for procedure in try Self.procedures.get() {
            let words = renderer.permissions(procedure.permits, language: language)
            #expect(!words.isEmpty && words.count == procedure.permits.count, "\(procedure.id)")
        }
    }
}
