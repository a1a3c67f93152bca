/// The words of one language that say what a mail asks for: one file `Config/lexicon/<code>.yaml` each.
package struct LanguageTerms: Sendable, Codable {
    /// ISO 639-1 code.
    package let language: String

    package init(language: String) { self.language = language }
}

/// All languages' terms, compiled for searching. Build it once; it is immutable and cheap to share.
package struct Lexicon: Sendable {
    package init(_ languages: [LanguageTerms]) {}
}
