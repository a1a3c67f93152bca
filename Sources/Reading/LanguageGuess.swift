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
struct LanguageGuess {
    /// A word that one language alone has counts this much; a word of n languages an n-th of it.
    private static let whole = 60
    /// At least so many whole words' worth, and a third more than the runner-up.
    private static let leastScore = 3 * whole

    /// The number of the language, or nil.
    static func language(of text: TokenText, hits: WordHits, tables: Lexicon.Tables) -> Int? {
        let count = tables.languages.count
        guard count > 0 else { return nil }
        var words = [Int](repeating: 0, count: count)
        var letters = [Int](repeating: 0, count: count)
        // A few hundred words tell as much as all of them.
        for index in 0..<min(hits.count, 2_000) {
            for word in hits[index] {
                add(tables.stopwordOf[Int(word)], Self.whole, to: &words)
            }
            let token = text.tokens[index]
            if token.traits.contains(.beyondASCII) && token.counts {
                var at = token.range.lowerBound
                while at < token.range.upperBound {
                    let (scalar, length) = UTF8Scalar.decode(text.bytes, at)
                    if scalar.value >= 0x80 { add(tables.script[scalar], Self.whole / 2, to: &letters) }
                    at += length
                }
            }
        }
        var best = -1
        var bestScore = 0
        var second = 0
        for number in 0..<count {
            // Letters alone, as in foreign names, don't make a language.
            let score = words[number] + min(letters[number], 2 * words[number])
            if score > bestScore {
                second = bestScore
                best = number
                bestScore = score
            } else if score > second {
                second = score
            }
        }
        guard best >= 0, bestScore >= leastScore, bestScore * 3 >= second * 4 else { return nil }
        return best
    }

    private static func add(_ languages: UInt32, _ weight: Int, to scores: inout [Int]) {
        guard languages != 0 else { return }
        let share = weight / languages.nonzeroBitCount
        var rest = languages
        while rest != 0 {
            let number = rest.trailingZeroBitCount
            rest &= rest - 1
            if number < scores.count { scores[number] += share }
        }
    }
}
