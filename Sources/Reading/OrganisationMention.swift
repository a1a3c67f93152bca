/// Looks for an organisation by its name or by a code of its own.
///
/// The name's words must follow each other. Its legal form may be absent or written otherwise; another form at the same
/// place, or a longer name around it, makes it another organisation.
struct OrganisationMention {
    let name: OrganisationName
    let text: TokenText
    let tables: Lexicon.Tables
    /// Where longer registered names stand, sorted.
    let longer: [Range<Int>]
    /// What a line says that gives the legal form by itself. Read once: a name may stand at a thousand places.
    let stated: LegalForms.Form?
    /// Whether the mail may be German, where a capital says nothing about a word.
    let nounsAreCapitalised: Bool
    /// How the name may be inflected.
    let inflections: [InflectionTable]

    init(
        name: OrganisationName, longer: [OrganisationName], text: TokenText, tables: Lexicon.Tables,
        inflections: [InflectionTable] = [], nounsAreCapitalised: Bool = false
    ) {
        self.nounsAreCapitalised = nounsAreCapitalised
        self.name = name
        self.text = text
        self.tables = tables
        self.inflections = inflections
        stated = name.meanings.isEmpty ? nil : Self.statedForm(in: text, tables: tables)
        self.longer = longer.filter { $0.core.count > name.core.count }.flatMap { other in
            other.occurrences(in: text, joining: tables.joining, throughBrackets: true)
                + inflections.flatMap { other.inflectedOccurrences(in: text, table: $0, joining: tables.joining) }
                // With a typing error it is the longer name still.
                + text.tokens.indices.compactMap { start in
                    other.nearEnd(at: start, in: text, joining: tables.joining).map { start..<$0 }
                }
        }.sorted { $0.lowerBound < $1.lowerBound }
    }

    func find(in place: Evidence.Place, withNear: Bool = true) -> Mention {
        var doubtful: Range<Int>?
        for span in name.occurrences(in: text, joining: tables.joining) {
            if name.isAcronym, !text.tokens[span.lowerBound].traits.contains(.allCapitals) { continue }
            switch judge(span) {
            case .itself(let whole): return .found(text.evidence(whole, in: place))
            case .another(let whole): if doubtful == nil { doubtful = whole }
            }
        }
        for table in inflections {
            for span in name.inflectedOccurrences(in: text, table: table, joining: tables.joining) {
                // A company's name is inflected only where its legal form says that it is a company's.
                if name.meanings.isEmpty ? isTelling : hasForm(span), case .itself(let whole) = judge(span) {
                    return .found(text.evidence(whole, in: place))
                }
                if doubtful == nil { doubtful = span }
            }
        }
        if let doubtful { return .near(text.evidence(doubtful, in: place)) }
        if withNear, let near = nearSpan() { return .near(text.evidence(near, in: place)) }
        return .missing
    }

    /// Whether a name without legal form tells enough to be inflected.
    private var isTelling: Bool {
        !name.isGeneric && (name.core.count > 1 || name.core.contains { $0.letters.count >= 6 })
    }

    /// Whether the right legal form stands beside a place.
    private func hasForm(_ span: Range<Int>) -> Bool {
        [formAfter(span), formBefore(span)].contains { form in
            form.map { !name.meanings.isDisjoint(with: $0.meanings) } ?? false
        }
    }

    private enum Judgement {
        case itself(Range<Int>)
        case another(Range<Int>)
    }

    private func judge(_ span: Range<Int>) -> Judgement {
        if let other = longerKnown(around: span) { return .another(other) }
        if text.tokens[span.lowerBound].traits.contains(.afterHyphen), !isAfterArticle(span.lowerBound) {
            return .another((span.lowerBound - 1)..<span.upperBound)
        }
        if let stated, stated.meanings.isDisjoint(with: name.meanings) { return .another(stated.span) }
        let after = formAfter(span)
        let before = formBefore(span)
        if name.meanings.isEmpty, let form = after { return .itself(span.lowerBound..<form.span.upperBound) }
        if name.meanings.isEmpty, let form = before { return .itself(form.span.lowerBound..<span.upperBound) }
        // Where forms stand on both sides, both must be the name's; but one of them may be the next company's.
        let isBefore = before.map { !name.meanings.isDisjoint(with: $0.meanings) }
        let isAfter = after.map { !name.meanings.isDisjoint(with: $0.meanings) }
        if let before, isBefore == false { return .another(before.span.lowerBound..<span.upperBound) }
        if let after {
            let whole = (before ?? after).span.lowerBound < span.lowerBound ? before?.span.lowerBound : nil
            let all = (whole ?? span.lowerBound)..<after.span.upperBound
            if isAfter == true {
                if before == nil, let whole = longerBefore(span) { return .another(whole) }
                return .itself(all)
            }
            let sameLine = !text.tokens[after.span.lowerBound].traits.contains(.startsLine)
            if sameLine || goesOnBelow(after), LegalForms.isUnmistakable(text, after.span),
                isBefore != true || !beginsNext(after)
            {
                return .another(span.lowerBound..<after.span.upperBound)
            }
        }
        if let before, isBefore == true { return .itself(before.span.lowerBound..<span.upperBound) }
        if let whole = longerUnknown(span) { return .another(whole) }
        return name.isGeneric && !name.meanings.isEmpty && stated == nil ? .another(span) : .itself(span)
    }

    /// "l-Awtorità", "mid-Dwana": an article that a hyphen joins to the name.
    private func isAfterArticle(_ index: Int) -> Bool {
        guard index > 0, index < 2 || !text.tokens[index - 1].traits.contains(.afterHyphen) else { return false }
        let word = text.word(index - 1)
        return inflections.contains { $0.articles.contains(word) }
    }

    /// "UAB Šilo, AB Fanera": the form after a comma belongs to what follows it.
    private func beginsNext(_ form: LegalForms.Form) -> Bool {
        let next = form.span.upperBound
        return LegalForms.shared.mayStandFirst(form) && next < text.tokens.count
            && text.tokens[next].traits.contains(.capitalised)
            && text.tokens[form.span.lowerBound].traits.contains(.afterComma)
    }

    /// A longer registered name that holds the place. A name has few words, so that few places before it are looked at.
    private func longerKnown(around span: Range<Int>) -> Range<Int>? {
        var low = 0
        var high = longer.count
        while low < high {
            let middle = (low + high) / 2
            if longer[middle].lowerBound <= span.lowerBound { low = middle + 1 } else { high = middle }
        }
        while low > 0, span.lowerBound - longer[low - 1].lowerBound <= Self.mostWords {
            low -= 1
            let other = longer[low]
            if other.count > span.count, other.upperBound >= span.upperBound { return other }
        }
        return nil
    }

    /// More than any registered name has.
    private static let mostWords = 64

    /// What a line says that gives the legal form by itself: "Rechtsform: GmbH".
    private static func statedForm(in text: TokenText, tables: Lexicon.Tables) -> LegalForms.Form? {
        let opening: Token.Traits = [.startsLine, .afterComma, .afterBar]
        for index in text.tokens.indices where !text.tokens[index].traits.isDisjoint(with: opening) {
            for label in tables.legalForm[text.word(index)] ?? [] {
                let end = index + label.count
                guard end < text.tokens.count, !text.tokens[end].traits.contains(.startsParagraph),
                    label.indices.allSatisfy({ text.equals(index + $0, label[$0][...]) })
                else { continue }
                if let form = LegalForms.shared.form(in: text, at: end) { return form }
            }
        }
        return nil
    }

    private func formAfter(_ span: Range<Int>) -> LegalForms.Form? {
        let next = span.upperBound
        guard next < text.tokens.count, text.tokens[next].traits.isDisjoint(with: [.startsParagraph, .afterStop]) else {
            return nil
        }
        return LegalForms.shared.form(in: text, at: next)
    }

    /// "SIA Koks", "sabiedrība ar ierobežotu atbildību Koks": a form right before the name.
    private func formBefore(_ span: Range<Int>) -> LegalForms.Form? {
        let first = span.lowerBound
        guard first > 0,
            text.tokens[first].traits.isDisjoint(with: [.startsParagraph, .afterStop, .afterBar, .afterComma])
                || (text.tokens[first - 1].traits.contains(.dotFollows)
                    && text.tokens[first].traits.isDisjoint(with: [.startsParagraph, .afterBar, .afterComma]))
        else { return nil }
        for start in max(0, first - 8)..<first {
            guard let form = LegalForms.shared.form(in: text, at: start, limit: first), form.span.upperBound == first,
                LegalForms.isUnmistakable(text, form.span)
            else { continue }
            if form.isSpelledOut { return form }
            let owned =
                start > 0 && text.tokens[start - 1].traits.contains(.capitalised)
                && text.tokens[start].traits.isDisjoint(with: [.startsLine, .afterStop, .afterBar, .afterComma])
            guard LegalForms.shared.mayStandFirst(form) || (!owned && Self.mayLead(form, at: start, in: text)) else {
                continue
            }
            guard
                text.tokens[start].traits.contains(.capitalised)
                    || (form.squeezed.count > 2 && !text.tokens[first].traits.contains(.capitalised))
                    || text.tokens[start].traits.contains(.dotFollows)
            else { continue }
            // Among capitals only, two letters may be any word: "I ACT AS DRVO".
            if form.squeezed.count <= 2, text.tokens[first].traits.contains(.allCapitals),
                start > 0, text.tokens[start - 1].traits.contains(.allCapitals)
            {
                continue
            }
            return form
        }
        return nil
    }

    /// Whether a form that usually follows the name can be one before it. "S.C." says in Romania that it is a company.
    private static func mayLead(_ form: LegalForms.Form, at start: Int, in text: TokenText) -> Bool {
        guard form.squeezed != Array("sc".utf8) else { return false }
        return form.squeezed.count >= 3 || text.tokens[start].traits.contains(.dotFollows)
    }

    /// "Drvo Sjever Trgovina d.o.o." is not "Drvo Sjever d.o.o.", whether the registry knows it or not.
    private func longerUnknown(_ span: Range<Int>) -> Range<Int>? {
        var place = span.upperBound
        guard place < text.tokens.count else { return nil }
        if text.tokens[place].traits.contains(.afterHyphen), text.tokens[place].traits.contains(.capitalised) {
            return span.lowerBound..<(place + 1)
        }
        if let whole = longerByBrackets(span) { return whole }
        if let whole = longerBySmallWords(span) { return whole }
        guard
            !text.tokens[span.lowerBound..<span.upperBound].allSatisfy({ $0.traits.contains(.allCapitals) })
                || name.core.allSatisfy({ $0.letters.count <= 4 })
        else { return longerInCapitals(span) }
        var breaks = 0
        while place < text.tokens.count, place < span.upperBound + 4 {
            let traits = text.tokens[place].traits
            guard traits.isDisjoint(with: [.afterBar, .afterComma, .afterStop]) else { return nil }
            if traits.contains(.startsLine) {
                breaks += 1
                guard breaks == 1, isWrapped(before: place) else { return nil }
            }
            if place > span.upperBound, let form = LegalForms.shared.form(in: text, at: place),
                LegalForms.isUnmistakable(text, form.span)
            {
                return span.lowerBound..<form.span.upperBound
            }
            guard traits.contains(.capitalised) || tables.joining.contains(text.word(place)) else { return nil }
            place += 1
        }
        return nil
    }

    /// "Drvo Sjever (Istra) d.o.o." is another company too; "Drvo Sjever (DS) d.o.o." says only how it is called for short.
    private func longerByBrackets(_ span: Range<Int>) -> Range<Int>? {
        var place = span.upperBound
        var letters: [UInt8] = []
        while place < text.tokens.count, place < span.upperBound + 6 {
            let traits = text.tokens[place].traits
            guard traits.isDisjoint(with: [.startsLine, .afterComma, .afterStop]) else { return nil }
            if place == span.upperBound {
                guard traits.contains(.afterBracket) else { return nil }
            } else if traits.contains(.afterBracket) {
                guard let form = LegalForms.shared.form(in: text, at: place),
                    LegalForms.isUnmistakable(text, form.span),
                    letters != name.core.compactMap(\.folded.first)
                else { return nil }
                return span.lowerBound..<form.span.upperBound
            }
            letters.append(contentsOf: text.word(place))
            place += 1
        }
        return nil
    }

    /// A place where all words but one stand and that one is a typing error away or missing at an end.
    private func nearSpan() -> Range<Int>? {
        let core = name.core
        guard !core.isEmpty, core.count <= 16 else { return nil }
        let whole = core.dropFirst().reduce(core[0]) { $0.appending($1) }
        for start in text.tokens.indices where text.tokens[start].counts {
            // "Drvosjever" for "Drvo Sjever".
            if core.count > 1, whole.matches(text, start) { return start..<(start + 1) }
            if let end = name.nearEnd(at: start, in: text, joining: tables.joining) { return start..<end }
        }
        guard core.count > 1 else { return nil }
        for part in [core.dropLast(), core.dropFirst()] {
            guard !part.allSatisfy({ tables.generic.contains($0.folded) || $0.letters.count < 4 }) else { continue }
            for start in text.tokens.indices where text.tokens[start].counts {
                guard start + part.count <= text.tokens.count else { break }
                if zip(part, start...).allSatisfy({ $0.matches(text, $1) }) { return start..<(start + part.count) }
            }
        }
        return nil
    }

    /// Where a code such as `HR000101` or `FMSCA-HR` stands as a whole.
    static func span(ofCode code: String, in text: TokenText) -> Range<Int>? {
        let words = NameWord.words(of: code)
        guard let first = words.first, words.count <= 8, words.reduce(0, { $0 + $1.folded.count }) >= 4 else {
            return nil
        }
        for start in text.tokens.indices where text.tokens[start].counts && text.equals(start, first.folded[...]) {
            let end = start + words.count
            guard end <= text.tokens.count, text.tokens[start].traits.isDisjoint(with: .joined) else { continue }
            if end < text.tokens.count, !text.tokens[end].traits.isDisjoint(with: .joined) { continue }
            let rest = zip(words.dropFirst(), (start + 1)..<max(end, start + 1))
            let same = rest.allSatisfy { word, index in
                text.equals(index, word.folded[...]) && OrganisationName.continues(text, index)
                    && !text.tokens[index].traits.contains(.startsLine)
            }
            if same { return start..<end }
        }
        return nil
    }
}
