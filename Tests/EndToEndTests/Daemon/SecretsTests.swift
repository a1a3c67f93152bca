import Foundation
import MailServers
import Testing

/// The password, a token and the installation's key, followed through everything that the program prints and writes.
@Suite(.enabled(if: RealServers.areInstalled), .serialized) struct SecretsTests {
    /// A secret in the forms in which it could show.
    private static func shapes(_ secret: String) -> [String] {
        [
            secret, Data(secret.utf8).base64EncodedString(),
            Data("\0traces-support\0\(secret)".utf8).base64EncodedString(),
        ]
    }

    /// Those that use the secrets, in every world; the others in the ordinary one.
    private static let using = [["serve", "--once"], ["doctor", "--json"], ["config", "show"], ["config", "check"]]
    private static let others = [
        ["doctor"], ["config", "show", "--json"], ["status", "--json"], ["messages", "list"], ["audit", "--json"],
        ["request", "show", "R-1"], ["outbox", "list"],
    ]

    @Test func `No command shows a secret, whatever goes wrong`() async throws {
        try await MailRoom.open(["--submission"]) { room in
            try await room.deliver([MailRoom.roleRequest(1)])
            let right = try String(contentsOfFile: room.environment["PASSWORD_FILE"] ?? "", encoding: .utf8)
                .trimmingCharacters(in: .newlines)
            let wrong = "Wr0ng-Passw0rd-of-N0body", token = "T0ken-0f-Nob0dy.abcdefghijkl"
            func file(_ name: String, _ text: String, mode: Int) throws -> String {
                let url = room.folder.appending(path: name)
                try Data(text.utf8).write(to: url)
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
                return url.path
            }
            let wrongFile = try file("wrong.password", wrong + "\n", mode: 0o600)
            let program = try file("token", "#!/bin/sh\necho '\(token)'\n", mode: 0o700)
            let broken = try file("broken", "#!/bin/sh\nset -x\nT='\(token)'\necho \"$T\" >&2\nexit 3\n", mode: 0o700)
            let withToken = { (program: String) in
                ["POSTERN_MAILBOX_PASSWORD_FILE": "", "POSTERN_MAILBOX_TOKEN_COMMAND": program]
            }
            let worlds: [[String: String]] = [
                [:],
                ["POSTERN_MAILBOX_PASSWORD_FILE": wrongFile, "POSTERN_SUBMISSION_PASSWORD_FILE": wrongFile],
                withToken(program), withToken(broken),
                ["POSTERN_MAILBOX_URL": "imaps://127.0.0.2:\(room.environment["IMAPS_PORT"] ?? "")/INBOX"],
                ["POSTERN_MAILBOX_URL": "imaps://traces-support:\(wrong)@localhost/INBOX"],
                ["POSTERN_MAILBOX_URL": "imaps://traces-support:12/\(wrong)@localhost/INBOX"],
                ["POSTERN_SUBMISSION_URL": "smtps://traces-support:\(wrong)@localhost"],
                // Settings that do not exist, with a secret in them.
                ["POSTERN_MAILBOX_PASSWORD": wrong],
            ]
            var printed = ""
            for world in worlds {
                for command in Self.using + (world.isEmpty ? Self.others : []) {
                    let result = try await Program.run(
                        command + ["--config", room.settings],
                        environment: world.merging(["POSTERN_LOG_LEVEL": "trace"]) { one, _ in one })
                    printed += result.output + result.errors
                }
            }
            #expect(printed.contains("login refused") && printed.contains("ended with status 3"))
            let key = try Data(contentsOf: room.folder.appending(path: "postern.key"))
            let secrets =
                [right, wrong, token].flatMap(Self.shapes) + [
                    key.base64EncodedString(), key.map { String($0, radix: 16) }.joined(),
                    key.map(String.init).joined(separator: ", "),
                ]
            for secret in secrets { #expect(!printed.contains(secret)) }
            // Nor does the store, nor anything that was left lying about.
            for name in try FileManager.default.contentsOfDirectory(atPath: room.folder.path)
            where !["wrong.password", "token", "broken", "postern.key"].contains(name) {
                let bytes = try Data(contentsOf: room.folder.appending(path: name))
                for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)") }
            }
        }
    }

    @Test func `The service shows no secret in the process list, and none when it crashes`() async throws {
        try await MailRoom.open { room in
            let password = try String(contentsOfFile: room.environment["PASSWORD_FILE"] ?? "", encoding: .utf8)
                .trimmingCharacters(in: .newlines)
            for signal in [SIGABRT, SIGSEGV] {
                let place = room.folder.appending(path: "crash-\(signal)")
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                let log = place.appending(path: "log").path
                try Data().write(to: URL(filePath: log))
                let program = try Program.executable.path
                let process = try ChildProcess(
                    "/bin/sh",
                    [
                        "-c",
                        "ulimit -c unlimited; cd '\(place.path)' && exec '\(program)' serve --config '\(room.settings)'",
                    ],
                    environment: [
                        "PATH": "/usr/bin:/bin", "TZ": "UTC", "POSTERN_LOG_FORMAT": "json",
                        "POSTERN_LOG_LEVEL": "trace",
                        "SWIFT_BACKTRACE": "enable=yes,registers=all,color=no",
                    ], streams: ["/dev/null", log, log])
                func text(_ path: String) throws -> String {
                    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
                }
                try await room.await("the service waits for mail") { try text(log).contains("mailbox.idle") }
                let folder = "/proc/\(process.identifier)"
                #expect(try !text("\(folder)/cmdline").contains(password))
                #expect(try !text("\(folder)/environ").contains(password))
                let limit = try text("\(folder)/limits").split(separator: "\n").first { $0.hasPrefix("Max core") }
                #expect(limit?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
                process.send(signal)
                #expect(await process.end() == 128 + signal)
                #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["log"])
                let said = try text(log)
                #expect(!said.contains(password) && !said.contains("crashed"))
            }
        }
    }

    @Test func `Another process of the same user can't read its memory`() async throws {
        try await Workshop.with { shop in
            // As somebody else than root, who may read everything; the program must lie where that user can read it.
            let program = shop.path("postern")
            try FileManager.default.copyItem(atPath: try Program.executable.path, toPath: program)
            for (path, mode) in [(shop.folder.path, 0o755), (program, 0o755)] {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            }
            let pipe = shop.path("pipe")
            #expect(mkfifo(pipe, 0o666) == 0 && chmod(pipe, 0o666) == 0)
            let writer = open(pipe, O_RDWR)
            defer { close(writer) }
            let isRoot = geteuid() == 0
            let user = isRoot ? 65_534 : geteuid()
            func start(_ words: [String]) throws -> ChildProcess {
                let drop = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
                let line = (isRoot ? drop : []) + words
                return try ChildProcess(
                    line[0], Array(line.dropFirst()), environment: ["PATH": "/usr/bin:/bin"],
                    streams: [pipe, "/dev/null", "/dev/null"])
            }
            func owner(_ process: ChildProcess) -> UInt32? {
                var status = stat()
                return stat("/proc/\(process.identifier)/mem", &status) == 0 ? status.st_uid : nil
            }
            /// Whether the program's memory comes to belong to `wanted`, once it is that program that runs.
            func comes(_ wanted: UInt32, _ name: String, _ process: ChildProcess) async throws -> Bool {
                for _ in 0..<600 {
                    let comm = try String(contentsOfFile: "/proc/\(process.identifier)/comm", encoding: .utf8)
                    if comm == name + "\n", owner(process) == wanted { return true }
                    try await Task.sleep(for: .milliseconds(50))
                }
                return false
            }
            let open = try start(["/bin/cat"])
            #expect(try await comes(user, "cat", open))
            open.send(SIGKILL)
            _ = await open.end()
            let closed = try start([
                program, "check", "--authserv-id", "mx.traces.example", "--support", "a@traces.example", "--registry",
                "/dev/null", "-",
            ])
            #expect(try await comes(0, "postern", closed))
            closed.send(SIGKILL)
            _ = await closed.end()
        }
    }

    @Test func `Nothing is taken from the environment: no proxy, no netrc, no log of keys`() async throws {
        try await MailRoom.open(["--submission"]) { room in
            try Data("machine localhost login nobody password nothing\ndefault login nobody password nothing\n".utf8)
                .write(to: room.folder.appending(path: ".netrc"))
            let keys = room.folder.appending(path: "tls.keys")
            // Nobody listens on port 1: whoever went by a proxy would not get through.
            let proxy = "http://127.0.0.1:1"
            let result = try await Program.run(
                ["doctor", "--config", room.settings],
                environment: [
                    "HOME": room.folder.path, "ALL_PROXY": proxy, "all_proxy": proxy, "HTTPS_PROXY": proxy,
                    "https_proxy": proxy, "http_proxy": proxy, "imaps_proxy": proxy, "smtps_proxy": proxy,
                    "SSLKEYLOGFILE": keys.path,
                ])
            #expect(result.status == 0, "\(result.output)")
            #expect(result.lines.contains { $0.contains("mailbox login: ") && $0.hasPrefix("ok") })
            #expect(result.lines.contains { $0.contains("submission login: ") && $0.hasPrefix("ok") })
            #expect(!FileManager.default.fileExists(atPath: keys.path))
        }
    }
}
