import Foundation
import GRDB
import Judging
import Mail
import Registry
import Testing

@testable import Store

/// The mails of these threads: mail 1 is answered by r1, mail 2 by r2, …
struct ThreadTests {
    private let scratch: Scratch
    private let store: Store
    private static let zeljko = "zeljko@drvo.example"

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private func thread(_ sender: String = zeljko, answers: [String]) async throws -> ThreadContext? {
        let key = ViewKey(
            sender: EmailAddress(sender), answers: answers.compactMap { MessageID("\($0)@postern.example") })
        return try await store.views(for: [key], at: Sample.noon).first?.registry.thread
    }

    /// Records a mail that gave `facts`, answers `answers`, and is answered by `reply`.
    private func record(
        _ entry: JournalID, request: String? = "R-1", sender: String = zeljko,
        authentication: SenderFinding.Authentication = .pass, facts: EarlierFacts, answers: [String] = [],
        reply: String? = nil
    ) async throws {
        let ruling = Sample.ruling(
            entry, request: request, sender: sender, authentication: authentication, facts: facts,
            reply: try reply.map { try Sample.reply($0) }, references: answers.map { "\($0)@postern.example" })
        #expect(try await store.record([ruling], at: Sample.noon) == [])
    }

    private func importLine(_ line: String) async throws {
        let summary = try await store.importRegistry(text: line, actor: "test", at: Sample.noon)
        try #require(summary.taken)
    }

    @Test func `an answer to our reply brings the request, and what the same sender gave in this thread`() async throws
    {
        let ids = try await Sample.deliver(5, to: store)
        try await record(ids[0], facts: EarlierFacts(kind: true), reply: "r1")
        try await record(ids[1], facts: EarlierFacts(lastName: true), answers: ["r1"], reply: "r2")
        try await record(
            ids[2], sender: "other@x.example", facts: EarlierFacts(organisation: true), answers: ["r1"], reply: "r3")
        try await record(ids[3], authentication: .none, facts: EarlierFacts(firstName: true), answers: ["r1"])
        let both = ThreadContext(
            request: RoleRequestID("R-1"), earlier: EarlierFacts(kind: true, lastName: true))
        #expect(try await thread(answers: ["unknown", "r2", "r1"]) == both)
        #expect(try await thread("ana@mps.example", answers: ["r1"])?.earlier == EarlierFacts())
        #expect(try await thread("other@x.example", answers: ["r3"])?.earlier == EarlierFacts())
        #expect(try await thread(answers: ["unknown"]) == nil)
    }

    @Test func `facts of another thread don't count, though the request is the same`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        try await record(ids[0], facts: EarlierFacts(kind: true), reply: "r1")
        try await record(ids[1], facts: EarlierFacts(lastName: true), reply: "r2")
        #expect(try await thread(answers: ["r1"])?.earlier == EarlierFacts(kind: true))
        #expect(try await thread(answers: ["r2"])?.earlier == EarlierFacts(lastName: true))
    }

    @Test func `a thread is followed back where References were cut, and forth to mails beside it`() async throws {
        let ids = try await Sample.deliver(4, to: store)
        try await record(ids[0], facts: EarlierFacts(kind: true), reply: "r1")
        try await record(ids[1], facts: EarlierFacts(firstName: true), answers: ["r1"], reply: "r2")
        try await record(ids[2], facts: EarlierFacts(lastName: true), answers: ["r2"], reply: "r3")
        try await record(ids[3], facts: EarlierFacts(organisation: true), answers: ["r1"])
        let all = EarlierFacts(kind: true, firstName: true, lastName: true, organisation: true)
        for last in ["r1", "r2", "r3"] { #expect(try await thread(answers: [last])?.earlier == all) }
    }

    @Test func `a mail joins the thread of the newest reply that it names`() async throws {
        let ids = try await Sample.deliver(3, to: store)
        try await record(ids[0], facts: EarlierFacts(kind: true), reply: "r1")
        try await record(ids[1], facts: EarlierFacts(firstName: true), reply: "r2")
        try await record(ids[2], facts: EarlierFacts(lastName: true), answers: ["r1", "r2", "unknown"], reply: "r3")
        #expect(try await thread(answers: ["r3"])?.earlier == EarlierFacts(firstName: true, lastName: true))
        #expect(try await thread(answers: ["r1"])?.earlier == EarlierFacts(kind: true))
    }

    @Test func `a mail that names a later reply, or one to itself, begins a thread of its own`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        try await record(ids[1], facts: EarlierFacts(kind: true), reply: "r2")
        try await record(ids[0], facts: EarlierFacts(firstName: true), answers: ["r2", "r1"], reply: "r1")
        #expect(try await thread(answers: ["r1"])?.earlier == EarlierFacts(firstName: true))
        #expect(try await thread(answers: ["r2"])?.earlier == EarlierFacts(kind: true))
    }

    @Test func `an open question keeps its facts, also once the request is known`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        try await record(ids[0], request: nil, facts: EarlierFacts(firstName: true), reply: "r1")
        try await record(ids[1], facts: EarlierFacts(kind: true), answers: ["r1"], reply: "r2")
        let known = ThreadContext(
            request: RoleRequestID("R-1"), earlier: EarlierFacts(kind: true, firstName: true))
        #expect(try await thread(answers: ["r2"]) == known)
        #expect(try await thread(answers: ["r2", "r1"]) == known)
        let open = ThreadContext(request: nil, earlier: EarlierFacts(firstName: true))
        #expect(try await thread(answers: ["r1"]) == open)
    }

    @Test func `facts about another request of the same thread don't count`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        try await record(ids[0], facts: EarlierFacts(kind: true), reply: "r1")
        try await record(ids[1], request: "R-9", facts: EarlierFacts(organisation: true), answers: ["r1"])
        #expect(try await thread(answers: ["r1"])?.earlier == EarlierFacts(kind: true))
    }

    @Test(arguments: [
        // The operator renamed; the account's holder renamed; the request about another kind.
        (#"{"type":"operator","id":"OP-1","name":"Hrast d.o.o.","country":"HR"}"#, false),
        (
            #"{"type":"account","id":"A-1","firstName":"Ivo","lastName":"Ban","mailbox":"zeljko@drvo.example","state":"active"}"#,
            false
        ),
        (
            #"{"type":"request","id":"R-1","account":"A-1","kind":"economic-operator","operator":"OP-1","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}"#,
            false
        ),
        // Nothing of theirs: another operator, another account, and the same line again.
        (#"{"type":"operator","id":"OP-2","name":"Hrast d.o.o.","country":"HR"}"#, true),
        (#"{"type":"account","id":"A-2","firstName":"Ivo","lastName":"Ban","mailbox":"ana@mps.example"}"#, true),
        (
            #"{"type":"eori","number":"DE1234567","validFrom":"2019-01-01"}"#, true
        ),
        (Sample.registry, true),
    ])
    func `an import voids the facts that rest on what it changes, and no others`(line: String, stay: Bool) async throws
    {
        let ids = try await Sample.deliver(3, to: store)
        let facts = EarlierFacts(kind: true, firstName: true, lastName: true, organisation: true)
        try await record(ids[0], facts: facts, reply: "r1")
        try await record(ids[1], request: nil, facts: facts, reply: "r2")
        #expect(try await thread(answers: ["r1"])?.earlier == facts)
        try await importLine(line)
        let after = stay ? facts : EarlierFacts()
        #expect(try await thread(answers: ["r1"]) == ThreadContext(request: RoleRequestID("R-1"), earlier: after))
        #expect(try await thread(answers: ["r2"]) == ThreadContext(request: nil, earlier: after))
        // What is said on the new registry counts.
        try await record(ids[2], facts: EarlierFacts(kind: true), answers: ["r1"], reply: "r3")
        #expect(try await thread(answers: ["r3"])?.earlier == after.union(EarlierFacts(kind: true)))
    }

    @Test func `facts judged on the registry of before an import are void, though written down after it`() async throws
    {
        let ids = try await Sample.deliver(1, to: store)
        #expect(try await thread(answers: []) == nil)
        let other = try scratch.store()
        _ = try await other.importRegistry(
            text: #"{"type":"operator","id":"OP-1","name":"Hrast d.o.o.","country":"HR"}"#, actor: "test",
            at: Sample.noon)
        try await record(ids[0], facts: EarlierFacts(organisation: true), reply: "r1")
        #expect(try await thread(answers: ["r1"])?.earlier == EarlierFacts())
    }

    @Test func `a status that a mail brought about voids nothing`() async throws {
        let ids = try await Sample.deliver(1, to: store)
        let ruling = Sample.ruling(
            ids[0], .accepted, transition: Sample.confirm, facts: EarlierFacts(kind: true),
            reply: try Sample.reply("r1"))
        _ = try await store.record([ruling], at: Sample.noon)
        #expect(try await thread(answers: ["r1"])?.earlier == EarlierFacts(kind: true))
    }

    @Test func `a replayed mail's facts count no more until it is judged again`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        try await record(ids[0], facts: EarlierFacts(kind: true), reply: "r1")
        try await record(ids[1], facts: EarlierFacts(firstName: true), answers: ["r1"], reply: "r2")
        try await store.replay(ids[0], actor: "eva", at: Sample.noon)
        #expect(try await thread(answers: ["r2"])?.earlier == EarlierFacts(firstName: true))
        try await record(ids[0], facts: EarlierFacts(lastName: true), reply: "r1b")
        #expect(try await thread(answers: ["r2"])?.earlier == EarlierFacts(firstName: true, lastName: true))
    }

    @Test func `a database of before threads is brought up to date; its replies are known, its facts void`()
        async throws
    {
        let old = try Scratch()
        let raw = try RawDatabase(old.path)
        try Schema.migrator().migrate(raw.queue, upTo: "1 mail and registry")
        try raw.execute(
            """
            INSERT INTO mailbox (id, name) VALUES (1, 'INBOX');
            INSERT INTO account VALUES ('A-1', 'zeljko@drvo.example',
                '{"type":"account","id":"A-1","firstName":"Ž","lastName":"Š","mailbox":"zeljko@drvo.example"}');
            INSERT INTO journal (id, mailbox, uidvalidity, uid, size, received_at, stored_at, verdict, sender, facts)
                VALUES (1, 1, 7, 1, 9, 0, 0, 'incomplete', 'zeljko@drvo.example', 15);
            INSERT INTO outbox (journal, recipient, recipients, message_id, verdict, state, created_at)
                VALUES (1, 'zeljko@drvo.example', 'zeljko@drvo.example', 'r1@postern.example', 'incomplete', 'sent', 0);
            """)
        #expect(try raw.text("PRAGMA user_version") == "1")
        #expect(throws: StoreFault.self) { try old.store(.read) }
        let store = try old.store()
        #expect(try raw.text("PRAGMA user_version") == "5")
        let key = ViewKey(
            sender: EmailAddress(Self.zeljko), answers: [try #require(MessageID("r1@postern.example"))])
        let view = try #require(try await store.views(for: [key], at: Sample.noon).first)
        #expect(view.registry.accounts.map(\.id.text) == ["A-1"])
        #expect(view.registry.thread == ThreadContext(request: nil, earlier: EarlierFacts()))
    }
}
