import Foundation
import Testing

/// `postern check` on files, without network, settings or database.
@Suite struct CheckCommandTests {
    static let registry = """
        {"type":"authority","id":"CA-HR","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo poljoprivrede","country":"HR","mailbox":"flegt@mps.example"}
        {"type":"operator","id":"OP-1","name":"Drvo Sjever d.o.o.","country":"HR","activities":["imported-timber-products"]}
        {"type":"account","id":"A-1","firstName":"Željko","lastName":"Šarić","mailbox":"zeljko@drvo.example","language":"hr","state":"active"}
        {"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}

        """

    /// A right role request; single lines can be exchanged.
    static func mail(
        cc: String? = "Cc: flegt@mps.example", results: String = "dmarc=pass header.from=drvo.example",
        text: String = "Role request for a timber importer: Željko Šarić, Drvo Sjever d.o.o."
    ) -> String {
        let header = [
            "Return-Path: <zeljko@drvo.example>",
            "Authentication-Results: mx.traces.example; \(results)",
            "Received: from mail.drvo.example by mx.traces.example; Sat, 21 Nov 2026 09:00:00 +0000",
            "From: zeljko@drvo.example", "To: support@traces.example", cc, "Subject: FLEGT role request",
            "Message-ID: <a1@drvo.example>", "Date: Sat, 21 Nov 2026 09:00:00 +0000", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
        ]
        return (header.compactMap(\.self) + ["", text, ""]).joined(separator: "\n")
    }

    static func options(_ shop: Workshop) throws -> [String] {
        [
            "check", "--registry", try shop.write("registry.jsonl", registry), "--authserv-id", "mx.traces.example",
            "--support", "support@traces.example",
        ]
    }

    @Test func `Each mail of a folder is one JSON object, in the order of the paths' bytes`() async throws {
        try await Workshop.with { shop in
            try shop.write("mails/0001.eml", Self.mail())
            try shop.write("mails/0002.EML", Self.mail(cc: nil).replacing("\n", with: "\r\n"))
            try shop.write("mails/A.eml", Self.mail(results: "dmarc=fail header.from=drvo.example"))
            try shop.write("mails/a/deep.eml", "")
            try shop.write("mails/notes.txt", Self.mail())
            let result = try await Program.run(try Self.options(shop) + ["--json", shop.path("mails")])
            #expect(result.status == 0)
            #expect(result.errors.isEmpty)
            #expect(
                result.lines == [
                    #"{"file":"0001.eml","messageID":"<a1@drvo.example>","verdict":"accepted","reason":"ok","request":"R-1","rules":{"from":"pass","to":"pass","cc":"pass","kind":"pass","names":"pass"},"sender":{"address":"zeljko@drvo.example","authentication":"pass"},"language":"hr","profile":"submission"}"#,
                    #"{"file":"0002.EML","messageID":"<a1@drvo.example>","verdict":"incomplete","reason":"cc.missing","request":"R-1","rules":{"from":"pass","to":"pass","cc":"fail","kind":"pass","names":"pass"},"sender":{"address":"zeljko@drvo.example","authentication":"pass"},"language":"hr","profile":"submission"}"#,
                    #"{"file":"A.eml","messageID":"<a1@drvo.example>","verdict":"refused","reason":"authentication.dmarc-fail","request":null,"rules":{"from":"skipped","to":"skipped","cc":"skipped","kind":"skipped","names":"skipped"},"sender":{"address":"zeljko@drvo.example","authentication":"fail"},"language":"en","profile":null}"#,
                    #"{"file":"a/deep.eml","messageID":null,"verdict":"held","reason":"mime.empty","request":null,"rules":{"from":"skipped","to":"skipped","cc":"skipped","kind":"skipped","names":"skipped"},"sender":{"address":null,"authentication":"none"},"language":"en","profile":null}"#,
                ])
        }
    }

    @Test func `Standard input is one mail`() async throws {
        try await Workshop.with { shop in
            let result = try await Program.run(try Self.options(shop) + ["-"], input: Self.mail())
            #expect(result.status == 0)
            #expect(result.lines == ["-  accepted    ok                              R-1"])
        }
    }

    @Test func `A file that can't be read is told, the others are judged, and the status is 2`() async throws {
        try await Workshop.with { shop in
            let good = try shop.write("good.eml", Self.mail())
            let result = try await Program.run(try Self.options(shop) + [shop.path("none.eml"), good])
            #expect(result.status == 2)
            #expect(result.errorLines == ["postern: \(shop.path("none.eml")): no such file or directory"])
            #expect(result.lines.first == "good.eml  accepted    ok                              R-1")
        }
    }

    @Test func `A mail beyond the limit is held without being read whole`() async throws {
        try await Workshop.with { shop in
            let big = try shop.write("big.eml", String(repeating: "x", count: 26_214_401))
            let result = try await Program.run(try Self.options(shop) + [big])
            #expect(result.lines == ["big.eml  held        limit.size"])
        }
    }

    @Test func `Two thousand mails come out in the order in which they went in`() async throws {
        try await Workshop.with { shop in
            for number in 0..<2_000 {
                try shop.write(
                    "mails/\(10_000 + number).eml",
                    Self.mail(cc: number.isMultiple(of: 3) ? nil : "Cc: flegt@mps.example"))
            }
            let result = try await Program.run(try Self.options(shop) + [shop.path("mails")])
            let verdicts = result.lines.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
            let wanted = (0..<2_000).map { "\(10_000 + $0).eml \($0.isMultiple(of: 3) ? "incomplete" : "accepted")" }
            #expect(Array(verdicts.prefix(2_000)) == wanted)
            #expect(result.lines.last == "2000 mails: 1333 accepted, 667 incomplete")
        }
    }

    @Test func `The explanation tells the text, what was left out, the words with their places, and why that request`()
        async throws
    {
        try await Workshop.with { shop in
            let mail = Self.mail(
                text: """
                    Role request, timber importer.\u{1b}[2J The competent authority is in Cc.
                    Zeljko Šaric, Drvo Sjever d.o.o.
                    > an old quote
                    """)
            let result = try await Program.run(try Self.options(shop) + ["--explain", "-"], input: mail)
            let expected = [
                "sender: zeljko@drvo.example, proven by the receiving server",
                "rule cc: met; seen: flegt@mps.example; wanted: flegt@mps.example",
                "rule names: met; wanted: Željko, Šarić, Drvo Sjever d.o.o.",
                "pending requests: the only one of this sender",
                "  R-1: importer, Drvo Sjever d.o.o.; kind fits, organisation named: 'Drvo Sjever d.o.o' (body 84-101)"
                    + "  <- judged against this one",
                "language of the text: en; language of a reply: hr",
                "  kind importer: 'importer' (body 21-29, en)",
                "  role request: 'role request' (subject 6-18)",
                "  competent-authority: 'competent authority' (body 39-58, en): only gets a copy, or knows of it",
                "  last name 'Šarić': named: 'Šaric' (body 76-82)",
                "subject: FLEGT role request",
                "| Role request, timber importer.\\u{1b}[2J The competent authority is in Cc.",
                "left out, a quoted older mail:", "| > an old quote",
            ]
            for line in expected { #expect(result.output.contains("    " + line + "\n")) }
            #expect(!result.output.contains("\u{1b}"))
        }
    }

    @Test func `Where nothing was read, the explanation says why, in a sentence`() async throws {
        try await Workshop.with { shop in
            let mail = Self.mail(results: "dmarc=fail header.from=drvo.example")
            let result = try await Program.run(try Self.options(shop) + ["--explain", "-"], input: mail)
            #expect(
                result.output.contains(
                    "    not read: The receiving server says that the mail is not from the domain in From (dmarc=fail"))
            #expect(!result.output.contains("Role request, timber"))
        }
    }

    @Test func `A translator's changed file changes the verdict, without code`() async throws {
        try await Workshop.with { shop in
            let mail = Self.mail(text: "Please give me the role of a woodbringer. Željko Šarić, Drvo Sjever d.o.o.")
            let options = try Self.options(shop) + ["--config", shop.settings("config_folder: words\n"), "-"]
            let before = try await Program.run(options, input: mail)
            #expect(before.output.hasPrefix("-  incomplete  kind.missing"))
            try shop.write(
                "words/lexicon/en.yaml", "language: en\nkinds: {importer: woodbringer*}\nrole: role\nask: give me\n")
            let after = try await Program.run(options, input: mail)
            #expect(after.output.hasPrefix("-  accepted    ok"))
        }
    }

    struct Bad: CustomTestStringConvertible {
        let name: String
        let arguments: [String]
        /// `%D` stands for the folder.
        let line: String
        var testDescription: String { name }
    }

    static let unusable = [
        Bad(name: "nothing to check", arguments: [], line: "Missing expected argument '<path> ...'"),
        Bad(
            name: "no moment", arguments: ["--at", "soon", "-"],
            line: "--at: 'soon' is no moment in ISO 8601 (2026-11-21T12:00:00Z)"),
        Bad(
            name: "no address", arguments: ["--support", "support", "-"],
            line: "--support: 'support' is not a plain mail address (local@domain, ASCII)"),
        Bad(name: "standard input twice", arguments: ["-", "-"], line: "-: standard input can be read only once"),
        Bad(
            name: "a broken registry", arguments: ["--registry", "%D/broken.jsonl", "-"],
            line: "%D/broken.jsonl: line 2: there is no account 'A-1' (and 1 more broken lines)"),
        Bad(
            name: "no registry", arguments: ["--registry", "%D/none.jsonl", "-"],
            line: "%D/none.jsonl: no such file or directory"),
    ]

    @Test("Arguments that can't be used end with status 2 and one line", arguments: unusable)
    func refuses(_ bad: Bad) async throws {
        try await Workshop.with { shop in
            try shop.write(
                "broken.jsonl",
                #"{"type":"eori","number":"HR1","validFrom":"2020-01-01"}"# + "\n"
                    + #"{"type":"role","account":"A-1","role":"CO","status":"granted"}"# + "\n{\n")
            let arguments = bad.arguments.map { $0.replacing("%D", with: shop.folder.path) }
            let result = try await Program.run(try Self.options(shop) + arguments)
            #expect(result.status == 2)
            #expect(result.errorLines == ["postern: " + bad.line.replacing("%D", with: shop.folder.path)])
            #expect(result.output.isEmpty)
        }
    }

    @Test(arguments: [(true, 1), (false, 0)])
    func `A key that can't be read is told where references are required`(isRequired: Bool, count: Int) async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings("")
            try shop.write("postern.key", "short")
            let result = try await Program.run(
                ["check", "--config", settings, "--registry", try shop.write("registry.jsonl", Self.registry), "-"],
                input: Self.mail(), environment: ["POSTERN_TRUST_REQUIRE_REFERENCE": "\(isRequired)"])
            #expect(result.status == 0)
            #expect(
                result.errorLines
                    == Array(
                        repeating: "postern: references can't be checked, as the key can't be read: "
                            + shop.path("postern.key"), count: count))
        }
    }

    @Test func `Without a registry the store is asked, and options win over settings`() async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let registry = try shop.write("registry.jsonl", Self.registry)
            let imported = try await Program.run(["import", "--config", settings, registry])
            #expect(imported.status == 0)
            let judged = try await Program.run(["check", "--config", settings, "-"], input: Self.mail())
            #expect(judged.lines == ["-  accepted    ok                              R-1"])
            let elsewhere = try await Program.run(
                ["check", "--config", settings, "--authserv-id", "mx.other.example", "-"], input: Self.mail())
            #expect(elsewhere.lines == ["-  held        authentication.no-border"])
            let list = try await Program.run(["request", "list", "--config", settings, "--json"])
            #expect(list.lines.count == 1)
            #expect(list.output.contains(#""status":"requested""#))
        }
    }
}
