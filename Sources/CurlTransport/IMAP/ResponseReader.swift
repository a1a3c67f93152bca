/// Frames an IMAP server's bytes into responses, literals by their announced size alone (RFC 9051 §4.3, §7).
///
/// A state machine without I/O: feed it bytes in pieces of any size, take responses out. A mail's content lies in
/// literals, so nothing in a mail can end a response or begin another. Broken input ends the stream with a
/// ``ResponseFault``, after the responses before it; nothing traps.
package struct ResponseReader: Sendable {
    /// What a server may ask of this process's memory.
    package struct Limits: Sendable {
        /// Octets of one response without its literals.
        package var line = 4 * 1024 * 1024
        /// How deep lists may nest.
        package var nesting = 32
        /// Octets of literals kept of one response; a literal beyond is read past and reported as too large.
        package var literal: Int
        /// Octets of one literal that are read past before the stream counts as broken.
        package var skippedLiteral = 1024 * 1024 * 1024

        package init(literal: Int) { self.literal = literal }
    }

    private enum State {
        case line
        /// Inside a literal that is kept in `literal`.
        case keeping(remaining: Int)
        case skipping(size: Int, remaining: Int)
        case broken(ResponseFault)
    }

    private let limits: Limits
    private var state = State.line
    /// The response so far, with its literals' announcements but without their octets.
    private var line: [UInt8] = []
    private var literal: [UInt8] = []
    private var literals: [Literal] = []
    private var keptOctets = 0
    /// Finished responses; those before `taken` are gone.
    private var finished: [Response] = []
    private var taken = 0

    package init(limits: Limits) {
        self.limits = limits
    }

    /// Takes the next piece of what the server sent.
    package mutating func feed(_ piece: ArraySlice<UInt8>) {
        var rest = piece
        while !rest.isEmpty {
            switch state {
            case .line: readLine(&rest)
            case .keeping(let remaining):
                let count = min(remaining, rest.count)
                literal.append(contentsOf: rest.prefix(count))
                rest = rest.dropFirst(count)
                state = .keeping(remaining: remaining - count)
                if count == remaining { endLiteral(.bytes(literal)) }
            case .skipping(let size, let remaining):
                let count = min(remaining, rest.count)
                rest = rest.dropFirst(count)
                state = .skipping(size: size, remaining: remaining - count)
                if count == remaining { endLiteral(.tooLarge(octets: size)) }
            case .broken: return
            }
        }
    }

    /// The next whole response, nil when more bytes are needed. Throws for ever once the stream is broken.
    package mutating func next() throws(ResponseFault) -> Response? {
        if taken < finished.count {
            let response = finished[taken]
            // Lets go of a mail's bytes at once, not when the whole piece is worked off.
            finished[taken] = .continuation(text: "")
            taken += 1
            if taken == finished.count {
                finished.removeAll(keepingCapacity: true)
                taken = 0
            }
            return response
        }
        if case .broken(let fault) = state { throw fault }
        return nil
    }

    private mutating func readLine(_ rest: inout ArraySlice<UInt8>) {
        let lineFeed = UInt8(ascii: "\n")
        let end = rest.firstIndex(of: lineFeed).map { rest.index(after: $0) }
        let portion = rest[..<(end ?? rest.endIndex)]
        guard line.count + portion.count <= limits.line else { return fail(.lineTooLong) }
        line.append(contentsOf: portion)
        rest = rest[portion.endIndex...]
        if end != nil { endLine() }
    }

    private mutating func endLine() {
        guard line.count >= 2, line[line.count - 2] == UInt8(ascii: "\r") else { return fail(.bareLineFeed) }
        if let announced = announcedLiteral() {
            guard let size = announced, size <= limits.skippedLiteral else { return fail(.literalTooLarge) }
            if size > limits.literal - keptOctets {
                state = .skipping(size: size, remaining: size)
            } else {
                keptOctets += size
                literal = []
                literal.reserveCapacity(size)
                state = .keeping(remaining: size)
                if size == 0 { endLiteral(.bytes([])) }
            }
            return
        }
        do {
            var parser = ResponseParser(line: line, literals: literals, nesting: limits.nesting)
            finished.append(try parser.response())
            line.removeAll(keepingCapacity: line.count < 64 * 1024)
            literals.removeAll(keepingCapacity: true)
            keptOctets = 0
        } catch {
            fail(error)
        }
    }

    private mutating func endLiteral(_ value: Literal) {
        literal = []
        literals.append(value)
        state = .line
    }

    private mutating func fail(_ fault: ResponseFault) {
        state = .broken(fault)
        line = []
        literal = []
        literals = []
    }

    /// Whether the line ends in `{n}`, and the n: `.some(nil)` when it fits no Int. The free text of a status
    /// response or a continuation announces nothing, whatever it looks like.
    private func announcedLiteral() -> Int?? {
        var index = line.count - 3
        guard index >= 0, line[index] == UInt8(ascii: "}") else { return nil }
        index -= 1
        if index >= 0, line[index] == UInt8(ascii: "+") { index -= 1 }
        let end = index
        while index >= 0, line[index].isDigit { index -= 1 }
        guard index >= 0, index < end, line[index] == UInt8(ascii: "{"), !isFreeText else { return nil }
        return .some(decimal(line[(index + 1)...end]))
    }

    private var isFreeText: Bool {
        if line.first == UInt8(ascii: "+") { return true }
        let space = UInt8(ascii: " ")
        guard let first = line.firstIndex(of: space) else { return false }
        let word = line[(first + 1)...].prefix { $0 != space && $0 != UInt8(ascii: "\r") }
        return StatusResponse.Condition(rawValue: String(decoding: word, as: UTF8.self).uppercased()) != nil
    }
}

/// A literal's content, as far as the reader kept it.
enum Literal: Sendable {
    case bytes([UInt8])
    case tooLarge(octets: Int)
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

/// The value of a row of ASCII digits; nil when it is empty, holds anything else, or overflows.
func decimal<Number: FixedWidthInteger>(_ digits: some Collection<UInt8>) -> Number? {
    guard !digits.isEmpty else { return nil }
    var value: Number = 0
    for digit in digits {
        guard digit.isDigit else { return nil }
        let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflowOfSum) = tenfold.addingReportingOverflow(Number(digit - UInt8(ascii: "0")))
        guard !overflow, !overflowOfSum else { return nil }
        value = sum
    }
    return value
}
