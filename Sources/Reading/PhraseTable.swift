/// The lexicon's phrases, laid out to be found by their first word: plain numbers end to end, nothing to be counted.
struct PhraseTable: Sendable {
    /// One phrase; its first word has been found by whoever asks for it.
    struct Phrase: Sendable {
        let meaning: Lexicon.Meaning
        /// The languages that have it, as bits.
        let languages: UInt32
        /// The places of its further words among all.
        let places: Range<Int32>
        /// The signs of what its second word may be; none where there is none.
        let second: UInt64
    }

    /// What stands at one place of a phrase.
    struct Place: Sendable {
        /// Other words that may stand before it.
        let gap: Int
        /// The patterns that fit, by their signs: quick to compare, never missing one.
        let signs: UInt64
        /// Where they stand among all.
        fileprivate let words: Range<Int32>
    }

    private var starts: [Int32] = [0]
    private var numbers: [Int32] = []
    private var phrases: [Phrase] = []
    /// The longest gap before a second word.
    private(set) var longestGap = 0
    private var places: [Place] = []
    private var words: [Int32] = []
    /// For each pattern its sign, one bit; 0 where it stands at the beginning of phrases only.
    private var signs: [UInt64]

    /// `byFirst`: for each pattern the numbers of the phrases that it begins.
    init(_ phrases: [Lexicon.Phrase], byFirst: [[Int32]]) {
        signs = Array(repeating: 0, count: byFirst.count)
        for list in byFirst {
            numbers += list
            starts.append(Int32(clamping: numbers.count))
        }
        for phrase in phrases {
            let first = Int32(clamping: places.count)
            if phrase.slots.count > 1 { longestGap = max(longestGap, phrase.slots[1].gap) }
            for slot in phrase.slots.dropFirst() {
                let start = Int32(clamping: words.count)
                words += slot.words
                var all: UInt64 = 0
                for word in slot.words {
                    signs[Int(word)] = 1 << UInt64(word & 63)
                    all |= signs[Int(word)]
                }
                places.append(Place(gap: slot.gap, signs: all, words: start..<Int32(clamping: words.count)))
            }
            self.phrases.append(
                Phrase(
                    meaning: phrase.meaning, languages: phrase.languages,
                    places: first..<Int32(clamping: places.count),
                    second: phrase.slots.count > 1 ? places[Int(first)].signs : 0))
        }
    }

    /// The numbers of the phrases that a pattern begins, among all such.
    func beginning(with pattern: Int32) -> Range<Int> { Int(starts[Int(pattern)])..<Int(starts[Int(pattern) + 1]) }

    /// A phrase that `beginning(with:)` names.
    func phrase(_ number: Int) -> Phrase { phrases[Int(numbers[number])] }

    func place(_ number: Int32) -> Place { places[Int(number)] }

    /// The signs of patterns, together.
    func signs(of patterns: ArraySlice<Int32>) -> UInt64 { patterns.reduce(0) { $0 | signs[Int($1)] } }

    /// Whether one of the patterns may stand at a place.
    func fits(_ place: Place, _ patterns: ArraySlice<Int32>) -> Bool {
        for pattern in patterns where signs[Int(pattern)] & place.signs != 0 {
            for word in place.words where words[Int(word)] == pattern { return true }
        }
        return false
    }
}
