/// Which letters speak for which language.
struct LanguageLetters: Sendable {
    private var languagesOf: [UInt32: UInt32] = [:]

    init(_ letters: [String]) {
        for (number, list) in letters.enumerated() {
            for scalar in list.unicodeScalars where scalar.value >= 0x80 {
                languagesOf[scalar.value, default: 0] |= 1 << UInt32(number)
                for capital in scalar.properties.uppercaseMapping.unicodeScalars where capital.value >= 0x80 {
                    languagesOf[capital.value, default: 0] |= 1 << UInt32(number)
                }
            }
        }
    }

    /// The languages, as bits, that `scalar` speaks for.
    subscript(scalar: Unicode.Scalar) -> UInt32 { languagesOf[scalar.value] ?? 0 }
}

/// Guesses a text's language from everyday words and letters, and says nothing where the text is not clear.
///
/// What two languages have in common tells nothing about which of the two it is, however much of it there is: the
/// favourite is held against each other language by the words that only one of the two has. So a Slovak mail is told
/// from a Czech one although they share half their words, and a mail half in each of two languages stays open.
struct LanguageGuess {
    /// Words or letters that the same languages have, as bits, and how many in a row.
    private struct Share {
        let languages: UInt32
        var count: Int

        /// Adds its points to the sums of each of its languages.
        func add(_ whole: Int, to sums: inout [Int]) {
            let points = whole * count / max(1, languages.nonzeroBitCount)
            var rest = languages
            while rest != 0 {
                let number = rest.trailingZeroBitCount
                rest &= rest - 1
                if number < sums.count { sums[number] += points }
            }
        }
    }

    /// A word that one language alone has counts this much; a word of n languages an n-th of it.
    private static let wholeWord = 60
    private static let wholeLetter = 30
    /// A few hundred words tell as much as all of them.
    private static let mostWords = 2_000
    /// As letters never count more than words, more of them need not be looked at.
    private static let mostLetterRuns = 1_000
    /// Below this much a text says nothing.
    private static let leastScore = 100
    /// From here on the text is long enough to know itself, and less of an advantage will do.
    private static let plentyScore = 150

    private let words: [Share]
    private let letters: [Share]
    /// By language: what its words and its letters come to.
    private let wordScore: [Int]
    private let letterScore: [Int]
    private let favourite: Int
    private let score: Int

    /// The number of the language that the body is written in, or that the subject is where the body is too short to
    /// say; nil where that is not clear.
    static func language(
        ofBody body: TokenText, hits bodyHits: WordHits, subject: TokenText, hits subjectHits: WordHits,
        tables: Lexicon.Tables
    ) -> Int? {
        let guess = LanguageGuess(body, hits: bodyHits, tables: tables)
        if guess.score >= leastScore { return guess.language }
        return LanguageGuess(subject, hits: subjectHits, tables: tables).language
    }

    private init(_ text: TokenText, hits: WordHits, tables: Lexicon.Tables) {
        let count = tables.languages.count
        var words: [Share] = []
        var letters: [Share] = []
        for index in 0..<min(hits.count, Self.mostWords) {
            var languages: UInt32 = 0
            for pattern in hits[index] { languages |= tables.stopwordOf[Int(pattern)] }
            Self.add(languages, to: &words)
            let token = text.tokens[index]
            guard token.traits.contains(.beyondASCII), token.counts, letters.count < Self.mostLetterRuns else {
                continue
            }
            var at = token.range.lowerBound
            while at < token.range.upperBound {
                let (scalar, length) = UTF8Scalar.decode(text.bytes, at)
                if scalar.value >= 0x80 { Self.add(tables.script[scalar], to: &letters) }
                at += length
            }
        }
        let wordScore = Self.sum(words, Self.wholeWord, count)
        let letterScore = Self.sum(letters, Self.wholeLetter, count)
        // Letters alone, as in foreign names, don't make a language.
        let scores = wordScore.indices.map { wordScore[$0] + min(letterScore[$0], wordScore[$0]) }
        score = scores.max() ?? 0
        favourite = scores.firstIndex(of: score) ?? 0
        self.words = words
        self.letters = letters
        self.wordScore = wordScore
        self.letterScore = letterScore
    }

    /// The favourite, if it is ahead of every other language by what only one of the two has.
    private var language: Int? {
        guard score >= Self.leastScore else { return nil }
        let own: UInt32 = 1 << UInt32(favourite)
        // What the favourite has in common with each other language, and what the other has alone.
        var commonWords = [Int](repeating: 0, count: wordScore.count)
        var commonLetters = commonWords
        for share in words where share.languages & own != 0 { share.add(Self.wholeWord, to: &commonWords) }
        for share in letters where share.languages & own != 0 { share.add(Self.wholeLetter, to: &commonLetters) }
        for other in wordScore.indices where other != favourite && wordScore[other] > 0 {
            let advantage =
                wordScore[favourite] - commonWords[other]
                + min(letterScore[favourite] - commonLetters[other], wordScore[favourite])
            let against =
                wordScore[other] - commonWords[other]
                + min(letterScore[other] - commonLetters[other], wordScore[other])
            let isAhead =
                score >= Self.plentyScore ? advantage >= against * 2 : advantage * 2 >= against * 5
            guard isAhead, advantage >= Self.wholeWord / 2 else { return nil }
        }
        return favourite
    }

    /// One more word or letter of these languages.
    private static func add(_ languages: UInt32, to shares: inout [Share]) {
        guard languages != 0 else { return }
        if let last = shares.last, last.languages == languages {
            shares[shares.count - 1].count += 1
        } else {
            shares.append(Share(languages: languages, count: 1))
        }
    }

    private static func sum(_ shares: [Share], _ whole: Int, _ count: Int) -> [Int] {
        var sums = [Int](repeating: 0, count: count)
        for share in shares { share.add(whole, to: &sums) }
        return sums
    }
}
