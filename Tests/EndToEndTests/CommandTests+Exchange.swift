import Foundation
import Testing

/// `postern import` of CSV, `postern export`, and the column maps in the settings.
@Suite struct ExchangeCommandTests {
    static let maps = """
        registry:
          csv:
            operators:
              type: operator
              files: "operators*.csv"
              delimiter: ";"
              encoding: windows-1252
              columns: {id: Operator ID, name: Name, country: Country, identifiers.EORI: EORI, activities: Chapters}
              values: {country: {Hrvatska: HR}}
            numbers:
              type: eori
              dates: dd.MM.yyyy
              columns:
                number: "EORI"
                validFrom: From
                validTo: To

        """

    @Test func `CSV is taken up by the map that its name fits or that is asked for`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings(Self.maps)
            let operators = shop.path("operators-11.csv")
            try Data(
                Array("Operator ID;Name;Country;EORI;Chapters;x\r\nOP-1;\"M".utf8) + [0xfc]
                    + Array("ller; KG\";Hrvatska;HR1;a|b;\r\n".utf8)
            ).write(to: URL(filePath: operators))
            let first = try await Program.run(["import", "--config", settings, operators])
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.lines == ["1 added, 0 changed, 0 unchanged, 0 rejected"])
            let shown = try await Program.run(["operator", "show", "OP-1", "--config", settings, "--json"])
            #expect(
                shown.lines == [
                    #"{"type":"operator","id":"OP-1","name":"Müller; KG","country":"HR","activities":["a","b"],"identifiers":[{"scheme":"EORI","value":"HR1"}]}"#
                ])
            let numbers = "EORI,From,To\nHR1,01.01.2020,\nHR2,31.12.2019,30.06.2021\nHR3,31.02.2020,\n"
            let second = try await Program.run(
                ["import", "--map", "numbers", "--partial", "--config", settings, "-"], input: numbers)
            #expect(second.status == 1)
            #expect(
                second.lines == [
                    "line 4: column 'From': '31.02.2020' is no date like dd.MM.yyyy",
                    "2 added, 0 changed, 0 unchanged, 1 rejected",
                ])
            for (day, numbers) in [
                ("2019-12-30", []), ("2019-12-31", ["HR2"]), ("2021-06-30", ["HR1", "HR2"]), ("2021-07-01", ["HR1"]),
            ] {
                let listed = try await Program.run(["eori", "list", "--at", day, "--json", "--config", settings])
                #expect(listed.lines.count == numbers.count)
                #expect(zip(listed.lines, numbers).allSatisfy { $0.contains("\"\($1)\"") })
            }
        }
    }

    @Test func `Delegations can be listed as of a day`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let lines = """
                {"type":"delegation","economicOperator":"HR1","representative":"DE1","level":1,"validFrom":"2026-01-01","validTo":"2026-06-30"}
                {"type":"delegation","economicOperator":"HR2","representative":"DE1","level":1}
                """
            #expect(try await Program.run(["import", "--config", settings, "-"], input: lines).status == 0)
            for (day, count) in [("2025-12-31", 1), ("2026-01-01", 2), ("2026-06-30T23:00:00Z", 2), ("2026-07-01", 1)] {
                let listed = try await Program.run(["delegation", "list", "--at", day, "--json", "--config", settings])
                #expect(listed.lines.count == count)
            }
            let bad = try await Program.run(["delegation", "list", "--at", "soon", "--config", settings])
            #expect(bad.status == 2)
            #expect(bad.errorLines == ["postern: --at: 'soon' is no date (2026-11-21)"])
        }
    }

    @Test func `Doubts are told, and strict refuses them`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let line = #"{"type":"operator","id":"OP-1","name":"GmbH","country":"DE"}"#
            let strict = try await Program.run(["import", "--strict", "--config", settings, "-"], input: line)
            #expect(strict.status == 2)
            #expect(
                strict.errorLines == [
                    "postern: -: line 1: the name 'GmbH' is empty but for the legal form; nothing was taken up"
                ])
            let result = try await Program.run(["import", "--config", settings, "-"], input: line)
            #expect(result.status == 0)
            #expect(
                result.lines == [
                    "line 1: warning: the name 'GmbH' is empty but for the legal form",
                    "1 added, 0 changed, 0 unchanged, 0 rejected, 1 warning",
                ])
        }
    }

    @Test func `An export is the same on standard output and in a file, and comes back as it went`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let imported = try await Program.run(
                ["import", "--config", settings, "-"], input: CheckCommandTests.registry)
            #expect(imported.status == 0)
            let printed = try await Program.run(["export", "--config", settings])
            #expect(printed.status == 0)
            #expect(printed.lines.count == 4)
            let file = shop.path("export.jsonl")
            let written = try await Program.run(["export", "--config", settings, "--output", file])
            #expect(written.status == 0)
            #expect(written.output.isEmpty && written.errorLines == ["\(file): 4 entries"])
            #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: shop.folder.path).allSatisfy {
                    !$0.hasPrefix("export.jsonl.")
                })
            let fresh = ["POSTERN_STORE_PATH": shop.path("fresh.db")]
            #expect(try await Program.run(["import", "--config", settings, file], environment: fresh).status == 0)
            let again = try await Program.run(["export", "--config", settings], environment: fresh)
            #expect(again.output == printed.output)
            let some = try await Program.run([
                "export", "--type", "account", "--type", "operator", "--config", settings,
            ])
            #expect(some.lines == Array(printed.lines.prefix(2)))
        }
    }

    @Test(arguments: [
        (["export", "--output", "%D/none/x"], "%D/none/x: can't be written: no such file or directory"),
        (["import", "--map", "number", "-"], "there is no column map 'number'; did you mean 'numbers'?"),
        (
            ["import", "x.csv"],
            "x.csv: no column map is for it: name one with --map, or its files in registry.csv.NAME.files"
        ),
    ])
    func `what can't be exchanged is told in one line`(arguments: [String], line: String) async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings(Self.maps)
            #expect(
                try await Program.run(["import", "--config", settings, "-"], input: CheckCommandTests.registry).status
                    == 0
            )
            let result = try await Program.run(
                arguments.map { $0.replacing("%D", with: shop.folder.path) } + ["--config", settings])
            #expect(result.status == 2)
            #expect(result.errorLines == ["postern: " + line.replacing("%D", with: shop.folder.path)])
        }
    }

    @Test func `An export takes the place of plain files only`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            #expect(try await Program.run(["import", "--config", settings, "-"]).status == 0)
            let pipe = shop.path("pipe")
            #expect(mkfifo(pipe, 0o600) == 0)
            for place in [pipe, shop.folder.path] {
                let export = try await Program.run(["export", "--output", place, "--config", settings])
                #expect(export.status == 2)
                #expect(
                    export.errorLines == [
                        "postern: \(place): is there and is no plain file; leave --output out to write to a device or a pipe"
                    ])
            }
            var status = stat()
            #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
        }
    }

    @Test func `A folder of dropped exports that can't be used is found before the daemon starts`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings("registry: {inbox: drops}\n")
            let drops = shop.path("drops")
            let missing = try await Program.run(["config", "check", "--config", settings])
            #expect(missing.status == 1)
            #expect(
                missing.lines == ["warning: \(settings):15: registry.inbox: \(drops): no such file or directory"])
            let doctor = try await Program.run(["doctor", "--config", settings])
            #expect(
                doctor.lines.contains(
                    "failed     inbox: \(drops): no such file or directory → make the folder and let the service's user write there"
                ))
            try FileManager.default.createDirectory(atPath: drops, withIntermediateDirectories: false)
            #expect(try await Program.run(["config", "check", "--config", settings]).status == 0)
            try shop.write("drops/file", "")
            let file = try shop.settings("registry: {inbox: drops/file}\n")
            let none = try await Program.run(["config", "check", "--config", file])
            #expect(none.lines == ["warning: \(file):15: registry.inbox: \(drops)/file: is no folder"])
        }
    }

    @Test func `config shows the maps, and check finds what is wrong with them by line`() async throws {
        try await Workshop.with { shop in
            let file = try shop.settings(Self.maps)
            let show = try await Program.run(["config", "show", "--json", "--config", file])
            #expect(show.status == 0)
            #expect(
                show.lines.contains(
                    #"{"key":"registry.csv.operators.columns.identifiers.EORI","value":"EORI","from":"\#(file):22","variable":null}"#
                ))
            #expect(
                show.lines.contains(
                    #"{"key":"registry.csv.numbers.columns.validTo","value":"To","from":"\#(file):30","variable":null}"#
                ))
            #expect(try await Program.run(["config", "check", "--config", file]).status == 0)

            let wrong = try shop.settings(
                """
                registry:
                  inbox_partial: perhaps
                  csv:
                    a: {type: spaceship, columns: {id: ID}}
                    b:
                      type: eori
                      delimeter: ";"
                      columns: {number: [1, 2]}
                    c:
                      type: eori
                      dates: dd.mm.yyyy
                      columns: {number: N}
                    d:
                      type: eori
                      columns:
                        number: N
                        validFrom: ""
                    "e f": {}

                """)
            let check = try await Program.run(["config", "check", "--config", wrong])
            #expect(check.status == 2)
            #expect(
                check.lines == [
                    "error: \(wrong):16: registry.inbox_partial must be true or false",
                    "error: \(wrong):18: registry.csv.a.type must be one of account, operator, authority, request, role, eori, mandate, delegation",
                    "error: \(wrong):21: registry.csv.b.delimeter is no key of a column map; did you mean 'delimiter'?",
                    "error: \(wrong):22: registry.csv.b.columns.number must be text",
                    "error: \(wrong):25: registry.csv.c.dates must name day (d, dd), month (M, MM) and year (yyyy) once each",
                    "error: \(wrong):31: registry.csv.d.columns.validFrom must be a column's heading",
                    "error: \(wrong):32: registry.csv: a map's name is made of letters, digits, - and _",
                ])
        }
    }
}
