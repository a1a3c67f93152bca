extension MailReading {
    /// Whether an organisation stands in the new text by its name or a code of its own. `longerNames` are other
    /// registered names that contain it: a mention of one of them is no mention of this one. `country` (ISO 3166)
    /// tells what an ambiguous legal form means, and in which languages, beside the mail's, the name may be inflected.
    package func mention(
        ofOrganisation name: String, codes: [String] = [], longerNames: [String] = [], country: String? = nil
    ) -> Mention {
        for code in codes {
            if let span = OrganisationMention.span(ofCode: code, in: bodyText) {
                return .found(bodyText.evidence(span, in: .body))
            }
        }
        let tables = inflections(country.flatMap { Self.languages[$0] } ?? [])
        let names = OrganisationName.variants(of: name, country: country, tables: self.tables)
        let longer = longerNames.map { OrganisationName($0, tables: self.tables) }
        var near: Mention?
        for (number, variant) in names.enumerated() {
            let sought = OrganisationMention(
                name: variant, longer: longer, text: bodyText, tables: self.tables, inflections: tables,
                nounsAreCapitalised: mayBeGerman || country == "DE" || country == "AT")
            let found = sought.find(in: .body, withNear: number == 0)
            if found.isFound { return found }
            if near == nil, found != .missing { near = found }
        }
        return near ?? .missing
    }

    /// The languages in which a country's authorities and companies are spoken of.
    private static let languages: [String: [String]] = [
        "AT": ["de"], "BE": ["nl", "fr", "de"], "BG": ["bg"], "CY": ["el"], "CZ": ["cs"], "DE": ["de"], "DK": ["da"],
        "EE": ["et"], "ES": ["es"], "FI": ["fi", "sv"], "FR": ["fr"], "GR": ["el"], "EL": ["el"], "HR": ["hr"],
        "HU": ["hu"], "IE": ["ga"], "IT": ["it", "de"], "LT": ["lt"], "LU": ["fr", "de"], "LV": ["lv"], "MT": ["mt"],
        "NL": ["nl"], "PL": ["pl"], "PT": ["pt"], "RO": ["ro"], "SE": ["sv"], "SI": ["sl"], "SK": ["sk"],
    ]
}
