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
        /// Written in words, not in letters.
        var isSpelledOut: Bool { squeezed.count >= 8 && squeezed.count >= 5 * span.count }
    }

    /// A form in words, by their stems: it is inflected like any word.
    private struct Spelled {
        let stems: [(stem: [UInt8], most: Int)]
        let meaning: Int
        let squeezed: [UInt8]
    }

    static let shared = LegalForms()

    private let meaningsOf: WordTable<Set<Int>>
    private let longest: Int
    /// By two letters whether a form begins with them: most words begin none.
    private let begins: [Bool]
    private let first: Set<Int>
    /// By the first three letters.
    private let spelled: WordTable<[Spelled]>

    private init() {
        var meanings: [[UInt8]: Set<Int>] = [:]
        var first: Set<Int> = []
        var spelled: [[UInt8]: [Spelled]] = [:]
        for (number, line) in LegalFormTable.lines.enumerated() {
            if LegalFormTable.mayStandFirst.contains(line.name) { first.insert(number) }
            for written in line.written.split(separator: ",") {
                let cut = TokenText(String(written))
                let squeezed = cut.folded
                guard !squeezed.isEmpty else { continue }
                meanings[squeezed, default: []].insert(number)
                if squeezed.count >= 10 || (cut.tokens.count == 1 && squeezed.count >= 8) {
                    let stems = cut.tokens.indices.map { Self.stem(of: Array(cut.word($0))) }
                    spelled[Array(stems[0].stem.prefix(3)), default: []].append(
                        Spelled(stems: stems, meaning: number, squeezed: squeezed))
                }
                for index in cut.tokens.indices where cut.tokens[index].traits.contains(.beyondASCII) {
                    // The Greek and Bulgarian forms in Latin letters, the German ones with ae, oe, ue.
                    for spelling in Romanisation.allSpellings(Romanisation.letters(String(written))) {
                        meanings[spelling.filter(\.isLetterOrDigit), default: []].insert(number)
                    }
                    break
                }
            }
        }
        meaningsOf = WordTable(meanings)
        longest = meanings.keys.map(\.count).max() ?? 0
        self.first = first
        self.spelled = WordTable(spelled)
        begins = Self.beginnings(of: Array(meanings.keys) + Array(spelled.keys))
    }

    private static func beginnings(of forms: [[UInt8]]) -> [Bool] {
        var begins = [Bool](repeating: false, count: 1 << 16)
        for form in forms {
            guard let first = form.first else { continue }
            for second in form.count > 1 ? form[1]...form[1] : 0...UInt8.max {
                begins[Int(first) << 8 | Int(second)] = true
            }
        }
        return begins
    }

    /// Whether a form may begin at a token. The letters of its words stand end to end.
    private func mayBegin(_ text: TokenText, at index: Int) -> Bool {
        let start = Int(text.tokens[index].foldStart)
        guard start + 1 < text.folded.count else { return true }
        return begins[Int(text.folded[start]) << 8 | Int(text.folded[start + 1])]
    }

    /// What stays of a word when it is inflected, and how long the word may become.
    private static func stem(of word: [UInt8]) -> (stem: [UInt8], most: Int) {
        switch word.count {
        case ..<5: (word, word.count)
        case 5...6: (Array(word.dropLast(1)), word.count + 3)
        default: (Array(word.dropLast(word.count >= 9 ? 3 : 2)), word.count + 4)
        }
    }

    /// The longest form in words that begins at a token, inflected or not: "sabiedrības ar ierobežotu atbildību".
    private func spelledForm(in text: TokenText, at index: Int, end: Int) -> Form? {
        guard index < end, text.tokens[index].foldedCount >= 5, let known = spelled[text.word(index).prefix(3)]
        else { return nil }
        var best: Form?
        for entry in known {
            guard index + entry.stems.count <= end, best.map({ $0.span.count <= entry.stems.count }) ?? true else {
                continue
            }
            let stands = entry.stems.enumerated().allSatisfy { offset, part in
                let word = text.word(index + offset)
                guard word.starts(with: part.stem), word.count <= part.most, text.tokens[index + offset].counts else {
                    return false
                }
                return offset == 0
                    || text.tokens[index + offset].traits.isDisjoint(with: [.startsParagraph, .afterBar, .afterComma])
            }
            guard stands else { continue }
            let isLonger = best.map { $0.span.count < entry.stems.count } ?? true
            let meanings = isLonger ? [] : best?.meanings ?? []
            best = Form(
                span: index..<(index + entry.stems.count), meanings: meanings.union([entry.meaning]),
                squeezed: entry.squeezed)
        }
        return best
    }

    /// The longest legal form that begins at token `index`.
    func form(in text: TokenText, at index: Int, limit: Int? = nil) -> Form? {
        let end = min(limit ?? text.tokens.count, text.tokens.count)
        guard index < end, mayBegin(text, at: index) else { return nil }
        let start = Int(text.tokens[index].foldStart)
        var best: Form?
        var place = index
        while place < end, place < index + 9 {
            if place > index {
                // Nothing but dots, blanks, `&`, slashes and brackets inside a form.
                let traits = text.tokens[place].traits
                guard traits.isDisjoint(with: [.startsParagraph, .afterComma]),
                    !traits.contains(.afterBar) || traits.contains(.afterBracket)
                else { break }
            }
            guard text.tokens[place].counts else { break }
            let squeezed = text.folded[start..<Int(text.tokens[place].foldEnd)]
            if squeezed.count > longest { break }
            place += 1
            if let meanings = meaningsOf[squeezed] {
                best = Form(span: index..<place, meanings: meanings, squeezed: Array(squeezed))
            }
        }
        if let spelled = spelledForm(in: text, at: index, end: end),
            best.map({ $0.span.count < spelled.span.count }) ?? true
        {
            return spelled
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
