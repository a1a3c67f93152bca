import ArgumentParser
import Foundation
import Store
import Synchronization

/// `postern import`: registry entries into the store.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take up registry entries from JSON Lines or CSV.",
        discussion: """
            Importing the same file again changes nothing. A line that can't be taken up keeps the whole file out (status \
            2), unless --partial takes up the good lines (status 1). What is merely doubtful is told and taken up, unless \
            --strict forbids it. CSV needs a map of its columns, below registry.csv in the settings: the one whose pattern \
            the file's name fits, or the one that --map names.
            """)

    @Argument(help: ArgumentHelp("A file of JSON Lines or CSV, or - for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The file is CSV with the columns of this map.", valueName: "name"))
    var map: String?

    @Flag(help: "Reject what is doubtful, too.")
    var strict = false

    @Flag(help: "Say what would be taken up, and change nothing.")
    var dryRun = false

    @Flag(help: "Take up the good lines of a file with broken ones.")
    var partial = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func run() async throws {
        let written = try settings.reader().exports().columnMaps.format(of: file, map: map)
        let store = try settings.store(.write)
        let source = try RegistrySource(file)
        let bar = Mutex(ProgressBar("import", of: source.size, unit: .octets))
        let summary = try await store.importRegistry(
            { try source.next() }, format: written, dryRun: dryRun, partial: partial, strict: strict,
            actor: settings.actor, at: Date(), progress: { octets in bar.withLock { $0.update(octets) } })
        bar.withLock { $0.finish() }
        var output = Output()
        if format.json {
            try output.json(summary.json(dryRun: dryRun))
        } else {
            for line in lines(summary) { try output.line(line) }
        }
        try output.finish()
        guard summary.rejectedCount > 0 else { return }
        let taken = partial && !dryRun
        if taken { throw CommandFailure.unfulfilled }
        let numbers = summary.rejected.prefix(5).map { String($0.line) }.joined(separator: ", ")
        let more = summary.rejectedCount > 5 ? ", …" : ""
        let only = summary.rejected.first.map { ": \($0.reason)" } ?? ""
        throw CommandFailure.unusable(
            summary.rejectedCount == 1
                ? "\(file): line \(numbers)\(only); nothing was taken up"
                : "\(file): \(summary.rejectedCount) lines can't be taken up (lines \(numbers)\(more)); nothing was taken up"
        )
    }

    private func lines(_ summary: ImportSummary) -> [String] {
        var lines = summary.rejected.map { "line \($0.line): \($0.reason)".visible }
        if summary.rejectedCount > summary.rejected.count {
            lines.append("… and \(summary.rejectedCount - summary.rejected.count) more")
        }
        lines += summary.warnings.map { "line \($0.line): warning: \($0.reason)".visible }
        if summary.warningCount > summary.warnings.count {
            lines.append("… and \(summary.warningCount - summary.warnings.count) more warnings")
        }
        for (key, count) in summary.unknownKeys.sorted(by: { $0.key < $1.key }) {
            lines.append("\(key.visible): not known, kept (\(count) \(count == 1 ? "line" : "lines"))")
        }
        let counts =
            "\(summary.added) added, \(summary.changed) changed, \(summary.unchanged) unchanged, "
            + "\(summary.rejectedCount) rejected"
            + (summary.warningCount > 0
                ? ", \(summary.warningCount) \(summary.warningCount == 1 ? "warning" : "warnings")" : "")
        let fate = dryRun ? " (dry run: nothing was changed)" : summary.taken ? "" : " (nothing was taken up)"
        return lines + [counts + fate]
    }
}

extension ImportSummary {
    /// The summary as `import --json` prints it and the report on a dropped file holds it.
    func json(dryRun: Bool = false) -> JSON {
        func list(_ lines: [Rejection]) -> JSON {
            .array(lines.map { ["line": JSON($0.line), "reason": .string($0.reason)] })
        }
        return [
            "added": JSON(added), "changed": JSON(changed), "unchanged": JSON(unchanged),
            "rejected": JSON(rejectedCount),
            "warned": JSON(warningCount), "taken": .bool(taken), "dryRun": .bool(dryRun), "rejections": list(rejected),
            "warnings": list(warnings),
            "unknownKeys": .object(
                unknownKeys.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: JSON($0.value)) }),
        ]
    }
}

/// The bytes of a registry file, piece by piece.
private final class RegistrySource: Sendable {
    /// Octets of the whole file; nil where nobody knows.
    let size: Int?
    private let name: String
    private let descriptor: Int32

    init(_ name: String) throws(CommandFailure) {
        self.name = name
        do {
            descriptor = name == "-" ? STDIN_FILENO : try FileBytes.open(name)
        } catch {
            throw .unusable("\(name): \(error.words)")
        }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isFile ? Int(status.st_size) : nil
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

    /// Nil at the end.
    func next() throws -> [UInt8]? {
        do {
            let piece = try FileBytes.readSome(descriptor, atMost: 262_144)
            return piece.isEmpty ? nil : piece
        } catch {
            throw StoreFault(.access, "\(name): \(error.words)")
        }
    }
}
