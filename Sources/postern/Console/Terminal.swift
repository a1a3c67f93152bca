import Foundation

/// What the program's output goes to.
enum Terminal {
    /// Columns of the terminal that standard output is; nil when it is no terminal, so that nothing is cut in a pipe.
    /// `COLUMNS` wins where it is set.
    static var width: Int? {
        if let text = ProcessInfo.processInfo.environment["COLUMNS"], let columns = Int(text), columns > 0 {
            return min(columns, 10_000)
        }
        return columns(of: STDOUT_FILENO)
    }

    /// The same for what stands on standard error.
    static var errorWidth: Int? { columns(of: STDERR_FILENO) }

    private static func columns(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether lines on standard output come between those of a progress bar.
    static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether a progress bar on standard error would be seen.
    static var showsProgress: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }
}
