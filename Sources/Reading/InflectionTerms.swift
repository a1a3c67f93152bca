/// How names change in one language: the key `inflection` of its lexicon file, as `Config/lexicon/README.md` explains it.
package struct InflectionTerms: Sendable, Codable, Hashable {
    /// Only the last written word of a name carries the ending: "Kovács Jánosnak", "Matti Virtasen".
    package var lastOnly = false
    /// The head of an organisation's name is its last word, as in "Valsts meža dienests", not its first.
    package var headLast = false
    /// Rows for persons' names.
    package var persons: [String] = []
    /// Rows for the words of organisations' names.
    package var words: [String] = []
    /// What stands before a name in a case, with the numbers of the cases that it asks for: `kod 1`.
    package var governing: [String] = []
    /// How beginnings change: `b/bh/mb`.
    package var beginnings: [String] = []
    /// Words that may be joined to a name's beginning by a hyphen, or fall away there.
    package var articles: [String] = []

    package init() {}

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: AnyKey.self)
        for key in values.allKeys {
            switch key.stringValue {
            case "lastOnly": lastOnly = try values.decode(Bool.self, forKey: key)
            case "headLast": headLast = try values.decode(Bool.self, forKey: key)
            case "persons": persons = try Self.rows(values, key)
            case "words": words = try Self.rows(values, key)
            case "governing":
                governing = try Self.checked(values, key, "'kod 1'") { InflectionTable.Governing($0) != nil }
            case "beginnings":
                beginnings = try Self.checked(values, key, "'b/bh/mb'") { $0.split(separator: "/").count > 1 }
            case "articles": articles = try WordList(values, key).words
            default: throw key.unknown(values.codingPath)
            }
        }
    }

    private static func rows(_ values: KeyedDecodingContainer<AnyKey>, _ key: AnyKey) throws -> [String] {
        try checked(values, key, "'f ová: ové ové ovou'") { InflectionRow($0) != nil }
    }

    private static func checked(
        _ values: KeyedDecodingContainer<AnyKey>, _ key: AnyKey, _ example: String, _ isGood: (String) -> Bool
    ) throws -> [String] {
        let words = try WordList(values, key).words
        for word in words where !isGood(word) {
            throw DecodingError.dataCorrupted(
                .init(codingPath: values.codingPath + [key], debugDescription: "'\(word)' is not like \(example)"))
        }
        return words
    }
}
