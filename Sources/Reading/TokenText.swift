/// A text cut into folded words once, so that everything else compares bytes.
///
/// Takes time and memory in proportion to the text, whatever it holds.
struct TokenText: Sendable {
    /// The text's UTF-8.
    let bytes: [UInt8]
    private(set) var tokens: [Token] = []
    /// The folded words, end to end, in the alphabet of `FoldTable`.
    private(set) var folded: [UInt8] = []

    init(_ text: String) { self.init(bytes: Array(text.utf8)) }

    /// `bytes` must be valid UTF-8; what isn't is skipped.
    init(bytes: [UInt8]) {
        self.bytes = bytes
        var cutter = TokenCutter(bytes)
        cutter.run()
        tokens = cutter.tokens
        folded = cutter.folded
    }

    /// The folded form of a word.
    func word(_ index: Int) -> ArraySlice<UInt8> { folded[tokens[index].folded] }

    /// Whether two words, perhaps of different texts, fold to the same.
    func equals(_ index: Int, _ other: ArraySlice<UInt8>) -> Bool {
        let range = tokens[index].folded
        guard range.count == other.count else { return false }
        var place = other.startIndex
        for own in range {
            if folded[own] != other[place] { return false }
            place += 1
        }
        return true
    }

    /// The words as the text has them, from the first to the last token of `span`.
    func evidence(_ span: Range<Int>, in place: Evidence.Place, language: String? = nil) -> Evidence {
        guard let first = span.first, let last = span.last, last < tokens.count else {
            return Evidence(place: place, words: "", range: 0..<0, language: language)
        }
        let range = Int(tokens[first].start)..<Int(tokens[last].end)
        return Evidence(
            place: place, words: String(decoding: bytes[range], as: UTF8.self), range: range, language: language)
    }

    /// Leaves out of account the words of one stretch of bytes that `known` lacks.
    mutating func confirm(_ bytes: Range<Int>, by known: WordSet) {
        for index in tokens.indices where bytes.contains(Int(tokens[index].start)) {
            if !known.contains(word(index)) { tokens[index].traits.insert(.unconfirmed) }
        }
    }

    /// The letters of a word in lower case with their accents, composed where the text has them apart.
    func letters(_ index: Int) -> [Unicode.Scalar] {
        let token = tokens[index]
        // Without such letters the folded word is the word in lower case.
        if !token.traits.contains(.beyondASCII) { return folded[token.folded].map { Unicode.Scalar($0) } }
        return Romanisation.letters(bytes[token.range])
    }
}
