/// The words of one language that say what a mail asks for: one file `Config/lexicon/<code>.yaml` each.
///
/// `Config/lexicon/README.md` tells a translator what each list is for and how a pattern is written.
package struct LanguageTerms: Sendable, Codable, Hashable {
    /// ISO 639-1 code.
    package let language: String
    /// The language's own name, for people.
    package var name = ""
    /// Everyday words by which the language is recognised.
    package var stopwords: [String] = []
    /// Letters that speak for the language.
    package var letters = ""
    /// Kinds of request (`importer`, `agent`, `competent-authority`, …) and what they are called.
    package var kinds: [String: [String]] = [:]
    /// Words that name a kind only close to a request or the word for a role: "customs" in "the customs role".
    package var kindsByRole: [String: [String]] = [:]
    /// What alone says "role request".
    package var request: [String] = []
    /// Words of asking; a request together with a `role` or a kind.
    package var ask: [String] = []
    /// The word for a role, an authorisation, an access.
    package var role: [String] = []
    package var additional: [String] = []
    /// Questions about how a request stands.
    package var status: [String] = []
    /// Says that an authority only gets a copy, or knows of it.
    package var copied: [String] = []
    /// Says that the sender has a role already.
    package var past: [String] = []
    /// Denies what follows.
    package var not: [String] = []
    /// Takes back, disowns or forbids the request, or only asks how to make one.
    package var retraction: [String] = []
    /// What the subjects of automatic replies begin with.
    package var automaticSubjects: [String] = []
    /// Puts two kinds side by side: and, or.
    package var joining: [String] = []
    package var replies = ReplyWords()
    /// Titles that may stand with a name.
    package var titles: [String] = []
    /// Words so common in companies' names that a name of nothing else must match with its legal form.
    package var generic: [String] = []
    /// What a line is called that holds a company's legal form: "Rechtsform".
    package var legalForm: [String] = []
    /// How names change.
    package var inflection = InflectionTerms()

    /// What mail programs write above a quoted mail.
    package struct ReplyWords: Sendable, Codable, Hashable {
        /// "wrote" of "On … wrote:".
        package var wrote: [String] = []
        /// Words that stand beside `wrote` in a person's own sentence ("I wrote to you on …").
        package var me: [String] = []
        /// Titles of a forwarded or quoted mail, without their dashes.
        package var original: [String] = []
        package var from: [String] = []
        package var sent: [String] = []
        package var to: [String] = []
        package var cc: [String] = []
        package var subject: [String] = []

        package init() {}

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: AnyKey.self)
            for key in values.allKeys {
                let list = try WordList(values, key).words
                switch key.stringValue {
                case "wrote": wrote = list
                case "me": me = list
                case "original": original = list
                case "from": from = list
                case "sent": sent = list
                case "to": to = list
                case "cc": cc = list
                case "subject": subject = list
                default: throw key.unknown(values.codingPath)
                }
            }
        }
    }

    package init(language: String) { self.language = language }

    /// Whether a text can stand in a list of patterns.
    package static func isPattern(_ text: String) -> Bool { TermPattern(text) != nil }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: AnyKey.self)
        language = try values.decode(String.self, forKey: AnyKey("language"))
        for key in values.allKeys {
            switch key.stringValue {
            case "language": break
            case "name": name = try values.decode(String.self, forKey: key)
            case "letters": letters = try values.decode(String.self, forKey: key)
            case "replies": replies = try values.decode(ReplyWords.self, forKey: key)
            case "kinds": kinds = try Self.kinds(values, key)
            case "kindsByRole": kindsByRole = try Self.kinds(values, key)
            case "stopwords": stopwords = try WordList(values, key).words
            case "titles": titles = try WordList(values, key).words
            case "generic": generic = try WordList(values, key).words
            case "legalForm": legalForm = try WordList(values, key).words
            case "inflection": inflection = try values.decode(InflectionTerms.self, forKey: key)
            case "request": request = try WordList(values, key).patterns
            case "ask": ask = try WordList(values, key).patterns
            case "role": role = try WordList(values, key).patterns
            case "additional": additional = try WordList(values, key).patterns
            case "status": status = try WordList(values, key).patterns
            case "copied": copied = try WordList(values, key).patterns
            case "past": past = try WordList(values, key).patterns
            case "not": not = try WordList(values, key).patterns
            case "retraction": retraction = try WordList(values, key).patterns
            case "automaticSubjects": automaticSubjects = try WordList(values, key).words
            case "joining": joining = try WordList(values, key).words
            default: throw key.unknown(values.codingPath)
            }
        }
    }

    private static func kinds(
        _ values: KeyedDecodingContainer<AnyKey>, _ key: AnyKey
    ) throws -> [String: [String]] {
        let nested = try values.nestedContainer(keyedBy: AnyKey.self, forKey: key)
        var kinds: [String: [String]] = [:]
        for kind in nested.allKeys { kinds[kind.stringValue] = try WordList(nested, kind).patterns }
        return kinds
    }
}

/// A key of a lexicon file, known or not.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }

    func unknown(_ path: [any CodingKey]) -> DecodingError {
        .dataCorrupted(
            .init(codingPath: path, debugDescription: "there is no key '\(stringValue)' in a lexicon file"))
    }
}

/// A list of the file: YAML's list, or one text whose items are parted by commas (`,`).
struct WordList {
    let words: [String]

    init(_ values: KeyedDecodingContainer<AnyKey>, _ key: AnyKey) throws {
        if let list = try? values.decode([String].self, forKey: key) {
            words = list
        } else if try values.decodeNil(forKey: key) {
            words = []
        } else {
            words = try values.decode(String.self, forKey: key).split(separator: ",").map(Self.trimmed)
                .filter { !$0.isEmpty }
        }
    }

    /// The words as patterns, each checked.
    var patterns: [String] {
        get throws {
            for word in words where TermPattern(word) == nil {
                throw DecodingError.dataCorrupted(
                    .init(
                        codingPath: [],
                        debugDescription: "'\(word)' is no pattern: a '*' takes at least three letters beside it"))
            }
            return words
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text[...]
        while let first = rest.unicodeScalars.first, first.properties.isWhitespace { rest.unicodeScalars.removeFirst() }
        while let last = rest.unicodeScalars.last, last.properties.isWhitespace { rest.unicodeScalars.removeLast() }
        return String(rest)
    }
}
