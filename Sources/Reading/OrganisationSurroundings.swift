/// What stands around a company's name and makes it another company's: words before it, and what a line break hides.
extension OrganisationMention {
    /// "Schmidt & Müller GmbH", "in Holz Müller GmbH", "for West Lee Valley Timber Ltd": the name begins before the place.
    /// Only for a place that a legal form follows; what may be an ordinary word says nothing.
    func longerBefore(_ span: Range<Int>) -> Range<Int>? {
        let first = span.lowerBound
        guard first > 0, !text.tokens[first].traits.contains(.startsLine), isNameWord(first - 1) else { return nil }
        let before = first - 1
        switch gap(before: first) {
        case .ampersand: return before..<span.upperBound
        case .blank: break
        case .colon, .other: return nil
        }
        let folded = text.word(before)
        if Self.wares.contains(folded) { return before..<span.upperBound }
        let words = text.tokens[before].traits
        // Among capitals, and where nouns have capitals, any word looks like a name.
        guard !words.contains(.allCapitals), words.isDisjoint(with: [.startsParagraph, .afterHyphen]),
            before > 0, !tables.generic.contains(folded), !tables.titles.contains(folded),
            !tables.isStopword(before, in: text)
        else { return nil }
        let opens = !words.isDisjoint(with: [.startsLine, .afterStop, .afterBar, .afterComma])
        if gap(before: before) == .colon {
            return tables.generic.contains(text.word(before - 1)) ? before..<span.upperBound : nil
        }
        return opens || nounsAreCapitalised ? nil : before..<span.upperBound
    }

    /// A capitalised word that ends no other company's name.
    private func isNameWord(_ index: Int) -> Bool {
        let token = text.tokens[index]
        guard token.counts, token.foldedCount > 1, token.traits.contains(.capitalised),
            !token.traits.contains(.dotFollows)
        else { return false }
        return !(max(0, index - 8)...index).contains { start in
            LegalForms.shared.form(in: text, at: start, limit: index + 1)?.span.upperBound == index + 1
        }
    }

    private enum Gap {
        case blank, ampersand, colon, other
    }

    /// What stands between a word and the one before it.
    private func gap(before index: Int) -> Gap {
        let start = Int(text.tokens[index - 1].end)
        let bytes = text.bytes[start..<max(start, Int(text.tokens[index].start))]
        if bytes.count == 1, bytes.first == 0x20 { return .blank }
        if bytes.elementsEqual([0x20, 0x26, 0x20]) || bytes.elementsEqual([0x20, 0x2B, 0x20]) { return .ampersand }
        if bytes.first == 0x3A, bytes.dropFirst().allSatisfy({ $0 == 0x20 }) { return .colon }
        return .other
    }

    /// What companies trade in, which begins many a name and no sentence beside one.
    private static let wares = WordSet(
        ["Holz", "Holzhandel", "Holzwerk", "Möbel", "Parkett"].map { TokenText($0).folded })

    /// Whether the line before the one that begins with a word is so long that a mail program may have wrapped it.
    func isWrapped(before index: Int) -> Bool {
        let traits = text.tokens[index].traits
        guard index > 0, traits.contains(.startsLine), traits.isDisjoint(with: [.startsParagraph, .afterBar]) else {
            return false
        }
        let end = Int(text.tokens[index - 1].end)
        var start = end
        while start > 0, end - start < Self.wrappedLine, text.bytes[start - 1] != 0x0A { start -= 1 }
        return end - start >= Self.wrappedLine
    }

    /// In octets. Mail programs wrap at 72 or so; the word that didn't fit may be long.
    private static let wrappedLine = 50

    /// Whether a legal form on the next line belongs to the name above it: the line was wrapped, or holds nothing else.
    func goesOnBelow(_ form: LegalForms.Form) -> Bool {
        let start = form.span.lowerBound
        guard text.tokens[start].traits.isDisjoint(with: [.startsParagraph, .afterBar, .afterComma]) else {
            return false
        }
        if isWrapped(before: start) { return true }
        let next = form.span.upperBound
        return next >= text.tokens.count || text.tokens[next].traits.contains(.startsLine)
    }

    /// "Lee Valley Timber trading Ltd": one or two small words before the form that no sentence needs.
    func longerBySmallWords(_ span: Range<Int>) -> Range<Int>? {
        var place = span.upperBound
        while place < text.tokens.count, place <= span.upperBound + 2 {
            let traits = text.tokens[place].traits
            guard traits.isDisjoint(with: [.startsLine, .afterBar, .afterComma, .afterStop, .afterHyphen]),
                gap(before: place) == .blank
            else { return nil }
            if place > span.upperBound, let form = LegalForms.shared.form(in: text, at: place),
                LegalForms.isUnmistakable(text, form.span)
            {
                return beginsName(form) ? nil : span.lowerBound..<form.span.upperBound
            }
            guard !traits.contains(.capitalised), text.tokens[place].counts, text.tokens[place].foldedCount > 3,
                !tables.isStopword(place, in: text), !tables.joining.contains(text.word(place))
            else { return nil }
            place += 1
        }
        return nil
    }

    /// "Koks Baltija lūdz SIA Nord": a form that stands before the name it belongs to.
    private func beginsName(_ form: LegalForms.Form) -> Bool {
        let next = form.span.upperBound
        return LegalForms.shared.mayStandFirst(form) && next < text.tokens.count
            && text.tokens[next].traits.contains(.capitalised) && !text.tokens[next].traits.contains(.startsLine)
    }

    /// "LEE VALLEY TIMBER HOLDINGS LTD": in a text of capitals, one or two words before the form that no sentence needs.
    func longerInCapitals(_ span: Range<Int>) -> Range<Int>? {
        var place = span.upperBound
        while place < text.tokens.count, place <= span.upperBound + 2 {
            let traits = text.tokens[place].traits
            guard traits.isDisjoint(with: [.startsLine, .afterBar, .afterComma, .afterStop]) else { return nil }
            if place > span.upperBound, let form = LegalForms.shared.form(in: text, at: place),
                form.squeezed.count > 2, LegalForms.isUnmistakable(text, form.span)
            {
                return beginsName(form) ? nil : span.lowerBound..<form.span.upperBound
            }
            guard traits.contains(.capitalised), !tables.isStopword(place, in: text),
                !tables.joining.contains(text.word(place))
            else { return nil }
            place += 1
        }
        return nil
    }
}

extension Lexicon.Tables {
    /// Whether a word is one that every sentence of some language may hold.
    func isStopword(_ index: Int, in text: TokenText) -> Bool {
        guard !text.tokens[index].traits.contains(.mixesScripts) else { return false }
        return automaton.patterns(of: text.word(index)).contains { stopwordOf[Int($0)] != 0 }
    }
}
