import Glibc

/// Where log messages go and in what form.
package enum LogFormat: String, Sendable, CaseIterable {
    /// `journal` where the stream is journald's, `text` where it is a terminal, else `json`.
    case auto
    /// journald's native protocol.
    case journal
    /// JSON Lines.
    case json
    /// Lines for people.
    case text

    /// What `auto` comes to for a stream; every other case is itself.
    ///
    /// systemd sets `JOURNAL_STREAM` to `device:inode` of the stream that it connected to journald, and a program
    /// that has its output elsewhere inherits the variable all the same (systemd.exec(5)).
    package func resolved(environment: [String: String], stream: Int32) -> LogFormat {
        guard self == .auto else { return self }
        if let named = environment["JOURNAL_STREAM"], named == Self.identity(of: stream) { return .journal }
        return isatty(stream) == 1 ? .text : .json
    }

    /// `device:inode` of an open file, in decimal.
    static func identity(of descriptor: Int32) -> String? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        return "\(status.st_dev):\(status.st_ino)"
    }
}
