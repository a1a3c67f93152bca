/// One word of a text: where it stands, how it is folded, and what stands around it.
struct Token: Sendable {
    /// Traits of a word and of the gap before it.
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt16
        /// Part of a mail address or a link: never counts as a mention.
        static let inAddress = Traits(rawValue: 1)
        /// Joined to the word before it by nothing but an apostrophe.
        static let afterApostrophe = Traits(rawValue: 2)
        /// Joined to the word before it by nothing but a hyphen.
        static let afterHyphen = Traits(rawValue: 4)
        /// Begins with a capital.
        static let capitalised = Traits(rawValue: 8)
        /// Has at least two letters, all capitals.
        static let allCapitals = Traits(rawValue: 16)
        /// Holds letters outside `a`–`z`, so that it may be spelled in several ways.
        static let beyondASCII = Traits(rawValue: 32)
        /// A full stop or a slash follows at once, as in `d.o.o.` or `A/S`.
        static let dotFollows = Traits(rawValue: 64)
        /// The first word of its line.
        static let startsLine = Traits(rawValue: 128)
        /// A blank line stands before it.
        static let startsParagraph = Traits(rawValue: 256)
        /// Something stronger than a space, a quotation mark or a comma stands before it: a colon, a bracket, a semicolon.
        static let afterBar = Traits(rawValue: 512)
        /// A comma stands before it.
        static let afterComma = Traits(rawValue: 1024)
        /// Must not count: the other version of the same text lacks it.
        static let unconfirmed = Traits(rawValue: 2048)
        /// A full stop and a space stand before it.
        static let afterStop = Traits(rawValue: 4096)
        /// A round or square bracket stands before it; `afterBar` as well.
        static let afterBracket = Traits(rawValue: 8192)

        /// Holds letters of two scripts: whatever it looks like, it is no word.
        static let mixesScripts = Traits(rawValue: 16384)

        static let joined: Traits = [.afterApostrophe, .afterHyphen]
        static let uncounted: Traits = [.inAddress, .unconfirmed, .mixesScripts]
    }

    /// UTF-8 offsets into the text.
    var range: Range<Int> { Int(start)..<Int(end) }
    /// Offsets into the text's folded bytes.
    var folded: Range<Int> { Int(foldStart)..<Int(foldEnd) }

    let start: Int32
    var end: Int32
    let foldStart: Int32
    var foldEnd: Int32
    var traits: Traits
    /// Number of the sentence, counted from 0.
    var sentence: Int32
    /// Number of the clause (what commas and brackets part), counted from 0 over the whole text.
    var clause: Int32

    var counts: Bool { traits.isDisjoint(with: .uncounted) }
    var foldedCount: Int { Int(foldEnd - foldStart) }
}
