import Mail

/// Decodes header text that may hold encoded-words (RFC 2047). One line comes out, whatever goes in.
struct EncodedWords {
    private let decoder: CharsetDecoder

    init(decoder: CharsetDecoder) { self.decoder = decoder }

    /// The text of an unstructured field or a phrase, as ``decodeGuessing(_:hint:)`` reads it.
    func decode(_ bytes: some Collection<UInt8>) -> String { decodeGuessing(bytes).text }

    /// The text of an unstructured field or a phrase: encoded-words decoded, white space between two of them
    /// dropped (RFC 2047 §6.2), 8-bit text read as UTF-8, else as in `hint` or whatever fits, controls turned into
    /// spaces. Says whether a charset was guessed.
    func decodeGuessing(_ bytes: some Collection<UInt8>, hint: Charset? = nil) -> (text: String, guessed: Bool) {
        let bytes = Array(bytes)
        var text = ""
        var guessed = false
        func add(_ octets: [UInt8], in charset: Charset?) {
            guard !octets.isEmpty else { return }
            let read = decoder.decode(octets, declared: charset, hint: hint)
            text += read.text
            guessed = guessed || read.guessed
        }
        guard Self.mayHoldWords(bytes) else {
            add(bytes, in: .utf8)
            return (Self.oneLine(text), guessed)
        }
        var gap: [UInt8] = []
        var pending: (octets: [UInt8], charset: Charset?)?
        var index = 0
        while index < bytes.count {
            if let word = Self.word(in: bytes, at: index) {
                // Between two words white space means nothing; between a word and plain text it stands.
                if pending == nil { add(gap, in: .utf8) }
                gap.removeAll(keepingCapacity: true)
                // Words of one charset are joined before decoding: some programs split a character over two.
                if let waiting = pending, waiting.charset != word.charset {
                    add(waiting.octets, in: waiting.charset)
                    pending = nil
                }
                pending = ((pending?.octets ?? []) + word.octets, word.charset)
                index = word.end
                continue
            }
            if let waiting = pending, !bytes[index].isBlank {
                add(waiting.octets, in: waiting.charset)
                pending = nil
            }
            gap.append(bytes[index])
            index += 1
        }
        if let waiting = pending { add(waiting.octets, in: waiting.charset) }
        add(gap, in: .utf8)
        return (Self.oneLine(text), guessed)
    }

    /// Whether every encoded-word and RFC 2231 charset in a MIME parameter field is one that Postern knows. GMime
    /// keeps each charset name that it meets for the life of the process, so unknown ones are kept from it.
    static func namesOnlyKnownCharsets(_ bytes: [UInt8]) -> Bool {
        let lastApostrophe = bytes.lastIndex(of: UInt8(ascii: "'")) ?? -1
        var previous: UInt8 = 0
        for (index, byte) in bytes.enumerated() {
            let rest = bytes[(index + 1)...]
            if previous == UInt8(ascii: "="), byte == UInt8(ascii: "?") {
                let label = rest.prefix(64).prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "*") }
                if label.endIndex < bytes.endIndex, !isKnown(label) { return false }
            } else if previous == UInt8(ascii: "*"), byte == UInt8(ascii: "=") {
                // `name*=charset'language'text`; later pieces of a divided value have no charset.
                let value = rest.drop { $0.isBlank || $0 == UInt8(ascii: "\"") }
                let label = value.prefix(64).prefix { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: ";") }
                if label.count == 64
                    ? lastApostrophe >= label.endIndex : endsInApostrophe(label, of: bytes) && !isKnown(label)
                {
                    return false
                }
            }
            previous = byte
        }
        return true
    }

    private static func endsInApostrophe(_ label: ArraySlice<UInt8>, of bytes: [UInt8]) -> Bool {
        label.endIndex < bytes.endIndex && bytes[label.endIndex] == UInt8(ascii: "'")
    }

    /// An empty label names nothing and is harmless.
    private static func isKnown(_ label: ArraySlice<UInt8>) -> Bool {
        label.isEmpty || Charset(label: String(decoding: label, as: UTF8.self)) != nil
    }

    private static func mayHoldWords(_ bytes: [UInt8]) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == UInt8(ascii: "?"), previous == UInt8(ascii: "=") { return true }
            previous = byte
        }
        return false
    }

    /// The longest encoded text that is looked at. RFC 2047 §2 allows 75 octets for the whole word; programs that
    /// break that rule stay far below this, and the bound keeps hostile fields linear.
    private static let longestText = 2_000

    /// The encoded-word that begins at `start`, or nil.
    private static func word(in bytes: [UInt8], at start: Int) -> (octets: [UInt8], charset: Charset?, end: Int)? {
        guard bytes[start] == UInt8(ascii: "="), start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "?") else {
            return nil
        }
        var index = start + 2
        let labelStart = index
        while index < bytes.count, index - labelStart <= 60, bytes[index] != UInt8(ascii: "?") {
            guard (0x21...0x7e).contains(bytes[index]) else { return nil }
            index += 1
        }
        guard index + 3 < bytes.count, bytes[index] == UInt8(ascii: "?"), index > labelStart,
            bytes[index + 2] == UInt8(ascii: "?")
        else { return nil }
        // RFC 2231 §5 lets a language follow the charset.
        let label = bytes[labelStart..<index].prefix { $0 != UInt8(ascii: "*") }
        let encoding = bytes[index + 1].asciiLowercased
        let textStart = index + 3
        index = textStart
        while index < bytes.count, bytes[index] != UInt8(ascii: "?") {
            guard (0x21...0x7e).contains(bytes[index]), index - textStart < longestText else { return nil }
            index += 1
        }
        guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "=") else { return nil }
        let text = bytes[textStart..<index]
        let octets: [UInt8]
        switch encoding {
        case UInt8(ascii: "b"): octets = base64(text)
        case UInt8(ascii: "q"): octets = quoted(text)
        default: return nil
        }
        return (octets, Charset(label: String(decoding: label, as: UTF8.self)), index + 2)
    }

    /// The "Q" encoding (RFC 2047 §4.2). A broken escape stands for itself.
    private static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "="), index + 2 < text.endIndex, let high = text[index + 1].hexDigit,
                let low = text[index + 2].hexDigit
            {
                octets.append(high << 4 | low)
                index += 3
                continue
            }
            octets.append(byte == UInt8(ascii: "_") ? UInt8(ascii: " ") : byte)
            index += 1
        }
        return octets
    }

    /// The "B" encoding (RFC 2047 §4.1); octets outside the alphabet are passed over.
    private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text {
            guard let six = byte.base64Digit else { continue }
            bits = bits << 6 | UInt32(six)
            count += 6
            if count >= 8 {
                count -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return octets
    }

    /// Controls, line separators among them, become spaces; outer spaces go.
    private static func oneLine(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            let ascii = text.utf8.map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: " ") : $0 }
            return String(decoding: ascii[...].trimmed, as: UTF8.self)
        }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(scalar.properties.generalCategory.breaksLine ? " " : scalar)
        }
        return String(decoding: Array(String(scalars).utf8)[...].trimmed, as: UTF8.self)
    }
}

extension Unicode.GeneralCategory {
    /// Controls and the separators of lines and paragraphs.
    fileprivate var breaksLine: Bool { self == .control || self == .lineSeparator || self == .paragraphSeparator }
}

extension UInt8 {
    fileprivate var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    fileprivate var base64Digit: UInt8? {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): self - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): self - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
