import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

struct ViewTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private func key(_ sender: String?, answers: [String] = []) -> ViewKey {
        ViewKey(sender: sender.flatMap { EmailAddress($0) }, answers: answers.compactMap { MessageID($0) })
    }

    private func view(_ sender: String?, answers: [String] = []) async throws -> SenderView {
        try #require(try await store.views(for: [key(sender, answers: answers)], at: Sample.noon).first)
    }

    @Test func `views come in the keys' order, each with its own account`() async throws {
        let views = try await store.views(
            for: [
                key("ana@mps.example"), key(nil), key("ZELJKO@drvo.example"), key("who@x.example"),
                key("ana@mps.example"),
            ],
            at: Sample.noon)
        #expect(views.map { $0.registry.accounts.map(\.id.text) } == [["A-2"], [], ["A-1"], [], ["A-2"]])
        #expect(views.map { $0.registry.requests.map(\.id.text) } == [["R-2"], [], ["R-1"], [], ["R-2"]])
        #expect(views.allSatisfy { $0.registry.competentAuthorities.map(\.id.text) == ["CA-HR", "CA-SI"] })
        #expect(views.allSatisfy { $0.recentReplies.isEmpty && $0.registry.thread == nil })
    }

    @Test(arguments: ["zeljko@drvo.example", "ana@mps.example", "ana@old.example", "nobody@x.example"])
    func `the database's view is the view of the registry in memory`(sender: String) async throws {
        let index = RegistryFile(chunks: [Array(Sample.registry.utf8)]).index
        let (one, other) = (try await view(sender).registry, index.view(for: EmailAddress(sender)))
        #expect(one.accounts == other.accounts)
        #expect(one.requests == other.requests)
        #expect(one.operators == other.operators)
        #expect(one.authorities == other.authorities)
        #expect(one.roles == other.roles)
        #expect(one.competentAuthorities == other.competentAuthorities)
        #expect(one.longerNames == other.longerNames)
        #expect(one.mandates == other.mandates)
        #expect(one.delegations == other.delegations)
        #expect(one.eoris == other.eoris)
    }

    @Test func `names that contain an organisation's come along, and a new one is seen at once`() async throws {
        #expect(try await view("zeljko@drvo.example").registry.longerNames == ["Drvo d.o.o.": ["Drvo Sjever d.o.o."]])
        let other = try scratch.store()
        _ = try await other.importRegistry(
            text: """
                {"type":"operator","id":"OP-3","name":"Staro DRVO j.d.o.o.","country":"HR"}
                {"type":"operator","id":"OP-2","name":"Sjever d.o.o.","country":"HR"}
                {"type":"authority","id":"CA-IT","role":"FMSCA","name":"Drvo e legno","country":"IT"}
                """, actor: "test", at: Sample.noon)
        let registry = try await view("zeljko@drvo.example").registry
        #expect(registry.longerNames == ["Drvo d.o.o.": ["Drvo e legno", "Staro DRVO j.d.o.o."]])
        #expect(registry.competentAuthorities.map(\.id.text) == ["CA-HR", "CA-IT", "CA-SI"])
    }

    @Test func `a request shows its present status`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0], .accepted, transition: Sample.confirm)], at: Sample.noon)
        #expect(try await view("zeljko@drvo.example").registry.requests.map(\.status) == [.confirmed])
    }

    @Test func `two accounts with one mailbox are both seen`() async throws {
        _ = try await store.importRegistry(
            text: #"{"type":"account","id":"A-9","firstName":"X","lastName":"Y","mailbox":"Zeljko@drvo.example"}"#,
            actor: "test", at: Sample.noon)
        #expect(try await view("zeljko@drvo.example").registry.accounts.map(\.id.text) == ["A-1", "A-9"])
    }

    @Test func `a former mailbox that was dropped is forgotten`() async throws {
        _ = try await store.importRegistry(
            text: #"{"type":"account","id":"A-2","firstName":"Ana","lastName":"Horvat","mailbox":"ana@mps.example"}"#,
            actor: "test", at: Sample.noon)
        #expect(try await view("ana@old.example").registry.accounts.isEmpty)
    }

    @Test func `replies of the last day are counted by verdict, also those to the present mailbox`() async throws {
        let ids = try await Sample.deliver(5, to: store)
        let plan: [(Verdict, String, Double)] = [
            (.incomplete, "ana@mps.example", -25), (.incomplete, "ANA@mps.example", -23),
            (.incomplete, "ana@mps.example", -1), (.answered, "ana@mps.example", 0),
            (.answered, "zeljko@drvo.example", 0),
        ]
        for (id, (verdict, recipient, hours)) in zip(ids, plan) {
            _ = try await store.record(
                [Sample.ruling(id, verdict, reply: try Sample.reply("r\(id)", to: recipient))],
                at: Sample.noon.addingTimeInterval(hours * 3600))
        }
        #expect(try await view("ana@mps.example").recentReplies == [.incomplete: 2, .answered: 1])
        #expect(try await view("ana@old.example").recentReplies == [.incomplete: 2, .answered: 1])
        #expect(try await view("zeljko@drvo.example").recentReplies == [.answered: 1])
    }
}
