/// What an organisation is found by, as the text of one row of a full-text index: words of its name as skeletons, and
/// tokens that begin with a mark for what is sought exactly.
///
/// | token | is |
/// |---|---|
/// | `drvo` | a word of the name |
/// | `=drvosever` | the words without the legal form, sorted |
/// | `@hr` | the country |
/// | `#hr12345678901` | an identifier, an authority's code |
/// | `!importedtimberproducts` | a section chapter, an authority's role |
package struct SearchText: Sendable, Hashable {
    /// Tokens with a space between them.
    package let text: String
    /// The different words of the name.
    package let words: Set<String>

    /// Nil for what is no organisation.
    package init?(_ entry: RegistryEntry) {
        switch entry {
        case .operator(let it): self.init(it)
        case .authority(let it): self.init(it)
        case .account, .request, .role, .eori, .mandate, .delegation: return nil
        }
    }

    package init(_ organisation: Operator) {
        self.init(
            organisation.name, country: organisation.country, identifiers: organisation.identifiers.map(\.value),
            marks: organisation.activities)
    }

    package init(_ organisation: Authority) {
        self.init(
            organisation.name, country: organisation.country, identifiers: organisation.code.map { [$0] } ?? [],
            marks: [organisation.role.rawValue])
    }

    private init(_ name: String, country: String, identifiers: [String], marks: [String]) {
        let name = SearchName(name)
        var tokens = name.words
        if !name.words.isEmpty { tokens.append(Self.cut(name.whole)) }
        tokens.append(Self.country(country))
        tokens += identifiers.compactMap(Self.identifier)
        tokens += marks.compactMap(Self.mark)
        text = tokens.joined(separator: " ")
        words = Set(name.words)
    }

    package static func country(_ code: String) -> String { "@" + Operator.Identifier.compared(code) }

    /// Nil where the value has neither letters nor digits.
    package static func identifier(_ value: String) -> String? { token("#", value) }

    /// Of a section chapter or role. Nil where the value has neither letters nor digits.
    package static func mark(_ value: String) -> String? { token("!", value) }

    private static func token(_ mark: String, _ value: String) -> String? {
        let compared = Operator.Identifier.compared(value)
        return compared.isEmpty ? nil : cut(mark + compared)
    }

    /// Longer tokens tell no more.
    package static func cut(_ token: String) -> String {
        token.utf8.count <= 200 ? token : String(decoding: token.utf8.prefix(200), as: UTF8.self)
    }
}
