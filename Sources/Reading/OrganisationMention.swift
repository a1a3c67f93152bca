/// Looks for an organisation by its name or by a code of its own.
///
/// The name's words must follow each other. Its legal form may be absent or written otherwise; another form at the same
/// place, or a longer name around it, makes it another organisation.
struct OrganisationMention {
    let name: OrganisationName
    let text: TokenText
    let tables: Lexicon.Tables
    /// Where longer registered names stand.
    let longer: [Range<Int>]

    init(name: OrganisationName, longer: [OrganisationName], text: TokenText, tables: Lexicon.Tables) {
        self.name = name
        self.text = text
        self.tables = tables
        self.longer = longer.filter { $0.core.count > name.core.count }.flatMap {
            $0.occurrences(in: text, joining: tables.joining, throughBrackets: true)
        }.sorted { $0.lowerBound < $1.lowerBound }
    }

    func find(in place: Evidence.Place) -> Mention {
        var doubtful: Range<Int>?
        for span in name.occurrences(in: text, joining: tables.joining) {
            switch judge(span) {
            case .itself(let whole): return .found(text.evidence(whole, in: place))
            case .another(let whole): if doubtful == nil { doubtful = whole }
            }
        }
        if let doubtful { return .near(text.evidence(doubtful, in: place)) }
        if let near = nearSpan() { return .near(text.evidence(near, in: place)) }
        return .missing
    }

    private enum Judgement {
        case itself(Range<Int>)
        case another(Range<Int>)
    }

    private func judge(_ span: Range<Int>) -> Judgement {
        for other in longer where other.count > span.count && other.clamped(to: span) == span { return .another(other) }
        if text.tokens[span.lowerBound].traits.contains(.afterHyphen) {
            return .another((span.lowerBound - 1)..<span.upperBound)
        }
        if let form = formAfter(span) {
            let whole = span.lowerBound..<form.span.upperBound
            if name.meanings.isEmpty || !name.meanings.isDisjoint(with: form.meanings) { return .itself(whole) }
            let sameLine = !text.tokens[form.span.lowerBound].traits.contains(.startsLine)
            if sameLine, LegalForms.isUnmistakable(text, form.span) { return .another(whole) }
        }
        if let form = formBefore(span) {
            let whole = form.span.lowerBound..<span.upperBound
            if name.meanings.isEmpty || !name.meanings.isDisjoint(with: form.meanings) { return .itself(whole) }
            return .another(whole)
        }
        if let whole = longerUnknown(span) { return .another(whole) }
        return name.isGeneric && !name.meanings.isEmpty ? .another(span) : .itself(span)
    }

    private func formAfter(_ span: Range<Int>) -> LegalForms.Form? {
        let next = span.upperBound
        guard next < text.tokens.count, text.tokens[next].traits.isDisjoint(with: [.startsParagraph, .afterStop]) else {
            return nil
        }
        return LegalForms.shared.form(in: text, at: next)
    }

    /// "SIA Koks": a form in capitals right before the name.
    private func formBefore(_ span: Range<Int>) -> LegalForms.Form? {
        let first = span.lowerBound
        guard first > 0,
            text.tokens[first].traits.isDisjoint(with: [.startsParagraph, .afterStop, .afterBar, .afterComma])
        else { return nil }
        for start in max(0, first - 3)..<first {
            guard let form = LegalForms.shared.form(in: text, at: start, limit: first), form.span.upperBound == first,
                LegalForms.shared.mayStandFirst(form), text.tokens[start].traits.contains(.capitalised),
                LegalForms.isUnmistakable(text, form.span)
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

    /// "Drvo Sjever Trgovina d.o.o." is not "Drvo Sjever d.o.o.", whether the registry knows it or not.
    private func longerUnknown(_ span: Range<Int>) -> Range<Int>? {
        var place = span.upperBound
        guard place < text.tokens.count else { return nil }
        if text.tokens[place].traits.contains(.afterHyphen), text.tokens[place].traits.contains(.capitalised) {
            return span.lowerBound..<(place + 1)
        }
        if let whole = longerByBrackets(span) { return whole }
        guard
            !text.tokens[span.lowerBound..<span.upperBound].allSatisfy({ $0.traits.contains(.allCapitals) })
                || name.core.allSatisfy({ $0.letters.count <= 4 })
        else { return nil }
        while place < text.tokens.count, place < span.upperBound + 4 {
            let traits = text.tokens[place].traits
            guard traits.isDisjoint(with: [.startsLine, .afterBar, .afterComma, .afterStop]) else { return nil }
            if place > span.upperBound, let form = LegalForms.shared.form(in: text, at: place),
                LegalForms.isUnmistakable(text, form.span)
            {
                return span.lowerBound..<form.span.upperBound
            }
            guard traits.contains(.capitalised) || tables.joining.contains(Array(text.word(place))) else { return nil }
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
            var errors = 0
            var place = start
            for (number, word) in core.enumerated() {
                guard place < text.tokens.count,
                    number == 0 || OrganisationName.continues(text, place, over: name.barred[number] ? .afterBar : [])
                else {
                    errors = 2
                    break
                }
                if !word.matches(text, place) {
                    errors += word.isNear(text, place) ? 1 : 2
                    if errors > 1 { break }
                }
                place += 1
            }
            if errors == 1 { return start..<place }
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
