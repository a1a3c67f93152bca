import Foundation

/// Reading of files and of standard input in bounded amounts, with the system's own words for what goes wrong.
enum FileBytes {
    /// Why a file can't be read: one phrase, such as `permission denied`.
    struct Unreadable: Error, Equatable {
        let words: String
        /// There is no such file.
        let isAbsent: Bool
        /// It holds more than the reader takes.
        let isTooLarge: Bool

        init(errno number: Int32) {
            words = CommandFailure.systemWords(for: number)
            isAbsent = number == ENOENT
            isTooLarge = false
        }

        init(_ words: String) {
            self.words = words
            isAbsent = false
            isTooLarge = false
        }

        init(largerThan limit: Int) {
            words = "larger than \(limit) bytes"
            isAbsent = false
            isTooLarge = true
        }
    }

    /// All bytes of the file at `path`; more than `limit` of them are an error.
    static func read(_ path: String, limit: Int) throws(Unreadable) -> [UInt8] {
        let descriptor = try open(path)
        defer { close(descriptor) }
        return try read(descriptor, limit: limit)
    }

    /// Opens a file for reading; the caller closes it.
    static func open(_ path: String) throws(Unreadable) -> Int32 {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unreadable(errno: errno) }
        return descriptor
    }

    /// All bytes that come from an open file.
    static func read(_ descriptor: Int32, limit: Int) throws(Unreadable) -> [UInt8] {
        var status = stat()
        let expected = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(expected, 0), limit) + 1)
        var chunk = [UInt8](repeating: 0, count: min(max(expected + 1, 4_096), 1_048_576))
        while true {
            let count = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw Unreadable(errno: errno)
            }
            guard bytes.count + count <= limit else { throw Unreadable(largerThan: limit) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// What comes next from an open file, at most so many bytes; none at its end.
    static func readSome(_ descriptor: Int32, atMost count: Int) throws(Unreadable) -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: count)
        while true {
            let got = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if got >= 0 {
                chunk.removeLast(count - got)
                return chunk
            }
            if errno != EINTR { throw Unreadable(errno: errno) }
        }
    }
}
