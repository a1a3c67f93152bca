import Defaults
import Foundation
import Mail
import Reading
import Registry
import SenderTrust

@testable import Judging

/// A small registry and an acceptable mail, which tests then spoil one thing at a time.
enum Samples {
    static let now = Date(timeIntervalSince1970: 1_793_534_400)  // 2026-11-01T12:00:00Z

    static func address(_ text: String) -> EmailAddress {
        guard let address = EmailAddress(text) else { fatalError("\(text) is no address") }
        return address
    }

    static func day(_ text: String) -> Day {
        guard let day = Day(text) else { fatalError("\(text) is no day") }
        return day
    }

    static let ana = Account(
        id: AccountID("A-1"), firstName: "Ana", lastName: "Kovač", mailbox: address("ana@drvo.example"),
        formerMailboxes: [DatedMailbox(address("ana.old@drvo.example"))], language: "hr")

    static let drvo = Operator(
        id: OperatorID("OP-1"), name: "Drvo Sjever d.o.o.", country: "HR",
        identifiers: [.init(scheme: "EORI", value: "HR12345678901")])

    static let ministryHR = Authority(
        id: AuthorityID("CA-HR"), role: .memberStateCompetentAuthority, code: "FMSCA-HR",
        name: "Ministarstvo poljoprivrede", country: "HR", mailboxes: [DatedMailbox(address("flegt@mps.example"))],
        formerMailboxes: [DatedMailbox(address("flegt@old-mps.example"))])

    static let officeDE = Authority(
        id: AuthorityID("CA-DE"), role: .memberStateCompetentAuthority, code: "FMSCA-DE",
        name: "Bundesanstalt", country: "DE", mailboxes: [DatedMailbox(address("flegt@ble.example"))])

    static let customsZagreb = Authority(
        id: AuthorityID("CO-HR"), role: .customsOffice, code: "HR000101", name: "Carinski ured Zagreb", country: "HR")

    static func request(
        _ id: String = "R-1", kind: String = "importer", operatorID: String? = "OP-1", authorityID: String? = nil,
        additional: Bool = false, status: RoleRequest.Status = .requested
    ) -> RoleRequest {
        RoleRequest(
            id: RoleRequestID(id), account: AccountID("A-1"), kind: RoleRequest.Kind(kind),
            operatorID: operatorID.map { OperatorID($0) }, authorityID: authorityID.map { AuthorityID($0) },
            additional: additional, status: status, requestedAt: now)
    }

    static func view(_ requests: [RoleRequest] = [request()]) -> RegistryView {
        RegistryView(
            accounts: [ana], requests: requests, operators: [drvo.id: drvo],
            authorities: [ministryHR.id: ministryHR, customsZagreb.id: customsZagreb],
            competentAuthorities: [officeDE, ministryHR])
    }

    static let importerText = """
        Dear team,
        I ask for the role of FLEGT timber importer. My name is Ana Kovač, the company is Drvo Sjever d.o.o.
        Kind regards
        """

    static func mail(
        from: String = "Ana Kovač <ana@drvo.example>", to: [String] = ["support@traces.example"],
        cc: [String] = ["flegt@mps.example"], subject: String = "Role request: FLEGT timber importer",
        text: String = importerText, authentication: String? = "dmarc=pass header.from=drvo.example",
        extra: [HeaderField] = []
    ) -> InboundMail {
        func field(_ name: String, _ value: String) -> HeaderField { HeaderField(name: name, value: Array(value.utf8)) }
        var fields = [field("Return-Path", "<ana@drvo.example>")]
        if let authentication { fields.append(field("Authentication-Results", "mx.traces.example; \(authentication)")) }
        fields.append(
            field("Received", "from out.drvo.example by mx.traces.example with ESMTPS; Sun, 1 Nov 2026 10:00:00 +0000"))
        fields += extra
        let encodedFrom = from.replacingOccurrences(of: "Ana Kovač", with: "=?utf-8?Q?Ana_Kova=C4=8D?=")
        fields += [
            field("From", encodedFrom), field("To", to.joined(separator: ", ")),
            field("Cc", cc.joined(separator: ", ")), field("Subject", subject),
            field("Message-ID", "<m1@drvo.example>"), field("Date", "Sun, 1 Nov 2026 10:00:00 +0000"),
        ]
        func entries(_ list: [String]) -> [AddressEntry] {
            list.map { AddressEntry(address: EmailAddress($0), written: $0) }
        }
        return InboundMail(
            header: HeaderBlock(fields: fields), to: entries(to), cc: entries(cc), subject: subject,
            messageID: MessageID("m1@drvo.example"), texts: [TextPart(kind: .plain, text: text)])
    }

    /// The judge that all tests share: making one takes seconds in a debug build.
    static func judge() throws -> Judge { try shared.get() }

    private static let shared = Result { try makeJudge() }

    private static func makeJudge() throws -> Judge {
        let files = try ConfigFiles()
        let lexicon = Lexicon(try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) })
        let procedures = try files.names(in: "procedures").map { try files.decode(Procedure.self, from: $0) }
        return Judge(
            procedures: procedures, lexicon: lexicon, trust: TrustSettings(authservID: "mx.traces.example"),
            support: SupportIdentity(
                addresses: [address("support@traces.example")], messageIDDomain: "postern.traces.example"))
    }
}
