import Foundation

/// The key behind the Message-IDs of replies: 32 random bytes in a file beside the database.
///
/// Nobody but the service needs it; without it, nobody can foretell or imitate the Message-ID of a reply.
enum KeyFile {
    private static let size = 32

    /// The key of the store at `storePath`; made when it is missing.
    static func key(besideStore storePath: String) throws(CommandFailure) -> [UInt8] {
        let path = Paths.join(Paths.folder(of: storePath), "postern.key")
        do {
            return try read(path)
        } catch {
            guard error.isAbsent else { throw .unusable("\(path): \(error.words)") }
        }
        try make(path)
        do {
            // Another process may have been quicker: what lies there now is the key.
            return try read(path)
        } catch {
            throw .unusable("\(path): \(error.words)")
        }
    }

    private static func read(_ path: String) throws(FileBytes.Unreadable) -> [UInt8] {
        let bytes = try FileBytes.read(path, limit: size)
        guard bytes.count == size else {
            throw FileBytes.Unreadable("is no key of \(size) bytes; take it away to have a new one made")
        }
        return bytes
    }

    /// Written under another name, synced and then linked to its own: there is never half a key.
    private static func make(_ path: String) throws(CommandFailure) {
        func failure(_ doing: String) -> CommandFailure {
            .unusable("\(path): can't \(doing): \(CommandFailure.systemWords(for: errno))")
        }
        let temporary = "\(path).\(getpid())"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("be made") }
        defer {
            close(descriptor)
            unlink(temporary)
        }
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        guard Output.write(bytes, to: descriptor) == 0, fsync(descriptor) == 0 else { throw failure("be written") }
        guard link(temporary, path) == 0 || errno == EEXIST else { throw failure("be made") }
        let folder = open(Paths.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}
