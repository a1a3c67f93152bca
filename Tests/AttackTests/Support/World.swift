import Defaults
import Foundation
import Judging
import Mail
import MailParsing
import Registry
import Replies
import SenderTrust

@testable import postern

/// The installation that is attacked: a registry with the victim's pending request, the real parser, judge and renderer.
enum World {
    static let support = "support@traces.example"
    static let arrival = "; Fri, 20 Nov 2026 08:12:44 +0000"
    /// 2026-11-20T12:00:00Z.
    static let now = Date(timeIntervalSince1970: 1_795_176_000)

    /// The victim's mail as it should be, without what the border writes and without From.
    static let usualRest = [
        "To: TRACES Support <support@traces.example>",
        "Cc: flegt@ministry.example",
        "Subject: Role request: FLEGT timber importer",
        "Date: Fri, 20 Nov 2026 08:12:41 +0000",
        "Message-ID: <1@mailer.example>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ]

    static let usualText =
        "Dear team,\r\nI ask for the role of FLEGT timber importer.\r\n"
        + "My name is Zvonimira Kova\u{10D}evi\u{107}, the company is Drvo Sjever d.o.o.\r\nKind regards\r\n"

    static let registry = """
        {"type":"authority","id":"CA-7700","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo poljoprivrede","country":"HR","mailbox":"flegt@ministry.example"}
        {"type":"operator","id":"OP-7701","name":"Drvo Sjever d.o.o.","country":"HR","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"HR77026310945"}]}
        {"type":"eori","number":"HR77026310945","validFrom":"2020-01-01","validTo":null}
        {"type":"account","id":"A-7703","firstName":"Zvonimira","lastName":"Kovačević","mailbox":"admin@victim.example","language":"en","state":"active"}
        {"type":"request","id":"R-7704","account":"A-7703","kind":"importer","operator":"OP-7701","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}

        """

    /// What only the registry knows, lower case: none of it may stand in a mail to a stranger.
    static let secrets = [
        "ca-7700", "fmsca-hr", "ministarstvo", "poljoprivrede", "ministry.example", "op-7701", "drvo", "sjever",
        "hr77026310945", "a-7703", "zvonimira", "kovačević", "kovacevic", "admin@victim.example", "r-7704",
    ]

    static let victim = EmailAddress("admin@victim.example")

    /// Parser, judge and renderer, made once: that takes seconds in a debug build.
    static func bench() throws -> Bench { try shared.get() }

    private static let shared = Result { try Bench() }

    /// What judges and answers, put together as the daemon does it.
    struct Bench: Sendable {
        struct NotMade: Error { let what: String }

        let parser = GMimeParser()
        let judge: Judge
        let renderer: ReplyRenderer
        let index: RegistryIndex

        init() throws {
            guard let support = EmailAddress(World.support) else { throw NotMade(what: World.support) }
            let file = RegistryFile(chunks: [Array(World.registry.utf8)])
            guard file.problems.isEmpty else { throw NotMade(what: "\(file.problems)") }
            index = file.index
            let key = Array("the key of this installation, 32 b".utf8)
            let files = try ConfigFiles()
            renderer = try ReplyRenderer(
                settings: ReplySettings(
                    supportAddress: support, supportAddresses: [support], displayName: "TRACES Support Team",
                    messageIDDomain: "postern.traces.example", hmacKey: key),
                wordings: try files.names(in: "wording").map { try files.decode(Wording.self, from: $0) },
                templates: ReplyTemplates(
                    text: try files.text("templates/reply.txt.mustache"),
                    html: try files.text("templates/reply.html.mustache")),
                procedures: try JudgeAssembly.procedures(files, ids: nil))
            judge = try JudgeAssembly.judge(
                files: files, procedures: nil, trust: TrustSettings(authservID: "mx.example"),
                support: SupportIdentity(addresses: [support], messageIDDomain: "postern.traces.example"),
                proofs: ProofCodes(mark: KeyedMark(key: key).callAsFunction), isOwnMessageID: renderer.messageIDs.isOwn)
        }

        /// The whole way of a mail from its bytes: the decision, and the mail that answers it.
        func run(_ bytes: [UInt8]) throws -> (decision: Decision, reply: OutboundMail?) {
            let mail: InboundMail
            do {
                mail = try parser.parse(RawMail(bytes: bytes))
            } catch {
                return (.held(unread: Reason(error.code)), nil)
            }
            let decision = judge.judge(mail, view: index.view(for: judge.key(of: mail).sender), now: World.now)
            guard decision.reply != nil else { return (decision, nil) }
            return (decision, try renderer.compose(decision, seed: "1", at: World.now))
        }

        /// The decision when the store, by whatever fault, lays open all that it knows of the victim.
        func runWithVictimsView(_ bytes: [UInt8]) throws -> Decision {
            let mail = try parser.parse(RawMail(bytes: bytes))
            return judge.judge(mail, view: index.view(for: World.victim), now: World.now)
        }
    }
}

extension Decision {
    /// `verdict reason`.
    var outcome: String { "\(verdict.rawValue) \(reason.code)" }
}
