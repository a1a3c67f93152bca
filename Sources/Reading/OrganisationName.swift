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
    /// Nothing but an acronym: counts only in capitals.
    let isAcronym: Bool

    /// The name as it is, and what it may be called as well: without an article at its beginning, without an acronym in
    /// brackets at its end, or by that acronym alone. A company is never called so.
    static func variants(of name: String, country: String? = nil, tables: Lexicon.Tables) -> [OrganisationName] {
        let whole = OrganisationName(name, country: country, tables: tables)
        var variants = [whole]
        if let acronym = acronym(closing: name), let open = name.lastIndex(of: "(") {
            let long = OrganisationName(String(name[..<open]), country: country, tables: tables)
            variants.append(long)
            if whole.meanings.isEmpty, long.meanings.isEmpty { variants.append(OrganisationName(acronym: acronym)) }
        }
        for variant in variants where variant.meanings.isEmpty && variant.core.count >= 3 {
            guard tables.inflections.contains(where: { $0.articles.contains(variant.core[0].folded) }) else { continue }
            variants.append(variant.withoutFirst)
        }
        return variants
    }

    /// "BLE" of "Bundesanstalt für Landwirtschaft und Ernährung (BLE)".
    private static func acronym(closing name: String) -> NameWord? {
        guard name.utf8.last == 0x29, name.last == ")", let open = name.lastIndex(of: "("), open > name.startIndex
        else {
            return nil
        }
        let inside = TokenText(String(name[open...]))
        guard inside.tokens.count == 1, inside.tokens[0].traits.contains(.allCapitals),
            (3...8).contains(inside.tokens[0].foldedCount),
            LegalForms.shared.form(in: inside, at: 0) == nil
        else { return nil }
        return NameWord(inside, 0)
    }

    private init(acronym: NameWord) {
        core = [acronym]
        barred = [false]
        meanings = []
        isGeneric = false
        isAcronym = true
    }

    private init(core: [NameWord], barred: [Bool], meanings: Set<Int>, isGeneric: Bool) {
        self.core = core
        self.barred = barred
        self.meanings = meanings
        self.isGeneric = isGeneric
        isAcronym = false
    }

    private var withoutFirst: OrganisationName {
        OrganisationName(
            core: Array(core.dropFirst()), barred: Array(barred.dropFirst()), meanings: meanings, isGeneric: isGeneric)
    }

    init(_ name: String, country: String? = nil, tables: Lexicon.Tables) {
        isAcronym = false
        let text = TokenText(Self.withoutState(name))
        let forms = LegalForms.shared
        let count = text.tokens.count
        var coreRange = 0..<count
        var meanings: Set<Int> = []
        if let form = Self.closingForm(in: text) {
            coreRange = 0..<form.span.lowerBound
            meanings = forms.meanings(of: form, in: country)
            // "Oy Nordic Teak Ab": one form, written in two languages around the name.
            if let other = forms.form(in: text, at: 0), forms.mayStandFirst(other),
                other.span.upperBound < coreRange.upperBound,
                !forms.meanings(of: other, in: country).isDisjoint(with: meanings)
            {
                coreRange = other.span.upperBound..<coreRange.upperBound
            }
        } else if let form = forms.form(in: text, at: 0), forms.mayStandFirst(form), form.span.count < count {
            coreRange = form.span.upperBound..<count
            meanings = forms.meanings(of: form, in: country)
        }
        let all = Self.words(of: text, in: coreRange)
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

    /// The words, each with whether a bar stands before it. Dotted initials are one word: "A.B.C." is "ABC".
    private static func words(of text: TokenText, in range: Range<Int>) -> [(word: NameWord, bar: Bool)] {
        var result: [(word: NameWord, bar: Bool)] = []
        var goesOn = false
        for index in range {
            let token = text.tokens[index]
            let word = NameWord(text, index)
            let isInitial = token.foldedCount == 1 && token.traits.contains(.dotFollows)
            if goesOn, isInitial, !token.traits.contains(.afterBar), let last = result.last {
                result[result.count - 1].word = last.word.appending(word)
            } else {
                result.append((word, token.traits.contains(.afterBar)))
            }
            goesOn = isInitial
        }
        return result
    }

    /// "Oakwood Ltd (in liquidation)": the state that a company is in belongs not to its name.
    private static func withoutState(_ name: String) -> String {
        guard name.utf8.last == 0x29, name.last == ")", let open = name.lastIndex(of: "("), open > name.startIndex
        else {
            return name
        }
        let inside = TokenText(String(name[open...]))
        let isState = inside.tokens.indices.contains { index in
            states.contains { inside.word(index).starts(with: $0) }
        }
        return isState ? String(name[..<open]) : name
    }

    /// How words for liquidation and the like begin, folded.
    private static let states = [
        "liquidat", "liquidac", "liquidaz", "likvid", "likwid", "lichid", "receivership", "examinership", "insolven",
        "bankrupt", "dissol", "stecaj", "ликвид", "εκκαθαρισ",
    ].map { word in TokenText(word).folded }

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
        in text: TokenText, joining: WordSet, throughBrackets: Bool = false
    ) -> [Range<Int>] {
        guard let first = core.first else { return [] }
        var spans: [Range<Int>] = []
        var index = 0
        while index < text.tokens.count {
            if first.mayBegin(at: index, in: text),
                let end = end(at: index, in: text, joining: joining, throughBrackets: throughBrackets)
            {
                spans.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return spans
    }

    /// Where the core ends that begins at token `start`.
    func end(at start: Int, in text: TokenText, joining: WordSet, throughBrackets: Bool = false) -> Int? {
        guard let first = core.first, let length = Self.length(of: first, at: start, in: text) else { return nil }
        var place = start + length
        for (number, word) in core.enumerated().dropFirst() {
            func goesOn(_ place: Int) -> Bool {
                if barred[number] { return Self.continues(text, place, over: .afterBar) }
                let blank = throughBrackets && !text.tokens[place].traits.contains(.startsLine)
                return Self.continues(text, place, over: blank ? .afterBracket : [])
            }
            guard place < text.tokens.count, goesOn(place) else { return nil }
            if let length = Self.length(of: word, at: place, in: text) {
                place += length
            } else if place + 1 < text.tokens.count, joining.contains(text.word(place)),
                goesOn(place + 1), let length = Self.length(of: word, at: place + 1, in: text)
            {
                place += 1 + length
            } else {
                return nil
            }
        }
        return place
    }

    /// How many tokens from `place` on are this word: more than one where its letters are written with dots.
    private static func length(of word: NameWord, at place: Int, in text: TokenText) -> Int? {
        guard text.tokens[place].counts else { return nil }
        if word.matches(text, place) { return 1 }
        let letters = word.folded
        guard text.tokens[place].foldedCount == 1, (2...6).contains(letters.count),
            place + letters.count <= text.tokens.count
        else { return nil }
        for (offset, letter) in letters.enumerated() {
            let token = text.tokens[place + offset]
            guard token.foldedCount == 1, text.folded[token.folded.lowerBound] == letter, token.counts,
                token.traits.contains(.capitalised),
                offset == 0 || token.traits.isDisjoint(with: [.startsParagraph, .afterBar, .afterComma])
            else { return nil }
        }
        return letters.count
    }

    /// Whether a name may go on over the gap before token `index`. What `over` holds does not stop it.
    static func continues(_ text: TokenText, _ index: Int, over allowed: Token.Traits = []) -> Bool {
        let traits = text.tokens[index].traits
        if traits.contains(.startsParagraph) { return false }
        if traits.contains(.afterBar), traits.isDisjoint(with: allowed), !isAfterDash(text, index) { return false }
        return !traits.contains(.afterStop) || text.tokens[index - 1].foldedCount <= 4
    }

    /// Whether nothing but a dash stands before token `index`, in its line: people put dashes where the registry has none.
    private static func isAfterDash(_ text: TokenText, _ index: Int) -> Bool {
        guard index > 0 else { return false }
        let gap = text.bytes[Int(text.tokens[index - 1].end)..<Int(text.tokens[index].start)]
        // A space, a hyphen, the dashes U+2013 and U+2014, quotation marks.
        return gap.count <= 12 && gap.allSatisfy { $0 == 0x20 || $0 == 0x2D || $0 == 0x22 || $0 >= 0x80 }
            && !text.tokens[index].traits.contains(.startsLine)
    }

    /// Every place where the core stands with some words in another case, all in the same one.
    func inflectedOccurrences(in text: TokenText, table: InflectionTable, joining: WordSet) -> [Range<Int>] {
        guard !core.isEmpty, core.count <= 16, table.hasWords, !isAcronym else { return [] }
        let words = core.map(table.common)
        guard words.contains(where: { !$0.forms.isEmpty }) else { return [] }
        var spans: [Range<Int>] = []
        for start in text.tokens.indices where text.tokens[start].counts {
            if let end = inflectedEnd(of: words, at: start, in: text, table: table, joining: joining) {
                spans.append(start..<end)
            }
        }
        return spans
    }

    private func inflectedEnd(
        of words: [InflectedWord], at start: Int, in text: TokenText, table: InflectionTable, joining: WordSet
    ) -> Int? {
        var place = start
        var cases: UInt32 = .max
        var changed: [(number: Int, from: NameWord, to: NameWord)] = []
        let head = table.headLast ? words.count - 1 : 0
        for (number, word) in words.enumerated() {
            func goesOn(_ place: Int) -> Bool {
                place < text.tokens.count && text.tokens[place].counts
                    && (number == 0 || Self.continues(text, place, over: barred[number] ? .afterBar : []))
            }
            guard goesOn(place) else { return nil }
            var seen = word.look(at: place, in: text)
            if seen == nil, number > 0, joining.contains(text.word(place)), goesOn(place + 1) {
                place += 1
                seen = word.look(at: place, in: text)
            }
            guard let seen else { return nil }
            // The head of the name must be in the case of what else is changed.
            if seen.changed == nil, number == head, !word.forms.isEmpty {
                cases &= seen.cases
                guard cases != 0 else { return nil }
            }
            if let form = seen.changed {
                changed.append((number, word.base, form))
                cases &= seen.cases
                guard cases != 0 else { return nil }
            }
            place += 1
        }
        guard let first = changed.first else { return nil }
        // What asks for a case tells a typing error from an inflection.
        if start > 0, let asked = table.cases(after: text.word(start - 1)) {
            guard cases & asked != 0 else { return nil }
        } else if changed.count == 1, NameWord.oneEdit(first.from.folded[...], first.to.folded[...]), !table.lastOnly {
            // Without such a word: the head of an authority's name in the cases that a noun asks for.
            guard meanings.isEmpty, first.number == head, cases & InflectionTable.forAllGenders(0b11) != 0,
                table.governs || first.to.folded.count > first.from.folded.count
            else { return nil }
        }
        return InflectionFrame.isInSentence(start..<place, in: text) ? place : nil
    }

    /// Where the core ends that begins at a token with one typing error in one of its words.
    func nearEnd(at start: Int, in text: TokenText, joining: WordSet) -> Int? {
        guard core.count <= 16, text.tokens[start].counts else { return nil }
        var errors = 0
        var place = start
        for (number, word) in core.enumerated() {
            guard place < text.tokens.count,
                number == 0 || Self.continues(text, place, over: barred[number] ? .afterBar : [])
            else { return nil }
            if number > 0, !word.matches(text, place), place + 1 < text.tokens.count,
                joining.contains(text.word(place))
            {
                place += 1
            }
            if !word.matches(text, place) {
                errors += word.isNear(text, place) ? 1 : 2
                if errors > 1 { return nil }
            }
            place += 1
        }
        return errors == 1 ? place : nil
    }
}
