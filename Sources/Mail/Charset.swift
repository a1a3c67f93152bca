import Foundation

/// The charsets a display name may be encoded in. All extend ASCII, and an octet of ASCII that stands alone means itself,
/// so that none can hide an `@` in other octets as UTF-7 or ISO-2022 can. In the East Asian ones the second octet of a
/// character may be one of ASCII, an `@` too; the naive scanner takes that for an `@`, and the mail is held.
enum Charset {
    /// The octets as text, or nil when the charset is not among these or the octets are not valid in it.
    static func decode(_ octets: [UInt8], as name: String) -> String? {
        switch name {
        case "utf-8", "utf8": return String(validating: octets, as: UTF8.self)
        case "us-ascii", "ascii":
            return octets.allSatisfy { $0 < 0x80 } ? String(decoding: octets, as: UTF8.self) : nil
        default:
            guard let encoding = encoding(named: name, octets: octets) else { return nil }
            return String(bytes: octets, encoding: encoding)
        }
    }

    /// Foundation's number: its own for the common ones, 0x8000_0000 and the Core Foundation number for the rest.
    private static func encoding(named name: String, octets: [UInt8]) -> String.Encoding? {
        switch name {
        case "iso-8859-1", "iso8859-1", "latin1":
            // Mailers that write octets 80–9F under this name mean windows-1252 (WHATWG Encoding §4.2).
            return octets.contains { (0x80...0x9f).contains($0) } ? .windowsCP1252 : .isoLatin1
        case "iso-8859-2", "iso8859-2", "latin2": return .isoLatin2
        case "windows-1250", "cp1250": return .windowsCP1250
        case "windows-1251", "cp1251": return .windowsCP1251
        case "windows-1252", "cp1252": return .windowsCP1252
        case "windows-1253", "cp1253": return .windowsCP1253
        case "windows-1254", "cp1254": return .windowsCP1254
        case "windows-1257", "cp1257": return coreFoundation(0x0507)
        case "windows-1255", "cp1255": return coreFoundation(0x0505)
        case "windows-1256", "cp1256": return coreFoundation(0x0506)
        case "windows-1258", "cp1258": return coreFoundation(0x0508)
        case "windows-874", "tis-620": return coreFoundation(0x041D)
        case "koi8-r": return coreFoundation(0x0A02)
        case "koi8-u": return coreFoundation(0x0A08)
        // Mailers write the names of the older sets and mean the larger ones (WHATWG Encoding §4.2).
        case "gb18030", "gbk", "gb2312", "cp936": return coreFoundation(0x0632)
        case "big5": return coreFoundation(0x0A03)
        case "euc-kr", "ks_c_5601-1987", "windows-949", "cp949": return coreFoundation(0x0422)
        case "shift_jis", "shift-jis": return coreFoundation(0x0A01)
        default:
            for prefix in ["iso-8859-", "iso8859-"] where name.hasPrefix(prefix) {
                guard let part = UInt(name.dropFirst(prefix.count)), [3, 4, 5, 7, 9, 10, 13, 14, 15, 16].contains(part)
                else { return nil }
                return coreFoundation(0x0200 + part)
            }
            return nil
        }
    }

    private static func coreFoundation(_ number: UInt) -> String.Encoding {
        String.Encoding(rawValue: 0x8000_0000 | number)
    }
}
