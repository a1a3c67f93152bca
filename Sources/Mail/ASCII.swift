extension UInt8 {
    /// A letter A–Z or a–z, or a digit.
    package var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }

    /// A letter A–Z or a–z.
    package var isASCIILetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    /// A digit 0–9.
    package var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// `atext` of RFC 5322 §3.2.3.
    package var isAtomText: Bool {
        if isASCIILetterOrDigit { return true }
        switch self {
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"),
            UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"),
            UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"), UInt8(ascii: "~"):
            return true
        default: return false
        }
    }

    /// The lower-case letter of an ASCII capital; any other byte unchanged.
    package var asciiLowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}

extension String {
    /// ASCII capitals made small, everything else untouched; most of what is asked has none.
    package var asciiLowercased: String {
        utf8.contains { UInt8(ascii: "A") <= $0 && $0 <= UInt8(ascii: "Z") }
            ? String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self) : self
    }
}

extension StringProtocol {
    /// ASCII capitals made small, everything else untouched: what header names and addresses are compared by.
    package var asciiLowercased: String {
        String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self)
    }
}
