import Foundation

/// Spells words so that the ways in which one name is written come out the same: without case and accents, Greek and
/// Cyrillic in Latin letters, and what transliterations and spellings differ in made equal (`ä`, `ae`, `a`; `š`, `sh`,
/// `sz`; `y`, `j`, `i`; doubled letters).
///
/// A skeleton only finds: different names may share one ("Stein" and "Stin"), so what was found is compared by its true
/// letters afterwards. The Latin spellings are those of ELOT 743 for Greek and of the Bulgarian law of 2009.
struct SearchSkeleton: Sendable {
    static let shared = SearchSkeleton()

    private static let gap: UInt8 = 0
    /// A Greek upsilon or gamma, whose sound hangs on the letter before it.
    private static let upsilon: UInt8 = 1
    private static let gamma: UInt8 = 2

    private let table = ScalarTable(gap: gap, spelling: spelling)

    /// Appends the skeletons of the words of `text`; `endWord` is called after each, with the place where it begins.
    func write(_ text: String, to bytes: inout [UInt8], endWord: (inout [UInt8], _ start: Int) -> Void) {
        var start = bytes.count
        for scalar in text.unicodeScalars {
            table.each(of: scalar) { take($0, &bytes, &start, endWord) }
        }
        if bytes.count > start { endWord(&bytes, start) }
    }

    @inline(__always)
    private func take(
        _ letter: UInt8, _ bytes: inout [UInt8], _ start: inout Int, _ endWord: (inout [UInt8], Int) -> Void
    ) {
        if letter == Self.gap {
            if bytes.count > start { endWord(&bytes, start) }
            start = bytes.count
        } else {
            Self.push(letter, &bytes, start)
        }
    }

    /// Adds one letter to the word that begins at `start`, as far as it is not told by the ones before it.
    private static func push(_ letter: UInt8, _ word: inout [UInt8], _ start: Int) {
        let last = word.count - 1
        guard last >= start, letter < 0x80 else {
            switch letter {
            case upsilon, UInt8(ascii: "y"), UInt8(ascii: "j"): word.append(UInt8(ascii: "i"))
            case gamma: word.append(UInt8(ascii: "g"))
            case UInt8(ascii: "w"): word.append(UInt8(ascii: "v"))
            case UInt8(ascii: "q"): word.append(UInt8(ascii: "k"))
            case UInt8(ascii: "x"): word.append(contentsOf: "ks".utf8)
            default: word.append(letter)
            }
            return
        }
        let before = word[last]
        func replace(_ letter: UInt8) {
            word.removeLast()
            if last > start, word[last - 1] == letter { return }
            word.append(letter)
        }
        switch (before, letter) {
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), _) where letter == before: word.append(letter)
        case (_, before) where letter > gamma: return
        case (UInt8(ascii: "a"), UInt8(ascii: "e")), (UInt8(ascii: "o"), UInt8(ascii: "e")),
            (UInt8(ascii: "u"), UInt8(ascii: "e")):
            return
        case (UInt8(ascii: "o"), UInt8(ascii: "u")), (UInt8(ascii: "o"), upsilon): replace(UInt8(ascii: "u"))
        case (UInt8(ascii: "a"), upsilon), (UInt8(ascii: "e"), upsilon): word.append(UInt8(ascii: "v"))
        case (UInt8(ascii: "g"), gamma):
            replace(UInt8(ascii: "n"))
            word.append(UInt8(ascii: "g"))
        case (_, gamma): word.append(UInt8(ascii: "g"))
        case (_, UInt8(ascii: "i")), (_, UInt8(ascii: "y")), (_, UInt8(ascii: "j")), (_, upsilon):
            switch before {
            case UInt8(ascii: "a"): replace(UInt8(ascii: "e"))
            case UInt8(ascii: "e"), UInt8(ascii: "o"): replace(UInt8(ascii: "i"))
            case UInt8(ascii: "i"): return
            default: word.append(UInt8(ascii: "i"))
            }
        case (UInt8(ascii: "s"), UInt8(ascii: "h")), (UInt8(ascii: "t"), UInt8(ascii: "h")),
            (UInt8(ascii: "g"), UInt8(ascii: "h")), (UInt8(ascii: "z"), UInt8(ascii: "h")),
            (UInt8(ascii: "d"), UInt8(ascii: "h")), (UInt8(ascii: "r"), UInt8(ascii: "h")),
            (UInt8(ascii: "s"), UInt8(ascii: "z")), (UInt8(ascii: "c"), UInt8(ascii: "z")),
            (UInt8(ascii: "c"), UInt8(ascii: "s")):
            return
        case (UInt8(ascii: "c"), UInt8(ascii: "h")):
            if last > start, word[last - 1] == UInt8(ascii: "s") { word.removeLast() }
        case (UInt8(ascii: "k"), UInt8(ascii: "h")): replace(UInt8(ascii: "h"))
        case (UInt8(ascii: "p"), UInt8(ascii: "h")): replace(UInt8(ascii: "f"))
        case (UInt8(ascii: "t"), UInt8(ascii: "z")): replace(UInt8(ascii: "z"))
        case (UInt8(ascii: "t"), UInt8(ascii: "s")): replace(UInt8(ascii: "c"))
        case (UInt8(ascii: "c"), UInt8(ascii: "k")): replace(UInt8(ascii: "k"))
        // Greek has no letters for these sounds at a word's beginning.
        case (UInt8(ascii: "m"), UInt8(ascii: "p")) where last == start: replace(UInt8(ascii: "b"))
        case (UInt8(ascii: "n"), UInt8(ascii: "t")) where last == start: replace(UInt8(ascii: "d"))
        case (UInt8(ascii: "g"), UInt8(ascii: "k")) where last == start: return
        case (UInt8(ascii: "v"), UInt8(ascii: "w")): return
        case (_, UInt8(ascii: "w")): word.append(UInt8(ascii: "v"))
        case (UInt8(ascii: "k"), UInt8(ascii: "q")): return
        case (_, UInt8(ascii: "q")): word.append(UInt8(ascii: "k"))
        case (_, UInt8(ascii: "x")):
            if before != UInt8(ascii: "k") { word.append(UInt8(ascii: "k")) }
            word.append(UInt8(ascii: "s"))
        default: word.append(letter)
        }
    }

    /// The letters that one scalar stands for: `a`–`z`, digits, the marks above, or UTF-8 of another script's letter.
    /// Empty for an accent. Words end where ``NameWords`` ends them.
    @Sendable
    private static func spelling(_ scalar: Unicode.Scalar) -> [UInt8] {
        var letters: [UInt8] = []
        for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch part.properties.generalCategory {
            case .nonspacingMark, .format: continue
            case .decimalNumber, .letterNumber, .otherNumber, .uppercaseLetter, .lowercaseLetter, .titlecaseLetter,
                .modifierLetter, .otherLetter, .spacingMark:
                for lower in part.properties.lowercaseMapping.decomposedStringWithCompatibilityMapping.unicodeScalars
                where lower.properties.generalCategory != .nonspacingMark {
                    letters += romanised(lower)
                }
            default: letters.append(gap)
            }
        }
        return letters
    }

    private static func romanised(_ scalar: Unicode.Scalar) -> [UInt8] {
        if scalar.value < 0x80 { return [UInt8(scalar.value)] }
        switch scalar {
        case "υ": return [upsilon]
        case "γ": return [gamma]
        default: return Array((latin[scalar] ?? String(scalar)).utf8)
        }
    }

    private static let latin: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "a", "œ": "o", "ø": "o", "đ": "d", "ð": "d", "þ": "t", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n",
        "ŧ": "t", "ə": "a", "ĸ": "k", "ſ": "s",
        "α": "a", "β": "v", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "t", "ι": "i", "κ": "k", "λ": "l", "μ": "m",
        "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "φ": "f", "χ": "ch", "ψ": "ps",
        "ω": "o",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
        "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya", "ы": "y", "э": "e",
        "і": "i", "є": "ye", "ґ": "g", "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѕ": "dz",
    ]
}
