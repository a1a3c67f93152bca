import ArgumentParser
import Foundation
import Store
import Synchronization

/// `postern import`: registry entries into the store.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take up registry entries from JSON Lines.",
        discussion: """
            Importing the same file again changes nothing. A line that can't be taken up keeps the whole file out (status \
            2), unless --partial takes up the good lines (status 1).
            """)

    @Argument(help: ArgumentHelp("A file of JSON Lines, or - for standard input.", valueName: "file"))
    var file: String

    @Flag(help: "Say what would be taken up, and change nothing.")
    var dryRun = false

    @Flag(help: "Take up the good lines of a file with broken ones.")
    var partial = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func run() async throws {
        let store = try settings.store(.write)
        let source = try RegistrySource(file)
        let bar = Mutex(ProgressBar("import", of: source.size, unit: .octets))
        let summary = try await store.importRegistry(
            { try source.next() }, dryRun: dryRun, partial: partial, actor: settings.actor, at: Date(),
            progress: { octets in bar.withLock { $0.update(octets) } })
        bar.withLock { $0.finish() }
        var output = Output()
        if format.json {
            try output.json(json(summary))
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
        for (key, count) in summary.unknownKeys.sorted(by: { $0.key < $1.key }) {
            lines.append("\(key.visible): not known, kept (\(count) \(count == 1 ? "line" : "lines"))")
        }
        let counts =
            "\(summary.added) added, \(summary.changed) changed, \(summary.unchanged) unchanged, "
            + "\(summary.rejectedCount) rejected"
        let fate = dryRun ? " (dry run: nothing was changed)" : summary.taken ? "" : " (nothing was taken up)"
        return lines + [counts + fate]
    }

    private func json(_ summary: ImportSummary) -> JSON {
        [
            "added": JSON(summary.added), "changed": JSON(summary.changed), "unchanged": JSON(summary.unchanged),
            "rejected": JSON(summary.rejectedCount), "taken": .bool(summary.taken), "dryRun": .bool(dryRun),
            "rejections": .array(summary.rejected.map { ["line": JSON($0.line), "reason": .string($0.reason)] }),
            "unknownKeys": .object(
                summary.unknownKeys.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: JSON($0.value)) }),
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
