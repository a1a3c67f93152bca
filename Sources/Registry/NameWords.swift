import Foundation

/// The words of a registered name, for telling which names contain which.
///
/// This is coarser than reading a mail needs: it only gathers the names that a reader must look for as well, so it
/// folds case and accents and lets a legal form at either end be absent. One name too many does no harm, a missing
/// one would let "Drvo" in "Drvo Sjever d.o.o." pass as the company "Drvo d.o.o.".
package struct NameWords: Sendable, Hashable {
    /// All words: letters and digits without case and accents.
    package let all: [String]
    /// The words without a legal form at the beginning or the end; never empty unless `all` is.
    package let core: [String]

    package init(_ name: String) {
        all = Self.split(name)
        var core = all[...]
        while let last = core.last, Self.legalWords.contains(last) { core.removeLast() }
        while let first = core.first, first.utf8.count > 1, Self.legalWords.contains(first) { core.removeFirst() }
        self.core = core.isEmpty ? all : Array(core)
    }

    /// Whether the name is nothing but a legal form: it tells no organisation from another.
    package var isLegalFormOnly: Bool { all.allSatisfy { Self.legalWords.contains($0) } }

    /// Whether ``isLegalFormOnly`` is worth asking, told quickly: false where some word is surely part of no legal form.
    package static func mayBeLegalFormOnly(_ name: String) -> Bool {
        var word: [UInt8] = []
        func isSurelyNone() -> Bool {
            guard !word.isEmpty else { return false }
            if word.allSatisfy({ $0 < 0x80 }) { return !legalWords.contains(String(decoding: word, as: UTF8.self)) }
            // The longest form beyond ASCII has four letters, but for one German word. Marks beyond ASCII may part words.
            return word.count > 10 && !word.contains(0xe2) && !word.contains(0xc2) && word[0] != UInt8(ascii: "h")
        }
        for byte in name.utf8 {
            let small = byte | ((0x41...0x5a).contains(byte) ? 0x20 : 0)
            if (0x61...0x7a).contains(small) || (0x30...0x39).contains(small) || byte >= 0x80 {
                word.append(small)
            } else {
                if isSurelyNone() { return false }
                word.removeAll(keepingCapacity: true)
            }
        }
        return !isSurelyNone()
    }

    /// Whether a mention of this name also reads as a mention of `other`, which is shorter.
    package func isLonger(than other: NameWords) -> Bool {
        (all.count > other.all.count && Self.contains(all, other.all))
            || (core.count > other.core.count && Self.contains(core, other.core))
    }

    private static func contains(_ words: [String], _ sought: [String]) -> Bool {
        guard let first = sought.first, words.count >= sought.count else { return false }
        return (0...words.count - sought.count).contains {
            words[$0] == first && words[$0..<$0 + sought.count].elementsEqual(sought)
        }
    }

    private static func split(_ name: String) -> [String] {
        if name.utf8.allSatisfy({ $0 < 0x80 }) {
            return name.utf8.map { $0 | ((0x41...0x5a).contains($0) ? 0x20 : 0) }
                .split { !((0x61...0x7a).contains($0) || (0x30...0x39).contains($0)) }
                .map { String(decoding: $0, as: UTF8.self) }
        }
        var words: [String] = []
        var word: [UInt8] = []
        func end() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        let letters = NameLetters.shared
        for scalar in name.unicodeScalars {
            letters.each(of: scalar) { byte in if byte == NameLetters.gap { end() } else { word.append(byte) } }
        }
        end()
        return words
    }

    /// Words that legal forms are made of (domain §3), dotted ones letter by letter, accents dropped.
    private static let legalWords = Set(
        """
        gmbh mbh ag kg kgaa ohg og ug ek e k co gesellschaft haftungsbeschrankt bv srl nv sa sc оод еоод ад еад ет \
        d o j doo jdoo dd ltd limited λτδ s r z spol sro a as aps ou oy oyj ab sarl eurl sas sasu sca αε επε ικε οε \
        εε α ε π ι κ kft zrt nyrt bt rt teo dac plc l p n spa snc sapa sia uab mb b v vof c sp zoo oo sk sj i lda \
        sl slu hb se sce inc llc llp
        """
        .split(separator: " ").map(String.init))
}

/// Letters without case and accents, as UTF-8, for every scalar; those of Latin, Greek and Cyrillic in a table.
private struct NameLetters: Sendable {
    static let shared = NameLetters()
    /// Stands for what parts words.
    static let gap: UInt8 = 0
    private let table = ScalarTable(gap: gap, spelling: folded)

    /// The bytes that a scalar stands for; none for an accent.
    @inline(__always)
    func each(of scalar: Unicode.Scalar, _ take: (UInt8) -> Void) { table.each(of: scalar, take) }

    @Sendable
    private static func folded(_ scalar: Unicode.Scalar) -> [UInt8] {
        var letters: [UInt8] = []
        for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch part.properties.generalCategory {
            case .nonspacingMark, .format: continue
            case .decimalNumber, .letterNumber, .otherNumber: letters += Array(String(part).utf8)
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark:
                switch part {
                case "ß", "ẞ": letters += Array("ss".utf8)
                case "ς": letters += Array("σ".utf8)
                default: letters += Array(part.properties.lowercaseMapping.utf8)
                }
            default: letters.append(gap)
            }
        }
        return letters
    }
}
