/// An addr-spec (RFC 5322 §3.4.1) in the only shape Postern works with: dot-atom local part, host-name domain.
///
/// Quoted local parts, domain literals, comments and bytes outside ASCII never become a value of this type, so
/// no value holds CR, LF, white space or an angle bracket. Two addresses are equal when their domains are equal
/// and their local parts are equal without regard to ASCII case; dots and plus tags are not folded.
package struct EmailAddress: Sendable {
    /// The part before the `@`, as written.
    package let localPart: String
    /// The part after the `@`: lower-case A-labels, without a trailing dot.
    package let domain: String

    /// Nil when `text` is no plain address. Limits: RFC 5321 §4.5.3.1 (64 octets, 255 octets).
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), (1...64).contains(at), Self.isDotAtom(bytes[..<at]),
            let domain = Self.hostName(bytes[(at + 1)...])
        else { return nil }
        let local = String(decoding: bytes[..<at], as: UTF8.self)
        self.localPart = local
        self.domain = domain
    }

    /// `local@domain`, the local part as written.
    package var text: String { "\(localPart)@\(domain)" }

    /// What equality rests on: `text` in lower case. The form that stores keep and look up.
    package var key: String { localPart.asciiLowercased + "@" + domain }

    private static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        var previous = UInt8(ascii: ".")
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                if previous == byte { return false }
            } else if !byte.isAtomText {
                return false
            }
            previous = byte
        }
        return previous != UInt8(ascii: ".")
    }

    /// Lower-case host name (RFC 1123 §2.1 labels, `_` refused), or nil.
    private static func hostName(_ written: ArraySlice<UInt8>) -> String? {
        var bytes = written
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard (1...255).contains(bytes.count) else { return nil }
        var length = 0
        var previous = UInt8(ascii: ".")
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                guard length > 0, previous != UInt8(ascii: "-") else { return nil }
                length = 0
            } else {
                guard byte.isASCIILetterOrDigit || (byte == UInt8(ascii: "-") && length > 0), length < 63 else {
                    return nil
                }
                length += 1
            }
            previous = byte
        }
        guard length > 0, previous != UInt8(ascii: "-") else { return nil }
        return String(decoding: bytes.map(\.asciiLowercased), as: UTF8.self)
    }
}

extension EmailAddress: Hashable, CustomStringConvertible {
    package static func == (one: Self, other: Self) -> Bool {
        one.domain == other.domain && one.localPart.asciiLowercased == other.localPart.asciiLowercased
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
    package var description: String { text }
}

extension EmailAddress: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let address = EmailAddress(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a plain mail address (local@domain, ASCII)")
        }
        self = address
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
