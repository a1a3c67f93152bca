import Foundation
import Testing

/// The program as it is installed, on real servers.
@Suite(.serialized) struct DaemonTests {
    @Test func `A mail that arrives during IDLE is answered and its request confirmed`() async throws {
        try await MailRoom.open { room in
            try await room.withDaemon { daemon in
                try await room.await("the daemon looks into the mailbox") {
                    daemon.logText.contains("mailbox.connected")
                }
                try await room.deliver([MailRoom.roleRequest(1)])
                try await room.await("one reply is at the server") { try room.received().count == 1 }
            }
            let reply = try #require(try room.received().first)
            #expect(reply.contains("To: "))
            #expect(reply.contains("Auto-Submitted: auto-replied"))
            #expect(try await room.json(["messages", "list"]).map { $0["verdict"] } == ["accepted"])
            let request = try await room.json(["request", "list"]).first { $0["id"] == "R-1" }
            #expect(request?["status"] == "confirmed")
        }
    }

    @Test func `One pass answers what lies there, moves it and ends`() async throws {
        try await MailRoom.open { room in
            try await room.deliver([MailRoom.roleRequest(1), MailRoom.roleRequest(2, cc: nil)])
            let result = try await Program.run(["serve", "--once", "--config", room.settings])
            #expect(result.status == 0, "\(result.errors)")
            #expect(try room.received().count == 2)
            let reasons = try await room.json(["messages", "list"]).map { $0["reason"] }
            #expect(reasons.sorted { ($0 ?? "") < ($1 ?? "") } == ["cc.missing", "ok"])
            let processed = try ["cur", "new"].flatMap {
                try FileManager.default.contentsOfDirectory(
                    atPath: "\(room.environment["MAILDIR"] ?? "")/.Processed/\($0)")
            }
            #expect(processed.count == 2)
        }
    }

    @Test func `A held mail that an operator vouches for is judged by all other rules, moved, and loses its mark`()
        async throws
    {
        try await MailRoom.open { room in
            let inbox = room.environment["MAILDIR"] ?? ""
            /// The keywords of the mails in a folder: small letters among a file's flags (Maildir).
            func keywords(_ folder: String) throws -> [String] {
                try ["cur", "new"].flatMap {
                    try FileManager.default.contentsOfDirectory(atPath: "\(inbox)\(folder)/\($0)")
                }.map { name in
                    name.range(of: ":2,").map { name[$0.upperBound...].filter { $0.isLowercase } } ?? ""
                }
            }
            try await room.withDaemon { _ in
                let unproven = [MailRoom.roleRequest(1), MailRoom.roleRequest(2, cc: nil)].map {
                    $0.replacing("dmarc=pass", with: "dmarc=none")
                }
                try await room.deliver(unproven)
                try await room.await("both are held and marked") {
                    try keywords("").filter { !$0.isEmpty }.count == 2
                }
                #expect(try room.received().isEmpty)
                for mail in try await room.json(["messages", "list", "--held"]) {
                    let release = try await Program.run([
                        "messages", "release", mail["id"] ?? "", "--as-verified", "--note", "rang her up", "--config",
                        room.settings,
                    ])
                    #expect(release.status == 0, "\(release.errors)")
                }
                try await room.await("both are answered and moved") {
                    try await room.json(["messages", "list"]).allSatisfy {
                        $0["settled"] == "1" || $0["settled"] == "true"
                    }
                        && room.received().count == 2
                }
            }
            let mails = try await room.json(["messages", "list"]).sorted { $0["reason"] ?? "" < $1["reason"] ?? "" }
            #expect(mails.map { $0["verdict"] } == ["incomplete", "accepted"])
            #expect(mails.map { $0["reason"] } == ["cc.missing", "ok"])
            #expect(mails.map { $0["authentication"] } == ["none", "none"])
            #expect(mails.allSatisfy { $0["verifiedBy"]?.hasPrefix("user:") == true })
            let status = try await room.json(["request", "list"]).filter { ["R-1", "R-2"].contains($0["id"]) }
            #expect(status.map { $0["status"] } == ["confirmed", "requested"])
            #expect(try keywords("/.Processed") == ["", ""])
        }
    }

    @Test func `Replies go out over implicit TLS with a login`() async throws {
        try await MailRoom.open(["--submission"]) { room in
            try await room.deliver([MailRoom.roleRequest(3)])
            let result = try await Program.run(["serve", "--once", "--config", room.settings])
            #expect(result.status == 0, "\(result.errors)")
            #expect(try room.received().count == 1)
        }
    }

    @Test func `Killed and started again it loses no mail and answers none twice`() async throws {
        try await MailRoom.open { room in
            try await room.deliver((1...40).map { MailRoom.roleRequest($0) })
            let beginnings = 3
            for pause in [200, 400, 600].prefix(beginnings) {
                let daemon = try Daemon(
                    settings: room.settings, log: room.folder.appending(path: "killed-\(pause).log"))
                try await Task.sleep(for: .milliseconds(pause))
                await daemon.kill()
            }
            try await room.withDaemon { _ in
                try await room.await("every mail has its verdict") {
                    try await room.json(["messages", "list"]).filter { $0["verdict"] != "<null>" }.count == 40
                }
                try await room.await("no reply is under way any more") {
                    try await room.json(["outbox", "list"]).allSatisfy {
                        $0["state"] == "sent" || $0["state"] == "unknown"
                    }
                }
            }
            // A mail that was in hand at two kills is put aside for a person; all others are answered.
            let mails = try await room.json(["messages", "list"])
            let poisoned = mails.filter { $0["reason"] == "poison" }.count
            #expect(mails.filter { $0["verdict"] == "accepted" }.count == 40 - poisoned)
            #expect(poisoned < beginnings)
            let outbox = try await room.json(["outbox", "list"])
            #expect(outbox.count == 40 - poisoned)
            #expect(Set(outbox.map { $0["messageID"] }).count == outbox.count)
            // A reply stands at the server twice only when its answer was lost, and then with the same Message-ID.
            let ids = try room.received().compactMap { mail in
                mail.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("message-id:") }
            }
            let doubled = Dictionary(grouping: ids, by: \.self).values.filter { $0.count > 1 }
            let unsure = outbox.filter { (Int($0["attempts"] ?? "") ?? 0) > 1 }
            #expect(doubled.count <= unsure.count)
            #expect(Set(ids).count == outbox.filter { $0["state"] == "sent" }.count)
        }
    }

    @Test func `On SIGHUP new settings are taken up, and unusable ones are refused and said`() async throws {
        try await MailRoom.open { room in
            let good = try String(contentsOfFile: room.settings, encoding: .utf8)
            try await room.withDaemon { daemon in
                let changed = good.replacing("authserv_id: mx.traces.example", with: "authserv_id: mx2.traces.example")
                    .replacing("/INBOX", with: "/Other")
                try Data(changed.utf8).write(to: URL(filePath: room.settings))
                daemon.hangUp()
                try await room.await("the new settings are taken up") { daemon.logText.contains("settings.reloaded") }
                try await room.await("what needs a restart is named") {
                    daemon.logText.contains(#""sections":"mailbox""#)
                }
                try Data("support: [\n".utf8).write(to: URL(filePath: room.settings))
                daemon.hangUp()
                try await room.await("unusable settings are refused") { daemon.logText.contains("is no YAML") }
                try Data(good.utf8).write(to: URL(filePath: room.settings))
                // The first mail is judged by the settings that were taken up: another server's word counts no more.
                try await room.deliver([MailRoom.roleRequest(1)])
                try await room.await("the mail has its verdict") {
                    try await room.json(["messages", "list"]).first?["verdict"] == "held"
                }
            }
        }
    }

    @Test func `A dropped export is taken up and its file moved with a report`() async throws {
        let extra = """
            registry:
              inbox: drops
              csv:
                requests:
                  type: request
                  files: "requests*.csv"
                  dates: dd.MM.yyyy
                  columns: {id: ID, account: Account, operator: Operator, status: Status, requestedAt: Date}
                  constants: {kind: importer}
            """
        try await MailRoom.open(extraSettings: extra) { room in
            let drops = room.folder.appending(path: "drops")
            try FileManager.default.createDirectory(at: drops, withIntermediateDirectories: false)
            func drop(_ name: String, _ text: String) throws {
                let draft = drops.appending(path: name + ".part")
                try Data(text.utf8).write(to: draft)
                try FileManager.default.moveItem(at: draft, to: drops.appending(path: name))
            }
            func files(_ folder: String) throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: drops.appending(path: folder).path).sorted()
            }
            try await room.withDaemon { _ in
                try drop("requests-11.csv", "ID,Account,Operator,Status,Date\nR-1,A-1,OP-1,withdrawn,01.11.2026\n")
                try drop("broken.jsonl", "{}\n")
                try await room.await("the request is withdrawn") {
                    try await room.json(["request", "list", "--status", "withdrawn"]).map { $0["id"] } == ["R-1"]
                }
                try await room.await("both files are moved") {
                    try FileManager.default.contentsOfDirectory(atPath: drops.path).sorted() == ["done", "failed"]
                }
            }
            #expect(try files("done").map { $0.hasSuffix("-requests-11.csv") } == [true, false])
            let report = try #require(try files("failed").last)
            let text = try String(contentsOf: drops.appending(path: "failed/\(report)"), encoding: .utf8)
            #expect(text.contains(#""rejections":[{"line":1,"reason":"'type' is missing"}]"#))
            let audit = try await room.json(["audit"]).filter { $0["action"] == "registry.imported" }
            #expect(audit.last?["actor"] == "inbox:requests-11.csv")
        }
    }

    @Test func `A server that can't be reached is tried again, and one pass says so with status 75`() async throws {
        try await MailRoom.open { room in
            let result = try await Program.run(
                ["serve", "--once", "--config", room.settings],
                environment: ["POSTERN_MAILBOX_URL": "imaps://localhost:9/INBOX"])
            #expect(result.status == 75)
            #expect(result.errors.contains("localhost"))
        }
    }

    @Test func `A certificate that nobody vouches for ends one pass with a clear line`() async throws {
        try await MailRoom.open { room in
            let result = try await Program.run(
                ["serve", "--once", "--config", room.settings],
                environment: ["POSTERN_MAILBOX_CA_FILE": "/etc/ssl/certs/ca-certificates.crt"])
            #expect(result.status == 2)
            #expect(result.errors.contains("certificate"))
            #expect(try await room.json(["messages", "list"]).isEmpty)
        }
    }
}
