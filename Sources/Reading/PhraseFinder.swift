/// A phrase of the lexicon that stands in a text.
struct PhraseHit: Sendable {
    let meaning: Lexicon.Meaning
    /// Token numbers.
    let span: Range<Int>
    /// The languages that have the phrase, as bits.
    let languages: UInt32
}

/// Finds the phrases whose words the automaton has found. Each word costs a bounded number of looks ahead.
struct PhraseFinder {
    private let table: PhraseTable
    private let tokens: [Token]
    private let hits: WordHits
    /// By word: the signs of the patterns that it fits.
    private let signs: [UInt64]

    init(tables: Lexicon.Tables, text: TokenText, hits: WordHits) {
        table = tables.phrases
        tokens = text.tokens
        self.hits = hits
        let table = tables.phrases
        signs = (0..<hits.count).map { table.signs(of: hits[$0]) }
    }

    /// All phrases, by where they begin.
    func find() -> [PhraseHit] {
        var found: [PhraseHit] = []
        for index in 0..<hits.count {
            let ahead = signs(after: index)
            for word in hits[index] {
                for number in table.beginning(with: word) {
                    let phrase = table.phrase(number)
                    guard phrase.places.isEmpty || phrase.second & ahead != 0,
                        let end = end(of: phrase.places, after: index)
                    else { continue }
                    found.append(PhraseHit(meaning: phrase.meaning, span: index..<end, languages: phrase.languages))
                }
            }
        }
        return found
    }

    /// The signs of the words near behind a word in its sentence: most phrases that it may begin don't go on there.
    private func signs(after index: Int) -> UInt64 {
        var ahead: UInt64 = 0
        for place in (index + 1)...(index + 1 + table.longestGap) {
            guard place < signs.count, tokens[place].sentence == tokens[index].sentence else { break }
            ahead |= signs[place]
        }
        return ahead
    }

    private func end(of places: Range<Int32>, after index: Int) -> Int? {
        guard let first = places.first else { return index + 1 }
        let wanted = table.place(first)
        let sentence = tokens[index].sentence
        for place in (index + 1)...(index + 1 + wanted.gap) {
            guard place < signs.count, tokens[place].sentence == sentence else { return nil }
            if signs[place] & wanted.signs != 0, table.fits(wanted, hits[place]),
                let end = end(of: places.dropFirst(), after: place)
            {
                return end
            }
        }
        return nil
    }
}
