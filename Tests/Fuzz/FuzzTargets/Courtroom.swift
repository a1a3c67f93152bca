import Defaults
import Foundation
import Judging
import Mail
import MailParsing
import Reading
import Registry
import Replies
import SenderTrust

/// A judge with a small registry of its own, and who writes the replies; made once.
struct Courtroom: Sendable {
    static let authservID = "mx.postern.example"
    static let shared = Result { try Courtroom() }

    let judge: Judge
    let renderer: ReplyRenderer
    let support: EmailAddress
    private let index: RegistryIndex
    private let parser = GMimeParser()
    private let privateWords: [AccountID: [String]]

    /// What one mail came to.
    struct Outcome {
        let mail: InboundMail
        let view: RegistryView
        let decision: Decision
    }

    private init() throws {
        let files = try ConfigFiles()
        let procedures = try files.names(in: "procedures").map { try files.decode(Procedure.self, from: $0) }
        let lexicon = Lexicon(
            try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) },
            ownWording: try files.names(in: "wording").map { try files.decode(OwnWording.self, from: $0) })
        support = try given(EmailAddress("traces-support@postern.example"), "no support address")
        let domain = SupportIdentity.messageIDDomain(for: support)
        judge = Judge(
            procedures: procedures, lexicon: lexicon, trust: TrustSettings(authservID: Self.authservID),
            support: SupportIdentity(addresses: [support], messageIDDomain: domain),
            proofs: ProofCodes { claim in claim.utf8.reduce(7) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } })
        renderer = try ReplyRenderer(
            settings: ReplySettings(
                supportAddress: support, supportAddresses: [support], displayName: "TRACES Support Team",
                messageIDDomain: domain, hmacKey: Array("a key of 32 octets for the fuzzer".utf8)),
            wordings: try files.names(in: "wording").map { try files.decode(Wording.self, from: $0) },
            templates: ReplyTemplates(
                text: try files.text("templates/reply.txt.mustache"),
                html: try files.text("templates/reply.html.mustache")),
            procedures: procedures)
        let file = RegistryFile(chunks: [Array(Self.registry.utf8)])
        try promise(file.problems.isEmpty, "the registry of the fuzzer: \(file.problems)")
        index = file.index
        privateWords = Self.privateWords(of: file.lines.map(\.entry))
    }

    /// 2026-01-14 09:00:00 UTC, two days after the requests.
    let now = Date(timeIntervalSince1970: 1_768_381_200)

    /// Nil where nothing can be made of the bytes.
    func judged(_ bytes: [UInt8]) -> Outcome? {
        guard let mail = try? parser.parse(RawMail(bytes: bytes)) else { return nil }
        let view = index.view(for: judge.key(of: mail).sender)
        return Outcome(mail: mail, view: view, decision: judge.judge(mail, view: view, now: now))
    }

    /// Names, mailboxes, organisations and requests of all accounts but these.
    func privateWords(butOf known: Set<AccountID>) -> [String] {
        privateWords.filter { !known.contains($0.key) }.flatMap(\.value)
    }

    private static func privateWords(of entries: [RegistryEntry]) -> [AccountID: [String]] {
        var words: [AccountID: [String]] = [:]
        var organisations: [String: String] = [:]
        for entry in entries {
            switch entry {
            case .operator(let it): organisations[it.id.text] = it.name
            case .authority(let it): organisations[it.id.text] = it.name
            default: break
            }
        }
        for entry in entries {
            switch entry {
            case .account(let it):
                words[it.id, default: []] += [it.lastName, it.mailbox.text] + it.formerMailboxes.map(\.address.text)
            case .request(let it):
                words[it.account, default: []] += [it.id.text]
                for id in [it.operatorID?.text, it.authorityID?.text].compactMap(\.self) {
                    words[it.account, default: []] += [organisations[id]].compactMap(\.self)
                }
            default: break
            }
        }
        return words
    }

    /// An importer, a customs officer with two requests, somebody who may only prepare, one who may only look, an account without request, one
    /// that is not validated, and one with a former mailbox.
    private static let registry = """
        {"type":"authority","id":"CA-IE","role":"FMSCA","code":"FMSCA-IE","name":"Irish Timber Authority","country":"IE","mailbox":"flegt@timber-authority.example"}
        {"type":"authority","id":"CA-PL","role":"FMSCA","code":"FMSCA-PL","name":"Główny Inspektorat Drewna","country":"PL","mailbox":"flegt@drewno.example"}
        {"type":"authority","id":"CA-HR","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo šumarstva","country":"HR","mailbox":"flegt@sumarstvo.example"}
        {"type":"authority","id":"CO-PL-1","role":"CO","code":"PL321010","name":"Oddział Celny w Gdyni","country":"PL"}
        {"type":"authority","id":"CO-PL-2","role":"CO","code":"PL321020","name":"Oddział Celny w Szczecinie","country":"PL"}
        {"type":"operator","id":"OP-IE","name":"Lee Valley Timber Ltd","country":"IE","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"IE1234567T"}]}
        {"type":"operator","id":"OP-HR","name":"Drvo Sjever d.o.o.","country":"HR","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"HR12345678901"}]}
        {"type":"operator","id":"OP-CO","name":"Nachtigall Furniere GmbH","country":"IE","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"IE7654321T"}]}
        {"type":"eori","number":"IE1234567T","validFrom":"2020-01-01","validTo":null}
        {"type":"eori","number":"HR12345678901","validFrom":"2020-01-01","validTo":null}
        {"type":"account","id":"A-IE","firstName":"Aoife","lastName":"Byrne","mailbox":"aoife.byrne@leevalley.example","language":"en","state":"active"}
        {"type":"account","id":"A-HR","firstName":"Željko","lastName":"Šarić","mailbox":"zeljko@drvo-sjever.example","formerMailboxes":["sef@drvo-sjever.example"],"language":"hr","state":"active"}
        {"type":"account","id":"A-PL","firstName":"Agnieszka","lastName":"Wójcik","mailbox":"agnieszka.wojcik@clo-gdynia.example","language":"pl","state":"active"}
        {"type":"account","id":"A-NO","firstName":"Petronella","lastName":"Quackernack","mailbox":"p.quackernack@nothing-pending.example","language":"nl","state":"active"}
        {"type":"account","id":"A-UN","firstName":"Ulf","lastName":"Unwisperig","mailbox":"ulf@not-yet.example","language":"de","state":"unvalidated"}
        {"type":"account","id":"A-CO","firstName":"Cornelia","lastName":"Leserin","mailbox":"cornelia@read-only.example","language":"de","state":"active"}
        {"type":"mandate","account":"A-CO","economicOperator":"IE7654321T","profile":"consultation"}
        {"type":"mandate","account":"A-HR","economicOperator":"HR12345678901","profile":"administrative"}
        {"type":"request","id":"REQ-IE-7001","account":"A-IE","kind":"importer","operator":"OP-IE","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-01-12T09:10:00Z"}
        {"type":"request","id":"REQ-HR-7002","account":"A-HR","kind":"importer","operator":"OP-HR","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-01-12T13:40:00Z"}
        {"type":"request","id":"REQ-CO-7005","account":"A-CO","kind":"importer","operator":"OP-CO","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-01-12T13:50:00Z"}
        {"type":"request","id":"REQ-PL-7003","account":"A-PL","kind":"customs-office","authority":"CO-PL-1","additional":false,"status":"requested","requestedAt":"2026-01-13T08:30:00Z"}
        {"type":"request","id":"REQ-PL-7004","account":"A-PL","kind":"customs-office","authority":"CO-PL-2","additional":true,"status":"requested","requestedAt":"2026-01-13T08:30:00Z"}

        """
}
