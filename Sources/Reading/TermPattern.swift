/// One pattern of a lexicon file, read.
///
/// Words stand next to each other; `..` lets up to four words stand between; `a|b` is either; `import*` is a beginning,
/// `*importeur` an ending, `*importeur*` a part. Case, accents and transliteration never matter.
/// Hyphens and apostrophes part words, as they do in mails.
struct TermPattern: Sendable, Hashable {
    /// How a written word is compared.
    struct Word: Sendable, Hashable {
        let text: String
        let openStart: Bool
        let openEnd: Bool

        /// The byte strings that the word automaton looks for, one for each spelling.
        var needles: [[UInt8]] {
            var spellings: Set<[UInt8]> = []
            let letters = Romanisation.letters(text)
            var native: [UInt8] = []
            for scalar in letters { FoldTable.shared.append(scalar, to: &native) }
            spellings.insert(native)
            for spelling in Romanisation.allSpellings(letters) where !spelling.isEmpty { spellings.insert(spelling) }
            return spellings.sorted { $0.lexicographicallyPrecedes($1) }.map { spelling in
                (openStart ? [] : [FoldTable.boundary]) + spelling + (openEnd ? [] : [FoldTable.boundary])
            }
        }
    }

    /// One place of the pattern: any of some words, after at most `gap` others.
    struct Slot: Sendable, Hashable {
        let words: [Word]
        let gap: Int
    }

    static let widestGap = 4
    let slots: [Slot]

    /// Nil when nothing is left to look for, or a `*` leaves fewer than three letters.
    init?(_ written: String) {
        var slots: [Slot] = []
        var gap = 0
        for part in written.split(whereSeparator: {
            $0 == " " || $0 == "\u{A0}" || $0 == "-" || $0 == "\n" || $0 == "'"
        }) {
            if part == ".." {
                gap = Self.widestGap
                continue
            }
            var words: [Word] = []
            for choice in part.split(separator: "|") {
                let openStart = choice.hasPrefix("*")
                let openEnd = choice.hasSuffix("*")
                let text = String(choice.drop { $0 == "*" }.prefix { $0 != "*" })
                let letters = Romanisation.letters(text)
                guard !letters.isEmpty, letters.count >= 3 || !(openStart || openEnd) else { return nil }
                words.append(Word(text: text, openStart: openStart, openEnd: openEnd))
            }
            guard !words.isEmpty else { return nil }
            slots.append(Slot(words: words, gap: gap))
            gap = 0
        }
        guard !slots.isEmpty, slots.count <= 6 else { return nil }
        self.slots = slots
    }
}
