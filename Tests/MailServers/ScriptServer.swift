import Foundation

/// A server that is a script of this folder, for one test. It prints the port that it listens on and serves until it is
/// ended.
package enum ScriptServer {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// Starts `script` (a Python program) and hands `body` its port.
    package static func run<Result>(
        _ script: String, _ arguments: [String], _ body: (Int) async throws -> Result
    ) async throws -> Result {
        let output = FileManager.default.temporaryDirectory.appending(path: "postern-port-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let process = try ChildProcess(
            "/usr/bin/python3", [folder.appending(path: script).path] + arguments,
            environment: ["PATH": "/usr/bin:/bin", "OPENSSL_CONF": "/dev/null", "PYTHONDONTWRITEBYTECODE": "1"],
            streams: ["/dev/null", output.path, output.path])
        do {
            let result = try await body(try await port(output))
            process.send(SIGKILL)
            _ = await process.end()
            return result
        } catch {
            process.send(SIGKILL)
            _ = await process.end()
            throw error
        }
    }

    /// Runs a program of this folder, or one by its whole path, to its end; throws unless it ends well.
    package static func call(_ program: String, _ arguments: [String]) async throws {
        let path = program.hasPrefix("/") ? program : folder.appending(path: program).path
        let process = try ChildProcess(
            path, arguments, environment: ["PATH": "/usr/bin:/bin"], streams: ["/dev/null", "/dev/null", "/dev/null"])
        guard await process.end() == 0 else { throw ChildProcess.NotStarted(reason: "\(program) failed") }
    }

    private static func port(_ output: URL) async throws -> Int {
        for _ in 0..<600 {
            let text = try String(contentsOf: output, encoding: .utf8)
            if text.hasSuffix("\n"), let port = Int(text.trimmingCharacters(in: .newlines)) { return port }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw ChildProcess.NotStarted(reason: "no port: \((try? String(contentsOf: output, encoding: .utf8)) ?? "")")
    }
}
