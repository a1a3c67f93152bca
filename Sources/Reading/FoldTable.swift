import Foundation

/// What each Unicode scalar means to the reader: a letter with a folded form, a joint between parts of a word,
/// nothing at all, or a gap.
///
/// Folded text is written in an alphabet of bytes of our own: `a`–`z` and `0`–`9` stand for themselves, Greek and
/// Cyrillic letters have one byte each, any other script's letter is an escape of five bytes. Case, accents,
/// compatibility forms (NFKC), final sigma and `ß` are gone; what a letter may *also* be written as is in
/// `Romanisation`.
struct FoldTable: Sendable {
    /// How a scalar takes part in a word.
    enum Role: UInt8, Sendable {
        /// Ends a word.
        case gap
        /// Belongs to a word.
        case letter
        /// Is not there: a soft hyphen, a zero-width or direction character, a combining mark.
        case nothing
        /// Joins two parts of a word: an apostrophe.
        case apostrophe
        /// Joins two parts of a word: a hyphen.
        case hyphen
    }

    /// Stands at both ends of every word in what the word automaton reads.
    static let boundary: UInt8 = 1
    /// Opens the five bytes of a letter outside Latin, Greek and Cyrillic.
    static let escape: UInt8 = 0xFE
    private static let firstGreek: UInt8 = 0x80
    private static let firstCyrillic: UInt8 = 0xA0

    static let shared = FoldTable()

    /// Below this the table is a plain array.
    private static let arrayEnd = 0x2150
    private var roles: [UInt8]
    private var starts: [Int32]
    private var bytes: [UInt8] = []
    /// Compatibility letters far up: ligatures, full-width and mathematical letters.
    private var distant: [UInt32: [UInt8]] = [:]

    private init() {
        roles = []
        starts = [0]
        roles.reserveCapacity(Self.arrayEnd)
        starts.reserveCapacity(Self.arrayEnd + 1)
        for value in 0..<UInt32(Self.arrayEnd) {
            let scalar = Unicode.Scalar(value) ?? " "
            let role = Self.role(of: scalar)
            roles.append(role.rawValue)
            if role == .letter { bytes.append(contentsOf: Self.fold(scalar)) }
            starts.append(Int32(bytes.count))
        }
        for range: ClosedRange<UInt32> in [0xFB00...0xFB06, 0xFF10...0xFF5A, 0x1D400...0x1D7FF] {
            for value in range {
                guard let scalar = Unicode.Scalar(value), Self.role(of: scalar) == .letter else { continue }
                distant[value] = Self.fold(scalar)
            }
        }
    }

    /// How `scalar` takes part in a word.
    func role(_ scalar: Unicode.Scalar) -> Role {
        let index = Int(scalar.value)
        if index < Self.arrayEnd { return Role(rawValue: roles[index]) ?? .gap }
        return Self.role(of: scalar)
    }

    /// Appends the folded form of a letter.
    func append(_ scalar: Unicode.Scalar, to folded: inout [UInt8]) {
        let index = Int(scalar.value)
        if index < Self.arrayEnd {
            for place in Int(starts[index])..<Int(starts[index + 1]) { folded.append(bytes[place]) }
        } else if let known = distant[scalar.value] {
            folded.append(contentsOf: known)
        } else {
            Self.appendEscape(scalar, to: &folded)
        }
    }

    /// Whether folded text has letters of two of Latin, Greek and Cyrillic, which look alike and mean different words.
    static func mixesScripts(_ folded: ArraySlice<UInt8>) -> Bool {
        var scripts: UInt8 = 0
        var at = folded.startIndex
        while at < folded.endIndex {
            switch folded[at] {
            case escape: at += 4
            case firstCyrillic...: scripts |= 4
            case firstGreek...: scripts |= 2
            case UInt8(ascii: "a")...UInt8(ascii: "z"): scripts |= 1
            default: break
            }
            at += 1
        }
        return scripts.nonzeroBitCount > 1
    }

    private static func role(of scalar: Unicode.Scalar) -> Role {
        switch scalar.value {
        case 0x27, 0x60, 0xB4, 0x02B9, 0x02BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07: return .apostrophe
        case 0x2D, 0x2010, 0x2011, 0xFE63, 0xFF0D: return .hyphen
        case 0xAD, 0x034F, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF:
            return .nothing
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: return .nothing
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber:
            return .letter
        default: return .gap
        }
    }

    private static func fold(_ scalar: Unicode.Scalar) -> [UInt8] {
        var folded: [UInt8] = []
        let plain = String(scalar).decomposedStringWithCompatibilityMapping.lowercased()
        for part in plain.decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch part.value {
            case 0x30...0x39, 0x61...0x7A: folded.append(UInt8(part.value))
            case 0x3C2: folded.append(Self.firstGreek + UInt8(0x3C3 - 0x3B1))
            case 0x3B1...0x3C9: folded.append(Self.firstGreek + UInt8(part.value - 0x3B1))
            case 0x430...0x45F: folded.append(Self.firstCyrillic + UInt8(part.value - 0x430))
            case 0x491: folded.append(Self.firstCyrillic + 3)
            default:
                if let latin = Self.latin[part.value] {
                    folded.append(contentsOf: latin.utf8)
                } else if Self.role(of: part) == .letter {
                    Self.appendEscape(part, to: &folded)
                }
            }
        }
        return folded
    }

    /// Latin letters that no decomposition leads to `a`–`z` (ICAO Doc 9303 part 3, table of transliterations).
    private static let latin: [UInt32: String] = [
        0xDF: "ss", 0xE6: "ae", 0xF0: "d", 0xF8: "o", 0xFE: "th", 0x111: "d", 0x127: "h", 0x131: "i", 0x138: "k",
        0x142: "l", 0x14B: "n", 0x153: "oe", 0x167: "t", 0x180: "b", 0x188: "c", 0x192: "f", 0x19A: "l", 0x1E5: "g",
        0x23C: "c", 0x247: "e", 0x249: "j", 0x24D: "r", 0x24F: "y", 0x259: "a", 0x1DD: "a", 0x26B: "l",
    ]

    private static func appendEscape(_ scalar: Unicode.Scalar, to folded: inout [UInt8]) {
        folded.append(Self.escape)
        for shift: UInt32 in [18, 12, 6, 0] { folded.append(0x40 | UInt8((scalar.value >> shift) & 0x3F)) }
    }
}
