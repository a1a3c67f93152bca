import Foundation
import Synchronization

/// A file's bytes piece by piece, for an import: constant memory, however long the file is.
package final class FileChunks: Sendable {
    private let file: Mutex<FileHandle>
    private let size: Int

    /// Throws when the file can't be opened for reading. `size` is the octets of one piece.
    package init(path: String, size: Int = 256 * 1024) throws(StoreFault) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw StoreFault(.access, "can't read \(path)", hint: "check the name and its rights")
        }
        file = Mutex(handle)
        self.size = size
    }

    /// The next piece; nil at the end.
    package func next() throws -> [UInt8]? {
        try file.withLock { handle in
            guard let data = try handle.read(upToCount: size), !data.isEmpty else { return nil }
            return [UInt8](data)
        }
    }
}

/// Bytes in memory as a file of one piece.
final class OneChunk: Sendable {
    private let bytes: Mutex<[UInt8]?>

    init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes) }

    func take() -> [UInt8]? {
        bytes.withLock { bytes in
            defer { bytes = nil }
            return bytes
        }
    }
}
