import ArgumentParser
import Foundation
import Registry
import Store
import Synchronization

/// `postern export`: the registry as it is now, in the format that `import` reads.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the registry as JSON Lines.",
        discussion: """
            Everything is of one moment: requests with their current status, accounts with their current state. The order \
            and the writing are always the same, and an import of it into an empty store exports the same bytes.
            """)

    @Option(
        help: ArgumentHelp(
            "Only entries of this type; may be given several times "
                + "(\(RegistryEntry.EntityType.allCases.map(\.rawValue).joined(separator: ", "))).", valueName: "type"))
    var type: [RegistryEntry.EntityType] = []

    @Option(help: ArgumentHelp("Write this file, whole or not at all, instead of standard output.", valueName: "file"))
    var output: String?

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let store = try settings.store(.read)
        guard output != "-" else {
            throw CommandFailure.unusable("export: leave --output out to write to standard output")
        }
        if output != nil { try settings.refuseToWriteFile() }
        // The store stands still while it is read, so that goes to a file first: whoever reads standard output may be slow.
        let draft = try DraftFile(beside: output)
        let count = try await store.exportRegistry(Set(type)) { piece in try draft.write(piece) }
        if let output {
            try draft.becomeFile(output)
            Output.note("\(output): \(count) \(count == 1 ? "entry" : "entries")")
        } else {
            try draft.copyToStandardOutput()
        }
    }
}

extension RegistryEntry.EntityType: ExpressibleByArgument {}

/// A file that nobody sees until it is whole: beside the one that it will be, or without a name.
private final class DraftFile: Sendable {
    private let descriptor: Int32
    /// Nil once it has no name of its own.
    private let path: Mutex<String?>

    init(beside output: String?) throws(CommandFailure) {
        // What takes the name's place would do away with a device or a pipe.
        var status = stat()
        if let output, stat(output, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw .unusable(
                "\(output): is there and is no plain file; leave --output out to write to a device or a pipe")
        }
        let name = (output.map { "\($0)." } ?? Paths.join(NSTemporaryDirectory(), "postern-export.")) + "XXXXXX"
        var template = Array(name.utf8CString)
        descriptor = template.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.map { mkstemp($0) } ?? -1 }
        let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0 else {
            throw .unusable("\(output ?? made): can't be written: \(CommandFailure.systemWords(for: errno))")
        }
        if output == nil { unlink(made) }
        path = Mutex(output == nil ? nil : made)
    }

    deinit {
        close(descriptor)
        path.withLock { if let path = $0 { _ = unlink(path) } }
    }

    func write(_ bytes: [UInt8]) throws {
        let problem = Output.write(bytes, to: descriptor)
        guard problem == 0 else {
            throw StoreFault(
                problem == ENOSPC ? .full : .access, "can't write: \(CommandFailure.systemWords(for: problem))")
        }
    }

    /// Durable first, then in the place of whatever had the name.
    func becomeFile(_ name: String) throws(CommandFailure) {
        let isDone = path.withLock { path in
            guard let draft = path, fsync(descriptor) == 0, rename(draft, name) == 0 else { return false }
            path = nil
            return true
        }
        guard isDone else { throw .temporary("\(name): can't be written: \(CommandFailure.systemWords(for: errno))") }
        let folder = open(Paths.folder(of: name), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    func copyToStandardOutput() throws {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw CommandFailure.temporary("the export can't be read again: \(CommandFailure.systemWords(for: errno))")
        }
        var output = Output()
        while true {
            let piece = try FileBytes.readSome(descriptor, atMost: 65_536)
            if piece.isEmpty { break }
            try output.bytes(piece)
        }
        try output.finish()
    }
}
