import Mail
import Synchronization

/// Octets to text. Safe to share: the tables it keeps are filled under a lock and never change.
final class CharsetDecoder: Sendable {
    /// The upper halves of single-octet charsets, by iconv's name; 0 stands for "no character".
    private let tables = Mutex<[String: [UInt16]]>([:])

    init() {}

    /// What octets say, and how they were read.
    struct Decoded {
        let text: String
        let charset: Charset
        /// The charset is not the declared one.
        let guessed: Bool
    }

    /// Octets in `declared` where that is known, every octet means something in it and it isn't plainly wrong. Else
    /// in UTF-8; in `hint`, the charset of other text of the mail; in the charset that makes most sense of them
    /// (``CharsetGuess``); and at last in Windows-1252, in which nothing fails (U+FFFD stands for its five holes).
    func decode(_ bytes: [UInt8], declared: Charset?, hint: Charset? = nil) -> Decoded {
        let read = read(bytes, declared: declared, hint: hint)
        // A byte order mark is none of the text (RFC 2781 §3.2, RFC 3629 §6).
        guard read.text.unicodeScalars.first == "\u{feff}" else { return read }
        let text = String(read.text.unicodeScalars.dropFirst())
        return Decoded(text: text, charset: read.charset, guessed: read.guessed)
    }

    private func read(_ bytes: [UInt8], declared: Charset?, hint: Charset?) -> Decoded {
        if let utf16 = UTF16Order.charset(of: bytes, declared: declared), let text = strictly(bytes, utf16) {
            return Decoded(text: text, charset: utf16, guessed: utf16.name != declared?.name)
        }
        if let declared, let text = strictly(bytes, declared) {
            if let better = instead(of: declared, bytes, text) { return better }
            return Decoded(text: text, charset: declared, guessed: false)
        }
        if declared != .utf8, let text = String(validating: bytes, as: UTF8.self) {
            return Decoded(text: text, charset: .utf8, guessed: true)
        }
        if let text = Self.mended(bytes) { return Decoded(text: text, charset: .utf8, guessed: true) }
        for charset in [hint, Self.guess.charset(of: bytes[...]).flatMap { Charset(label: $0) }] {
            if let charset, charset.isSingleByte, let text = strictly(bytes, charset) {
                return Decoded(text: text, charset: charset, guessed: true)
            }
        }
        let text = Self.mapped(bytes, Self.windows1252) { _ in 0xfffd } ?? ""
        return Decoded(text: text, charset: .windows1252, guessed: true)
    }

    private static let guess = CharsetGuess { name in
        name == "windows-1252" ? windows1252 : Charset(label: name).flatMap { upperHalf(of: $0.iconvName) }
    }

    /// A better reading of octets that mean something in their declared charset, where the label is plainly wrong:
    /// what any program would show by it is not words in another sense, but no words at all.
    private func instead(of declared: Charset, _ bytes: [UInt8], _ text: String) -> Decoded? {
        guard declared.isSingleByte, let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return nil }
        // Whatever is UTF-8 beyond ASCII is no text in a charset of one octet a letter: a capital and a symbol by turns.
        if let utf8 = String(validating: bytes[first...], as: UTF8.self) {
            let isText = utf8.unicodeScalars.allSatisfy { scalar in
                let category = scalar.properties.generalCategory
                return scalar.value < 0x80
                    || (category != .control && category != .unassigned && category != .privateUse)
            }
            let head = String(decoding: bytes[..<first], as: UTF8.self)
            if isText { return Decoded(text: head + utf8, charset: .utf8, guessed: true) }
        }
        guard declared.scheme == .windows1252, let name = Self.guess.charsetInstead(ofWestern: bytes[first...]),
            let charset = Charset(label: name), let text = strictly(bytes, charset)
        else { return nil }
        return Decoded(text: text, charset: charset, guessed: true)
    }

    /// UTF-8 in which few octets are broken, as a cut in the wrong place leaves it; nil when it may be anything else.
    private static func mended(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        var sound = 0
        var broken = 0
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            if scalar == "\u{fffd}" { broken += 1 } else { sound += 1 }
        }
        return sound >= 4 * max(1, broken) ? text : nil
    }

    /// Nil when an octet means nothing in the charset.
    private func strictly(_ bytes: [UInt8], _ charset: Charset) -> String? {
        switch charset.scheme {
        case .utf8: String(validating: bytes, as: UTF8.self)
        case .ascii: bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
        case .windows1252: Self.mapped(bytes, Self.windows1252) { _ in nil }
        case .singleByte(let name): table(name).flatMap { table in Self.mapped(bytes, table) { _ in nil } }
        case .multiByte(let name): Self.converted(bytes, from: name).flatMap { String(validating: $0, as: UTF8.self) }
        }
    }

    private static let windows1252: [UInt16] = {
        let low: [UInt16] = [
            0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
            0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
            0x0153, 0, 0x017e, 0x0178,
        ]
        return low + (0xa0...0xff)
    }()

    private func table(_ name: String) -> [UInt16]? {
        tables.withLock { tables in
            if let known = tables[name] { return known }
            guard let made = Self.upperHalf(of: name) else { return nil }
            tables[name] = made
            return made
        }
    }

    /// Asks iconv for each octet of the upper half; nil when this system's iconv lacks the charset.
    private static func upperHalf(of name: String) -> [UInt16]? {
        guard converted([0x41], from: name) == [0x41] else { return nil }
        return (UInt8(0x80)...0xff).map { octet in
            guard let utf8 = converted([octet], from: name),
                let scalar = String(validating: utf8, as: UTF8.self)?.unicodeScalars.first
            else { return 0 }
            return UInt16(exactly: scalar.value) ?? 0
        }
    }

    /// Through the table of a single-octet charset. `hole` says what an octet without a character becomes.
    private static func mapped(_ bytes: [UInt8], _ upperHalf: [UInt16], hole: (UInt8) -> UInt16?) -> String? {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(bytes.count + bytes.count / 4)
        for byte in bytes {
            if byte < 0x80 {
                utf8.append(byte)
                continue
            }
            var unit = upperHalf[Int(byte) - 0x80]
            if unit == 0 {
                guard let instead = hole(byte) else { return nil }
                unit = instead
            }
            if unit < 0x800 {
                utf8.append(0xc0 | UInt8(truncatingIfNeeded: unit >> 6))
            } else {
                utf8.append(0xe0 | UInt8(truncatingIfNeeded: unit >> 12))
                utf8.append(0x80 | UInt8(truncatingIfNeeded: unit >> 6) & 0x3f)
            }
            utf8.append(0x80 | UInt8(truncatingIfNeeded: unit) & 0x3f)
        }
        return String(decoding: utf8, as: UTF8.self)
    }

    /// UTF-8 of bytes in a charset of iconv's; nil when iconv does not know it or refuses an octet.
    private static func converted(_ bytes: [UInt8], from name: String) -> [UInt8]? {
        guard let converter = IconvConverter(from: name) else { return nil }
        return converter.utf8(of: bytes)
    }
}
