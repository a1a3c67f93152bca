import Foundation
import MailServers
import Testing

/// What commands ask where somebody sits at a terminal.
@Suite struct TerminalTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../MailServers/on-terminal.py").standardizedFileURL.path

    /// What the terminal showed, and the command's status.
    private func answer(_ answer: String, to arguments: [String], in shop: Workshop) async throws -> (String, Int32) {
        let log = try shop.write("terminal-\(UUID().uuidString).log", "")
        let process = try ChildProcess(
            Self.script, [answer, try Program.executable.path] + arguments,
            environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC", "TERM": "xterm"], streams: ["/dev/null", log, log])
        let status = await process.end()
        return (try String(contentsOfFile: log, encoding: .utf8), status)
    }

    @Test func `On a terminal likely duplicates are shown and asked about before an operator is created`() async throws
    {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let operators = #"{"type":"operator","id":"OP-1","name":"Müller Holz GmbH","country":"DE"}"# + "\n"
            let imported = try await Program.run(["import", "--config", settings, "-"], input: operators)
            #expect(imported.status == 0)
            let create = ["operator", "create", "--name", "Mueller Holz", "--country", "DE", "--config", settings]
            let (refused, no) = try await answer("n", to: create, in: shop)
            #expect(no == 1)
            #expect(refused.contains("OP-1"))
            #expect(refused.contains("Duplicates can't be mended in TRACES. Add Mueller Holz? [y/N]"))
            let (_, nothing) = try await answer("", to: create, in: shop)
            #expect(nothing == 1)
            let before = try await Program.run(["operator", "list", "--json", "--config", settings])
            #expect(before.lines.count == 1)
            let (created, yes) = try await answer("y", to: create, in: shop)
            #expect(yes == 0)
            #expect(created.contains("created OP-L1"))
        }
    }
}
