import Foundation
import MailServers
import Testing

/// `postern backup`: beside the running service, put back, and cut off in the middle.
@Suite(.serialized) struct BackupTests {
    private func registry(_ shop: Workshop) async throws -> String {
        let settings = try shop.settings()
        let result = try await Program.run(
            ["import", "--config", settings, "-"], input: MailRoom.registry(accounts: 400))
        #expect(result.status == 0, "\(result.errors)")
        return settings
    }

    @Test func `A backup put back is the same registry, and a file in its place is not replaced by chance`()
        async throws
    {
        try await Workshop.with { shop in
            let settings = try await registry(shop)
            let target = shop.path("backup.db")
            let first = try await Program.run(["backup", target, "--json", "--config", settings])
            #expect(first.status == 0 && first.errors.isEmpty)
            let told = try #require(try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Any])
            #expect(told["file"] as? String == target)
            let attributes = try FileManager.default.attributesOfItem(atPath: target)
            #expect(told["bytes"] as? Int == attributes[.size] as? Int)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let again = try await Program.run(["backup", target, "--config", settings])
            #expect(again.status == 2)
            #expect(
                again.errorLines == ["postern: \(target) is there already; name a new file, or give --force"])
            #expect(try await Program.run(["backup", "--force", target, "--config", settings]).status == 0)

            let before = try await Program.run(["export", "--config", settings])
            try FileManager.default.removeItem(atPath: shop.path("postern.db"))
            try? FileManager.default.removeItem(atPath: shop.path("postern.db-journal"))
            try FileManager.default.moveItem(atPath: target, toPath: shop.path("postern.db"))
            let after = try await Program.run(["export", "--config", settings])
            #expect(after.status == 0 && after.output == before.output)
        }
    }

    @Test func `Killed in the middle, it leaves no half backup, and the next one tidies up`() async throws {
        try await Workshop.with { shop in
            let settings = try await registry(shop)
            let target = shop.path("backup.db")
            // Somebody holds the database, so the backup waits with its draft begun.
            try await ScriptServer.run("hold-database.py", [shop.path("postern.db"), "exclusive"]) { _ in
                let process = try ChildProcess(
                    try Program.executable.path, ["backup", target, "--config", settings],
                    environment: ["PATH": "/usr/bin:/bin"], streams: ["/dev/null", "/dev/null", "/dev/null"])
                for _ in 0..<600 where !FileManager.default.fileExists(atPath: target + ".part") {
                    try await Task.sleep(for: .milliseconds(20))
                }
                process.send(SIGKILL)
                #expect(await process.end() == 128 + SIGKILL)
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: shop.folder.path)
            #expect(left.contains("backup.db.part") && !left.contains("backup.db"))
            try Data("half".utf8).write(to: URL(filePath: target + ".part"))
            #expect(try await Program.run(["backup", target, "--config", settings]).status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: shop.folder.path)
            #expect(names.filter { $0.hasPrefix("backup") } == ["backup.db"])
        }
    }

    @Test func `A write that fails leaves nothing behind`() async throws {
        try await Workshop.with { shop in
            let settings = try await registry(shop)
            let target = shop.path("backup.db")
            let program = try Program.executable.path
            let result = try await Program.run(
                ["-c", "trap '' XFSZ; ulimit -f 64; exec '\(program)' backup '\(target)' --config '\(settings)'"],
                another: URL(filePath: "/bin/sh"))
            #expect(result.status == 2, "\(result.errors)")
            #expect(result.errors.contains(target))
            let names = try FileManager.default.contentsOfDirectory(atPath: shop.folder.path)
            #expect(names.filter { $0.hasPrefix("backup") } == [])
        }
    }

    @Test func `What the store makes is its owner's alone under any umask`() async throws {
        for mask in ["000", "022", "077"] {
            try await Workshop.with { shop in
                let settings = try shop.settings()
                let lines = try shop.write("registry.jsonl", MailRoom.registry(accounts: 1))
                let program = try Program.executable.path
                let result = try await Program.run(
                    [
                        "-c",
                        """
                        umask \(mask); '\(program)' import '\(lines)' --config '\(settings)' &&
                        '\(program)' request show R-1 --mailto --config '\(settings)' &&
                        '\(program)' backup '\(shop.path("backup.db"))' --config '\(settings)'
                        """,
                    ], another: URL(filePath: "/bin/sh"))
                #expect(result.status == 0, "\(mask): \(result.errors)")
                for name in ["postern.db", "postern.db-journal", "postern.key", "backup.db"] {
                    let attributes = try FileManager.default.attributesOfItem(atPath: shop.path(name))
                    let mode = attributes[.posixPermissions] as? Int ?? -1
                    #expect(mode & 0o077 == 0, "\(mask) \(name)")
                }
            }
        }
    }
}

/// The service's own look at the rights of its files.
@Suite(.enabled(if: RealServers.areInstalled), .serialized) struct StoreRightsTests {
    @Test func `The service closes what is open to others, refuses links, and goes on while it is copied`() async throws
    {
        try await MailRoom.open { room in
            let store = room.folder.appending(path: "postern.db").path
            chmod(store, 0o644)
            let first = try await Program.run(
                ["serve", "--once", "--config", room.settings], environment: ["POSTERN_LOG_FORMAT": "json"])
            #expect(first.status == 0, "\(first.errors)")
            let line = first.errorLines.first { $0.contains("store.open-to-others") }
            #expect(line?.contains("others than its owner may use it (mode 644)") == true)
            let mode = try FileManager.default.attributesOfItem(atPath: store)[.posixPermissions] as? Int
            #expect(mode == 0o600)

            try await room.withDaemon { _ in
                let copy = room.folder.appending(path: "copy.db").path
                try await room.deliver((1...20).map { MailRoom.roleRequest($0) })
                let result = try await Program.run(["backup", copy, "--config", room.settings])
                #expect(result.status == 0, "\(result.errors)")
                try await room.await("all are judged") {
                    try await room.json(["messages", "list"]).filter { $0["verdict"] == "accepted" }.count == 20
                }
            }

            let moved = room.folder.appending(path: "moved.db").path
            try FileManager.default.moveItem(atPath: store, toPath: moved)
            try FileManager.default.createSymbolicLink(atPath: store, withDestinationPath: moved)
            let linked = try await Program.run(["serve", "--once", "--config", room.settings])
            #expect(linked.status == 2)
            #expect(
                linked.errorLines == [
                    "postern: \(store) is a link; name the file itself in store.path, or link its folder"
                ])
        }
    }
}
