import Foundation
import GRDB
import Judging
import Mail
import Registry
import Testing

@testable import Store

/// Whom a sender may be taken for whom nobody knows: the database and the registry in memory say the same.
struct LookAlikeTests {
    static let registry = """
        {"type":"authority","id":"CA-HR","role":"FMSCA","name":"Ministarstvo","country":"HR","mailbox":["flegt@mps.example","flegt@ec.europa.eu"]}
        {"type":"authority","id":"CO-HR","role":"CO","code":"HR000101","name":"Carina","country":"HR","mailbox":"info@carina.example"}
        {"type":"account","id":"A-1","firstName":"Ana","lastName":"Horvat","mailbox":"ana@firma.example","formerMailboxes":["ana@drvo.example"]}
        {"type":"account","id":"A-2","firstName":"Ivo","lastName":"Ivić","mailbox":"IVO@šuma.example"}
        {"type":"account","id":"A-3","firstName":"Eva","lastName":"Ević","mailbox":"eva@fir-ma.example"}
        {"type":"account","id":"A-4","firstName":"Eva","lastName":"Ević","mailbox":"ana@fir.ma.example"}

        """

    /// Sender, domains that it may be taken for, and accounts with its local part there.
    static let senders: [(String, [String: String])] = [
        ("Ana@firrna.example", ["firma.example": "A-1", "fir-ma.example": "-", "fir.ma.example": "A-4"]),
        ("eva@firma.example", ["firma.example": "-", "fir-ma.example": "A-3", "fir.ma.example": "-"]),
        ("ana@drv0.example", ["drvo.example": "-"]),
        ("ivo@suma.example", ["xn--uma-zza.example": "A-2"]),
        ("x@ec.europa.eu.evil.example", ["ec.europa.eu": "-"]),
        ("x@mp5.example", [:]), ("x@carlna.example", ["carina.example": "-"]), ("x@firma.org", [:]),
        // Whom the registry knows has no neighbours, former mailboxes included.
        ("ana@firma.example", [:]), ("ana@drvo.example", [:]),
    ]

    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try scratch.store()
        try #require(try await store.importRegistry(text: Self.registry, actor: "test", at: Sample.noon).taken)
    }

    private func neighbours(of sender: String, in store: Store) async throws -> [Neighbour] {
        let key = ViewKey(sender: EmailAddress(sender), answers: [])
        return try #require(try await store.views(for: [key], at: Sample.noon).first).registry.neighbours
    }

    @Test(arguments: senders)
    func `domains that look alike are found, in the database as in memory`(
        sender: String, expected: [String: String]
    ) async throws {
        let index = RegistryFile(chunks: [Array(Self.registry.utf8)]).index
        let found = try await neighbours(of: sender, in: store)
        #expect(found == index.view(for: EmailAddress(sender)).neighbours)
        #expect(Set(found.map { "\($0.domain) \($0.account?.text ?? "-")" }) == Set(expected.map { "\($0) \($1)" }))
    }

    @Test func `many senders of one batch each get their own`() async throws {
        let keys =
            Self.senders.map { ViewKey(sender: EmailAddress($0.0), answers: []) } + [ViewKey(sender: nil, answers: [])]
        let views = try await store.views(for: keys, at: Sample.noon)
        #expect(views.map { Set($0.registry.neighbours.map(\.domain)) } == Self.senders.map { Set($0.1.keys) } + [[]])
    }

    @Test
    func `a mailbox that changes or is made by hand is known by its looks, and a run that is undone leaves nothing`()
        async throws
    {
        let change = #"{"type":"account","id":"A-3","firstName":"Eva","lastName":"Ević","mailbox":"eva@bukva.example"}"#
        _ = try await store.importRegistry(text: change, dryRun: true, actor: "test", at: Sample.noon)
        #expect(try await neighbours(of: "x@bukvva.example", in: store).isEmpty)
        #expect(try await neighbours(of: "x@bvkva.example", in: store).isEmpty)
        _ = try await store.importRegistry(text: change, actor: "test", at: Sample.noon)
        #expect(try await neighbours(of: "eva@bu-kva.example", in: store).map(\.account?.text) == ["A-3"])
        // The domain of before stays known, as a former mailbox does.
        #expect(try await neighbours(of: "x@fir--ma.example", in: store).count == 3)
        let iva = try #require(EmailAddress("iva@jela.example"))
        _ = try await store.create(
            {
                .account(
                    Account(
                        id: AccountID($0), firstName: "Iva", lastName: "I", mailbox: iva))
            }, prefix: "A", action: "account.created", actor: "eva", at: Sample.noon)
        #expect(try await neighbours(of: "iva@je1a.example", in: store).map(\.account?.text) == ["A-L1"])
        try await store.revise(
            .account, "A-L1", setting: [.init("mailbox", .string("iva@bor.example"))], action: "account.changed",
            actor: "eva", at: Sample.noon)
        #expect(try await neighbours(of: "iva@b0r.example", in: store).map(\.account?.text) == ["A-L1"])
    }

    @Test func `a mailbox in U-labels is kept in A-labels, and the same line in either writing changes nothing`()
        async throws
    {
        let line =
            #"{"type":"account","id":"A-2","firstName":"Ivo","lastName":"Ivić","mailbox":"IVO@xn--uma-zza.example"}"#
        #expect(try await store.entry(.account, "A-2")?.json == line)
        for text in [Self.registry, line] {
            let summary = try await store.importRegistry(text: text, actor: "test", at: Sample.noon)
            #expect(summary.added + summary.changed + summary.rejectedCount == 0)
        }
        let key = ViewKey(sender: EmailAddress("ivo@XN--UMA-ZZA.example"), answers: [])
        #expect(try await store.views(for: [key], at: Sample.noon)[0].registry.accounts.map(\.id.text) == ["A-2"])
    }

    @Test func `a database of before knows its domains by their looks once it is brought up to date`() async throws {
        let old = try Scratch()
        defer { withExtendedLifetime(old) {} }
        let raw = try RawDatabase(old.path)
        try Schema.migrator().migrate(raw.queue, upTo: "4 search")
        try raw.execute(
            """
            INSERT INTO account (id, mailbox, entry) VALUES ('A-1', 'ana@firma.example',
                '{"type":"account","id":"A-1","firstName":"A","lastName":"H","mailbox":"ana@firma.example"}');
            INSERT INTO former_mailbox (mailbox, account) VALUES ('ana@drvo.example', 'A-1');
            INSERT INTO authority (id, role, name, country, entry) VALUES ('CA-HR', 'FMSCA', 'M', 'HR',
                '{"type":"authority","id":"CA-HR","role":"FMSCA","name":"M","country":"HR","mailbox":"flegt@mps.example"}');
            INSERT INTO former_official_mailbox (mailbox, authority) VALUES ('flegt@sume.example', 'CA-HR');
            """)
        let store = try old.store()
        for (sender, domain) in [
            ("x@firrna.example", "firma.example"), ("x@drv0.example", "drvo.example"),
            ("x@rnps.example", "mps.example"), ("x@surne.example", "sume.example"),
        ] {
            #expect(try await neighbours(of: sender, in: store).map(\.domain) == [domain])
        }
    }

    @Test func `looks that were made by other rules are made anew when the database is opened for writing`()
        async throws
    {
        let raw = try RawDatabase(scratch.path)
        let before = try raw.text("SELECT group_concat(look || ' ' || domain) FROM known_domain")
        try raw.execute("UPDATE known_domain SET look = 'x' || look; UPDATE known_domain_state SET version = 1")
        #expect(try await neighbours(of: "eva@firma.example", in: store).isEmpty)
        let again = try scratch.store()
        #expect(try await neighbours(of: "eva@firma.example", in: again).count == 3)
        #expect(try raw.text("SELECT group_concat(look || ' ' || domain) FROM known_domain") == before)
    }

    @Test func `an account whose mail is always held for its domain is warned of`() async throws {
        let line = #"{"type":"account","id":"A-9","firstName":"F","lastName":"L","mailbox":"ana@drvо.example"}"#
        let summary = try await store.importRegistry(text: line, actor: "test", at: Sample.noon)
        #expect(
            summary.warnings.map(\.reason) == [
                "mail from ana@xn--drv-ued.example (drvо.example) is always held: a label of the domain mixes letters of several scripts (UTS 39 §5.2)"
            ])
        let other = try Scratch()
        defer { withExtendedLifetime(other) {} }
        let fresh = try await other.store().importRegistry(text: line, actor: "test", at: Sample.noon)
        #expect(fresh.warningCount == 1)
    }
}
