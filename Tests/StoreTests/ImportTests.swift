import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

struct ImportTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try scratch.store()
    }

    private func take(_ text: String, dryRun: Bool = false, partial: Bool = false) async throws -> ImportSummary {
        try await store.importRegistry(text: text, dryRun: dryRun, partial: partial, actor: "eva", at: Sample.noon)
    }

    private func counts(_ summary: ImportSummary) -> [Int] {
        [summary.added, summary.changed, summary.unchanged, summary.rejectedCount]
    }

    private func export() async throws -> [String] {
        var lines: [String] = []
        for type in RegistryEntry.EntityType.allCases {
            try await store.entries(type) { lines += $0.map(\.json) }
        }
        return lines
    }

    @Test func `an import is idempotent, and gives its lines back`() async throws {
        let first = try await take(Sample.registry)
        #expect(counts(first) == [14, 0, 0, 0])
        #expect(first.taken)
        #expect(try await export().sorted() == Sample.registry.split(separator: "\n").map(String.init).sorted())
        let second = try await take(Sample.registry)
        #expect(counts(second) == [0, 0, 14, 0])
        #expect(try await store.allAudit().map(\.action) == ["registry.imported"])
        #expect(
            try await store.allAudit().first?.detail
                == #"{"added":14,"changed":0,"unchanged":0,"rejected":0,"warnings":0}"#)
    }

    @Test func `the order of the lines does not matter`() async throws {
        let reversed = Sample.registry.split(separator: "\n").reversed().joined(separator: "\n")
        #expect(counts(try await take(reversed)) == [14, 0, 0, 0])
        #expect(try await export().sorted() == Sample.registry.split(separator: "\n").map(String.init).sorted())
    }

    @Test func `a dry run counts and changes nothing`() async throws {
        let summary = try await take(Sample.registry, dryRun: true)
        #expect(counts(summary) == [14, 0, 0, 0])
        #expect(!summary.taken)
        #expect(try await export().isEmpty)
        #expect(try await store.allAudit().isEmpty)
    }

    private let faulty = """
        {"type":"operator","id":"OP-1","name":"Drvo","country":"HR"}
        {"type":"operator","id":"OP-2","name":"Drvo","country":"Croatia"}
        {"type":"request","id":"R-1","account":"A-404","kind":"importer","operator":"OP-1","requestedAt":"2026-11-01T09:00:00Z"}
        {"type":"operator","id":"OP-1","name":"Drvo too","country":"HR"}
        """

    @Test func `one bad line keeps all out, and each is named`() async throws {
        let summary = try await take(faulty)
        #expect(counts(summary) == [1, 0, 0, 3])
        #expect(!summary.taken)
        #expect(summary.rejected.map(\.line) == [2, 3, 4])
        #expect(
            summary.rejected.map(\.reason) == [
                "'country': 'Croatia' is no country code (two capital letters)", "there is no account 'A-404'",
                "operator 'OP-1' stands on line 1 already, with other content",
            ])
        #expect(try await export().isEmpty)
    }

    @Test func `a partial import keeps the good lines`() async throws {
        let summary = try await take(faulty, partial: true)
        #expect(counts(summary) == [1, 0, 0, 3])
        #expect(summary.taken)
        #expect(try await export() == [#"{"type":"operator","id":"OP-1","name":"Drvo","country":"HR"}"#])
    }

    @Test func `a reference resolves to what an earlier import brought`() async throws {
        _ = try await take(Sample.registry)
        let line =
            #"{"type":"request","id":"R-3","account":"A-1","kind":"importer","operator":"OP-2","requestedAt":"2026-11-02"}"#
        #expect(counts(try await take(line)) == [1, 0, 0, 0])
    }

    @Test func `unknown members are counted and kept, and a changed one is a change`() async throws {
        let line = #"{"type":"operator","id":"OP-1","name":"Drvo","country":"HR","vatRate":25,"note":"x"}"#
        let summary = try await take(line)
        #expect(summary.unknownKeys == ["operator.vatRate": 1, "operator.note": 1])
        let changed = line.replacing("25", with: "26")
        #expect(counts(try await take(changed)) == [0, 1, 0, 0])
        #expect(
            try await export() == [
                #"{"type":"operator","id":"OP-1","name":"Drvo","country":"HR","note":"x","vatRate":26}"#
            ])
    }

    @Test func `an export that still says requested does not undo what a mail brought about`() async throws {
        _ = try await take(Sample.registry)
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0], .accepted, transition: Sample.confirm)], at: Sample.noon)
        #expect(counts(try await take(Sample.registry)) == [0, 0, 14, 0])
        #expect(try await store.status(of: "R-1") == .confirmed)
        let other = Sample.registry.replacing("\"actingAs\":\"importer\"", with: "\"actingAs\":\"agent\"")
        #expect(counts(try await take(other)) == [0, 1, 13, 0])
        #expect(try await store.status(of: "R-1") == .confirmed)
        let item = try #require(try await store.entry(.request, "R-1"))
        #expect(item.json.contains("\"status\":\"confirmed\""))
        #expect(item.json.contains("\"actingAs\":\"agent\""))
    }

    @Test func `an export that moves a request on is followed`() async throws {
        _ = try await take(Sample.registry)
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0], .accepted, transition: Sample.confirm)], at: Sample.noon)
        let line =
            #"{"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","requestedAt":"2026-11-01T09:00:00Z","status":"granted"}"#
        #expect(counts(try await take(line)) == [0, 1, 0, 0])
        #expect(try await store.status(of: "R-1") == .granted)
        #expect(counts(try await take(line.replacing("granted", with: "requested"))) == [0, 1, 0, 0])
        #expect(try await store.status(of: "R-1") == .requested)
    }

    @Test func `a file is read in pieces`() async throws {
        let file = scratch.folder.appending(path: "export.jsonl")
        try Sample.registry.write(to: file, atomically: true, encoding: .utf8)
        let chunks = try FileChunks(path: file.path, size: 100)
        let summary = try await store.importRegistry({ try chunks.next() }, actor: "eva", at: Sample.noon)
        #expect(counts(summary) == [14, 0, 0, 0])
        #expect(throws: StoreFault.self) { try FileChunks(path: file.path + "x") }
    }

    @Test func `a source that fails leaves nothing behind`() async throws {
        struct Broken: Error {}
        await #expect(throws: StoreFault.self) {
            try await store.importRegistry({ throw Broken() }, actor: "eva", at: Sample.noon)
        }
        #expect(try await export().isEmpty)
    }

    @Test func `lists filter by status, account and country`() async throws {
        _ = try await take(Sample.registry)
        func ids(_ type: RegistryEntry.EntityType, _ filter: RegistryFilter) async throws -> [String] {
            var ids: [String] = []
            try await store.entries(type, filter) { ids += $0.map(\.entry.key) }
            return ids
        }
        #expect(try await ids(.request, RegistryFilter(status: .requested)) == ["R-1", "R-2"])
        #expect(try await ids(.request, RegistryFilter(status: .granted)) == [])
        #expect(try await ids(.request, RegistryFilter(account: AccountID("A-2"))) == ["R-2"])
        #expect(try await ids(.authority, RegistryFilter(country: "SI")) == ["CA-SI"])
        #expect(try await ids(.authority, RegistryFilter(limit: 2)) == ["CA-HR", "CA-SI"])
        #expect(try await store.entry(.account, "A-404") == nil)
    }
}
