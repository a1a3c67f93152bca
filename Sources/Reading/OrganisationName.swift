/// An organisation's name as the registry has it: what it is called, and its legal form.
struct OrganisationName: Sendable {
    /// The words without the legal form, connecting words left out.
    let core: [NameWord]
    /// For each word of the core, whether the name itself has a bracket, a bar or the like before it.
    let barred: [Bool]
    /// What the legal form may mean; empty where the name has none.
    let meanings: Set<Int>
    /// Nothing but words that many companies have: found only as a whole, with its legal form.
    let isGeneric: Bool

    init(_ name: String, country: String? = nil, tables: Lexicon.Tables) {
        let text = TokenText(name)
        let forms = LegalForms.shared
        let count = text.tokens.count
        var coreRange = 0..<count
        var meanings: Set<Int> = []
        if let form = Self.closingForm(in: text) {
            coreRange = 0..<form.span.lowerBound
            meanings = forms.meanings(of: form, in: country)
        } else if let form = forms.form(in: text, at: 0), forms.mayStandFirst(form), form.span.count < count {
            coreRange = form.span.upperBound..<count
            meanings = forms.meanings(of: form, in: country)
        }
        let all = coreRange.map { (word: NameWord(text, $0), bar: text.tokens[$0].traits.contains(.afterBar)) }
        var telling: [(word: NameWord, bar: Bool)] = []
        var bar = false
        for (word, ownBar) in all {
            bar = bar || ownBar
            if tables.joining.contains(word.folded) { continue }
            telling.append((word, bar))
            bar = false
        }
        let kept = telling.count >= 2 ? telling : all
        core = kept.map(\.word)
        barred = kept.map(\.bar)
        self.meanings = meanings
        isGeneric =
            core.allSatisfy { tables.generic.contains($0.folded) } || core.reduce(0) { $0 + $1.letters.count } <= 2
    }

    /// The longest legal form that ends the name.
    private static func closingForm(in text: TokenText) -> LegalForms.Form? {
        let count = text.tokens.count
        guard count > 1 else { return nil }
        for start in max(1, count - 9)..<count {
            if let form = LegalForms.shared.form(in: text, at: start), form.span.upperBound == count { return form }
        }
        return nil
    }

    /// Every place where the core stands, in order, overlaps left out. With `throughBrackets`, brackets within a line
    /// are blanks.
    func occurrences(
        in text: TokenText, joining: Set<[UInt8]>, throughBrackets: Bool = false
    ) -> [Range<Int>] {
        guard !core.isEmpty else { return [] }
        var spans: [Range<Int>] = []
        var index = 0
        while index < text.tokens.count {
            if let end = end(at: index, in: text, joining: joining, throughBrackets: throughBrackets) {
                spans.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return spans
    }

    /// Where the core ends that begins at token `start`.
    func end(at start: Int, in text: TokenText, joining: Set<[UInt8]>, throughBrackets: Bool = false) -> Int? {
        guard text.tokens[start].counts, let first = core.first, first.matches(text, start) else { return nil }
        var place = start + 1
        for (number, word) in core.enumerated().dropFirst() {
            func goesOn(_ place: Int) -> Bool {
                if barred[number] { return Self.continues(text, place, over: .afterBar) }
                let blank = throughBrackets && !text.tokens[place].traits.contains(.startsLine)
                return Self.continues(text, place, over: blank ? .afterBracket : [])
            }
            guard place < text.tokens.count, goesOn(place) else { return nil }
            if word.matches(text, place), text.tokens[place].counts {
                place += 1
            } else if place + 1 < text.tokens.count, joining.contains(Array(text.word(place))),
                goesOn(place + 1), text.tokens[place + 1].counts, word.matches(text, place + 1)
            {
                place += 2
            } else {
                return nil
            }
        }
        return place
    }

    /// Whether a name may go on over the gap before token `index`. What `over` holds does not stop it.
    static func continues(_ text: TokenText, _ index: Int, over allowed: Token.Traits = []) -> Bool {
        let traits = text.tokens[index].traits
        if traits.contains(.startsParagraph) { return false }
        if traits.contains(.afterBar), traits.isDisjoint(with: allowed) { return false }
        return !traits.contains(.afterStop) || text.tokens[index - 1].foldedCount <= 4
    }
}
