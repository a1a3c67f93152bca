import Foundation
import Mail
import Registry
import Store
import Testing

struct ByHandTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private func make(_ name: String, country: String = "HR", prefix: String = "OP", id: String? = nil)
        async throws(StoreFault) -> RegistryItem
    {
        try await store.create(
            { .operator(Operator(id: OperatorID($0), name: name, country: country)) }, prefix: prefix, id: id,
            action: "operator.created", detail: [JSONValue.Member("country", .string(country))], actor: "user:eva",
            at: Sample.noon)
    }

    @Test func `ids that we give go on, and pass over those that an import brought`() async throws {
        _ = try await store.importRegistry(
            text: #"{"type":"operator","id":"OP-L2","name":"Hrast","country":"HR"}"#, actor: "eva", at: Sample.noon)
        #expect(try await make("Bukva d.o.o.").entry.key == "OP-L1")
        #expect(try await make("Jela d.o.o.").entry.key == "OP-L3")
        #expect(try await make("Bor d.o.o.", prefix: "X").entry.key == "X-L1")
        #expect(try await make("Smreka d.o.o.").entry.key == "OP-L4")
    }

    @Test func `what was made is there as if a line had brought it`() async throws {
        let made = try await make("Bukva d.o.o.")
        #expect(made.json == #"{"type":"operator","id":"OP-L1","name":"Bukva d.o.o.","country":"HR"}"#)
        #expect(try await store.entry(.operator, "OP-L1") == made)
        let summary = try await store.importRegistry(text: made.json, actor: "eva", at: Sample.noon)
        #expect(summary.unchanged == 1)
        let row = try #require(try await store.allAudit().last)
        #expect(row.action == "operator.created")
        #expect(row.actor == "user:eva")
        #expect(row.subject == "operator OP-L1")
        #expect(row.detail == #"{"country":"HR"}"#)
        #expect(try RawDatabase(scratch.path).text("SELECT changes FROM registry_state") == "2")
    }

    @Test func `an id that somebody has is refused, and nothing is written`() async throws {
        let before = try await store.allAudit().count
        await #expect(
            throws: StoreFault(
                .refused, "there is an operator 'OP-1' already", hint: "choose another id, or leave it to Postern"
            )
        ) { try await make("Bukva d.o.o.", id: "OP-1") }
        #expect(try await make("Bukva d.o.o.", id: "HR-77").entry.key == "HR-77")
        #expect(try await store.allAudit().count == before + 1)
    }

    @Test(arguments: [
        ("", "HR", "'name' is empty"), ("a\nb", "HR", "'name' holds a control character"),
        ("Bukva", "Croatia", "'country': 'Croatia' is no country code (two capital letters)"),
    ])
    func `what no line may hold is refused`(name: String, country: String, reason: String) async throws {
        await #expect(throws: StoreFault(.refused, reason)) { try await make(name, country: country) }
        #expect(try await store.entry(.operator, "OP-L1") == nil)
        #expect(try await make("Bukva").entry.key == "OP-L1")
    }

    @Test func `an entry without an id of its own is refused when it is there`() async throws {
        let role = RoleGrant(
            account: AccountID("A-1"), role: "IMPORTER", operatorID: OperatorID("OP-1"), status: .granted)
        let make: @Sendable (String) -> RegistryEntry = { _ in .role(role) }
        _ = try await store.create(make, prefix: "RO", action: "role.created", actor: "user:eva", at: Sample.noon)
        await #expect(
            throws: StoreFault(
                .refused, "there is a role 'A-1 IMPORTER OP-1' already",
                hint: "choose another id, or leave it to Postern")
        ) { try await store.create(make, prefix: "RO", action: "role.created", actor: "user:eva", at: Sample.noon) }
    }

    @Test func `a reference must be there`() async throws {
        await #expect(throws: StoreFault(.refused, "there is no operator 'OP-404'")) {
            try await store.create(
                {
                    .request(
                        RoleRequest(
                            id: RoleRequestID($0), account: AccountID("A-1"), kind: .init("importer"),
                            operatorID: OperatorID("OP-404"), requestedAt: Sample.noon))
                }, prefix: "R", action: "request.created", actor: "user:eva", at: Sample.noon)
        }
    }

    @Test(arguments: Sample.registry.split(separator: "\n").map(String.init))
    func `an entry is written as its line was read`(line: String) throws {
        let entry = try #require(RegistryEntry(json: Array(line.utf8)))
        #expect(RegistryEntry(json: Array(entry.json.utf8)) == entry)
    }
}
