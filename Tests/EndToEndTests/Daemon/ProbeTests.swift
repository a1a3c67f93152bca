import Foundation
import MailServers
import Testing

/// `postern doctor --probe` against a real Dovecot behind a border that strips forged fields, or does not.
@Suite(.enabled(if: RealServers.areInstalled), .serialized) struct ProbeTests {
    struct Border: CustomTestStringConvertible, Sendable {
        let name: String
        let options: [String]
        let status: Int32
        /// The findings behind the sending: check, grade, and what their words hold.
        let findings: [(check: String, grade: String, words: String)]
        var testDescription: String { name }
    }

    static let ok = [("border", "ok", "Received by mx.traces.example")]
    static let stripped = [("forged fields", "ok", "all 6 forged Authentication-Results were stripped")]
    static let own = [("own results", "ok", "Authentication-Results of mx.traces.example with dmarc=fail")]
    static let inInbox = [("probe arrival", "ok", "in INBOX, after")]

    static let borders = [
        Border(name: "strips all", options: [], status: 0, findings: inInbox + ok + stripped + own),
        Border(
            name: "offers TLS with a certificate that nobody knows", options: ["--tls", "TLS"], status: 0,
            findings: inInbox + ok + stripped + own),
        Border(
            name: "strips nothing", options: ["--strip", "none"], status: 1,
            findings: inInbox + ok + [
                ("forged fields", "failed", "6 of 6 forged Authentication-Results were not stripped")
            ]
                + own),
        Border(
            name: "strips what looks just so", options: ["--strip", "plain"], status: 1,
            findings: inInbox + ok + [
                (
                    "forged fields", "failed",
                    "4 of 6 forged Authentication-Results were not stripped (in other case, with comments, folded, quoted)"
                )
            ] + own),
        Border(
            name: "writes its own beneath what came", options: ["--strip", "none", "--place", "below"], status: 1,
            findings: inInbox + ok + [
                ("forged fields", "failed", "6 of 6 forged Authentication-Results stand where the server's own do")
            ] + own),
        Border(
            name: "has another name", options: ["--host", "mx7.other.example"], status: 1,
            findings: inInbox + [
                (
                    "border", "failed",
                    "no Received by mx.traces.example (trust.border_host); seen, topmost first: inner.traces.example, mx7.other.example"
                )
            ] + stripped + [("own results", "failed", "that count, as the border can't be told; of mx.traces.example")]),
        Border(
            name: "has another name and strips nothing", options: ["--host", "", "--strip", "none"], status: 1,
            findings: inInbox + [
                ("border", "failed", "seen, topmost first: inner.traces.example"),
                ("forged fields", "failed", "there is no Received of the border that would set them apart"),
                ("own results", "failed", "no Authentication-Results of mx.traces.example"),
            ]),
        Border(
            name: "writes under another id", options: ["--results-id", "mx9.traces.example"], status: 1,
            findings: inInbox + ok + stripped + [("own results", "failed", "of mx9.traces.example")]),
        Border(
            name: "checks no DMARC", options: ["--results", "spf=pass smtp.mailfrom=x.example"], status: 1,
            findings: inInbox + ok + stripped + [
                ("own results", "failed", "but no dmarc result: every such mail is held")
            ]),
        Border(
            name: "refuses the mail", options: ["--refuse", "forged fields"], status: 1,
            findings: [("probe sent", "failed", "550 5.7.1 forged fields")]),
        Border(
            name: "loses the mail", options: ["--folder", ""], status: 75,
            findings: [("probe arrival", "temporary", "did not arrive within 2.0 seconds")]),
    ]

    private struct Row: Decodable {
        let check: String
        let grade: String
        let words: String
    }

    private func doctor(
        _ room: MailRoom, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> (status: Int32, rows: [Row]) {
        let result = try await Program.run(
            ["doctor", "--json", "--config", room.settings] + arguments, environment: environment)
        return (result.status, try result.lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) })
    }

    private func withBorder<Result>(
        _ room: MailRoom, _ options: [String], _ body: (Int) async throws -> Result
    ) async throws -> Result {
        let value = { (name: String) in room.environment[name] ?? "" }
        let tls = URL(filePath: value("CA_FILE")).deletingLastPathComponent().path
        let fixed = [
            "--imap-port", value("IMAPS_PORT"), "--ca", value("CA_FILE"), "--password-file", value("PASSWORD_FILE"),
        ]
        return try await ScriptServer.run("border.py", fixed + options.map { $0 == "TLS" ? tls : $0 }, body)
    }

    @Test func `Each border is told for what it is`() async throws {
        try await MailRoom.open { room in
            for border in Self.borders {
                try await withBorder(room, border.options) { port in
                    let found = try await doctor(
                        room, ["--probe", "--wait", "2", "--through", "smtp://127.0.0.1:\(port)"])
                    #expect(found.status == border.status, "\(border.name)")
                    let tail = found.rows.suffix(border.findings.count)
                    #expect(tail.map(\.check) == border.findings.map(\.check), "\(border.name)")
                    #expect(tail.map(\.grade) == border.findings.map(\.grade), "\(border.name)")
                    for (row, wanted) in zip(tail, border.findings) {
                        #expect(row.words.contains(wanted.words), "\(border.name)")
                    }
                }
            }
        }
    }

    @Test func `The running service ignores the probe, and it is found in the folder for that`() async throws {
        try await MailRoom.open { room in
            try await withBorder(room, []) { port in
                try await room.withDaemon { _ in
                    let found = try await doctor(
                        room, ["--probe", "--wait", "30"],
                        environment: ["POSTERN_SUBMISSION_URL": "smtp://127.0.0.1:\(port)"])
                    #expect(found.status == 0)
                    #expect(
                        found.rows.map(\.check).suffix(5) == [
                            "probe sent", "probe arrival", "border", "forged fields", "own results",
                        ])
                    try await room.await("the probe is judged") {
                        try await room.json(["messages", "list"]).map { $0["reason"] } == ["automatic.own-mail"]
                    }
                    #expect(try await room.json(["messages", "list"]).map { $0["verdict"] } == ["ignored"])
                }
                #expect(try await room.json(["outbox", "list"]).isEmpty)
                #expect(try room.received().isEmpty)
            }
        }
    }

    @Test func `Without a probe nothing is sent, and the newest mails say whether the settings fit`() async throws {
        try await MailRoom.open { room in
            try await room.deliver((1...3).map { MailRoom.roleRequest($0) })
            let fitting = try await doctor(room, []).rows.filter { $0.check == "newest mails" }
            #expect(
                fitting.map(\.words) == [
                    "3 of the newest 3 mails have a Received by mx.traces.example",
                    "3 of them have Authentication-Results of mx.traces.example where the border writes, 3 with dmarc",
                ])
            let other = try await doctor(
                room, [],
                environment: [
                    "POSTERN_TRUST_BORDER_HOST": "mx2.other.example", "POSTERN_TRUST_AUTHSERV_ID": "other.example",
                ]
            ).rows.filter { $0.check == "newest mails" }
            #expect(other.map(\.grade) == ["warning", "warning"])
            #expect(
                other.map(\.words) == [
                    "0 of the newest 3 mails have a Received by mx2.other.example; seen instead: mx.traces.example (3)",
                    "0 of them have Authentication-Results of other.example where the border writes, 0 with dmarc; seen instead: mx.traces.example (3)",
                ])
            #expect(try room.received().isEmpty)
            // Looked at, not touched.
            #expect(try await room.json(["messages", "list"]).isEmpty)
        }
    }

    @Test(
        "Options of the probe that can't work are refused",
        arguments: [
            (["--through", "smtp://mx.example.org"], "--through, --from and --wait need --probe"),
            (["--probe", "--wait", "0"], "--wait must be from 1 to 3600"),
            (["--probe", "--from", "nobody"], "--from: 'nobody' is no plain mail address"),
            (["--probe", "--through", "smtps://mx.example.org"], "write it as smtp://host[:port]"),
            (
                ["--probe", "--through", "smtp://u:hunter2@mx.example.org"],
                "user and password have settings of their own"
            ),
        ])
    func options(_ arguments: [String], _ words: String) async throws {
        let result = try await Program.run(["doctor"] + arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains(words))
        #expect(!result.errors.contains("hunter2"))
    }
}
