import ArgumentParser
import Foundation
import Registry
import Store

/// `postern backup`: a copy of the database, while the service works on it.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a copy of the database, whole and checked, while the service runs.",
        discussion: """
            The file has its name only once it is whole; its mode is 600. A file that is there is left alone, unless --force \
            is given. postern.key is not in it: keep a copy of that once, it never changes. Status 75: the disk is full, \
            or the database was busy for a minute.
            """)

    @Argument(help: ArgumentHelp("The file to write.", valueName: "file"))
    var file: String

    @Flag(help: "Replace the file if it is there.")
    var force = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func validate() throws {
        if file.isEmpty || file.hasSuffix("/") { throw ValidationError("'\(file.visible)' is no name of a file") }
    }

    func run() async throws {
        try settings.refuseToWriteFile()
        let start = ContinuousClock.now
        // Whoever has the copy has all that is in it, and --force writes over a file: no less than a change.
        _ = try settings.keyboard().permission(for: .change)
        let path = try settings.reader().store()
        let summary = try StoreBackup(of: path, as: file, replacing: force).make()
        let milliseconds = Int64(start.duration(to: .now) / .milliseconds(1))
        let seconds = "\(milliseconds / 1_000).\(String(1_000 + milliseconds % 1_000).dropFirst())"
        try format.tell(
            "\(summary.path): \(Self.size(summary.bytes)), integrity_check passed, in \(seconds) s",
            [
                "file": .string(summary.path), "bytes": .number(summary.bytes),
                "tables": .number(Int64(summary.tables)),
                "seconds": .written(seconds), "database": .string(path),
            ])
    }

    /// `312 KiB`, `48.1 MiB`.
    private static func size(_ bytes: Int64) -> String {
        guard bytes >= 1_048_576 else { return "\((bytes + 1_023) / 1_024) KiB" }
        let tenths = bytes * 10 / 1_048_576
        return "\(tenths / 10).\(tenths % 10) MiB"
    }
}
