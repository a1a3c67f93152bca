import Foundation
import MailServers
import Testing

/// `postern operator search|create` and `postern authority search`.
@Suite struct SearchCommandTests {
    private static let registry = """
        {"type":"authority","id":"CA-HR","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo poljoprivrede","country":"HR","mailbox":"flegt@mps.example"}
        {"type":"authority","id":"CO-HR","role":"CO","code":"HR000101","name":"Carinski ured Zagreb","country":"HR"}
        {"type":"operator","id":"OP-1","name":"Drvo Sjever d.o.o.","country":"HR","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"HR12345678901"}]}
        {"type":"operator","id":"OP-2","name":"Παπαδόπουλος Ξυλεία Α.Ε.","country":"GR","activities":["feed"]}
        {"type":"operator","id":"OP-3","name":"Müller Holz GmbH","country":"DE"}

        """

    private func shop(_ body: (Workshop, _ run: (String...) async throws -> Program.Result) async throws -> Void)
        async throws
    {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let imported = try await Program.run(["import", "--config", settings, "-"], input: Self.registry)
            #expect(imported.status == 0)
            try await body(shop) { (words: String...) in
                try await Program.run(words + ["--config", settings], environment: ["COLUMNS": "100"])
            }
        }
    }

    @Test func `Operators are found by name, country, identifier and chapter`() async throws {
        try await shop { _, run in
            let byName = try await run("operator", "search", "mueller", "HOLZ")
            #expect(byName.status == 0)
            #expect(
                byName.lines == [
                    "ID    COUNTRY  NAME              IDENTIFIERS  ACTIVITIES",
                    "OP-3  DE       Müller Holz GmbH  -            -",
                ])
            let greek = try await run("operator", "search", "papadopoulos", "--json")
            #expect(greek.lines.count == 1)
            #expect(greek.output.hasPrefix(#"{"type":"operator","id":"OP-2""#))
            let byNumber = try await run("operator", "search", "--identifier", "hr 123-456.789 01")
            #expect(
                byNumber.lines.last == "OP-1  HR       Drvo Sjever d.o.o.  EORI HR12345678901  imported-timber-products"
            )
            let byChapter = try await run("operator", "search", "--chapter", "feed", "--country", "GR", "--json")
            #expect(byChapter.lines.count == 1)
            let none = try await run("operator", "search", "nobody")
            #expect(none.status == 0)
            #expect(none.lines.count == 1)
            let limited = try await run("operator", "search", "--country", "HR", "--limit", "1", "--json")
            #expect(limited.lines.count == 1)
            #expect(limited.errors.isEmpty)
        }
    }

    @Test func `Authorities are found by country and role, with their mailboxes`() async throws {
        try await shop { _, run in
            let found = try await run("authority", "search", "--country", "HR", "--role", "FMSCA")
            #expect(
                found.lines.last == "CA-HR  FMSCA  HR       FMSCA-HR  Ministarstvo poljoprivrede  flegt@mps.example")
            let office = try await run("authority", "search", "zagreb", "--role", "CO", "--json")
            #expect(office.lines.count == 1)
            #expect(try await run("authority", "search", "--role", "MSCA").status == 2)
        }
    }

    @Test(arguments: [["operator", "search"], ["operator", "list"], ["authority", "search"], ["authority", "list"]])
    func `A country is two letters, small or capital`(words: [String]) async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            _ = try await Program.run(["import", "--config", settings, "-"], input: Self.registry)
            let small = try await Program.run(words + ["--country", "hr", "--json", "--config", settings])
            let capital = try await Program.run(words + ["--country", "HR", "--json", "--config", settings])
            #expect(small.status == 0)
            #expect(small.lines.count == (words[0] == "operator" ? 1 : 2))
            #expect(small.output == capital.output)
            for code in ["Croatia", "H", "H1", "Ħ", ""] {
                let refused = try await Program.run(words + ["--country", code, "--config", settings])
                #expect(refused.status == 2)
                #expect(
                    refused.errorLines.first?.contains("'\(code)' is no country code (two letters, such as HR)")
                        == true,
                    "\(refused.errors)")
            }
        }
    }

    @Test(arguments: [["operator", "search"], ["operator", "search", ""], ["authority", "search"]])
    func `A search for nothing is refused`(words: [String]) async throws {
        let result = try await Program.run(words)
        #expect(result.status == 2)
        #expect(result.errorLines.count == 1)
        #expect(result.errors.contains("say what to look for"))
    }

    @Test func `An operator that nobody has is created, with the next id`() async throws {
        try await shop { _, run in
            let made = try await run(
                "operator", "create", "--name", "Hrast d.o.o.", "--country", "HR", "--chapter",
                "imported-timber-products",
                "--identifier", "EORI:HR999", "--identifier", "VAT: HR123", "--street", "Ilica 1", "--postal-code",
                "10000",
                "--city", "Zagreb", "--contact-name", "Ana Horvat", "--contact-mailbox", "ana@hrast.example",
                "--telephone", "+385 1 23", "--json")
            #expect(made.status == 0)
            #expect(
                made.lines == [
                    #"{"type":"operator","id":"OP-L1","name":"Hrast d.o.o.","country":"HR","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"HR999"},{"scheme":"VAT","value":"HR123"}],"address":{"street":"Ilica 1","postalCode":"10000","city":"Zagreb"},"contact":{"name":"Ana Horvat","mailbox":"ana@hrast.example","telephone":"+385 1 23"}}"#
                ])
            let audit = try await run("audit", "--json")
            #expect(audit.lines.last?.contains(#""action":"operator.created","subject":"operator OP-L1""#) == true)
            let second = try await run("operator", "create", "--name", "Bukva d.o.o.", "--country", "HR")
            #expect(second.lines == ["created OP-L2"])
            #expect(try await run("operator", "search", "bukva").lines.count == 2)
        }
    }

    @Test func `Likely duplicates are shown with the reason, and nothing is added`() async throws {
        try await shop { _, run in
            let name = try await run("operator", "create", "--name", "MUELLER HOLZ", "--country", "DE")
            #expect(name.status == 1)
            #expect(
                name.errorLines == [
                    "ID    COUNTRY  NAME              WHY",
                    "OP-3  DE       Müller Holz GmbH  same name but for spelling or legal form",
                    "postern: MUELLER HOLZ may be this operator; nothing was added (--yes adds it all the same)",
                ])
            let number = try await run(
                "operator", "create", "--name", "Hrast", "--country", "HR", "--identifier", "EORI:HR12345678901")
            #expect(number.status == 1)
            #expect(
                number.errorLines.last
                    == "postern: an identifier is another operator's already; nothing was added (--yes adds it all the same)"
            )
            #expect(number.errorLines.dropLast().last == "OP-1  HR       Drvo Sjever d.o.o.  same EORI HR12345678901")
            #expect(try await run("operator", "list", "--json").lines.count == 3)
            let elsewhere = try await run("operator", "create", "--name", "Müller Holz", "--country", "AT")
            #expect(elsewhere.lines == ["created OP-L1"])
            let forced = try await run("operator", "create", "--name", "Drvo Siever", "--country", "HR", "--yes")
            #expect(forced.status == 0)
            #expect(forced.lines == ["created OP-L2"])
            #expect(
                forced.errorLines.last == "OP-1  HR       Drvo Sjever d.o.o.  same name but for spelling or legal form")
        }
    }

    @Test func `An identifier that another has under another scheme makes a likely duplicate`() async throws {
        try await shop { _, run in
            let other = try await run(
                "operator", "create", "--name", "Hrast", "--country", "HR", "--identifier", "VAT:HR12345678901")
            #expect(other.status == 1)
            #expect(
                other.errorLines == [
                    "ID    COUNTRY  NAME                WHY",
                    "OP-1  HR       Drvo Sjever d.o.o.  same number as its EORI HR12345678901",
                    "postern: Hrast may be this operator; nothing was added (--yes adds it all the same)",
                ])
            let made = try await run(
                "operator", "create", "--name", "Hrast", "--country", "HR", "--identifier", "NATIONAL:4711",
                "--identifier",
                "TAX:12")
            #expect(made.status == 0)
            let abroad = try await run(
                "operator", "create", "--name", "Eiche", "--country", "DE", "--identifier", "TAX:4711")
            #expect(abroad.status == 0)
            let near = try await run(
                "operator", "create", "--name", "Bukva", "--country", "HR", "--identifier", "TAX:47-11")
            #expect(near.status == 1)
            #expect(near.errors.contains("same number as its NATIONAL 4711"))
        }
    }

    @Test(arguments: [("n\n", 1, 3), ("\n", 1, 3), ("y\n", 0, 4)])
    func `On a terminal it asks also where an identifier is the same`(answer: String, status: Int32, count: Int)
        async throws
    {
        try await shop { shop, run in
            var (terminal, end) = (Int32(-1), Int32(-1))
            try #require(openpty(&terminal, &end, nil, nil, nil) == 0)
            defer {
                close(terminal)
                close(end)
            }
            let name = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(end)")
            #expect(write(terminal, answer, answer.utf8.count) == answer.utf8.count)
            let process = try ChildProcess(
                try Program.executable.path,
                [
                    "operator", "create", "--name", "Hrast", "--country", "HR", "--identifier", "EORI:HR12345678901",
                    "--config", shop.path("postern.yaml"),
                ],
                environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC"],
                streams: [name, try shop.write("output", ""), try shop.write("errors", "")])
            #expect(await process.end() == status)
            let errors = try String(contentsOfFile: shop.path("errors"), encoding: .utf8)
            #expect(errors.contains("same EORI HR12345678901"))
            #expect(errors.contains("Duplicates can't be mended in TRACES. Add Hrast? [y/N] "))
            #expect(try await run("operator", "list", "--json").lines.count == count)
        }
    }

    @Test(arguments: [
        (["--name", "N", "--country", "Croatia"], "'country': 'Croatia' is no country code (two capital letters)"),
        (["--name", "", "--country", "HR"], "'name' is empty"),
        (
            ["--name", "N", "--country", "HR", "--identifier", "HR1"],
            "--identifier: 'HR1' is not a scheme and a value, such as EORI:HR12345678901"
        ),
        (
            ["--name", "N", "--country", "HR", "--identifier", "EORI:hr1"],
            "'identifiers': 'hr1' is no EORI number (two capitals, then 1 to 15 capitals or digits)"
        ),
        (
            ["--name", "N", "--country", "HR", "--contact-mailbox", "x"],
            "--contact-mailbox: 'x' is not a plain mail address (local@domain, ASCII)"
        ),
        (["--name", "N", "--country", "HR", "--id", "OP-1"], "there is an operator 'OP-1' already"),
    ])
    func `What can't be an operator is refused`(options: [String], reason: String) async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            _ = try await Program.run(["import", "--config", settings, "-"], input: Self.registry)
            let result = try await Program.run(["operator", "create", "--config", settings] + options)
            #expect(result.status == 2)
            #expect(result.errorLines.first?.hasPrefix("postern: \(reason)") == true, "\(result.errors)")
        }
    }
}
