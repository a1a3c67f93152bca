import CGMime
import Mail
import Synchronization

/// A character set that Postern reads. Only the ones that mail programs really use are known: the label comes from
/// the sender, and iconv is never asked for anything else (UTF-7 and the escape-laden ISO-2022-CN family stay out).
struct Charset: Sendable, Hashable {
    fileprivate enum Scheme: Sendable, Hashable {
        case utf8
        case ascii
        case windows1252
        /// One octet a character; the name is iconv's.
        case singleByte(String)
        /// Anything else that iconv converts.
        case multiByte(String)
    }

    /// Lower case, as one would label it.
    let name: String
    fileprivate let scheme: Scheme

    static let utf8 = Charset(name: "utf-8", scheme: .utf8)
    static let ascii = Charset(name: "us-ascii", scheme: .ascii)
    static let windows1252 = Charset(name: "windows-1252", scheme: .windows1252)

    private init(name: String, scheme: Scheme) {
        self.name = name
        self.scheme = scheme
    }

    /// Nil for a label that is not known. Case does not matter.
    init?(label: some StringProtocol) {
        guard label.utf8.count <= 40 else { return nil }
        let label = label.asciiLowercased
        switch label {
        case "utf-8", "utf8", "unicode-1-1-utf-8": self = .utf8
        case "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us": self = .ascii
        // Mail labelled Latin-1 is Windows-1252 in practice (the WHATWG Encoding Standard says the same), and
        // the octets on which they differ mean nothing in Latin-1 text.
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "cp819":
            self.init(name: "iso-8859-1", scheme: .windows1252)
        case "windows-1252", "cp1252", "x-cp1252", "ansi": self = .windows1252
        default:
            guard let scheme = Self.others[Self.aliases[label] ?? label] else { return nil }
            self.init(name: Self.aliases[label] ?? label, scheme: scheme)
        }
    }

    private static let aliases: [String: String] = {
        var aliases = [
            "latin2": "iso-8859-2", "latin5": "iso-8859-9", "latin-9": "iso-8859-15", "latin9": "iso-8859-15",
            "greek": "iso-8859-7", "cyrillic": "iso-8859-5", "iso-8859-8-i": "iso-8859-8", "koi8": "koi8-r",
            "ks_c_5601-1987": "euc-kr", "x-sjis": "shift_jis", "shift-jis": "shift_jis", "sjis": "shift_jis",
            "gb2312": "gbk", "x-gbk": "gbk", "big5-hkscs": "big5", "x-mac-roman": "macintosh",
            "cp936": "gbk", "cp949": "euc-kr", "cp866": "ibm866", "cp852": "ibm852", "cp850": "ibm850",
        ]
        for part in 2...16 {
            aliases["iso8859-\(part)"] = "iso-8859-\(part)"
            aliases["iso_8859-\(part)"] = "iso-8859-\(part)"
        }
        for page in 1250...1258 { aliases["cp\(page)"] = "windows-\(page)" }
        return aliases
    }()

    private static let others: [String: Scheme] = {
        var schemes: [String: Scheme] = [
            "koi8-r": .singleByte("KOI8-R"), "koi8-u": .singleByte("KOI8-U"), "macintosh": .singleByte("MACINTOSH"),
            "tis-620": .singleByte("TIS-620"), "ibm866": .singleByte("IBM866"), "ibm852": .singleByte("IBM852"),
            "ibm850": .singleByte("IBM850"), "ibm437": .singleByte("IBM437"),
            "utf-16": .multiByte("UTF-16"), "utf-16le": .multiByte("UTF-16LE"), "utf-16be": .multiByte("UTF-16BE"),
            "gbk": .multiByte("GBK"), "gb18030": .multiByte("GB18030"), "big5": .multiByte("BIG5"),
            "shift_jis": .multiByte("SHIFT_JIS"), "euc-jp": .multiByte("EUC-JP"), "euc-kr": .multiByte("EUC-KR"),
            "iso-2022-jp": .multiByte("ISO-2022-JP"),
        ]
        for part in 2...16 where part != 12 { schemes["iso-8859-\(part)"] = .singleByte("ISO-8859-\(part)") }
        for page in 1250...1258 where page != 1252 { schemes["windows-\(page)"] = .singleByte("CP\(page)") }
        return schemes
    }()
}

/// Octets to text. Safe to share: the tables it keeps are filled under a lock and never change.
final class CharsetDecoder: Sendable {
    /// The upper halves of single-octet charsets, by iconv's name; 0 stands for "no character".
    private let tables = Mutex<[String: [UInt16]]>([:])

    init() {}

    /// The text, and how it was read: in `declared` where that is known and every octet means something in it,
    /// else in UTF-8, else in Windows-1252, in which nothing fails (U+FFFD stands for its five holes).
    func decode(_ bytes: [UInt8], declared: Charset?) -> (text: String, charset: Charset, guessed: Bool) {
        if let declared, let text = strictly(bytes, declared) { return (text, declared, false) }
        if declared != .utf8, let text = String(validating: bytes, as: UTF8.self) { return (text, .utf8, true) }
        return (Self.mapped(bytes, Self.windows1252) { _ in 0xfffd } ?? "", .windows1252, true)
    }

    /// Nil when an octet means nothing in the charset.
    private func strictly(_ bytes: [UInt8], _ charset: Charset) -> String? {
        switch charset.scheme {
        case .utf8: String(validating: bytes, as: UTF8.self)
        case .ascii: bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
        // A label of Latin-1 or Windows-1252 over valid UTF-8 with non-ASCII is still taken at its word: guessing
        // against a label that fits would let a sender show staff one text and the rules another.
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

/// Owns one iconv descriptor. Not shared: iconv keeps shift state in it.
@safe
private struct IconvConverter: ~Copyable {
    private let descriptor: iconv_t

    init?(from name: String) {
        guard let opened = unsafe postern_iconv_open("UTF-8", name) else { return nil }
        unsafe descriptor = opened
    }

    deinit { _ = unsafe iconv_close(descriptor) }

    func utf8(of bytes: [UInt8]) -> [UInt8]? {
        // No charset in the list grows by more than four octets of UTF-8 for one octet.
        let capacity = bytes.count * 4 + 16
        var input = bytes
        var fits = false
        let output = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
            let used = unsafe input.withUnsafeMutableBytes { source -> Int? in
                var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var fromLeft = source.count
                var to: UnsafeMutablePointer<CChar>? =
                    unsafe UnsafeMutableRawPointer(target.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var toLeft = capacity
                guard unsafe iconv(descriptor, &from, &fromLeft, &to, &toLeft) != -1 else { return nil }
                return fromLeft == 0 ? capacity - toLeft : nil
            }
            count = used ?? 0
            fits = used != nil
        }
        return fits ? output : nil
    }
}
