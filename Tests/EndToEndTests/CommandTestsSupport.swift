import Foundation

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

    /// Runs it to its end. The environment holds PATH, TZ and what is given, nothing of the caller's.
    static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], output: String? = nil
    ) async throws -> Result {
        try await ChildProcess.run(
            try executable.path, arguments,
            environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC"].merging(environment) { $1 },
            input: input, output: output)
    }
}

/// A process that is run to its end, with files for its three streams.
///
/// Foundation's `Process` takes a process for running as long as a child of that process lives, so it waits for ever
/// for a script that starts a mail server; here only the process itself is waited for.
enum ChildProcess {
    /// `output` names a file that exists already and takes what the process prints, in place of one of our own.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String], input: String = "", output: String? = nil
    ) async throws -> Program.Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["input", "output", "errors"].map { folder.appending(path: $0) }
        for (file, text) in zip(files, [input, "", ""]) { try Data(text.utf8).write(to: file) }
        let process = try spawn(
            path, arguments, environment: environment, streams: [files[0].path, output ?? files[1].path, files[2].path])
        let status = await wait(for: process)
        return Program.Result(
            status: status, output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }

    private static func spawn(
        _ path: String, _ arguments: [String], environment: [String: String], streams: [String]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, file) in streams.enumerated() {
            posix_spawn_file_actions_addopen(
                &actions, Int32(descriptor), file, descriptor == 0 ? O_RDONLY : O_WRONLY | O_APPEND, 0)
        }
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let problem = posix_spawn(&process, path, &actions, nil, &words, &variables)
        guard problem == 0 else { throw Program.NotRun(reason: "\(path): \(String(cString: strerror(problem)))") }
        return process
    }

    /// The exit status, or 128 and the signal that ended it. Blocks a thread of Dispatch's, none of the tests'.
    private static func wait(for process: pid_t) async -> Int32 {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                let signal = status & 0x7f
                continuation.resume(returning: signal == 0 ? (status >> 8) & 0xff : 128 + signal)
            }
        }
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
