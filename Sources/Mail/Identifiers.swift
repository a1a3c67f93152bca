/// A Message-ID (RFC 5322 §3.6.4) without its angle brackets. Holds printable ASCII only, so it can stand in a header.
package struct MessageID: Hashable, Sendable, CustomStringConvertible {
    /// `left@right`, no brackets.
    package let text: String

    /// Nil unless `text` (with or without brackets) has the shape `left@right` in at most 500 printable ASCII
    /// octets without white space or brackets.
    package init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8)
        if bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">"), bytes.count >= 2 {
            bytes = Array(bytes.dropFirst().dropLast())
        }
        guard (3...500).contains(bytes.count), bytes.contains(UInt8(ascii: "@")),
            bytes.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") })
        else { return nil }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// `<left@right>`, as it stands in a header.
    package var bracketed: String { "<\(text)>" }
    package var description: String { bracketed }
}

/// A unique identifier of a mail in one mailbox (RFC 9051 §2.3.1.1). Never zero.
package struct UID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: UInt32

    package init?(_ number: UInt32) {
        guard number > 0 else { return nil }
        self.number = number
    }

    package static func < (one: Self, other: Self) -> Bool { one.number < other.number }
    package var description: String { String(number) }

    /// The next number; nil after the last one that exists.
    package var next: UID? { number == .max ? nil : UID(number + 1) }
}

/// The generation of a mailbox's UIDs (RFC 9051 §2.3.1.1): when it changes, every known UID is void.
package struct UIDValidity: Hashable, Sendable, CustomStringConvertible {
    package let number: UInt32
    package init(_ number: UInt32) { self.number = number }
    package var description: String { String(number) }
}
