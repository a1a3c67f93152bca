import Foundation
import GRDB
import Registry
import Testing

@testable import Store

struct SearchTests {
    private static let names: [(id: String, country: String, name: String)] = [
        ("1", "DE", "Müller Holz GmbH"), ("2", "DE", "Holz Müller AG"), ("3", "DE", "Müller Holzhandel GmbH & Co. KG"),
        ("4", "AT", "Mueller Holz OG"), ("5", "DE", "Holz"), ("6", "DE", "Miller Holz Import GmbH"),
        ("7", "GR", "Παπαδόπουλος Ξυλεία Α.Ε."), ("8", "CY", "Papadopoulos Timber Ltd"),
        ("9", "BG", "„Желязков Дървен внос“ ЕООД"), ("10", "PL", "Tartak Łukasz Żyński Sp. z o.o."),
        ("11", "FR", "Scierie de l'Étang S.à r.l."), ("12", "HR", "Drvo d.o.o."), ("13", "HR", "Drvo Sjever d.o.o."),
        ("14", "SI", "Drvo d.o.o."), ("15", "DE", "GmbH"),
    ]

    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try scratch.store()
        var lines = Self.names.map { entry in
            RegistryEntry.operator(
                Operator(
                    id: OperatorID(entry.id), name: entry.name, country: entry.country,
                    activities: entry.id == "6" ? ["feed"] : ["imported-timber-products"],
                    identifiers: [.init(scheme: "NATIONAL", value: "\(entry.country) 100.\(entry.id)")])
            ).json
        }
        lines.append(
            #"{"type":"authority","id":"CA","role":"FMSCA","name":"Holzamt Müller","country":"DE","mailbox":"a@x.example"}"#
        )
        lines.append(
            #"{"type":"authority","id":"CO","role":"CO","code":"DE000101","name":"Zollamt Müller","country":"DE"}"#)
        let summary = try await store.importRegistry(
            text: lines.joined(separator: "\n"), actor: "eva", at: Sample.noon)
        try #require(summary.taken)
    }

    private func ids(_ query: OrganisationQuery, _ type: RegistryEntry.EntityType = .operator) async throws -> [String]
    {
        try await store.search(type, query).hits.map(\.item.entry.key)
    }

    @Test(arguments: [
        ("Müller Holz GmbH", ["1", "4", "2", "6", "5", "3"]), ("mueller holz", ["4", "1", "2", "6", "5", "3"]),
        ("Holz Müller", ["2", "1", "4", "6", "5", "3"]), ("drvo", ["12", "14", "13"]),
        ("Drvo D.O.O.", ["12", "14", "13"]),
        ("papadopoulos", ["8", "7"]), ("ΠΑΠΑΔΟΠΟΥΛΟΣ", ["7", "8"]), ("ksyleia", ["7"]),
        ("Papadopulos Timber", ["8", "7"]),
        ("zhelyazkov", ["9"]), ("darven vnos", ["9"]), ("дървен", ["9"]), ("Zelazkov vnos", ["9"]),
        ("zynski lukasz", ["10"]), ("Tartak Zynsky", ["10"]), ("scierie etang", ["11"]),
        ("Scierie de l Etang SARL", ["11"]),
        ("Drvo Jug", ["12", "14", "13"]), ("Sjever", ["13"]), ("Siewer", ["13"]), ("GmbH", ["15"] + ["3", "6", "1"]),
        ("nothing at all", []), ("", []), ("“”", []),
    ])
    func `finds and ranks`(text: String, expected: [String]) async throws {
        let found = try await ids(OrganisationQuery(text))
        if text == "GmbH" {
            #expect(found.first == "15")
            #expect(Set(found) == Set(expected))
        } else {
            #expect(found == expected)
        }
    }

    @Test func `by country, identifier and chapter`() async throws {
        #expect(try await ids(OrganisationQuery("Müller Holz", country: "AT")) == ["4"])
        #expect(try await ids(OrganisationQuery("drvo", country: "SI")) == ["14"])
        #expect(try await ids(OrganisationQuery(identifier: "de1006")) == ["6"])
        #expect(try await ids(OrganisationQuery(identifier: "DE-100-6", mark: "feed")) == ["6"])
        #expect(try await ids(OrganisationQuery(identifier: "DE-100-6", mark: "imported-timber-products")) == [])
        #expect(try await ids(OrganisationQuery("Schmidt", identifier: "DE 100.6")) == [])
        #expect(try await ids(OrganisationQuery(identifier: "100.6")) == [])
        #expect(try await ids(OrganisationQuery(country: "HR")) == ["13", "12"])
        #expect(try await ids(OrganisationQuery(mark: "feed")) == ["6"])
        #expect(try await ids(OrganisationQuery(identifier: "--")) == [])
    }

    @Test func `authorities by role`() async throws {
        #expect(try await ids(OrganisationQuery("mueller"), .authority) == ["CA", "CO"])
        #expect(try await ids(OrganisationQuery("Müller", mark: "CO"), .authority) == ["CO"])
        #expect(try await ids(OrganisationQuery(country: "DE", mark: "FMSCA"), .authority) == ["CA"])
        #expect(try await ids(OrganisationQuery(identifier: "DE000101"), .authority) == ["CO"])
    }

    @Test func `no more than asked for, and it says so`() async throws {
        let answer = try await store.search(.operator, OrganisationQuery("Holz", limit: 2))
        #expect(answer.hits.map(\.item.entry.key) == ["5", "2"])
        #expect(answer.hits.map(\.match?.kind) == [.exact, .allWords])
        #expect(answer.hasMore)
        #expect(try await store.search(.operator, OrganisationQuery("Sjever")).hasMore == false)
    }

    /// Text that the test log shows cut short.
    struct Hostile: CustomTestStringConvertible, ExpressibleByStringLiteral {
        let text: String
        init(stringLiteral text: String) { self.text = text }
        init(_ text: String) { self.text = text }
        var testDescription: String {
            String(text.unicodeScalars.prefix(20).map { $0.isASCII && $0.value > 31 ? Character($0) : "?" })
        }
    }

    @Test(arguments: [
        "\"", "\" OR \"a", "NEAR(a b)", "NEAR", "AND", "NOT", "holz AND NOT", "words:holz", "holz*", "^holz", "a\0b",
        "*",
        "(((", "-- ; DROP TABLE operator", "{}[]", "=holz", "@de", "#de1006", "\u{202E}zloh", "'", "\\",
        Hostile(String(repeating: "holz ", count: 2_000)), Hostile(String(repeating: "x", count: 10_000)),
        Hostile((0..<3_000).map { "w\($0)" }.joined(separator: " ")),
        Hostile(String(repeating: "a\u{301}", count: 5_000)),
        Hostile(String(repeating: "木", count: 4_000)), "d.o.o.", "S.à r.l.", "🌲",
    ])
    func `hostile text is only text`(hostile: Hostile) async throws {
        let text = hostile.text
        let answer = try await store.search(.operator, OrganisationQuery(text, country: "DE"))
        #expect(answer.hits.count <= 20)
        _ = try await store.search(.operator, OrganisationQuery(text, identifier: text, mark: text))
        #expect(try await ids(OrganisationQuery("Holz", limit: 1)) == ["5"])
    }

    @Test func `a changed name is found by the new one and no more by the old`() async throws {
        _ = try await store.importRegistry(
            text: #"{"type":"operator","id":"12","name":"Bukva d.o.o.","country":"HR"}"#, actor: "eva", at: Sample.noon)
        #expect(try await ids(OrganisationQuery("bukva")) == ["12"])
        #expect(try await ids(OrganisationQuery("drvo")) == ["14", "13"])
        #expect(try await ids(OrganisationQuery(identifier: "HR 100.12")) == [])
        #expect(try RawDatabase(scratch.path).text("SELECT uses FROM search_word WHERE word = 'drvo'") == "2")
        try RawDatabase(scratch.path).execute(
            "INSERT INTO operator_search (operator_search) VALUES ('integrity-check')")
    }

    @Test func `among very many names with the same words, the exact one comes first`() async throws {
        var lines = (1...3_000).map {
            #"{"type":"operator","id":"X\#($0)","name":"Holz Import \#($0) GmbH","country":"DE"}"#
        }
        lines.append(#"{"type":"operator","id":"Y","name":"Import Holz GmbH","country":"DE"}"#)
        lines.append(#"{"type":"operator","id":"Z","name":"Holz Import AG","country":"DE"}"#)
        _ = try await store.importRegistry(text: lines.joined(separator: "\n"), actor: "eva", at: Sample.noon)
        let answer = try await store.search(.operator, OrganisationQuery("Holz-Import GmbH", limit: 3))
        #expect(answer.hits.prefix(2).map(\.item.entry.key) == ["Z", "Y"])
        #expect(answer.hasMore)
        #expect(try await ids(OrganisationQuery("Holz Import 2999", limit: 1)) == ["X2999"])
        #expect(try await ids(OrganisationQuery("Hols Improt 2998", limit: 1)) == ["X2998"])
    }

    @Test func `a store of before search is filled when it is opened`() async throws {
        let older = try Scratch()
        let queue = try DatabaseQueue(path: older.path)
        try Schema.migrator().migrate(queue, upTo: "3 registry by hand")
        try await queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO operator (id, name, country, entry) VALUES ('1', 'Drvo', 'HR',
                    '{"type":"operator","id":"1","name":"Drvo","country":"HR"}')
                    """)
        }
        try queue.close()
        let hits = try await older.store().search(.operator, OrganisationQuery("drvo", country: "HR")).hits
        #expect(hits.map(\.item.entry.key) == ["1"])
    }
}
