/// How one kind of role request is handled: data from `Config/procedures/*.yaml`, so that a new one needs no code.
package struct Procedure: Sendable, Hashable, Codable {
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
    package let onlyOne: Bool

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
