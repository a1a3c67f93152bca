/// One row of a lexicon file's inflection: a nominative ending and the endings of the other cases.
///
/// `f ová: ové ové ovou` says that feminine names in -ová have -ové in the first and the second case, -ovou in the third.
struct InflectionRow: Sendable {
    /// What must stand before the ending.
    enum Before: Sendable { case anything, vowel, consonant }

    /// As bits: 1 masculine, 2 feminine, 4 neuter.
    let genders: UInt8
    let before: Before
    /// Folded letters of the nominative ending, and how many letters it has.
    let ending: [UInt8]
    let length: Int
    /// For each case the endings that it may have; nil stands for the nominative's own.
    let cells: [[[Unicode.Scalar]?]]

    /// The more of a word a row speaks of, the more it counts.
    var weight: Int { length * 2 + (before == .anything ? 0 : 1) }

    init?(_ written: String) {
        guard let colon = written.firstIndex(of: ":") else { return nil }
        let head = written[..<colon].split(separator: " ")
        guard let nominative = head.last, (1...2).contains(head.count) else { return nil }
        if head.count == 2 {
            var genders: UInt8 = 0
            for letter in head[0] {
                switch letter {
                case "m": genders |= 1
                case "f": genders |= 2
                case "n": genders |= 4
                default: return nil
                }
            }
            self.genders = genders
        } else {
            genders = 7
        }
        var rest = nominative
        switch rest.first {
        case "%":
            before = .consonant
            rest.removeFirst()
        case "&":
            before = .vowel
            rest.removeFirst()
        default: before = .anything
        }
        let letters = Romanisation.letters(String(rest))
        guard !letters.isEmpty || before != .anything else { return nil }
        ending = Self.folded(letters[...])
        length = letters.count
        let cells = written[written.index(after: colon)...].split(separator: " ")
        guard (1...InflectionTable.mostCases).contains(cells.count) else { return nil }
        self.cells = cells.map { cell in
            cell.split(separator: "/").compactMap { ending -> [Unicode.Scalar]?? in
                switch ending {
                case "-": nil
                case "=": .some(nil)
                case "0": .some([])
                default: .some(Self.letters(ofEnding: ending))
                }
            }
        }
    }

    /// A `+` stands for the stem's last letter once more.
    private static func letters(ofEnding ending: Substring) -> [Unicode.Scalar] {
        guard ending.hasPrefix("+") else { return Romanisation.letters(String(ending)) }
        return ["+"] + Romanisation.letters(String(ending.dropFirst()))
    }

    static func folded(_ letters: ArraySlice<Unicode.Scalar>) -> [UInt8] {
        var folded: [UInt8] = []
        for letter in letters { FoldTable.shared.append(letter, to: &folded) }
        return folded
    }

    /// Whether a word in the nominative ends as the row says, and has a stem of two letters at least.
    func applies(to letters: [Unicode.Scalar]) -> Bool {
        guard letters.count >= length + 2, Self.folded(letters.suffix(length)) == ending else { return false }
        guard before != .anything, let last = Self.folded(letters.dropLast(length).suffix(1)).last else {
            return before == .anything
        }
        return InflectionTable.vowels.contains(last) == (before == .vowel)
    }

    /// The word in one of the row's forms.
    func form(of letters: [Unicode.Scalar], ending: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let stem = letters.dropLast(length)
        if ending.first == "+", let last = stem.last { return stem + [last] + ending.dropFirst() }
        return stem + ending
    }
}

/// How names change in one language, compiled.
struct InflectionTable: Sendable {
    static let mostCases = 9

    /// A word and the cases that it asks for, as a mask of one gender.
    struct Governing: Sendable {
        let word: [UInt8]
        let cases: UInt32

        init?(_ written: String) {
            let parts = written.split(separator: " ")
            guard parts.count == 2 else { return nil }
            word = TokenText(String(parts[0])).folded
            var cases: UInt32 = 0
            for number in parts[1].split(separator: "/") {
                guard let number = Int(number), (1...InflectionTable.mostCases).contains(number) else { return nil }
                cases |= 1 << UInt32(number - 1)
            }
            self.cases = cases
            if word.isEmpty || cases == 0 { return nil }
        }
    }

    let lastOnly: Bool
    let headLast: Bool
    let articles: WordSet
    private let persons: [InflectionRow]
    private let words: [InflectionRow]
    private let governing: WordTable<UInt32>
    private let beginnings: [[[UInt8]]]

    init(_ terms: InflectionTerms) {
        lastOnly = terms.lastOnly
        headLast = terms.headLast
        persons = terms.persons.compactMap(InflectionRow.init)
        words = terms.words.compactMap(InflectionRow.init)
        var governing: [[UInt8]: UInt32] = [:]
        for entry in terms.governing.compactMap(Governing.init) { governing[entry.word, default: 0] |= entry.cases }
        self.governing = WordTable(governing)
        articles = WordSet(terms.articles.map { TokenText($0).folded })
        beginnings = terms.beginnings.map { $0.split(separator: "/").map { TokenText(String($0)).folded } }
    }

    var isEmpty: Bool { persons.isEmpty && words.isEmpty && articles.isEmpty && beginnings.isEmpty }

    /// Knows words that ask for a case.
    var governs: Bool { !governing.isEmpty }
    var hasPersons: Bool { !persons.isEmpty }
    var hasWords: Bool { !words.isEmpty || !beginnings.isEmpty }

    static let vowels: Set<UInt8> = Set(TokenText("aeiouyαεηιουωаеиоуъюяыэ").folded)

    /// The cases that a word before a name asks for, for every gender; nil where it says nothing.
    func cases(after word: ArraySlice<UInt8>) -> UInt32? {
        governing[word].map { Self.forAllGenders($0) }
    }

    static func forAllGenders(_ cases: UInt32) -> UInt32 {
        cases | cases << UInt32(mostCases) | cases << UInt32(2 * mostCases)
    }

    private static let oneGender: UInt32 = (1 << UInt32(mostCases)) - 1

    /// A word of a person's name in all its forms. For each gender the row that speaks of most of the word holds.
    func person(_ word: NameWord) -> InflectedWord {
        guard word.letters.count >= 3 else { return InflectedWord(word) }
        var rows: [(row: InflectionRow, genders: UInt8)] = []
        for gender: UInt8 in [1, 2, 4] {
            let fitting = persons.filter { $0.genders & gender != 0 && $0.applies(to: word.letters) }
            guard let most = fitting.map(\.weight).max() else { continue }
            rows += fitting.filter { $0.weight == most }.map { ($0, gender) }
        }
        return inflected(word, by: rows)
    }

    /// A word of an organisation's name in all its forms; words under four letters have none.
    func common(_ word: NameWord) -> InflectedWord {
        guard word.letters.count >= 4 else { return InflectedWord(word) }
        let rows = words.filter { $0.applies(to: word.letters) }
        let inflected = inflected(word, by: rows.map { ($0, $0.genders) })
        return beginnings.isEmpty ? inflected : inflected.beginning(otherwise: beginnings)
    }

    private func inflected(_ word: NameWord, by rows: [(row: InflectionRow, genders: UInt8)]) -> InflectedWord {
        var forms: [(word: NameWord, cases: UInt32)] = []
        var unchanged: UInt32 = 0
        for gender: UInt32 in 0..<3 {
            let own = rows.filter { $0.genders & (1 << UInt8(gender)) != 0 }
            let shift = gender * UInt32(Self.mostCases)
            if own.isEmpty { unchanged |= Self.oneGender << shift }
            for (row, _) in own {
                // Cases that the row lacks are the nominative's.
                for number in 0..<Self.mostCases {
                    let bit: UInt32 = 1 << (shift + UInt32(number))
                    guard number < row.cells.count else { continue }
                    for ending in row.cells[number] {
                        guard let ending else {
                            unchanged |= bit
                            continue
                        }
                        let letters = row.form(of: word.letters, ending: ending)
                        let folded = InflectionRow.folded(letters[...])
                        if folded == word.folded {
                            unchanged |= bit
                        } else if folded.count == word.folded.count + 1, folded.last == word.folded.last,
                            folded.starts(with: word.folded)
                        {
                            // Looks like a letter typed twice.
                            continue
                        } else if let place = forms.firstIndex(where: { $0.word.folded == folded }) {
                            forms[place].cases |= bit
                        } else {
                            let beyond = letters.contains { $0.value >= 0x80 }
                            forms.append(
                                (
                                    NameWord(
                                        folded: folded, letters: letters, beyondASCII: beyond, joined: word.joined), bit
                                ))
                        }
                    }
                }
            }
        }
        return InflectedWord(base: word, forms: forms, unchanged: unchanged)
    }
}

/// A word of a name with the forms that it may have, each with its cases as bits.
struct InflectedWord: Sendable {
    let base: NameWord
    let forms: [(word: NameWord, cases: UInt32)]
    /// The cases in which it looks as in the nominative.
    let unchanged: UInt32

    /// A word that never changes.
    init(_ word: NameWord) {
        base = word
        forms = []
        unchanged = .max
    }

    init(base: NameWord, forms: [(word: NameWord, cases: UInt32)], unchanged: UInt32) {
        self.base = base
        self.forms = forms
        self.unchanged = unchanged
    }

    /// How token `index` has the word: its cases, and whether it is changed; nil where it is another word.
    func look(at index: Int, in text: TokenText) -> (cases: UInt32, changed: NameWord?)? {
        if base.matches(text, index) { return (unchanged, nil) }
        let first = text.word(index).first
        for form in forms where form.word.folded.first == first || form.word.beyondASCII {
            if form.word.matches(text, index) { return (form.cases, form.word) }
        }
        return nil
    }

    /// The same with initial letters as the language changes them: "Roinn", "Roinne" and "hOifig".
    func beginning(otherwise changes: [[[UInt8]]]) -> InflectedWord {
        var more = forms
        for (word, cases) in [(base, UInt32.max)] + forms {
            for change in changes {
                let fitting = change.filter { word.folded.starts(with: $0) && !$0.isEmpty }
                guard let old = fitting.max(by: { $0.count < $1.count }) else { continue }
                for new in change where new != old {
                    let folded = new + word.folded.dropFirst(old.count)
                    let letters = folded.map { Unicode.Scalar($0) }
                    more.append((NameWord(folded: folded, letters: letters, beyondASCII: false), cases))
                }
            }
        }
        return InflectedWord(base: base, forms: more, unchanged: unchanged)
    }
}
