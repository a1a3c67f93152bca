/// What mail programs write above a quoted or forwarded mail, in all languages, compiled for look-up.
struct ReplyMarks: Sendable {
    /// Labels of a header block.
    struct Labels: OptionSet, Sendable, Hashable {
        let rawValue: UInt8
        static let from = Labels(rawValue: 1)
        static let sent = Labels(rawValue: 2)
        static let to = Labels(rawValue: 4)
        static let cc = Labels(rawValue: 8)
        static let subject = Labels(rawValue: 16)

        var count: Int { rawValue.nonzeroBitCount }
    }

    /// Who is said to have written.
    enum Writer { case somebody, sender }

    /// A word for "wrote", of one or more words.
    private struct Verb {
        let words: [[UInt8]]
        let languages: UInt32
    }

    /// The sentences of our own replies.
    let own: OwnSentences
    private var labels: [[UInt8]: Labels] = [:]
    private var originals: Set<[UInt8]> = []
    private var verbs: [[UInt8]: [Verb]] = [:]
    /// Words for the sender, with the languages that they are of.
    private var me: [[UInt8]: UInt32] = [:]

    init(_ languages: [LanguageTerms.ReplyWords], own: OwnSentences = OwnSentences([])) {
        self.own = own
        for (number, words) in languages.enumerated() {
            for (list, label) in [
                (words.from, Labels.from), (words.sent, .sent), (words.to, .to), (words.cc, .cc),
                (words.subject, .subject),
            ] {
                for word in list { labels[Self.fold(word), default: []].insert(label) }
            }
            for title in words.original { originals.insert(Self.fold(title)) }
            let language: UInt32 = 1 << UInt32(number)
            for verb in words.wrote {
                let cut = Self.words(ArraySlice(verb.utf8))
                if let first = cut.first { verbs[first, default: []].append(Verb(words: cut, languages: language)) }
            }
            for word in words.me { me[Self.fold(word), default: 0] |= language }
        }
    }

    /// The labels that a line may begin with, where it is a line of a header block.
    func labels(of line: ArraySlice<UInt8>) -> Labels {
        guard let colon = line.prefix(40).firstIndex(of: 0x3A), colon > line.startIndex else { return [] }
        let folded = Self.fold(line[line.startIndex..<colon])
        return folded.isEmpty ? [] : labels[folded] ?? []
    }

    /// The labels that a line is, without a colon.
    func bareLabels(of line: ArraySlice<UInt8>) -> Labels {
        guard (1...24).contains(line.count), !line.contains(where: { $0 == 0x3A || DateSigns.isDigit($0) }) else {
            return []
        }
        return labels[Self.fold(line)] ?? []
    }

    /// Whether a line is a title such as `-----Original Message-----`.
    func isTitle(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count < 200, line.count > 5 else { return false }
        let isDashed = Self.opensTitle(line)
        guard isDashed || line.last == 0x3A else { return false }
        let folded = Self.fold(line)
        if originals.contains(folded) { return true }
        return Self.isRuled(line) && (isOneWordForOriginal(folded) || beginsWithTitle(folded))
    }

    /// Whether a line begins with a dash, a long one too, an underscore or an equals sign.
    private static func opensTitle(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == 0x2D || line.first == 0x5F || line.first == 0x3D || line.starts(with: [0xE2, 0x80])
    }

    /// Whether two or more dashes stand on both sides of words.
    static func isRuled(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count < 200, opensTitle(line) else { return false }
        for dash in ["-", "_", "=", "–", "—"] where line.starts(with: (dash + dash).utf8) {
            let isClosed = line.suffix(2 * dash.utf8.count).elementsEqual((dash + dash).utf8)
            return isClosed && line.contains { $0.isLetterOrDigit || $0 >= 0xC3 && $0 != 0xE2 }
        }
        return false
    }

    /// `Original` alone, in the languages that say it so.
    private func isOneWordForOriginal(_ folded: [UInt8]) -> Bool {
        !folded.contains(0x20) && (folded.starts(with: "origin".utf8) || folded.starts(with: "orygin".utf8))
    }

    /// "Forwarded by Ana on …".
    private func beginsWithTitle(_ folded: [UInt8]) -> Bool {
        var words = 0
        for at in folded.indices where folded[at] == 0x20 {
            words += 1
            if words > 1, originals.contains(Array(folded[..<at])) { return true }
            if words == 5 { break }
        }
        return false
    }

    /// Whether a line says that somebody wrote something, and whether that is the mail's sender: "I wrote on …".
    func writer(_ line: ArraySlice<UInt8>) -> Writer? {
        let words = Self.words(line)
        var found: Writer?
        for start in words.indices {
            for verb in verbs[words[start]] ?? [] {
                let end = start + verb.words.count
                guard end <= words.count, words[start..<end].elementsEqual(verb.words) else { continue }
                let isMine = words.indices.contains { place in
                    let isNear = place < 2 || (place >= start - 2 && place < end + 2)
                    return isNear && !(start..<end).contains(place)
                        && (me[words[place]] ?? 0) & verb.languages != 0
                }
                if isMine { return .sender }
                found = .somebody
            }
        }
        return found
    }

    /// Whether a line begins with a word for "wrote".
    func beginsWithVerb(_ line: ArraySlice<UInt8>) -> Bool {
        let words = Self.words(line.prefix(120))
        guard let first = words.first else { return false }
        return (verbs[first] ?? []).contains { words.starts(with: $0.words) }
    }

    /// The folded words of a text with single spaces between.
    private static func fold(_ text: String) -> [UInt8] { fold(ArraySlice(text.utf8)) }

    private static func fold(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let cut = TokenText(bytes: Array(bytes))
        var result: [UInt8] = []
        for index in cut.tokens.indices {
            if index > 0 { result.append(0x20) }
            result.append(contentsOf: cut.word(index))
        }
        return result
    }

    private static func words(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        let cut = TokenText(bytes: Array(bytes))
        return cut.tokens.indices.map { Array(cut.word($0)) }
    }
}
