import Foundation

/// Puts a display name together from its words, encoded-words decoded strictly (RFC 2047 §5 rule 3, §6.2).
struct EncodedPhrase {
    private var text = ""
    private var failed = false
    /// Octets of adjacent encoded-words of one charset, decoded as one: mailers split characters between them.
    private var pending: [UInt8] = []
    private var pendingCharset: String?
    private var lastWasEncoded = false
    /// Read as UTF-8 in spite of their label, as some readers do, the octets make something that no name may hold.
    private(set) var hidesByLabel = false

    /// A quoted string's content. Encoded-words in it are none by the book (RFC 2047 §5), yet readers decode them, so
    /// they are decoded here too and must stand up to the same checks.
    mutating func append(quoted: [UInt8]) {
        guard quoted.containsEncodedWordStart else { return append(literal: quoted[...]) }
        for piece in quoted.split(whereSeparator: \.isBlank) { append(atom: piece) }
    }

    private mutating func append(literal: ArraySlice<UInt8>) {
        flush()
        separate()
        // A tab is only a fold's white space.
        text += String(decoding: literal.map { $0.isBlank ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }

    /// An atom, which may be an encoded-word.
    mutating func append(atom: ArraySlice<UInt8>) {
        guard atom.containsEncodedWordStart else { return append(literal: atom) }
        guard let word = EncodedWord(atom) else {
            failed = true
            return
        }
        if pendingCharset != word.charset { flush() }
        if pendingCharset == nil {
            if !lastWasEncoded { separate() }
            pendingCharset = word.charset
        }
        lastWasEncoded = true
        pending += word.octets
    }

    /// The whole phrase, or nil when a word could not be decoded or what came out spells an encoded-word again, so
    /// that readers which decode twice would see something else.
    mutating func finish() -> String? {
        flush()
        return failed || text.utf8.containsEncodedWordStart ? nil : text
    }

    private mutating func separate() {
        lastWasEncoded = false
        if !text.isEmpty { text += " " }
    }

    private mutating func flush() {
        guard let charset = pendingCharset else { return }
        if let decoded = Charset.decode(pending, as: charset) { text += decoded } else { failed = true }
        if charset != "utf-8", charset != "utf8", pending.contains(where: { $0 >= 0x80 }),
            let other = String(validating: pending, as: UTF8.self)
        {
            hidesByLabel = hidesByLabel || other.unicodeScalars.contains { $0.isAtSign || $0.isUnseen }
        }
        pending.removeAll()
        pendingCharset = nil
    }
}

/// One encoded-word: `=?charset?B or Q?text?=` (RFC 2047 §2; a language after `*`, RFC 2231 §5, is dropped).
struct EncodedWord {
    /// Lower case.
    let charset: String
    let octets: [UInt8]

    /// Nil unless the octets are exactly one encoded-word.
    init?(_ bytes: ArraySlice<UInt8>) {
        let mark = UInt8(ascii: "?")
        let parts = bytes.split(separator: mark, maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].elementsEqual("=".utf8), parts[4].elementsEqual("=".utf8),
            parts[2].count == 1, let encoding = parts[2].first
        else { return nil }
        let name = parts[1].prefix { $0 != UInt8(ascii: "*") }
        guard !name.isEmpty else { return nil }
        switch encoding.asciiLowercased {
        case UInt8(ascii: "b"): guard let octets = Self.base64(parts[3]) else { return nil }; self.octets = octets
        case UInt8(ascii: "q"): guard let octets = Self.q(parts[3]) else { return nil }; self.octets = octets
        default: return nil
        }
        self.charset = String(decoding: name.map(\.asciiLowercased), as: UTF8.self)
    }

    /// The B encoding (RFC 2047 §4.1): base64 with its padding.
    private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        return Data(base64Encoded: Data(text)).map { [UInt8]($0) }
    }

    /// The Q encoding (RFC 2047 §4.2).
    private static func q(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "_") {
                octets.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "=") {
                guard index + 1 < text.endIndex, let high = text[index].hexDigitValue,
                    let low = text[index + 1].hexDigitValue
                else { return nil }
                octets.append(high << 4 | low)
                index += 2
            } else {
                octets.append(byte)
            }
        }
        return octets
    }
}

extension Sequence<UInt8> {
    /// Whether `=?`, the beginning of an encoded-word, stands anywhere.
    var containsEncodedWordStart: Bool {
        var previous: UInt8 = 0
        for byte in self {
            if byte == UInt8(ascii: "?") && previous == UInt8(ascii: "=") { return true }
            previous = byte
        }
        return false
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit, either case.
    var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
