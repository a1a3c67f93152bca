package import Foundation

/// Dovecot and smtp-sink, started for one test by the script that the demo uses, too.
package struct RealServers: Sendable {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "mail-servers.sh")

    /// Whether this machine has what it takes.
    package static var areInstalled: Bool {
        ["dovecot", "smtp-sink"].allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/sbin/\($0)") }
            && FileManager.default.isReadableFile(atPath: script.path)
    }

    package let folder: URL
    package let values: [String: String]

    /// Starts them, runs `body`, stops them.
    package static func run<Result>(_ options: [String] = [], _ body: (RealServers) async throws -> Result) async throws
        -> Result
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-curl-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await call(["start", folder.path] + options)
        do {
            let result = try await body(RealServers(folder: folder))
            try await call(["stop", folder.path])
            return result
        } catch {
            try await call(["stop", folder.path])
            throw error
        }
    }

    private init(folder: URL) throws {
        self.folder = folder
        let rows = try String(contentsOf: folder.appending(path: "env"), encoding: .utf8).split(separator: "\n")
        values = Dictionary(
            rows.compactMap { row in
                let parts = row.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            }, uniquingKeysWith: { $1 })
    }

    package func value(_ name: String) throws -> String {
        guard let value = values[name] else { throw CocoaError(.keyValueValidation, userInfo: ["name": name]) }
        return value
    }

    /// Puts mails into the INBOX, in this order.
    package func deliver(_ mails: [String]) async throws {
        let outgoing = folder.appending(path: "outgoing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: outgoing, withIntermediateDirectories: true)
        for (index, mail) in mails.enumerated() {
            let name = String(String(1_000_000 + index).dropFirst()) + ".eml"
            try Data(mail.utf8).write(to: outgoing.appending(path: name))
        }
        try await Self.call(["deliver", folder.path, outgoing.path])
    }

    package func restartSink(_ options: [String]) async throws {
        try await Self.call(["sink-restart", folder.path] + options)
    }

    /// Runs the script to its end.
    private static func call(_ arguments: [String]) async throws {
        let process = try ChildProcess(
            "/bin/bash", [script.path] + arguments, environment: ProcessInfo.processInfo.environment,
            streams: ["/dev/null", "/dev/null", "/dev/null"])
        guard await process.end() == 0 else {
            throw ChildProcess.NotStarted(reason: "mail-servers.sh \(arguments.joined(separator: " "))")
        }
    }
}
