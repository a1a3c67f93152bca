/// What the strict reader made of a From value.
enum MailboxReading: Sendable, Hashable {
    case mailbox(EmailAddress, displayName: String?)
    case problem(StructureProblem)
}

/// Reads `value` (an unfolded From value in ASCII) as exactly one plain mailbox: `local@domain` or
/// `display name <local@domain>` (RFC 5322 §3.4 without comments, groups and obsolete forms).
func readMailbox(_ value: [UInt8]) -> MailboxReading {
    var reader = StrictMailboxReader(bytes: value)
    do {
        let (address, displayName) = try reader.read()
        return .mailbox(address, displayName: displayName)
    } catch {
        return .problem(error.problem)
    }
}

/// A left-to-right reader with no second try: the first thing that doesn't fit decides.
private struct StrictMailboxReader {
    struct Refusal: Error { let problem: StructureProblem }

    private let bytes: [UInt8]
    private var position = 0
    private var words: [Word] = []

    /// A piece of a display name, or of a local part.
    private enum Word {
        case atom(Range<Int>)
        case quoted([UInt8])
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() throws(Refusal) -> (EmailAddress, String?) {
        while true {
            skipBlanks()
            guard let byte = current else { throw atEnd() }
            switch byte {
            case UInt8(ascii: "<"):
                let address = try readAngleAddress()
                return (address, try displayName())
            case UInt8(ascii: "@"): return (try readBareAddress(), nil)
            case UInt8(ascii: "\""): words.append(.quoted(try readQuotedString()))
            case UInt8(ascii: "("): throw Refusal(problem: .comment)
            case UInt8(ascii: ":"): throw Refusal(problem: .group)
            case UInt8(ascii: ","), UInt8(ascii: ";"): throw Refusal(problem: .severalAddresses)
            default: words.append(.atom(try readDottedAtom()))
            }
        }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte.isBlank { position += 1 }
    }

    /// The value ended and no address came.
    private func atEnd() -> Refusal {
        if words.isEmpty { return Refusal(problem: .emptyFrom) }
        let encoded = words.contains { word in
            if case .atom(let range) = word { bytes[range].starts(with: "=?".utf8) } else { false }
        }
        return Refusal(problem: encoded ? .encodedAddress : .malformedAddress)
    }

    /// `atext` and dots. Dots are the obsolete phrase's (RFC 5322 §4.1) in a display name: `Dr. Ana`.
    private mutating func readDottedAtom() throws(Refusal) -> Range<Int> {
        let start = position
        while let byte = current, byte.isAtomText || byte == UInt8(ascii: ".") { position += 1 }
        guard position > start else { throw Refusal(problem: .malformedAddress) }
        return start..<position
    }

    /// A quoted string's content, quoted pairs undone (RFC 5322 §3.2.4).
    private mutating func readQuotedString() throws(Refusal) -> [UInt8] {
        position += 1
        var content: [UInt8] = []
        while let byte = current {
            position += 1
            if byte == UInt8(ascii: "\"") { return content }
            if byte == UInt8(ascii: "\\") {
                guard let next = current else { break }
                position += 1
                content.append(next)
            } else {
                content.append(byte)
            }
        }
        throw Refusal(problem: .malformedAddress)
    }

    /// At an `@` outside angle brackets: the whole value must be `local@domain`.
    private mutating func readBareAddress() throws(Refusal) -> EmailAddress {
        guard let last = words.last else { throw Refusal(problem: .route) }
        guard case .atom(let local) = last else { throw Refusal(problem: .quotedLocalPart) }
        let at = position
        position += 1
        if current == UInt8(ascii: "[") { throw Refusal(problem: .domainLiteral) }
        while let byte = current, byte.isAtomText || byte == UInt8(ascii: ".") { position += 1 }
        let end = position
        skipBlanks()
        switch current {
        case nil: break
        case UInt8(ascii: "<"): throw Refusal(problem: .atInDisplayName)
        case UInt8(ascii: "("): throw Refusal(problem: .comment)
        case UInt8(ascii: ","), UInt8(ascii: ";"): throw Refusal(problem: .severalAddresses)
        case UInt8(ascii: "@"): throw Refusal(problem: .secondAt)
        case UInt8(ascii: "["): throw Refusal(problem: .domainLiteral)
        default: throw Refusal(problem: .malformedAddress)
        }
        let address = try address(in: local.lowerBound..<end)
        guard words.count == 1, local.upperBound == at else { throw Refusal(problem: .malformedAddress) }
        return address
    }

    /// At a `<`: the address in it, and nothing but white space after it.
    private mutating func readAngleAddress() throws(Refusal) -> EmailAddress {
        position += 1
        let start = position
        scan: while true {
            guard let byte = current else { throw Refusal(problem: .malformedAddress) }
            switch byte {
            case UInt8(ascii: ">"): break scan
            case UInt8(ascii: "("): throw Refusal(problem: .comment)
            case UInt8(ascii: "\""): throw Refusal(problem: .quotedLocalPart)
            case UInt8(ascii: ":"): throw Refusal(problem: .route)
            case UInt8(ascii: ","):
                throw Refusal(problem: bytes[start] == UInt8(ascii: "@") ? .route : .severalAddresses)
            case UInt8(ascii: "["), UInt8(ascii: "]"): throw Refusal(problem: .domainLiteral)
            case UInt8(ascii: "@"), UInt8(ascii: "."): position += 1
            default:
                guard byte.isAtomText else { throw Refusal(problem: .malformedAddress) }
                position += 1
            }
        }
        let range = start..<position
        position += 1
        skipBlanks()
        switch current {
        case nil: return try address(in: range)
        case UInt8(ascii: "("): throw Refusal(problem: .comment)
        case UInt8(ascii: ","), UInt8(ascii: ";"): throw Refusal(problem: .severalAddresses)
        default: throw Refusal(problem: .trailing)
        }
    }

    /// A plain address out of octets that are all `atext`, `.` or `@`.
    private func address(in range: Range<Int>) throws(Refusal) -> EmailAddress {
        let spec = bytes[range]
        if zip(spec, spec.dropFirst()).contains(where: { $0 == UInt8(ascii: "=") && $1 == UInt8(ascii: "?") }) {
            throw Refusal(problem: .encodedAddress)
        }
        if spec.isEmpty { throw Refusal(problem: .emptyFrom) }
        guard let at = spec.firstIndex(of: UInt8(ascii: "@")) else { throw Refusal(problem: .malformedAddress) }
        if spec[at...].dropFirst().contains(UInt8(ascii: "@")) { throw Refusal(problem: .secondAt) }
        if spec[..<at].contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "!") }) {
            throw Refusal(problem: .percentOrBang)
        }
        guard spec.last != UInt8(ascii: "."), let address = EmailAddress(String(decoding: spec, as: UTF8.self)) else {
            throw Refusal(problem: .malformedAddress)
        }
        return address
    }

    /// The decoded display name: harmless in every reading, or refused. Nil when there is none.
    private func displayName() throws(Refusal) -> String? {
        guard !words.isEmpty else { return nil }
        var phrase = EncodedPhrase()
        for word in words {
            switch word {
            case .quoted(let content): phrase.append(quoted: content)
            case .atom(let range): phrase.append(atom: bytes[range])
            }
        }
        guard let name = phrase.finish() else { throw Refusal(problem: .undecodableName) }
        if name.unicodeScalars.contains(where: \.isAtSign) { throw Refusal(problem: .atInDisplayName) }
        if name.unicodeScalars.contains(where: \.isUnseen) { throw Refusal(problem: .invisible) }
        if phrase.hidesByLabel { throw Refusal(problem: .readersDisagree) }
        return name
    }
}

extension Unicode.Scalar {
    /// `@` and the characters that fold to it (U+FE6B, U+FF20).
    var isAtSign: Bool { self == "@" || self == "\u{FE6B}" || self == "\u{FF20}" }

    /// Controls, bidirectional and other format characters, separators and whatever else shows nothing: what can
    /// make a shown name differ from the stored one.
    package var isUnseen: Bool {
        if value < 0x80 { return value < 0x20 || value == 0x7f }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return true
        default: return properties.isDefaultIgnorableCodePoint
        }
    }
}
