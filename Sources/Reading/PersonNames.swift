/// First and last name of a person, looked for together.
package struct PersonNames: Sendable, Hashable {
    package let first: Mention
    package let last: Mention
}

extension MailReading {
    /// Whether a person's names stand in the new text outside the names of the given organisations.
    ///
    /// Each name counts wherever it stands. Side by side they count in another case as well, in the mail's language or
    /// one of `languages` (ISO 639-1), and the first of several given names is enough.
    package func mention(
        ofPerson firstName: String, _ lastName: String, outside organisations: [String] = [], languages: [String] = []
    ) -> PersonNames {
        let spans = Self.spans(of: organisations.map { OrganisationName($0, tables: tables) }, in: bodyText, tables)
        let first = PersonMention(name: firstName, titles: tables.titles, text: bodyText, excluded: spans)
        let last = PersonMention(name: lastName, titles: tables.titles, text: bodyText, excluded: spans)
        let found = PersonNames(first: first.find(in: .body), last: last.find(in: .body))
        if found.first.isFound, found.last.isFound { return found }
        let inflected: [InflectionTable?] = [nil] + inflections(languages).filter(\.hasPersons)
        for table in inflected {
            let sought = PersonSpan(
                first: first, last: last, table: table, tables: tables,
                nounsAreCapitalised: mayBeGerman || languages.contains("de"))
            guard let span = sought.find() else { continue }
            let evidence = Mention.found(bodyText.evidence(span, in: .body))
            return PersonNames(
                first: found.first.isFound ? found.first : evidence, last: found.last.isFound ? found.last : evidence)
        }
        return found
    }

    /// Whether the mail may be German, where every noun has a capital.
    var mayBeGerman: Bool {
        tables.languages.firstIndex(of: "de").map { detected & (1 << UInt32($0)) != 0 } ?? false
    }

    /// The tables of the mail's language and of the given ones, each once.
    func inflections(_ languages: [String]) -> [InflectionTable] {
        let numbers = tables.languages.indices.filter {
            detected & (1 << UInt32($0)) != 0 || languages.contains(tables.languages[$0])
        }
        return numbers.map { tables.inflections[$0] }.filter { !$0.isEmpty }
    }
}
