import Foundation
import Testing

/// The program as it is installed, on real servers.
@Suite(.serialized) struct DaemonTests {
    @Test func `A mail that arrives during IDLE is answered and its request confirmed`() async throws {
        try await MailRoom.open { room in
            try await room.withDaemon { daemon in
                try await room.await("the daemon waits for mail") { daemon.logText.contains("mailbox.connected") }
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
            let inbox = try FileManager.default.contentsOfDirectory(
                atPath: (room.environment["MAILDIR"] ?? "") + "/.Processed/cur")
            #expect(inbox.count == 2)
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

    @Test func `Killed at any moment and started again it answers each mail once`() async throws {
        try await MailRoom.open { room in
            try await room.deliver((1...40).map { MailRoom.roleRequest($0) })
            for pause in [150, 250, 350, 450, 600] {
                try await room.withDaemon { daemon in
                    try await Task.sleep(for: .milliseconds(pause))
                    daemon.kill()
                }
            }
            try await room.withDaemon { _ in
                try await room.await("all mails are judged") {
                    try await room.json(["messages", "list"]).filter { $0["verdict"] == "accepted" }.count == 40
                }
                try await room.await("no reply waits any more") {
                    try await room.json(["outbox", "list"]).allSatisfy {
                        $0["state"] == "sent" || $0["state"] == "unknown"
                    }
                }
            }
            let outbox = try await room.json(["outbox", "list"])
            #expect(Set(outbox.map { $0["messageID"] }).count == 40)
            #expect(outbox.count == 40)
            // A reply may be at the server twice only when its answer was lost, and then with the same Message-ID.
            let ids = try room.received().compactMap { mail in
                mail.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("message-id:") }.map(
                    String.init)
            }
            let doubled = Dictionary(grouping: ids, by: \.self).filter { $0.value.count > 1 }
            let unsure = outbox.filter { (Int($0["attempts"] ?? "") ?? 0) > 1 }
            #expect(doubled.count <= unsure.count)
            #expect(Set(ids).count >= 40 - outbox.filter { $0["state"] == "unknown" }.count)
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
