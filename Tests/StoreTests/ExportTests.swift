import Foundation
import Judging
import Registry
import Store
import Synchronization
import Testing

struct ExportTests {
    private func export(_ store: Store, _ types: Set<RegistryEntry.EntityType> = []) async throws -> String {
        let bytes = Mutex<[UInt8]>([])
        let count = try await store.exportRegistry(types) { piece in bytes.withLock { $0 += piece } }
        let text = String(decoding: bytes.withLock { $0 }, as: UTF8.self)
        #expect(text.split(separator: "\n").count == count)
        return text
    }

    /// A registry that has moved on: a confirmed request whose line never gave a status, a validated account, mailboxes
    /// that went, unknown members.
    private func livedIn(_ scratch: Scratch) async throws -> Store {
        let store = try await Sample.store(scratch)
        let lines = """
            {"type":"account","id":"A-1","firstName":"Željko","lastName":"Šarić","mailbox":"new@drvo.example","zip":"10000"}
            {"type":"authority","id":"CA-SI","role":"FMSCA","name":"Ministrstvo","country":"SI","mailbox":["b@mkg.example","a@mkg.example"]}
            {"type":"request","requestedAt":"2026-11-01T09:00:00Z","id":"R-0","account":"A-1","kind":"importer","operator":"OP-2"}
            """
        try #require(try await store.importRegistry(text: lines, actor: "test", at: Sample.noon).taken)
        let ids = try await Sample.deliver(1, to: store)
        let transition = Transition(request: RoleRequestID("R-0"), from: [.requested], to: .confirmed)
        _ = try await store.record([Sample.ruling(ids[0], .accepted, transition: transition)], at: Sample.noon)
        return store
    }

    @Test func `an export tells the present state, references first, each line in the contract's order`() async throws {
        let scratch = try Scratch()
        let store = try await livedIn(scratch)
        let lines = try await export(store).split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(2) == [
                #"{"type":"account","id":"A-1","firstName":"Željko","lastName":"Šarić","mailbox":"new@drvo.example","formerMailboxes":[{"mailbox":"zeljko@drvo.example","validTo":"2026-11-20"}],"zip":"10000"}"#,
                #"{"type":"account","id":"A-2","firstName":"Ana","lastName":"Horvat","mailbox":"ana@mps.example","formerMailboxes":["ana@old.example"]}"#,
            ])
        #expect(
            lines.contains(
                #"{"type":"request","id":"R-0","account":"A-1","kind":"importer","operator":"OP-2","status":"confirmed","requestedAt":"2026-11-01T09:00:00Z"}"#
            ))
        let types = lines.compactMap { RegistryEntry(json: Array($0.utf8))?.type.rawValue }
        #expect(
            types == [
                "account", "account", "operator", "operator", "authority", "authority", "authority", "request",
                "request", "request", "role", "eori", "eori", "mandate", "delegation",
            ])
    }

    @Test func `taken up by an empty store it is exported again byte for byte`() async throws {
        let (scratch, fresh) = (try Scratch(), try Scratch())
        let first = try await export(try await livedIn(scratch))
        let other = try fresh.store()
        let summary = try await other.importRegistry(text: first, actor: "test", at: Sample.noon)
        #expect(summary.taken && summary.added == 15)
        #expect(try await export(other) == first)
    }

    @Test func `taken up by its own store it changes no status and nothing that is exported`() async throws {
        let scratch = try Scratch()
        let store = try await livedIn(scratch)
        let first = try await export(store)
        #expect(try await store.importRegistry(text: first, actor: "test", at: Sample.noon).taken)
        #expect(try await store.status(of: "R-0") == .confirmed)
        #expect(try await export(store) == first)
        let again = try await store.importRegistry(text: first, actor: "test", at: Sample.noon)
        #expect(again.unchanged == 15)
    }

    @Test func `types can be chosen, and come in the order of the whole`() async throws {
        let scratch = try Scratch()
        let store = try await Sample.store(scratch)
        let lines = try await export(store, [.eori, .operator]).split(separator: "\n")
        #expect(
            lines.map { $0.prefix(17) } == [
                #"{"type":"operator"#, #"{"type":"operator"#, #"{"type":"eori","nu"#.prefix(17),
                #"{"type":"eori","nu"#.prefix(17),
            ])
    }

    @Test func `a taker that fails ends the export`() async throws {
        struct Full: Error {}
        let scratch = try Scratch()
        let store = try await Sample.store(scratch)
        await #expect(throws: StoreFault.self) { try await store.exportRegistry { _ in throw Full() } }
        #expect(try await store.status(of: "R-1") == .requested)
    }
}
