/// One word of a name as the registry has it, ready to be compared with words of mails.
struct NameWord: Sendable, Hashable {
    /// In the alphabet of `FoldTable`.
    let folded: [UInt8]
    let letters: [Unicode.Scalar]
    /// Has letters beyond `a`–`z`, so that it may be spelled in several ways.
    let beyondASCII: Bool
    /// Joined to the word before it by a hyphen or an apostrophe.
    let joined: Bool

    private let isLatin: Bool
    /// The first folded letter; 0 where there is none.
    private let first: UInt8

    /// The words of `name`.
    static func words(of name: String) -> [NameWord] {
        let text = TokenText(name)
        return text.tokens.indices.map { NameWord(text, $0) }
    }

    init(_ text: TokenText, _ index: Int) {
        let token = text.tokens[index]
        self.init(
            folded: Array(text.word(index)), letters: text.letters(index),
            beyondASCII: token.traits.contains(.beyondASCII), joined: !token.traits.isDisjoint(with: .joined))
    }

    init(folded: [UInt8], letters: [Unicode.Scalar], beyondASCII: Bool, joined: Bool = false) {
        self.folded = folded
        self.letters = letters
        self.beyondASCII = beyondASCII
        self.joined = joined
        isLatin = folded.allSatisfy { $0 < 0x80 }
        first = folded.first ?? 0
    }

    /// Two words written as one.
    func appending(_ other: NameWord) -> NameWord {
        NameWord(
            folded: folded + other.folded, letters: letters + other.letters,
            beyondASCII: beyondASCII || other.beyondASCII, joined: joined)
    }

    /// Whether word `index` of `text` can be this word or one letter of it: words in plain letters begin alike.
    func mayBegin(at index: Int, in text: TokenText) -> Bool {
        let token = text.tokens[index]
        guard !beyondASCII, !token.traits.contains(.beyondASCII), token.foldedCount > 0 else { return true }
        return text.folded[Int(token.foldStart)] == first
    }

    /// Whether word `index` of `text` is this word, in any spelling.
    func matches(_ text: TokenText, _ index: Int) -> Bool {
        guard mayBegin(at: index, in: text) else { return false }
        if text.equals(index, folded[...]) { return true }
        let token = text.tokens[index]
        guard beyondASCII || token.traits.contains(.beyondASCII) else { return false }
        let theirs = text.word(index)
        if beyondASCII, !token.traits.contains(.beyondASCII) {
            guard let first = theirs.first, Romanisation.mayBegin(self.first, with: first) else { return false }
            return Romanisation.spells(letters, theirs)
        }
        guard token.traits.contains(.beyondASCII), isLatin, let first = theirs.first else { return false }
        // A Latin word that begins otherwise can't be this one.
        if first < 0x80, first != self.first { return false }
        guard Romanisation.mayBegin(first, with: self.first) else { return false }
        return Romanisation.spells(text.letters(index), folded[...])
    }

    /// Whether another word, put together from several, is this word in any spelling.
    func matches(_ other: NameWord) -> Bool {
        if folded == other.folded { return true }
        if beyondASCII, !other.beyondASCII { return Romanisation.spells(letters, other.folded[...]) }
        if other.beyondASCII, isLatin { return Romanisation.spells(other.letters, folded[...]) }
        return false
    }

    /// Whether word `index` differs from this one by one typing error: a letter more, less, other, or two swapped.
    /// Words under four letters have no near ones.
    func isNear(_ text: TokenText, _ index: Int) -> Bool {
        let token = text.tokens[index]
        guard folded.count >= 4, token.foldedCount >= 4 else { return false }
        let theirs = text.word(index)
        if let first = theirs.first, (first < 0x80) == isLatin { return Self.oneEdit(folded[...], theirs) }
        guard abs(theirs.count - folded.count) <= 4 else { return false }
        if isLatin { return Self.oneEdit(folded[...], Romanisation.spelling(text.letters(index))[...]) }
        return Self.oneEdit(Romanisation.spelling(letters)[...], theirs)
    }

    /// Damerau's distance is at most one.
    static func oneEdit(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
        guard abs(one.count - other.count) <= 1 else { return false }
        var left = one
        var right = other
        while let first = left.first, first == right.first {
            left = left.dropFirst()
            right = right.dropFirst()
        }
        while let last = left.last, last == right.last {
            left = left.dropLast()
            right = right.dropLast()
        }
        if left.count <= 1 && right.count <= 1 { return true }
        return left.count == 2 && right.count == 2 && left.first == right.last && left.last == right.first
    }
}
