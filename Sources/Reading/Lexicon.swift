/// All languages' terms, compiled for searching. Build it once; it is immutable and cheap to share.
package struct Lexicon: Sendable {
    /// The two-letter codes of the languages, in the order of their numbers.
    package var languages: [String] { tables.languages }
    /// The kinds of request that the terms know, sorted.
    package var kinds: [String] { tables.kinds.filter { $0 != KindReader.noKind && $0 != KindReader.unclear } }

    let tables: Tables

    /// `ownWording` is what our replies say: their sentences are no words of a sender's.
    package init(_ languages: [LanguageTerms], ownWording: [OwnWording] = []) {
        tables = Tables(languages, OwnSentences(ownWording))
    }

    /// The compiled tables, shared by all readings.
    final class Tables: Sendable {
        let languages: [String]
        let kinds: [String]
        let automaton: WordAutomaton
        let phrases: PhraseTable
        /// For each pattern, the languages (as bits) whose stop words it is.
        let stopwordOf: [UInt32]
        let script: LanguageLetters
        let replies: ReplyMarks
        let titles: WordSet
        let generic: WordSet
        /// English as a bit; 0 where it is missing.
        let english: UInt32
        let joining: WordSet
        /// What lines are called that hold a legal form, each by its words, by the first one.
        let legalForm: WordTable<[[[UInt8]]]>
        /// By language.
        let inflections: [InflectionTable]
        /// The languages, as bits, that each of the joining words belongs to.
        let joiningLanguages: WordTable<UInt32>
        /// The folded words that automatic replies' subjects begin with.
        let automaticSubjects: [[[UInt8]]]

        init(_ terms: [LanguageTerms], _ own: OwnSentences) {
            // Languages are bits of a 32-bit word.
            let terms = Array(terms.prefix(32))
            languages = terms.map(\.language)
            kinds = Set(terms.flatMap { Array($0.kinds.keys) + Array($0.kindsByRole.keys) }).sorted()
            var builder = Builder()
            for (number, language) in terms.enumerated() {
                for (kind, patterns) in language.kinds.sorted(by: { $0.key < $1.key }) {
                    guard let index = kinds.firstIndex(of: kind) else { continue }
                    builder.add(patterns, as: .kind(index), language: number)
                }
                for (kind, patterns) in language.kindsByRole.sorted(by: { $0.key < $1.key }) {
                    guard let index = kinds.firstIndex(of: kind) else { continue }
                    builder.add(patterns, as: .kindByRole(index), language: number)
                }
                builder.add(language.request, as: .request, language: number)
                builder.add(language.ask, as: .ask, language: number)
                builder.add(language.role, as: .role, language: number)
                builder.add(language.additional, as: .additional, language: number)
                builder.add(language.status, as: .status, language: number)
                builder.add(language.copied, as: .copied, language: number)
                builder.add(language.past, as: .past, language: number)
                builder.add(language.not, as: .not, language: number)
                builder.add(language.retraction, as: .retraction, language: number)
                builder.addStopwords(language.stopwords, language: number)
            }
            automaton = WordAutomaton(builder.needles)
            phrases = PhraseTable(builder.phrases, byFirst: builder.byFirst)
            stopwordOf = builder.stopwordOf
            script = LanguageLetters(terms.map(\.letters))
            replies = ReplyMarks(terms.map(\.replies), own: own)
            titles = Self.words(terms.flatMap(\.titles))
            generic = Self.words(terms.flatMap(\.generic))
            english = terms.firstIndex { $0.language == "en" }.map { 1 << UInt32($0) } ?? 0
            joining = Self.words(terms.flatMap(\.joining))
            legalForm = WordTable(
                Dictionary(
                    grouping: terms.flatMap(\.legalForm).map(Self.folded).filter { !$0.isEmpty }, by: { $0[0] }))
            inflections = terms.map { InflectionTable($0.inflection) }
            var joiningLanguages: [[UInt8]: UInt32] = [:]
            for (number, language) in terms.enumerated() {
                for word in language.joining.flatMap(Self.folded) {
                    joiningLanguages[word, default: 0] |= 1 << UInt32(number)
                }
            }
            self.joiningLanguages = WordTable(joiningLanguages)
            automaticSubjects = terms.flatMap(\.automaticSubjects).map(Self.folded).filter { !$0.isEmpty }
        }

        private static func folded(_ text: String) -> [[UInt8]] {
            let cut = TokenText(text)
            return cut.tokens.indices.map { Array(cut.word($0)) }
        }

        /// Whether a subject begins as automatic replies' subjects do.
        func beginsAutomatically(_ subject: TokenText) -> Bool {
            automaticSubjects.contains { words in
                words.count <= subject.tokens.count
                    && words.indices.allSatisfy { subject.equals($0, words[$0][...]) }
            }
        }

        private static func words(_ list: [String]) -> WordSet { WordSet(list.flatMap(folded)) }
    }

    /// What a phrase says.
    enum Meaning: Hashable, Sendable {
        case kind(Int)
        /// Names a kind only close to a request or a role.
        case kindByRole(Int)
        case request, ask, role, additional, status, copied, past, not, retraction
    }

    /// One pattern of the files, in numbers: for each place the patterns that may stand there.
    struct Phrase: Sendable {
        struct Slot: Sendable, Hashable {
            let words: [Int32]
            let gap: Int
        }
        let slots: [Slot]
        let meaning: Meaning
        /// The languages that have it, as bits.
        var languages: UInt32
    }

    /// Collects the words of all patterns, each once.
    private struct Builder {
        private(set) var needles: [[UInt8]] = []
        private(set) var phrases: [Phrase] = []
        private(set) var byFirst: [[Int32]] = []
        private(set) var stopwordOf: [UInt32] = []
        private var numbers: [[UInt8]: Int32] = [:]
        private var known: [PhraseKey: Int] = [:]

        private struct PhraseKey: Hashable {
            let slots: [Phrase.Slot]
            let meaning: Meaning
        }

        private mutating func number(_ needle: [UInt8]) -> Int32 {
            if let known = numbers[needle] { return known }
            let number = Int32(needles.count)
            numbers[needle] = number
            needles.append(needle)
            byFirst.append([])
            stopwordOf.append(0)
            return number
        }

        mutating func add(_ patterns: [String], as meaning: Meaning, language: Int) {
            for written in patterns {
                guard let pattern = TermPattern(written) else { continue }
                let slots = pattern.slots.map { slot in
                    Phrase.Slot(words: slot.words.flatMap(\.needles).map { number($0) }.sorted(), gap: slot.gap)
                }
                let key = PhraseKey(slots: slots, meaning: meaning)
                if let place = known[key] {
                    phrases[place].languages |= 1 << UInt32(language)
                    continue
                }
                known[key] = phrases.count
                for first in slots[0].words { byFirst[Int(first)].append(Int32(phrases.count)) }
                phrases.append(Phrase(slots: slots, meaning: meaning, languages: 1 << UInt32(language)))
            }
        }

        /// Fewer letters than this are too common in other languages to be spelled in another script.
        private static let leastRespelled = 4

        mutating func addStopwords(_ patterns: [String], language: Int) {
            for written in patterns {
                guard let pattern = TermPattern(written), pattern.slots.count == 1 else { continue }
                for word in pattern.slots[0].words {
                    var native: [UInt8] = []
                    for scalar in Romanisation.letters(word.text) { FoldTable.shared.append(scalar, to: &native) }
                    for needle in word.needles {
                        let spelling = needle.filter { $0 != FoldTable.boundary }
                        guard spelling == native || spelling.count >= Self.leastRespelled else { continue }
                        stopwordOf[Int(number(needle))] |= 1 << UInt32(language)
                    }
                }
            }
        }
    }
}
