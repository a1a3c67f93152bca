import Mail

/// A character set that Postern reads. Only the ones that mail programs really use are known: the label comes from
/// the sender, and iconv is never asked for anything else (UTF-7 and the escape-laden ISO-2022-CN family stay out).
struct Charset: Sendable, Hashable {
    enum Scheme: Sendable, Hashable {
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
    let scheme: Scheme

    static let utf8 = Charset(name: "utf-8", scheme: .utf8)
    static let ascii = Charset(name: "us-ascii", scheme: .ascii)
    static let windows1252 = Charset(name: "windows-1252", scheme: .windows1252)

    /// Each octet is one character.
    var isSingleByte: Bool {
        switch scheme {
        case .windows1252, .singleByte: true
        default: false
        }
    }

    /// What iconv calls it.
    var iconvName: String {
        switch scheme {
        case .singleByte(let name), .multiByte(let name): name
        case .windows1252: "CP1252"
        case .utf8: "UTF-8"
        case .ascii: "US-ASCII"
        }
    }

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
