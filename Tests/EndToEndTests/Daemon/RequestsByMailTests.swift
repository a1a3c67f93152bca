import Foundation
import MailServers
import Testing

/// Accounts and requests from the command line to the mails that move them, with the daemon on real servers.
@Suite(.serialized) struct RequestsByMailTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../MailServers/walkthrough.sh").standardizedFileURL.path

    @Test func `The script in the README goes through the registration guide to three accepted mails`() async throws {
        try await Workshop.with { shop in
            let log = try shop.write("walkthrough.log", "")
            let process = try ChildProcess(
                Self.script, [try Program.executable.path],
                environment: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "TZ": "UTC"], streams: ["/dev/null", log, log])
            let status = await process.end()
            let told = try String(contentsOfFile: log, encoding: .utf8)
            #expect(status == 0, "\(told)")
            let lines = told.split(separator: "\n").map(String.init)
            for line in [
                "account A-L1 is active", "created OP-L1", "request R-L1 is confirmed", "account A-L2 is active",
                "request R-L2 is confirmed", "request R-L2 is granted; its owner is told by mail", "status 1",
                "request R-L3 is confirmed", "walkthrough: done",
            ] {
                #expect(lines.contains(line), "\(line)")
            }
            #expect(told.contains("the account has, or asks for, the role FMSCA already: one such role a user"))
            #expect(lines.filter { $0.contains("  accepted  ok ") }.count == 3)
        }
    }

    private func once(_ room: MailRoom, _ environment: [String: String]) async throws {
        let result = try await Program.run(["serve", "--once", "--config", room.settings], environment: environment)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func `Where a reference is required, the mail without it is sent it, and the mail with it is accepted`()
        async throws
    {
        let required = ["POSTERN_TRUST_REQUIRE_REFERENCE": "true"]
        try await MailRoom.open { room in
            try await room.deliver([MailRoom.roleRequest(1)])
            try await once(room, required)
            #expect(try await room.json(["messages", "list"]).map { $0["reason"] } == ["from.reference-missing"])
            let reply = try #require(try room.received().first).replacing("=\r\n", with: "").replacing("=\n", with: "")
            let reference = try #require(reply.firstMatch(of: /PR(-[0-9A-Z]{4}){4}/)).output.0
            let link = try await room.json(["request", "show", "R-1", "--mailto"]).first?["mailto"]
            #expect(link?.contains(reference) == true)
            let mail = MailRoom.roleRequest(1).replacing("Dear team,", with: "Dear team, \(reference)")
            // The same reference of somebody else's mailbox is worth nothing.
            let stolen = MailRoom.roleRequest(2).replacing("Dear team,", with: "Dear team, \(reference)")
            try await room.deliver([stolen, mail])
            try await once(room, required)
            #expect(
                try await room.json(["messages", "list"]).map { $0["reason"] }
                    == ["from.reference-missing", "from.reference-wrong", "ok"])
            // It is used up now: reopened, the request wants a new one.
            for move in ["withdraw", "reopen"] {
                let moved = try await Program.run(["request", move, "R-1", "--no-mail", "--config", room.settings])
                #expect(moved.status == 0, "\(moved.errors)")
            }
            try await room.deliver([mail.replacing("Kovač", with: "Kovač ")])
            try await once(room, required)
            #expect(try await room.json(["messages", "list"]).last?["reason"] == "from.reference-used")
        }
    }

    @Test func `A procedure made up in a folder is requested, written for, accepted and granted without any code`()
        async throws
    {
        try await MailRoom.open { room in
            let folder = room.folder.appending(path: "config/procedures")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(
                """
                id: honey-importer
                kinds: [honey-importer]
                rules: [from, to, cc, kind, names]
                governingCountry: operator-country
                terms: [honey-importer]
                role: HONEY
                chapter: imported-honey
                permits: [licences.consult-own]
                words:
                  en: {honey-importer: ["honey importer*"]}
                  hr: {honey-importer: ["uvoznik* meda"]}
                names: {en: honey importer, hr: uvoznik meda}

                """.utf8
            ).write(to: folder.appending(path: "honey-importer.yaml"))
            let own = ["POSTERN_CONFIG_FOLDER": folder.deletingLastPathComponent().path]
            let operators = #"""
                {"type":"operator","id":"OP-H","name":"Zlatna Pčela d.o.o.","country":"HR","activities":["imported-honey"]}

                """#
            func postern(_ arguments: String..., input: String = "") async throws -> String {
                let result = try await Program.run(
                    arguments + ["--config", room.settings], input: input, environment: own)
                #expect(result.status == 0, "\(arguments): \(result.errors)")
                return result.output
            }
            _ = try await postern("import", "-", input: operators)
            _ = try await postern(
                "request", "importer", "--kind", "honey-importer", "--account", "A-7", "--operator", "OP-H", "--id",
                "R-H")
            let link = try await postern("request", "show", "R-H", "--mailto")
            #expect(link.contains("honey%20importer"))
            let mail = MailRoom.roleRequest(7)
                .replacing("Role request: FLEGT timber importer", with: "Role request: honey importer")
                .replacing(
                    "I ask for the role of FLEGT timber importer.", with: "I ask for the role of a honey importer."
                )
                .replacing("Drvo 7 d.o.o.", with: "Zlatna Pčela d.o.o.")
            try await room.deliver([mail])
            try await once(room, own)
            let judged = try await room.json(["messages", "list"])
            #expect(judged.map { $0["request"] } == ["R-H"])
            #expect(judged.map { $0["reason"] } == ["ok"])
            _ = try await postern("request", "grant", "R-H")
            #expect(try await room.json(["role", "list"]).map { $0["role"] } == ["HONEY"])
            try await once(room, own)
            #expect(try room.received().contains { $0.contains("Your role has been granted") })
        }
    }

    @Test func `A request that waits is reminded once, with the mail that it waits for`() async throws {
        let expiring = ["POSTERN_REQUESTS_EXPIRE_DAYS": "10", "POSTERN_REQUESTS_REMIND_DAYS": "3"]
        try await MailRoom.open { room in
            let old = MailRoom.registry(accounts: 1).replacing("2026-11-01T09:00:00Z", with: "2020-01-01T09:00:00Z")
            let imported = try await Program.run(["import", "--config", room.settings, "-"], input: old)
            #expect(imported.status == 0)
            // A line that only changes its date does not begin the waiting anew; R-41 has waited for years.
            let line = old.split(separator: "\n").map(String.init).first { $0.contains(#""id":"R-1""#) } ?? ""
            let forgotten = line.replacing(#""id":"R-1""#, with: #""id":"R-41""#)
            _ = try await Program.run(["import", "--config", room.settings, "-"], input: forgotten)
            for _ in 0..<2 { try await once(room, expiring) }
            let reminders = try await room.json(["outbox", "list"]).filter { $0["verdict"] == "notice.reminder" }
            #expect(reminders.map { $0["about"] }.contains("request R-41"))
            #expect(Set(reminders.map { $0["about"] }).count == reminders.count)
            #expect(try await room.json(["request", "list", "--status", "expired"]).isEmpty)
        }
    }
}
