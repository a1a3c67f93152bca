import Foundation
import MailServers

/// The built program, run as a process of its own.
enum Program {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
        var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    }

    struct NotRun: Error { let reason: String }

    /// The executable lies beside the test bundle.
    static var executable: URL {
        get throws {
            let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            var folder = URL(filePath: bundle).deletingLastPathComponent()
            for _ in 0..<6 {
                let candidate = folder.appending(path: "postern")
                if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
                folder = folder.deletingLastPathComponent()
            }
            // Where a runner loads the bundle, its arguments name it.
            for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
                let candidate = URL(filePath: argument).deletingLastPathComponent().appending(path: "postern")
                if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            }
            throw NotRun(reason: "no postern beside \(bundle)")
        }
    }

    /// Runs it, or `another` program, to its end. The environment holds PATH, TZ and what is given, nothing of the caller's.
    static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], output: String? = nil,
        another: URL? = nil
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["input", "output", "errors"].map { folder.appending(path: $0) }
        for (file, text) in zip(files, [input, "", ""]) { try Data(text.utf8).write(to: file) }
        let process = try ChildProcess(
            try (another ?? executable).path, arguments,
            environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC"].merging(environment) { $1 },
            streams: [files[0].path, output ?? files[1].path, files[2].path])
        let status = await process.end()
        return Result(
            status: status, output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}

/// A folder that lives as long as one test.
struct Workshop {
    let folder: URL

    /// Makes the folder, hands it to `body`, takes it away.
    static func with(_ body: (Workshop) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try await body(Workshop(folder: folder))
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
        try FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Writes a file, with its folders, and returns its path.
    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        return url.path
    }

    /// Settings that hold, with the password file that they name. `extra` is YAML laid behind.
    func settings(_ extra: String = "") throws -> String {
        try write("mail.password", "correct horse\n")
        return try write("postern.yaml", Self.goodSettings + extra)
    }

    static let goodSettings = """
        support:
          addresses: [support@traces.example]
        mailbox:
          url: imaps://imap.traces.example/INBOX
          user: support
          password_file: mail.password
        submission:
          url: smtps://smtp.traces.example:465
          user: support
          password_file: mail.password
        trust:
          authserv_id: mx.traces.example
        store:
          path: postern.db

        """
}
