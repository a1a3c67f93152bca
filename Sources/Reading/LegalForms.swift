/// The legal forms of companies in the Member States: abbreviations, spelled out, in their language versions.
///
/// Written forms are compared squeezed: dots, blanks and case fall away, so that `d.o.o.`, `D O O` and `doo` are one.
/// Two written forms are the same form when they may stand for one and the same, as `BV` and `SRL` do in Belgium.
struct LegalForms: Sendable {
    /// A legal form that stands in a text.
    struct Form: Sendable {
        /// Token numbers.
        let span: Range<Int>
        /// What it may stand for.
        let meanings: Set<Int>
        /// The squeezed form.
        let squeezed: [UInt8]
    }

    static let shared = LegalForms()

    private let meaningsOf: [[UInt8]: Set<Int>]
    private let longest: Int
    private let first: Set<Int>

    private init() {
        var meanings: [[UInt8]: Set<Int>] = [:]
        var first: Set<Int> = []
        for (number, line) in LegalFormTable.lines.enumerated() {
            if LegalFormTable.mayStandFirst.contains(line.name) { first.insert(number) }
            for written in line.written.split(separator: ",") {
                let cut = TokenText(String(written))
                let squeezed = cut.folded
                guard !squeezed.isEmpty else { continue }
                meanings[squeezed, default: []].insert(number)
                for index in cut.tokens.indices where cut.tokens[index].traits.contains(.beyondASCII) {
                    // The Greek and Bulgarian forms in Latin letters, the German ones with ae, oe, ue.
                    for spelling in Romanisation.allSpellings(Romanisation.letters(String(written))) {
                        meanings[spelling.filter(\.isLetterOrDigit), default: []].insert(number)
                    }
                    break
                }
            }
        }
        meaningsOf = meanings
        longest = meanings.keys.map(\.count).max() ?? 0
        self.first = first
    }

    /// The longest legal form that begins at token `index`.
    func form(in text: TokenText, at index: Int, limit: Int? = nil) -> Form? {
        var squeezed: [UInt8] = []
        var best: Form?
        var place = index
        let end = min(limit ?? text.tokens.count, text.tokens.count)
        while place < end, place < index + 9 {
            if place > index {
                // Nothing but dots, blanks, `&` and slashes inside a form.
                guard text.tokens[place].traits.isDisjoint(with: [.startsParagraph, .afterBar, .afterComma]) else {
                    break
                }
            }
            guard text.tokens[place].counts else { break }
            squeezed.append(contentsOf: text.word(place))
            if squeezed.count > longest { break }
            place += 1
            if let meanings = meaningsOf[squeezed] {
                best = Form(span: index..<place, meanings: meanings, squeezed: squeezed)
            }
        }
        return best
    }

    /// What a form means in one country, where it means anything there; else all that it may mean.
    func meanings(of form: Form, in country: String?) -> Set<Int> {
        guard let country else { return form.meanings }
        // Greece is EL in some registers.
        let prefix = (country == "EL" ? "GR" : country) + " "
        let here = form.meanings.filter { LegalFormTable.lines[$0].name.hasPrefix(prefix) }
        return here.isEmpty ? form.meanings : here
    }

    /// Whether the form may stand before the name, as `SIA`, `UAB` or `OÜ` do.
    func mayStandFirst(_ form: Form) -> Bool { !form.meanings.isDisjoint(with: first) }

    /// Whether what looks like a form can hardly be a word of the language: three letters and no word, or dotted, or
    /// in capitals among small letters ("AS" is a form, "as" is a word).
    static func isUnmistakable(_ text: TokenText, _ span: Range<Int>) -> Bool {
        guard let first = span.first, let last = span.last else { return false }
        let tokens = text.tokens[span]
        if tokens.count > 1 {
            // "a.s.", "A/S", "sp. z o.o.": the parts are held together by dots; "s a" is not.
            if tokens.dropLast().contains(where: { $0.traits.contains(.dotFollows) }) { return true }
            return tokens.reduce(0) { $0 + $1.foldedCount } > 4
        }
        let squeezed = Array(text.word(first))
        if squeezed.count >= 3 {
            return !LegalFormTable.alsoWords.contains(String(decoding: squeezed, as: UTF8.self))
                || !isSmall(text.tokens[first])
        }
        guard text.tokens[first].traits.contains(.capitalised) else { return false }
        // Among capitals a form of two letters looks like any word.
        let after = last + 1
        if text.tokens[first].traits.contains(.allCapitals), after < text.tokens.count, first > 0,
            text.tokens[first - 1].traits.contains(.allCapitals), text.tokens[after].traits.contains(.allCapitals),
            text.tokens[after].traits.isDisjoint(with: [.startsLine, .afterBar, .afterComma])
        {
            return false
        }
        return true
    }

    private static func isSmall(_ token: Token) -> Bool { !token.traits.contains(.capitalised) }
}
