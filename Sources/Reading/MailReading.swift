/// A text of a mail on its way to being read.
package struct BodyText: Sendable, Hashable {
    package enum Kind: Sendable, Hashable { case plain, html }
    package let kind: Kind
    package let text: String
    /// Parts with the same number are versions of the same text (`multipart/alternative`).
    package let alternative: Int?

    package init(kind: Kind, text: String, alternative: Int? = nil) {
        self.kind = kind
        self.text = text
        self.alternative = alternative
    }
}

/// A place where something that was sought stands.
package struct Evidence: Sendable, Hashable {
    package enum Place: String, Sendable, Hashable, Codable { case subject, body }
    package let place: Place
    /// The words as the mail has them.
    package let words: String
    /// UTF-8 offsets into the place's text: `MailReading.subject` or `newText`.
    package let range: Range<Int>
    /// The language whose terms matched, where a lexicon did.
    package let language: String?

    package init(place: Place, words: String, range: Range<Int>, language: String? = nil) {
        self.place = place
        self.words = words
        self.range = range
        self.language = language
    }
}

/// Whether a name stands in the text.
package enum Mention: Sendable, Hashable {
    case found(Evidence)
    /// Something so like it that it is probably a typing error: not a mention, but worth a hint.
    case near(Evidence)
    case missing

    package var isFound: Bool { if case .found = self { true } else { false } }
}

/// What a mail says that it wants.
package struct KindReading: Sendable, Hashable {
    /// Lexicon keys that are the object of the request, with where they stand: `importer`, `agent`,
    /// `competent-authority`, `customs-office`, `eudr-operator`.
    package var kinds: [String: Evidence] = [:]
    /// Words for a role request at all; those that only ask about the status of one don't count.
    package var request: Evidence?
    /// Words of asking that stand far from the kind: a request for somebody who has one pending, and for nobody else.
    package var distantRequest: Evidence?
    /// Words for an additional role.
    package var additional: Evidence?
    /// Words that ask how a request stands. A request that also asks to be told of its status has both.
    package var statusInquiry: Evidence?
    /// Words that take the request back, disown or forbid it, or only ask how one is made: no request to grant,
    /// whatever else was found.
    package var retraction: Evidence?
    /// Asks for an operator's role and for an office's, which exclude one another.
    package var isContradictory = false
    /// Names of kinds that the mail holds and that are not what it asks for.
    package var passedOver: [PassedOver] = []

    /// A kind's name that does not count.
    package struct PassedOver: Sendable, Hashable {
        package enum Cause: String, Sendable, Hashable, Codable {
            case inName = "in-name"
            case copied, past, denied
            /// Something else stands closer to the request.
            case weaker
        }
        package let kind: String
        package let evidence: Evidence
        package let cause: Cause
        /// Stands close to words of asking, or to the word for a role.
        package let isClose: Bool
    }

    package init() {}
}

/// One mail's subject and new text, read once and asked many times.
package struct MailReading: Sendable {
    /// The subject as it was given.
    package let subject: String
    /// The body without what is quoted, forwarded or ours.
    package let newText: String
    /// What was left out of the body, and why.
    package let leftOut: [LeftOut]
    /// Two-letter code where the text is clearly in one language.
    package let language: String?

    /// One stretch of the body that does not count as the sender's new words.
    package struct LeftOut: Sendable, Hashable {
        package enum Cause: String, Sendable, Hashable, Codable {
            case quoted, replyHeader, forwarded, ownWords
            /// Beyond what is read of a mail at all.
            case tooLong
        }
        package let text: String
        package let cause: Cause

        package init(text: String, cause: Cause) {
            self.text = text
            self.cause = cause
        }
    }

    let tables: Lexicon.Tables
    private let subjectText: TokenText
    let bodyText: TokenText
    private let subjectPhrases: [PhraseHit]
    private let bodyPhrases: [PhraseHit]
    /// The language as a bit of the lexicon's masks.
    let detected: UInt32

    /// Reads a mail. `ownMarks` are texts that only our own mails hold, such as our Message-IDs' domain: the paragraph
    /// that holds one and everything below it is ours.
    package init(subject: String, body: [BodyText], lexicon: Lexicon, ownMarks: [String] = []) {
        let tables = lexicon.tables
        self.tables = tables
        self.subject = subject
        let reader = BodyReader(body, marks: tables.replies, ownMarks: ownMarks)
        newText = String(decoding: reader.bytes, as: UTF8.self)
        leftOut = reader.leftOut
        var bodyText = reader.words ?? TokenText(bytes: reader.bytes)
        for confirmation in reader.confirmations { bodyText.confirm(confirmation.range, by: confirmation.known) }
        // A header line of more than 64 KiB does not get here; this keeps the promise of linear time by itself.
        let subjectText = TokenText(bytes: Array(subject.utf8.prefix(BodyReader.mostNewText)))
        let bodyHits = tables.automaton.scan(bodyText)
        let subjectHits = tables.automaton.scan(subjectText)
        let guessed = LanguageGuess.language(
            ofBody: bodyText, hits: bodyHits, subject: subjectText, hits: subjectHits, tables: tables)
        language = guessed.map { tables.languages[$0] }
        detected = guessed.map { 1 << UInt32($0) } ?? 0
        bodyPhrases = PhraseFinder(tables: tables, text: bodyText, hits: bodyHits).find()
        subjectPhrases = PhraseFinder(tables: tables, text: subjectText, hits: subjectHits).find()
        self.bodyText = bodyText
        self.subjectText = subjectText
    }

    /// The codes of all languages that mails are read in.
    package var languages: [String] { tables.languages }

    /// Whether the subject begins as that of an automatic reply does ("Out of office", "Abwesenheitsnotiz").
    package var hasAutomaticSubject: Bool { tables.beginsAutomatically(subjectText) }

    /// Whether the new text asks something: a question mark ends a word of it (in Greek, a semicolon).
    package var asksSomething: Bool {
        let bytes = bodyText.bytes
        let isGreek = language == "el"
        return bytes.indices.contains { index in
            guard bytes[index] == 0x3F || (isGreek && bytes[index] == 0x3B) else { return false }
            return index + 1 == bytes.count || bytes[index + 1] <= 0x20
        }
    }

    /// What kinds of request the subject and the new text state.
    package func kinds() -> KindReading { kinds(ignoringOrganisations: []) }

    /// What kinds of request the subject and the new text state, words inside the given organisations' names left out.
    ///
    /// Give the names of operators that the mail may speak of ("Timber Importers Ltd"); not those of authorities and
    /// customs offices, whose names say rightly what they are: give those as `offices`.
    package func kinds(ignoringOrganisations names: [String], offices: [String] = []) -> KindReading {
        let ignored = names.map { OrganisationName($0, tables: tables) }
        let known = offices.map { OrganisationName($0, tables: tables) }
        return KindPlaces(
            subject: reader(subjectText, subjectPhrases, ignored, known),
            body: reader(bodyText, bodyPhrases, ignored, known), tables: tables, detected: detected
        ).reading
    }

    /// Whether one part of a person's name (which may be several words) stands in the new text.
    package func mention(ofName name: String) -> Mention { mention(ofName: name, outside: []) }

    /// Whether one part of a person's name stands in the new text outside the names of the given organisations:
    /// "Müller Holz GmbH" mentions nobody called Müller.
    package func mention(ofName name: String, outside organisations: [String]) -> Mention {
        let spans = Self.spans(of: organisations.map { OrganisationName($0, tables: tables) }, in: bodyText, tables)
        return PersonMention(name: name, titles: tables.titles, text: bodyText, excluded: spans).find(in: .body)
    }

    /// Whether a code such as an EORI number stands in the new text, in one piece or in groups: "HR 1234 5678 901".
    package func states(code: String) -> Bool {
        let sought = NameWord.words(of: code).flatMap(\.folded)
        guard !sought.isEmpty else { return false }
        let tokens = bodyText.tokens
        return tokens.indices.contains { start in
            guard tokens[start].counts, tokens[start].traits.isDisjoint(with: .joined) else { return false }
            var left = sought[...]
            for index in start..<min(start + 8, tokens.count) {
                let word = bodyText.word(index)
                guard tokens[index].counts, left.starts(with: word) else { return false }
                left = left.dropFirst(word.count)
                if left.isEmpty {
                    return index + 1 == tokens.count || tokens[index + 1].traits.isDisjoint(with: .joined)
                }
            }
            return false
        }
    }

    private func reader(
        _ text: TokenText, _ phrases: [PhraseHit], _ ignored: [OrganisationName], _ offices: [OrganisationName]
    ) -> KindReader {
        KindReader(
            text: text, phrases: phrases, tables: tables, detected: detected,
            names: Self.spans(of: ignored, in: text, tables), offices: Self.spans(of: offices, in: text, tables))
    }

    /// Where the names stand, sorted and put together where they overlap.
    static func spans(
        of names: [OrganisationName], in text: TokenText, _ tables: Lexicon.Tables
    ) -> [Range<Int>] {
        var result: [Range<Int>] = []
        let all = names.flatMap { $0.occurrences(in: text, joining: tables.joining) }
        for span in all.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, last.upperBound > span.lowerBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                result.append(span)
            }
        }
        return result
    }
}
