import Mail

/// A cursor over the octets of a structured field (RFC 5322 §3.2): white space, nested comments, quoted strings.
struct StructuredReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var atEnd: Bool { position >= bytes.count }
    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    func isAt(_ scalar: Unicode.Scalar) -> Bool { current.map { UInt32($0) == scalar.value } ?? false }

    /// Steps over `scalar` when it stands here.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard isAt(scalar) else { return false }
        position += 1
        return true
    }

    /// At the end, a semicolon, white space or a comment: where an unquoted value may end.
    var isAtValueEnd: Bool {
        guard let current else { return true }
        return current.isBlank || current == UInt8(ascii: ";") || current == UInt8(ascii: "(")
    }

    /// The longest run from here whose octets all satisfy `condition`; may be empty.
    mutating func run(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, condition(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    /// Skips white space and comments. Whether there were any; nil when a comment doesn't end or holds controls.
    mutating func skipCFWS() -> Bool? {
        let start = position
        while let byte = current {
            if byte.isBlank {
                position += 1
            } else if byte == UInt8(ascii: "(") {
                guard skipComment() else { return nil }
            } else {
                break
            }
        }
        return position > start
    }

    /// From a `(` past its `)`. Depth is counted, not recursed into, so that no nesting can exhaust the stack.
    private mutating func skipComment() -> Bool {
        var depth = 0
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return true }
            case UInt8(ascii: "\\"):
                guard let next = current, !next.isControl else { return false }
                position += 1
            default: if byte.isControl { return false }
            }
        }
        return false
    }

    /// A quoted string's content with its quoted pairs undone; nil when it doesn't end or holds anything but
    /// printable ASCII, spaces and tabs.
    mutating func quotedString() -> String? {
        guard take("\"") else { return nil }
        var content: [UInt8] = []
        while let byte = current {
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: content, as: UTF8.self) }
            var taken = byte
            if byte == UInt8(ascii: "\\") {
                guard let next = current else { return nil }
                taken = next
                position += 1
            }
            if taken.isControl || taken >= 0x80 { return nil }
            content.append(taken)
        }
        return nil
    }
}

extension UInt8 {
    /// A control character other than tab.
    var isControl: Bool { self < 0x20 && self != UInt8(ascii: "\t") || self == 0x7f }

    /// An octet of a MIME token (RFC 2045 §5.1).
    var isMIMEToken: Bool {
        guard (0x21...0x7e).contains(self) else { return false }
        switch self {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "@"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
            UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "="):
            return false
        default: return true
        }
    }
}
