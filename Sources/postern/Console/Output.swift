import Foundation

/// Standard output, gathered into large writes. Call ``finish()`` at the end.
struct Output: ~Copyable {
    private var pending: [UInt8] = []

    /// One line; the line end is added.
    mutating func line(_ text: String) throws(CommandFailure) {
        pending.append(contentsOf: text.utf8)
        pending.append(UInt8(ascii: "\n"))
        if pending.count >= 64 * 1024 { try finish() }
    }

    mutating func json(_ value: JSON) throws(CommandFailure) { try line(value.line) }

    /// Bytes as they are.
    mutating func bytes(_ bytes: [UInt8]) throws(CommandFailure) {
        pending.append(contentsOf: bytes)
        if pending.count >= 64 * 1024 { try finish() }
    }

    mutating func table(_ table: Table) throws(CommandFailure) {
        for text in table.lines(width: Terminal.width) { try line(text) }
    }

    /// Writes out what waits. A full disk behind a redirection is told, not passed over.
    mutating func finish() throws(CommandFailure) {
        defer { pending.removeAll(keepingCapacity: true) }
        let problem = Self.write(pending, to: STDOUT_FILENO)
        guard problem == 0 else {
            throw .temporary("can't write to standard output: \(CommandFailure.systemWords(for: problem))")
        }
    }

    /// One line on standard error, best effort.
    static func note(_ text: String) {
        _ = write(Array((text + "\n").utf8), to: STDERR_FILENO)
    }

    /// Writes all of `bytes`; returns 0 or the `errno` that stopped it.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
