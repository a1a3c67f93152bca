import Foundation
import Testing

/// `postern import` and the lists of the registry.
@Suite struct RegistryCommandTests {
    @Test func `The same import again changes nothing`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let file = try shop.write("registry.jsonl", CheckCommandTests.registry)
            let first = try await Program.run(["import", "--config", settings, file])
            #expect(first.status == 0)
            #expect(first.lines == ["4 added, 0 changed, 0 unchanged, 0 rejected"])
            let second = try await Program.run(
                ["import", "--config", settings, "--json", "-"], input: CheckCommandTests.registry)
            #expect(second.status == 0)
            #expect(
                second.lines == [
                    #"{"added":0,"changed":0,"unchanged":4,"rejected":0,"warned":0,"taken":true,"dryRun":false,"rejections":[],"warnings":[],"unknownKeys":{}}"#
                ])
        }
    }

    @Test func `A broken line keeps the file out unless the import is partial`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let file = try shop.write(
                "broken.jsonl",
                #"{"type":"operator","id":"OP-1","name":"Drvo","country":"HR","color":"green"}"# + "\n\n"
                    + #"{"type":"request","id":"R-1","account":"A-9","kind":"importer","operator":"OP-1","requestedAt":"2026-11-01T09:00:00Z"}"#
                    + "\n")
            let whole = try await Program.run(["import", "--config", settings, file])
            #expect(whole.status == 2)
            #expect(whole.errorLines == ["postern: \(file): line 3: there is no account 'A-9'; nothing was taken up"])
            #expect(
                whole.lines == [
                    "line 3: there is no account 'A-9'", "operator.color: not known, kept (1 line)",
                    "1 added, 0 changed, 0 unchanged, 1 rejected (nothing was taken up)",
                ])
            let none = try await Program.run(["operator", "list", "--config", settings, "--json"])
            #expect(none.lines.isEmpty)

            let dry = try await Program.run(["import", "--config", settings, "--partial", "--dry-run", file])
            #expect(dry.status == 2)
            let partial = try await Program.run(["import", "--config", settings, "--partial", file])
            #expect(partial.status == 1)
            #expect(partial.errors.isEmpty)
            let one = try await Program.run(["operator", "show", "OP-1", "--config", settings, "--json"])
            #expect(one.lines == [#"{"type":"operator","id":"OP-1","name":"Drvo","country":"HR","color":"green"}"#])
        }
    }

    @Test func `Lists show the registry's fields, filtered and limited`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let more = #"{"type":"operator","id":"OP-2","name":"Les Jug \u202eguJ","country":"SI"}"# + "\n"
            let imported = try await Program.run(
                ["import", "--config", settings, "-"], input: CheckCommandTests.registry + more)
            #expect(imported.status == 0)
            func lines(_ arguments: String...) async throws -> [String] {
                let result = try await Program.run(arguments + ["--config", settings], environment: ["COLUMNS": "60"])
                #expect(result.status == 0)
                return result.lines
            }
            #expect(
                try await lines("request", "list") == [
                    "ID   STATUS     KIND    ACCOUNT  OPERATOR  AUTHORITY  REQUE…",
                    "R-1  requested  impor…  A-1      OP-1      -          2026-…",
                ])
            #expect(
                try await lines("account", "list") == [
                    "ID   STATE   FIRST NAME  LAST NAME  MAILBOX         LANGUAGE",
                    "A-1  active  Željko      Šarić      zeljko@drvo.e…  hr",
                ])
            #expect(
                try await lines("operator", "list", "--country", "SI") == [
                    "ID    COUNTRY  NAME                 ACTIVITIES",
                    "OP-2  SI       Les Jug \\u{202e}guJ  -",
                ])
            #expect(try await lines("operator", "list", "--json", "--limit", "1").count == 1)
            #expect(try await lines("request", "list", "--status", "granted", "--json").isEmpty)
            #expect(
                try await lines("authority", "show", "CA-HR").last == "mailbox: flegt@mps.example")
            #expect(try await lines("audit").count == 2)
        }
    }

    struct Bad: CustomTestStringConvertible {
        let arguments: [String]
        let line: String
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let unusable = [
        Bad(arguments: ["operator", "show", "OP-9"], line: "there is no operator 'OP-9'"),
        Bad(arguments: ["request", "list", "--limit", "0"], line: "--limit must be 1 or more"),
        Bad(arguments: ["import", "%D"], line: "%D: is a directory"),
        Bad(arguments: ["import", "%D/none"], line: "%D/none: no such file or directory"),
        Bad(arguments: ["messages", "show", "7"], line: "there is no mail 7"),
        Bad(
            arguments: ["messages", "show", "seven"],
            line: "'seven' is no number of a mail; 'postern messages list' shows them"),
        Bad(arguments: ["messages", "raw", "7"], line: "there is no mail 7, or it was too large to be downloaded"),
        Bad(arguments: ["outbox", "retry", "7"], line: "there is no reply 7"),
        Bad(arguments: ["outbox", "show", "-1"], line: "Missing expected argument '<id>'"),
        Bad(
            arguments: ["messages", "list", "--since", "soon"],
            line: "--since: 'soon' is no moment in ISO 8601 (2026-11-21T12:00:00Z)"),
    ]

    @Test("What is not there is told in one line", arguments: unusable)
    func refuses(_ bad: Bad) async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let imported = try await Program.run(
                ["import", "--config", settings, "-"], input: CheckCommandTests.registry)
            #expect(imported.status == 0)
            let result = try await Program.run(
                bad.arguments.map { $0.replacing("%D", with: shop.folder.path) } + ["--config", settings])
            #expect(result.status == 2)
            #expect(result.errorLines == ["postern: " + bad.line.replacing("%D", with: shop.folder.path)])
            #expect(result.output.isEmpty)
        }
    }

    @Test(
        "A store that can't be used is told in one line",
        arguments: [
            (
                "missing/postern.db", ["status"],
                "there is no database %S; run 'postern import' or 'postern serve' first"
            ),
            (
                "missing/postern.db", ["import", "-"],
                "can't make the database %S: No such file or directory; check that its folder exists and that this user may write there"
            ),
            ("postern.yaml", ["messages", "list"], "%S is no database; name another file in store.path"),
        ])
    func unusableStore(_ name: String, _ arguments: [String], _ line: String) async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let result = try await Program.run(
                arguments + ["--config", settings], environment: ["POSTERN_STORE_PATH": shop.path(name)])
            #expect(result.status == 2)
            #expect(result.errorLines == ["postern: " + line.replacing("%S", with: shop.path(name))])
        }
    }
}
