/// Tells UTF-16 that nothing, or nothing right, says it of, and in which order its octets stand (RFC 2781 §4.3).
enum UTF16Order {
    private static let little = Charset(label: "utf-16le")
    private static let big = Charset(label: "utf-16be")

    /// The charset of octets that begin with a byte order mark, that are declared to be UTF-16 without saying which, or
    /// of which every other one is mostly zero, as no other text has it; nil of all others. Linear.
    static func charset(of bytes: [UInt8], declared: Charset?) -> Charset? {
        let isDeclared = declared?.name == "utf-16"
        if bytes.starts(with: [0xff, 0xfe]) { return isDeclared ? declared : little }
        if bytes.starts(with: [0xfe, 0xff]) { return isDeclared ? declared : big }
        // A label that says the order, and charsets that know no zero octets, are what they are.
        guard isDeclared || declared.map({ $0.isSingleByte || $0 == .utf8 || $0 == .ascii }) ?? true else { return nil }
        guard isDeclared || bytes.prefix(512).contains(0) else { return nil }
        var high = (even: 0, odd: 0)
        for (index, byte) in bytes.enumerated() {
            // The upper octets of Latin, Greek and Cyrillic letters and of common punctuation.
            let isUpper = byte == 0 || (isDeclared && (byte < 5 || byte == 0x20))
            if isUpper, index % 2 == 0 { high.even += 1 } else if isUpper { high.odd += 1 }
        }
        if isDeclared { return high.even > high.odd ? big : little }
        guard bytes.count >= 8, bytes.count % 2 == 0, max(high.even, high.odd) * 5 >= bytes.count,
            min(high.even, high.odd) == 0
        else { return nil }
        return high.even > high.odd ? big : little
    }
}
