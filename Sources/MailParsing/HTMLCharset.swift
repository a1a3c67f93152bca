import Mail

/// The charset that HTML itself names, for parts whose header names none.
enum HTMLCharset {
    /// What the first `<meta … charset=…>` near the beginning says (HTML §13.2.3.2, which looks at 1024 octets too); nil
    /// where there is none, or one that Postern doesn't read or that can't be true of octets in which the tag could be read.
    static func stated(in bytes: [UInt8]) -> Charset? {
        let head = bytes.prefix(1024).map(\.asciiLowercased)
        guard let meta = end(of: "<meta", in: head[...]) else { return nil }
        guard let start = end(of: "charset=", in: head[meta...]) else { return nil }
        let label = head[start...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }.prefix { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard let charset = Charset(label: String(decoding: label, as: UTF8.self)) else { return nil }
        return charset.isSingleByte || charset == .utf8 ? charset : nil
    }

    /// Where `word` ends for the first time.
    private static func end(of word: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let wanted = Array(word.description.utf8)
        return bytes.indices.first { bytes[$0...].starts(with: wanted) }.map { $0 + wanted.count }
    }
}
