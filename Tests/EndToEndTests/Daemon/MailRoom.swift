import Foundation
import MailServers
import Testing

/// Real mail servers, a store and settings for one test: Dovecot over TLS and smtp-sink, on loopback, in a folder.
struct MailRoom: Sendable {
    let folder: URL
    let servers: RealServers
    let environment: [String: String]
    let settings: String

    /// Starts the servers, hands them over, stops them.
    static func open(
        _ options: [String] = [], extraSettings: String = "", _ body: (MailRoom) async throws -> Void
    ) async throws {
        try await Workshop.with { shop in
            try await RealServers.run(options) { servers in
                try await body(try await MailRoom(shop: shop, servers: servers, extraSettings: extraSettings))
            }
        }
    }

    private init(shop: Workshop, servers: RealServers, extraSettings: String) async throws {
        self.folder = shop.folder
        self.servers = servers
        let environment = servers.values
        self.environment = environment
        let value = { (key: String) in environment[key] ?? "" }
        let submission =
            environment["SMTPS_PORT"].map { port in
                """
                  url: smtps://localhost:\(port)
                  user: traces-support
                  password_file: \(value("PASSWORD_FILE"))
                  ca_file: \(value("CA_FILE"))
                  envelope_from: traces-support@postern.example
                """
            } ?? "  url: smtp://localhost:\(value("SMTP_PORT"))"
        settings = try shop.write(
            "postern.yaml",
            """
            support:
              addresses: [support@traces.example]
              display_name: TRACES Support Team
            mailbox:
              url: imaps://localhost:\(value("IMAPS_PORT"))/INBOX
              user: traces-support
              password_file: \(value("PASSWORD_FILE"))
              ca_file: \(value("CA_FILE"))
            submission:
            \(submission)
            trust:
              authserv_id: mx.traces.example
              allow_plaintext: true
            store:
              path: \(shop.path("postern.db"))
            \(extraSettings)
            """)
        try shop.write("registry.jsonl", Self.registry(accounts: 40))
        let imported = try await Program.run(["import", "--config", settings, shop.path("registry.jsonl")])
        #expect(imported.status == 0, "\(imported.errors)")
    }

    /// Accounts A-1 … with a mailbox, a company and a pending importer request each.
    static func registry(accounts: Int) -> String {
        var lines = [
            #"{"type":"authority","id":"CA-HR","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo poljoprivrede","country":"HR","mailbox":"flegt@mps.example"}"#
        ]
        for number in 1...accounts {
            lines += [
                #"{"type":"operator","id":"OP-\#(number)","name":"Drvo \#(number) d.o.o.","country":"HR","activities":["imported-timber-products"]}"#,
                #"{"type":"account","id":"A-\#(number)","firstName":"Ana","lastName":"Kovač","mailbox":"ana\#(number)@drvo.example","language":"en","state":"active"}"#,
                #"{"type":"request","id":"R-\#(number)","account":"A-\#(number)","kind":"importer","operator":"OP-\#(number)","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}"#,
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A mail of account `number` that all five rules like, as the receiving border hands it over.
    static func roleRequest(_ number: Int, cc: String? = "flegt@mps.example") -> String {
        let fields = [
            "Return-Path: <ana\(number)@drvo.example>",
            "Authentication-Results: mx.traces.example; dmarc=pass header.from=drvo.example",
            "Received: from out.drvo.example by mx.traces.example with ESMTPS; Sun, 1 Nov 2026 10:00:00 +0000",
            "From: Ana =?utf-8?Q?Kova=C4=8D?= <ana\(number)@drvo.example>", "To: support@traces.example",
            cc.map { "Cc: \($0)" }, "Subject: Role request: FLEGT timber importer",
            "Message-ID: <m\(number).\(UUID().uuidString)@drvo.example>", "Date: Sun, 1 Nov 2026 10:00:00 +0000",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
        ].compactMap(\.self)
        let body = """
            Dear team,
            I ask for the role of FLEGT timber importer.
            My name is Ana Kovač, the company is Drvo \(number) d.o.o.
            """
        return (fields + ["", body, ""]).joined(separator: "\n").replacing("\n", with: "\r\n")
    }

    /// Puts mails into the INBOX as delivery does.
    func deliver(_ mails: [String]) async throws { try await servers.deliver(mails) }

    /// The mails that the SMTP server took, as text.
    func received() throws -> [String] {
        let sink = environment["SINK_DIR"] ?? ""
        return try FileManager.default.contentsOfDirectory(atPath: sink).sorted().map {
            String(decoding: try Data(contentsOf: URL(filePath: sink).appending(path: $0)), as: UTF8.self)
        }
    }

    /// A command of the program with these settings; its JSON Lines as dictionaries of texts.
    func json(_ arguments: [String]) async throws -> [[String: String]] {
        let result = try await Program.run(arguments + ["--json", "--config", settings])
        #expect(result.status == 0, "\(result.errors)")
        return try result.lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            return object.mapValues { "\($0)" }
        }
    }

    /// Looks again and again until `condition` holds, for at most a minute.
    func await(_ what: String, _ condition: () async throws -> Bool) async throws {
        for _ in 0..<600 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("a minute went by and still not: \(what)")
    }

    /// Runs the daemon while `body` works; then ends it with SIGTERM and expects a clean end.
    func withDaemon(_ body: (Daemon) async throws -> Void) async throws {
        let daemon = try Daemon(settings: settings, log: folder.appending(path: "daemon-\(UUID().uuidString).log"))
        do {
            try await self.await("the daemon is ready") { daemon.logText.contains("service.ready") }
            try await body(daemon)
        } catch {
            await daemon.kill()
            throw error
        }
        #expect(await daemon.stop() == 0, "\(daemon.logText)")
    }
}

/// The running daemon.
final class Daemon {
    private let process: ChildProcess
    private let log: URL

    init(settings: String, log: URL) throws {
        self.log = log
        try Data().write(to: log)
        process = try ChildProcess(
            try Program.executable.path, ["serve", "--config", settings],
            environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC", "POSTERN_LOG_FORMAT": "json"],
            streams: ["/dev/null", log.path, log.path])
    }

    var logText: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// SIGKILL: no time to tidy up.
    func kill() async {
        process.send(SIGKILL)
        _ = await process.end()
    }

    /// SIGTERM; returns the exit status.
    func stop() async -> Int32 {
        process.send(SIGTERM)
        return await process.end()
    }

    func hangUp() { process.send(SIGHUP) }
}
