/// Cuts a CSV file (RFC 4180) into rows, chunk by chunk: quoted fields over several lines, doubled quotation marks,
/// lines that end in CRLF, LF or CR. Strict: what the format does not allow is told with its line, never guessed.
///
/// Works on bytes of UTF-8, or of any encoding whose ASCII bytes mean ASCII.
struct CSVReader {
    /// One row; its fields lie in one run of bytes.
    struct Row {
        /// The line on which it begins, counted from one.
        let line: Int
        /// Whether the file ended without a line end behind it.
        let isLast: Bool
        fileprivate let bytes: [UInt8]
        fileprivate let ends: [Int]

        var count: Int { ends.count }

        subscript(_ place: Int) -> ArraySlice<UInt8> { bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]] }
    }

    enum Item {
        case row(Row)
        case problem(RegistryLineProblem)
    }

    private enum State {
        case fieldStart
        case plain
        case quoted
        /// A quotation mark stood inside a quoted field: its end, or the first half of a doubled one.
        case quotedMark
    }

    /// More than any real export has.
    private static let mostFields = 10_000

    private let delimiter: UInt8
    private var state = State.fieldStart
    private var line = 1
    private var rowLine = 1
    private var quoteLine = 1
    private var isAfterCR = false
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var problem: String?

    init(delimiter: UInt8) { self.delimiter = delimiter }

    /// Hands each row that ends in `chunk` to `take`.
    mutating func read(_ chunk: [UInt8], _ take: (Item) throws -> Void) rethrows {
        for byte in chunk {
            if isAfterCR {
                isAfterCR = false
                if byte == 0x0a {
                    if state == .quoted { keep(byte) }
                    continue
                }
            }
            switch byte {
            case 0x22: mark()
            case 0x0a, 0x0d:
                isAfterCR = byte == 0x0d
                line += 1
                if state == .quoted { keep(byte) } else { try endRow(isLast: false, take) }
            case delimiter where state != .quoted: endField()
            default: other(byte)
            }
        }
    }

    /// To be called at the end of the file: hands over the last row when no line end closes it.
    mutating func finish(_ take: (Item) throws -> Void) rethrows {
        if state == .quoted {
            problem =
                "the quoted field that begins on line \(quoteLine) never ends: a quotation mark is missing, or the file has been cut off"
            try endRow(isLast: true, take)
        } else if state != .fieldStart || !ends.isEmpty {
            try endRow(isLast: true, take)
        }
    }

    private mutating func mark() {
        switch state {
        case .fieldStart:
            state = .quoted
            quoteLine = line
        case .plain: note("a quotation mark stands inside a field that has none at its beginning")
        case .quoted: state = .quotedMark
        case .quotedMark:
            keep(0x22)
            state = .quoted
        }
    }

    private mutating func other(_ byte: UInt8) {
        switch state {
        case .fieldStart: state = .plain
        case .quotedMark:
            note("something stands behind the closing quotation mark of a field")
            state = .plain
        case .plain, .quoted: break
        }
        keep(byte)
    }

    private mutating func keep(_ byte: UInt8) {
        if bytes.count < RegistryLines.longestLine {
            bytes.append(byte)
        } else if state == .quoted {
            note(
                "longer than \(RegistryLines.longestLine) bytes; the quotation mark on line \(quoteLine) may have no counterpart"
            )
        } else {
            note("longer than \(RegistryLines.longestLine) bytes")
        }
    }

    private mutating func endField() {
        if ends.count < Self.mostFields {
            ends.append(bytes.count)
        } else {
            note("more than \(Self.mostFields) fields")
        }
        state = .fieldStart
    }

    private mutating func note(_ reason: String) { if problem == nil { problem = reason } }

    private mutating func endRow(isLast: Bool, _ take: (Item) throws -> Void) rethrows {
        let isBlank = ends.isEmpty && state != .quotedMark && bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        endField()
        defer {
            bytes = []
            ends.removeAll(keepingCapacity: true)
            problem = nil
            rowLine = line
        }
        if let problem {
            try take(.problem(RegistryLineProblem(line: rowLine, reason: problem)))
        } else if !isBlank {
            try take(.row(Row(line: rowLine, isLast: isLast, bytes: bytes, ends: ends)))
        }
    }
}
