/// What ``HeaderBlock/split(_:limits:)`` found: the fields, where the body begins, and why not to rely on them.
package struct HeaderSplit: Sendable {
    /// Every field that could be read, topmost first, also when there are problems: held mail is shown with it.
    package let block: HeaderBlock
    /// Index of the first octet after the empty line; the count of bytes when there is none.
    package let bodyStart: Int
    /// At most one of a kind, in the order of their first sight; empty when the header is sound.
    package let problems: [StructureProblem]
}

extension HeaderBlock {
    /// Splits the header of a raw mail into fields (RFC 5322 §2.2), in time linear in the header's length.
    ///
    /// Lines end in CRLF, as IMAP delivers them; a header that ends *every* line in LF alone, as files hold it,
    /// is read as well. Whatever two readers could take differently is a problem: bare CR or LF, NUL, opening white
    /// space, lines that are neither a field nor a continuation, and everything beyond `limits`.
    package static func split(_ bytes: [UInt8], limits: MailLimits = .standard) -> HeaderSplit {
        var splitter = HeaderSplitter(bytes: bytes, limits: limits)
        return splitter.run()
    }
}

/// The splitting's state: one pass over the bytes, line by line.
private struct HeaderSplitter {
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let bytes: [UInt8]
    private let limits: MailLimits
    private var fields: [HeaderField] = []
    private var fieldCount = 0
    private var sawLine = false
    private var problems: [StructureProblem] = []

    /// Name of the field whose lines are being read; nil between fields and after an unreadable line.
    private var name: String?
    private var value: [UInt8] = []
    private var valueOverflowed = false
    /// The field is a signature, whose list of signed fields may fold anywhere.
    private var signature = false
    /// The line before read like a From field without a value.
    private var awaitsAddress = false
    /// The decision rests on this field, so it may hold no line of white space alone.
    private var decisive = false

    init(bytes: [UInt8], limits: MailLimits) {
        self.bytes = bytes
        self.limits = limits
        self.fields.reserveCapacity(32)
    }

    mutating func run() -> HeaderSplit {
        if bytes.count > limits.size { note(.tooLarge) }
        var position = 0
        var endsInCRLF: Bool?
        var bodyStart = bytes.count
        while position < bytes.count {
            let line = scanLine(from: position)
            if let lineEnd = line.feed {
                let hasReturn = lineEnd > position && bytes[lineEnd - 1] == Self.carriageReturn
                if let expected = endsInCRLF {
                    if expected != hasReturn { note(expected ? .bareLF : .mixedLineEnds) }
                } else {
                    endsInCRLF = hasReturn
                }
            } else {
                note(.cutOff)
            }
            if line.content.isEmpty {
                bodyStart = min((line.feed ?? bytes.count) + 1, bytes.count)
                break
            }
            take(line.content)
            position = (line.feed ?? bytes.count) + 1
        }
        finishField()
        return HeaderSplit(block: HeaderBlock(fields: fields), bodyStart: bodyStart, problems: problems)
    }

    /// The line from `start`: its octets without the line end, and where its LF is (nil at the end of the bytes).
    private mutating func scanLine(from start: Int) -> (content: Range<Int>, feed: Int?) {
        var index = start
        var returns = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= Self.carriageReturn {
                if byte == Self.lineFeed { break }
                if byte == Self.carriageReturn { returns += 1 }
                if byte == 0 { note(.nul) }
            }
            index += 1
        }
        let atFeed = index < bytes.count
        var end = index
        if atFeed, end > start, bytes[end - 1] == Self.carriageReturn {
            end -= 1
            returns -= 1
        }
        if returns > 0 { note(.bareCR) }
        if end - start > limits.headerLine { note(.lineTooLong) }
        return (start..<end, atFeed ? index : nil)
    }

    /// Takes one line that is not empty.
    private mutating func take(_ line: Range<Int>) {
        let first = bytes[line.lowerBound]
        let opening = !sawLine
        sawLine = true
        if first.isBlank {
            if opening {
                note(.openingWhiteSpace)
                return
            }
            if decisive, bytes[line].allSatisfy({ $0.isBlank || $0 == Self.carriageReturn }) {
                note(.blankContinuation)
            }
            if looksLikeFrom(line) { note(.foldedFrom) }
            append(line)
        } else {
            finishField()
            begin(line)
        }
    }

    /// Whether a continuation line would be a From field with an address, plain or encoded, but for its white space and
    /// marks around the name. The address may stand in a fold of its own. The lists of field names in signatures fold so
    /// as well, but hold none.
    private mutating func looksLikeFrom(_ line: Range<Int>) -> Bool {
        if awaitsAddress {
            awaitsAddress = false
            if holdsAddress(bytes[line]) { return true }
        }
        guard let first = bytes[line].first(where: \.isASCIILetter), first | 0x20 == UInt8(ascii: "f"),
            let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")), bytes[line.lowerBound..<colon].spellsFrom
        else { return false }
        let rest = bytes[(colon + 1)..<line.upperBound]
        awaitsAddress = rest.allSatisfy { $0.isBlank || $0 == Self.carriageReturn }
        return awaitsAddress ? !signature : holdsAddress(rest)
    }

    /// Whether there is an address or something encoded; in a signature, before the next tag.
    private func holdsAddress(_ text: ArraySlice<UInt8>) -> Bool {
        let text = signature ? text.prefix { $0 != UInt8(ascii: ";") } : text
        return text.contains(UInt8(ascii: "@")) || text.containsEncodedWordStart
    }

    /// Reads `name:` from a line that does not begin with white space.
    private mutating func begin(_ line: Range<Int>) {
        var index = line.lowerBound
        while index < line.upperBound, bytes[index] != UInt8(ascii: ":"), (0x21...0x7e).contains(bytes[index]) {
            index += 1
        }
        let nameEnd = index
        while index < line.upperBound, bytes[index].isBlank { index += 1 }
        guard index < line.upperBound, bytes[index] == UInt8(ascii: ":"), nameEnd > line.lowerBound else {
            note(.notAField)
            return
        }
        if index != nameEnd { note(.spaceBeforeColon) }
        fieldCount += 1
        guard fieldCount <= limits.headerFields else {
            note(.tooManyFields)
            return
        }
        let read = String(decoding: bytes[line.lowerBound..<nameEnd], as: UTF8.self)
        name = read
        decisive = Self.isDecisive(read)
        signature = read.asciiLowercased.hasSuffix("-signature")
        append(index + 1..<line.upperBound)
    }

    private mutating func append(_ line: Range<Int>) {
        guard name != nil, !valueOverflowed else { return }
        if value.count + line.count > limits.headerField {
            note(.fieldTooLong)
            valueOverflowed = true
            value.append(contentsOf: bytes[line].prefix(max(0, limits.headerField - value.count)))
        } else {
            value.append(contentsOf: bytes[line])
        }
    }

    private mutating func finishField() {
        if let name {
            var slice = value[...]
            while let last = slice.last, last.isBlank { slice.removeLast() }
            while let first = slice.first, first.isBlank { slice.removeFirst() }
            fields.append(HeaderField(name: name, value: Array(slice)))
        }
        name = nil
        decisive = false
        signature = false
        awaitsAddress = false
        valueOverflowed = false
        value.removeAll(keepingCapacity: true)
    }

    /// Fields in which a line of white space alone can make two readers see two headers.
    private static func isDecisive(_ name: String) -> Bool {
        switch name.asciiLowercased {
        case "from", "to", "cc", "sender", "reply-to", "authentication-results", "mime-version", "content-type",
            "content-transfer-encoding":
            true
        default: false
        }
    }

    private mutating func note(_ problem: StructureProblem) {
        if !problems.contains(where: { $0.code == problem.code }) { problems.append(problem) }
    }
}

extension Sequence<UInt8> {
    /// Whether the letters among the octets, and nothing but them, are those of `From` in either case.
    var spellsFrom: Bool { lazy.filter(\.isASCIILetter).map(\.asciiLowercased).elementsEqual("from".utf8) }
}

extension UInt8 {
    /// Space or tab: `WSP` of RFC 5234.
    package var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension StructureProblem {
    package static let tooLarge = Self(
        "structure.too-large", "The mail is larger than the limit of octets (MailLimits.size).")
    package static let nul = Self("structure.nul", "The header holds a NUL octet (RFC 5322 §2.2, §4).")
    package static let bareCR = Self(
        "structure.bare-cr", "The header holds a CR that no LF follows (RFC 5322 §2.2: CR and LF only together).")
    package static let bareLF = Self(
        "structure.bare-lf", "The header holds an LF without a CR before it (RFC 5322 §2.2: CR and LF only together).")
    package static let mixedLineEnds = Self(
        "structure.mixed-line-ends", "The header ends some lines in LF and some in CRLF (RFC 5322 §2.1).")
    package static let cutOff = Self(
        "structure.cut-off", "The header's last line has no end (RFC 5322 §2.1).")
    package static let openingWhiteSpace = Self(
        "structure.opening-white-space",
        "The header opens with white space, which readers take as a field, as a continuation or as nothing "
            + "(RFC 5322 §2.2.3).")
    package static let notAField = Self(
        "structure.not-a-field", "A header line is neither 'name:' nor a continuation (RFC 5322 §2.2).")
    package static let spaceBeforeColon = Self(
        "structure.space-before-colon", "White space stands between a field's name and its colon (RFC 5322 §3.6.8).")
    package static let blankContinuation = Self(
        "structure.blank-continuation",
        "A field that decides is continued by a line of white space alone, which some readers take as the header's "
            + "end (RFC 5322 §3.2.2).")
    package static let foldedFrom = Self(
        "sender.folded-from",
        "A continuation line reads like a From field, and some readers drop its white space (RFC 5322 §2.2.3).")
    package static let tooManyFields = Self(
        "structure.too-many-fields", "The header holds more fields than the limit (MailLimits.headerFields).")
    package static let lineTooLong = Self(
        "structure.line-too-long", "A header line is longer than 998 octets (RFC 5322 §2.1.1).")
    package static let fieldTooLong = Self(
        "structure.field-too-long", "A header field is longer than the limit (MailLimits.headerField).")
}
