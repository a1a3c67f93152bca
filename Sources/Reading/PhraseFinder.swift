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
    let tables: Lexicon.Tables
    let text: TokenText
    let hits: WordHits

    /// All phrases, by where they begin.
    func find() -> [PhraseHit] {
        var found: [PhraseHit] = []
        for index in 0..<hits.count {
            for word in hits[index] {
                for number in tables.phrasesByFirst[Int(word)] {
                    let phrase = tables.phrases[Int(number)]
                    guard let end = end(of: phrase, slot: 1, after: index) else { continue }
                    found.append(PhraseHit(meaning: phrase.meaning, span: index..<end, languages: phrase.languages))
                }
            }
        }
        return found
    }

    private func end(of phrase: Lexicon.Phrase, slot: Int, after index: Int) -> Int? {
        guard slot < phrase.slots.count else { return index + 1 }
        let wanted = phrase.slots[slot]
        for step in 0...wanted.gap {
            let place = index + 1 + step
            guard place < hits.count, text.tokens[place].sentence == text.tokens[index].sentence else { return nil }
            if fits(place, wanted.words), let end = end(of: phrase, slot: slot + 1, after: place) { return end }
        }
        return nil
    }

    private func fits(_ place: Int, _ words: [Int32]) -> Bool {
        for hit in hits[place] where words.contains(hit) { return true }
        return false
    }
}
