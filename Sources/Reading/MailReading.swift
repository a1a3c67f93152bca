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
    /// UTF-8 offsets into the place's text.
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
    /// Words for a role request at all.
    package var request: Evidence?
    /// Words for an additional role.
    package var additional: Evidence?
    /// Words that ask how a request stands.
    package var statusInquiry: Evidence?

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
        package enum Cause: String, Sendable, Hashable, Codable { case quoted, replyHeader, forwarded, ownWords }
        package let text: String
        package let cause: Cause

        package init(text: String, cause: Cause) {
            self.text = text
            self.cause = cause
        }
    }

    /// Reads a mail. `ownMarks` are texts that only our own mails hold, such as our Message-IDs' domain.
    package init(subject: String, body: [BodyText], lexicon: Lexicon, ownMarks: [String] = []) {
        self.subject = subject
        newText = body.map(\.text).joined(separator: "\n")
        leftOut = []
        language = nil
    }

    /// What kinds of request the subject and the new text state.
    package func kinds() -> KindReading { KindReading() }

    /// Whether one part of a person's name (which may be several words) stands in the new text.
    package func mention(ofName name: String) -> Mention { .missing }

    /// Whether an organisation stands in the new text by its name or a code of its own. `longerNames` are other
    /// registered names that contain it: a mention of one of them is no mention of this one.
    package func mention(ofOrganisation name: String, codes: [String] = [], longerNames: [String] = []) -> Mention {
        .missing
    }
}
