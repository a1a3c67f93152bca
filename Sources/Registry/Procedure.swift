/// How one kind of role request is handled: data from `Config/procedures/*.yaml`, so that a new one needs no code.
package struct Procedure: Sendable, Hashable {
    /// Whose authority must be in Cc.
    package enum GoverningCountry: String, Sendable, Codable {
        /// The country of the request's operator.
        case operatorCountry = "operator-country"
        /// The country of the request's own authority.
        case authorityCountry = "authority-country"
        /// The first two letters of the operator's EORI number: the Member State that issued it.
        case eoriPrefix = "eori-prefix"
    }

    /// The five rules, in the order in which they are judged and told.
    package enum Rule: String, Sendable, Codable, CaseIterable { case from, to, cc, kind, names }

    package let id: String
    /// The kinds of requests that this procedure is for.
    package let kinds: [RoleRequest.Kind]
    package let rules: [Rule]
    package let governingCountry: GoverningCountry
    /// The lexicon's keys that say this kind of request; any one suffices.
    package let terms: [String]
    /// The role that the request leads to: `IMPORTER`, `FMSCA`, `CO`.
    package let role: String
    /// At most one such role a user (the first source document: "Only one MSCA role can be selected").
    package var onlyOne = false
    /// The section chapter that the operator must have (`imported-timber-products`); nil where none is asked for.
    package var chapter: String?
    /// What the request's authority must be; nil where the request is for an operator.
    package var authority: Authority.Role?
    /// The text must also state an EORI number of the operator.
    package var statesEORI = false
    /// What the role lets its holder do, as keys of the wording's `permissions`.
    package var permits: [String] = []
    /// Patterns for the lexicon, by language and by key of `terms`: what a kind that the lexicon lacks is called.
    package var words: [String: [String: [String]]] = [:]
    /// What the role is called in replies, by language, where the wording's `kinds` lack it. English stands in for
    /// the languages that are missing.
    package var names: [String: String] = [:]

    package init(
        id: String, kinds: [RoleRequest.Kind], rules: [Rule] = Rule.allCases, governingCountry: GoverningCountry,
        terms: [String], role: String, onlyOne: Bool = false
    ) {
        self.id = id
        self.kinds = kinds
        self.rules = rules
        self.governingCountry = governingCountry
        self.terms = terms
        self.role = role
        self.onlyOne = onlyOne
    }
}

extension Procedure: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, kinds, rules, governingCountry, terms, role, onlyOne, chapter, authority, statesEORI, permits, words
        case names
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Throws for a key that no procedure has, so that a typing error is not taken for a default.
    package init(from decoder: any Decoder) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys {
            guard CodingKeys(rawValue: key.stringValue) == nil else { continue }
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a procedure has no key '\(key.stringValue)'"))
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        kinds = try values.decode([RoleRequest.Kind].self, forKey: .kinds)
        rules = try values.decodeIfPresent([Rule].self, forKey: .rules) ?? Rule.allCases
        governingCountry = try values.decode(GoverningCountry.self, forKey: .governingCountry)
        terms = try values.decode([String].self, forKey: .terms)
        role = try values.decode(String.self, forKey: .role)
        onlyOne = try values.decodeIfPresent(Bool.self, forKey: .onlyOne) ?? false
        chapter = try values.decodeIfPresent(String.self, forKey: .chapter)
        authority = try values.decodeIfPresent(Authority.Role.self, forKey: .authority)
        statesEORI = try values.decodeIfPresent(Bool.self, forKey: .statesEORI) ?? false
        permits = try values.decodeIfPresent([String].self, forKey: .permits) ?? []
        words = try values.decodeIfPresent([String: [String: [String]]].self, forKey: .words) ?? [:]
        names = try values.decodeIfPresent([String: String].self, forKey: .names) ?? [:]
    }
}
