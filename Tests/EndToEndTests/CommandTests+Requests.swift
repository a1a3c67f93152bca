import Foundation
import Testing

/// `postern request` and `postern account`: what is made, what is refused, with which status.
@Suite struct RequestCommandTests {
    private static let registry = """
        {"type":"authority","id":"CA-HR","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo poljoprivrede","country":"HR","mailbox":"flegt@mps.example"}
        {"type":"authority","id":"CA-HR2","role":"FMSCA","code":"FMSCA-HR2","name":"Državni inspektorat","country":"HR","mailbox":"drvo@dirh.example"}
        {"type":"authority","id":"CO-HR","role":"CO","code":"HR000101","name":"Carinski ured Zagreb","country":"HR"}
        {"type":"operator","id":"OP-1","name":"Drvo Sjever d.o.o.","country":"HR","activities":["imported-timber-products"]}
        {"type":"operator","id":"OP-2","name":"Mlijeko Jug d.o.o.","country":"HR","activities":["dairy"]}
        {"type":"account","id":"A-1","firstName":"Željko","lastName":"Šarić","mailbox":"zeljko@drvo.example","language":"hr","state":"active"}
        {"type":"account","id":"A-2","firstName":"Ana","lastName":"Horvat","mailbox":"ana@mps.example","state":"active"}
        {"type":"account","id":"A-3","firstName":"Eva","lastName":"Novak","mailbox":"eva@drvo.example","state":"unvalidated"}
        {"type":"role","account":"A-2","role":"FMSCA","authority":"CA-HR","status":"granted"}
        {"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","actingAs":"importer","additional":false,"status":"confirmed","requestedAt":"2026-11-01T09:00:00Z"}

        """

    private func withShop(_ body: (Workshop, String) async throws -> Void) async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let imported = try await Program.run(["import", "--config", settings, "-"], input: Self.registry)
            #expect(imported.status == 0, "\(imported.errors)")
            try await body(shop, settings)
        }
    }

    /// What a command must come to: its arguments, its status, its one line on standard error.
    static let refusals: [(String, Int32, String)] = [
        (
            "request importer --account A-1 --operator OP-2", 1,
            "no request was made: the operator has not the section chapter 'imported-timber-products'"
        ),
        (
            "request importer --account A-1 --operator OP-1", 1,
            "no request was made: request 'R-1' asks for the same and is still open"
        ),
        (
            "request importer --account A-3 --operator OP-1", 1,
            "no request was made: the account is 'unvalidated', not active"
        ),
        ("request importer --account A-9 --operator OP-1", 2, "there is no account 'A-9'"),
        ("request importer --account A-1 --operator OP-9", 2, "there is no operator 'OP-9'"),
        (
            "request importer --kind importers --account A-1 --operator OP-1", 2,
            "--kind: there is no procedure for 'importers'; did you mean 'importer'?"
        ),
        (
            "request authority --account A-2 --authority CA-HR2", 1,
            "no request was made: the account has, or asks for, the role FMSCA already: one such role a user"
        ),
        (
            "request authority --account A-2 --authority CA-HR", 1,
            "no request was made: the account has this role already"
        ),
        (
            "request authority --account A-1 --authority CO-HR --additional", 1,
            "no request was made: the account has no authority role yet to which another could be added"
        ),
        (
            "request authority --account A-1 --authority CA-HR --kind customs-office", 1,
            "no request was made: the authority is 'FMSCA', and this kind of request is for 'CO'"
        ),
        (
            "request reopen R-1", 1,
            "request 'R-1' is 'confirmed'; reopen takes one that is refused or withdrawn or expired"
        ),
        ("request grant R-9", 2, "there is no request 'R-9'"),
        ("request show R-1 --mailto", 1, "request 'R-1' is 'confirmed': there is no mail to send"),
        (
            "account add --first-name A --last-name B --mailbox zeljko@DRVO.example", 2,
            "account 'A-1' has the mailbox zeljko@drvo.example already: accounts are personal"
        ),
        (
            "account add --first-name A --last-name B --mailbox nobody", 2,
            "--mailbox: 'nobody' is not a plain mail address (local@domain, ASCII)"
        ),
        (
            "account add --first-name A --last-name B --mailbox a@x.example --language Croatian", 2,
            "--language: 'Croatian' is none that mails are written in (bg, cs, da, de, el, en, es, et, fi, fr, ga, hr, hu, it, lt, lv, mt, nl, pl, pt, ro, sk, sl, sv)"
        ),
        (
            "account add --id A-1 --first-name A --last-name B --mailbox a@x.example", 2,
            "there is an account 'A-1' already; choose another id, or leave it to Postern"
        ),
        ("account validate A-1", 1, "account 'A-1' is 'active', not unvalidated"),
        ("account disable A-9 --note gone", 2, "there is no account 'A-9'"),
        ("account change A-1", 2, "Say what to change, such as --mailbox"),
    ]

    @Test func `What can't be is refused with its reason, and changes nothing`() async throws {
        try await withShop { _, settings in
            for (arguments, status, reason) in Self.refusals {
                let result = try await Program.run(
                    arguments.split(separator: " ").map(String.init) + ["--config", settings])
                #expect(result.status == status, "\(arguments): \(result.errors)")
                #expect(result.errorLines == ["postern: \(reason)"], "\(arguments)")
            }
            let export = try await Program.run(["request", "list", "--json", "--config", settings])
            #expect(export.lines.count == 1)
        }
    }

    @Test func `Whatever a request is called, the same is not asked for twice`() async throws {
        try await withShop { _, settings in
            let make = ["request", "authority", "--account", "A-1", "--config", settings, "--authority"]
            let first = try await Program.run(make + ["CA-HR", "--id", "new"])
            #expect(first.status == 0, "\(first.errors)")
            let again = try await Program.run(make + ["CA-HR"])
            #expect(again.status == 1)
            #expect(again.errors.contains("request 'new' asks for the same and is still open"))
            let other = try await Program.run(make + ["CA-HR2"])
            #expect(other.status == 1)
        }
    }

    @Test func `An account whose validation mail can't be written is not added`() async throws {
        try await withShop { _, settings in
            let add = try await Program.run([
                "account", "add", "--first-name", "A", "--last-name", "B", "--mailbox", "support@traces.example",
                "--validate", "--id", "A-7", "--config", settings,
            ])
            #expect(add.status == 2)
            #expect(
                add.errorLines == ["postern: no reply is sent to the support mailbox itself (support@traces.example)"])
            #expect(try await Program.run(["account", "show", "A-7", "--config", settings]).status == 2)
        }
    }

    @Test func `A note is one line that can stand in a mail`() async throws {
        try await withShop { _, settings in
            for note in ["two\nlines", "bell\u{7}", String(repeating: "x", count: 2_001)] {
                let result = try await Program.run(["request", "grant", "R-1", "--note", note, "--config", settings])
                #expect(result.status == 2)
            }
        }
    }

    @Test func `A refusal in JSON gives each reason with its code`() async throws {
        try await withShop { _, settings in
            let result = try await Program.run(
                ["request", "importer", "--account", "A-3", "--operator", "OP-2", "--json", "--config", settings])
            #expect(result.status == 1)
            #expect(
                result.lines == [
                    #"{"refused":[{"code":"request.account-not-active","reason":"the account is 'unvalidated', not active"},{"code":"request.chapter-missing","reason":"the operator has not the section chapter 'imported-timber-products'"}]}"#
                ])
        }
    }

    @Test func `A grant gives the role, tells the applicant, and stands in the audit trail`() async throws {
        try await withShop { _, settings in
            func lines(_ arguments: String...) async throws -> [String] {
                let result = try await Program.run(arguments + ["--config", settings])
                #expect(result.status == 0, "\(result.errors)")
                return result.lines
            }
            #expect(
                try await lines("request", "grant", "R-1", "--note", "Welcome")
                    == ["request R-1 is granted; its owner is told by mail"])
            #expect(
                try await lines("role", "list", "--json").first
                    == #"{"type":"role","account":"A-1","role":"IMPORTER","operator":"OP-1","status":"granted"}"#)
            let outbox = try await lines("outbox", "list", "--json")
            #expect(outbox.count == 1)
            #expect(outbox[0].contains(#""message":null,"about":"request R-1","recipient":"zeljko@drvo.example""#))
            #expect(outbox[0].contains(#""verdict":"notice.granted","state":"queued""#))
            let audit = try await lines("audit", "--json")
            #expect(audit.last?.contains(#""action":"request.granted","subject":"request R-1""#) == true)
            #expect(audit.last?.contains(#""note":"Welcome""#) == true)
            let again = try await Program.run(["request", "grant", "R-1", "--config", settings])
            #expect(again.status == 1)
        }
    }

    @Test func `The authority gets a copy of a grant where settings say so, and never a reference`() async throws {
        try await withShop { _, settings in
            let copying = ["POSTERN_REQUESTS_COPY_AUTHORITY": "true"]
            for move in ["withdraw", "reopen", "refuse"] {
                let moved = try await Program.run(["request", move, "R-1", "--config", settings], environment: copying)
                #expect(moved.status == 0, "\(moved.errors)")
            }
            let outbox = try await Program.run(["outbox", "list", "--json", "--config", settings])
            let applicant = "zeljko@drvo.example"
            let alone = #""recipient":"\#(applicant)","recipients":["\#(applicant)"],"#
            let copied =
                #""recipient":"\#(applicant)","recipients":["\#(applicant)","flegt@mps.example","drvo@dirh.example"],"#
            #expect(outbox.lines.count == 3)
            #expect(zip(outbox.lines, [copied, alone, copied]).allSatisfy { $0.contains($1) }, "\(outbox.output)")
            let table = try await Program.run(["outbox", "list", "--config", settings])
            #expect(table.output.contains(applicant) && !table.output.contains("flegt@mps.example"))
            let copies = try await Program.run(["outbox", "show", "1", "--config", settings])
            #expect(copies.output.contains("Cc: flegt@mps.example, drvo@dirh.example"))
            #expect(!copies.output.contains("PR-"))
        }
    }

    @Test func `A template that can't be used ends with status 2, as trying again is of no use`() async throws {
        try await Workshop.with { shop in
            try shop.write("config/templates/reply.txt.mustache", "{{#open}}")
            let settings = try shop.settings("config_folder: \(shop.path("config"))\n")
            _ = try await Program.run(["import", "--config", settings, "-"], input: Self.registry)
            let result = try await Program.run(["request", "grant", "R-1", "--config", settings])
            #expect(result.status == 2)
            #expect(result.errorLines.count == 1)
            #expect(result.errors.hasPrefix("postern: templates/reply.txt.mustache: "), "\(result.errors)")
        }
    }

    @Test func `Nothing is granted to an account that is not active`() async throws {
        try await withShop { _, settings in
            _ = try await Program.run(["account", "disable", "A-1", "--note", "left", "--config", settings])
            let grant = try await Program.run(["request", "grant", "R-1", "--config", settings])
            #expect(grant.status == 1)
            #expect(grant.errorLines == ["postern: not granted: the account is 'disabled', not active"])
        }
    }

    @Test func `show tells what the role permits and who may act, as of the moment asked for`() async throws {
        try await withShop { _, settings in
            let more = """
                {"type":"operator","id":"OP-3","name":"Hrast d.o.o.","country":"HR","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"HR1"}]}
                {"type":"eori","number":"HR1","validFrom":"2020-01-01","validTo":"2026-06-30"}
                {"type":"request","id":"R-3","account":"A-2","kind":"importer","operator":"OP-3","status":"requested","requestedAt":"2026-11-01T09:00:00Z"}

                """
            _ = try await Program.run(["import", "--config", settings, "-"], input: more)
            func show(_ at: String) async throws -> String {
                try await Program.run(["request", "show", "R-3", "--json", "--at", at, "--config", settings]).output
            }
            let valid = try await show("2026-06-30")
            #expect(
                valid.contains(#""permits":["licences.introduce","licences.consult-own","licences.consult-company"]"#))
            #expect(valid.contains(#""profile":"submission","limitedBy":null"#))
            let words = try await Program.run(["request", "show", "R-3", "--config", settings])
            #expect(words.lines.contains { $0.hasPrefix("permits:") && $0.contains("introduce new FLEGT licences") })
            #expect(try await show("2026-07-01").contains(#""profile":"consultation","limitedBy":"eoriInvalid""#))
        }
    }

    @Test func `The prepared mail is in the account's language and holds all that the rules ask for`() async throws {
        try await withShop { _, settings in
            _ = try await Program.run(["request", "withdraw", "R-1", "--no-mail", "--config", settings])
            _ = try await Program.run(["request", "reopen", "R-1", "--no-mail", "--config", settings])
            let result = try await Program.run(["request", "show", "R-1", "--mailto", "--config", settings])
            let link = try #require(result.lines.first?.removingPercentEncoding)
            for part in [
                "mailto:support@traces.example?", "cc=flegt@mps.example", "drvo@dirh.example", "Željko", "Šarić",
                "Drvo Sjever d.o.o.", "PR-",
            ] {
                #expect(link.contains(part), "\(part)")
            }
            #expect(!result.lines[0].utf8.contains { $0 > 0x7e })
        }
    }

    @Test func `A new mailbox is proven or vouched for, and nobody else's`() async throws {
        try await withShop { _, settings in
            for (arguments, reason) in [
                (
                    ["--mailbox", "z@new.example"],
                    "A new mailbox needs --validate, or --note with which you vouch for it"
                ),
                (["--validate"], "--validate is for a new --mailbox"),
                (
                    ["--mailbox", "ana@mps.example", "--note", "x"],
                    "account 'A-2' has the mailbox ana@mps.example already: accounts are personal"
                ),
            ] {
                let result = try await Program.run(["account", "change", "A-1"] + arguments + ["--config", settings])
                #expect(result.status == 2)
                #expect(result.errorLines == ["postern: \(reason)"])
            }
            let changed = try await Program.run(
                ["account", "change", "A-1", "--mailbox", "z@new.example", "--validate", "--config", settings])
            #expect(changed.status == 0, "\(changed.errors)")
            let account = try await Program.run(["account", "show", "A-1", "--json", "--config", settings])
            #expect(account.output.contains(#""state":"unvalidated""#))
            let outbox = try await Program.run(["outbox", "list", "--json", "--config", settings])
            #expect(outbox.lines.count == 1)
            #expect(outbox.output.contains("z@new.example"))
        }
    }

    @Test func `A changed mailbox stays known as a former one`() async throws {
        try await withShop { _, settings in
            let changed = try await Program.run(
                [
                    "account", "change", "A-1", "--mailbox", "z.saric@drvo.example", "--note", "rang up", "--config",
                    settings,
                ])
            #expect(changed.status == 0, "\(changed.errors)")
            let account = try await Program.run(["account", "show", "A-1", "--json", "--config", settings])
            #expect(account.output.contains(#""mailbox":"z.saric@drvo.example""#))
            #expect(account.output.contains("zeljko@drvo.example"))
        }
    }
}
