import Foundation

/// The secret that Message-IDs of replies follow from: 32 random bytes in a file beside the database, made once.
enum InstallationKey {
    /// The key, if it was made already and may be read; makes none.
    static func existing(beside store: String) -> [UInt8]? {
        guard FileManager.default.isReadableFile(atPath: path(beside: store)) else { return nil }
        return try? read(beside: store)
    }

    /// Where the key lies.
    static func path(beside store: String) -> String { Paths.join(Paths.folder(of: store), "postern.key") }

    static func read(beside store: String) throws(CommandFailure) -> [UInt8] {
        let path = path(beside: store)
        if !FileManager.default.fileExists(atPath: path) { try make(path) }
        do {
            let bytes = try FileBytes.read(path, limit: 1_024)
            guard bytes.count >= 32 else { throw CommandFailure.unusable("\(path): the key is shorter than 32 bytes") }
            return bytes
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw .unusable("\(path): the key can't be read")
        }
    }

    /// Written to a name of its own and then linked, so that two processes that start at once end with one key.
    private static func make(_ path: String) throws(CommandFailure) {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unusable("\(draft): can't be written: \(CommandFailure.systemWords(for: errno))")
        }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        let isSafe = written == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        if isSafe { link(draft, path) }
        unlink(draft)
        guard isSafe else { throw .temporary("\(path): the key can't be written") }
    }
}
