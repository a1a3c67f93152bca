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
        var bytes: [UInt8] = []
        bytes.reserveCapacity(160)
        var all: [String] = []
        SearchSkeleton.shared.write(name, to: &bytes) { bytes, start in
            all.append(String(decoding: bytes[start...], as: UTF8.self))
            bytes.append(UInt8(ascii: " "))
        }
        if !all.isEmpty {
            bytes.append(contentsOf: Self.cut(SearchName.whole(all[SearchLegalForms.shared.core(of: all)])).utf8)
            bytes.append(UInt8(ascii: " "))
        }
        Self.append("@", country, &bytes)
        for identifier in identifiers { Self.append("#", identifier, &bytes) }
        for mark in marks { Self.append("!", mark, &bytes) }
        if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        text = String(decoding: bytes, as: UTF8.self)
        words = Set(all)
    }

    /// Adds what ``token(_:_:)`` makes, and a space.
    private static func append(_ mark: Unicode.Scalar, _ value: String, _ bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(UInt8(ascii: mark))
        Operator.Identifier.appendCompared(value, &bytes)
        guard bytes.count > start + 1 else {
            bytes.removeLast()
            return
        }
        if bytes.count > start + longest { bytes.removeLast(bytes.count - start - longest) }
        bytes.append(UInt8(ascii: " "))
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

    /// Octets of a token; longer ones tell no more.
    private static let longest = 200

    package static func cut(_ token: String) -> String {
        token.utf8.count <= longest ? token : String(decoding: token.utf8.prefix(longest), as: UTF8.self)
    }
}
