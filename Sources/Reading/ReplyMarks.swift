/// What mail programs write above a quoted or forwarded mail, in all languages, compiled for look-up.
struct ReplyMarks: Sendable {
    /// A label of a header block.
    enum Label: Sendable, Hashable { case from, sent, to, cc, subject }

    private var labels: [[UInt8]: Set<Label>] = [:]
    private var originals: Set<[UInt8]> = []
    private var wrote: [[UInt8]] = []

    init(_ languages: [LanguageTerms.ReplyWords]) {
        for words in languages {
            for (list, label) in [
                (words.from, Label.from), (words.sent, .sent), (words.to, .to), (words.cc, .cc),
                (words.subject, .subject),
            ] {
                for word in list { labels[Self.fold(word), default: []].insert(label) }
            }
            for title in words.original { originals.insert(Self.fold(title)) }
            for verb in words.wrote where !wrote.contains(Self.fold(verb)) { wrote.append(Self.fold(verb)) }
        }
    }

    /// The labels that a line may begin with, where it is a line of a header block.
    func labels(of line: ArraySlice<UInt8>) -> Set<Label> {
        guard let colon = line.prefix(40).firstIndex(of: 0x3A), colon > line.startIndex else { return [] }
        let folded = Self.fold(line[line.startIndex..<colon])
        return folded.isEmpty ? [] : labels[folded] ?? []
    }

    /// Whether a line is a title such as `-----Original Message-----`.
    func isOriginal(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count < 120, line.count > 5 else { return false }
        let dashes = line.first == 0x2D || line.first == 0x5F || line.first == 0x3D || line.first == 0x2A
        guard dashes || line.last == 0x3A else { return false }
        let folded = Self.fold(line)
        return originals.contains(folded) || (isRuled(line) && isOneWordForOriginal(folded))
    }

    /// Whether dashes stand on both sides.
    private func isRuled(_ line: ArraySlice<UInt8>) -> Bool {
        line.prefix(2).elementsEqual("--".utf8) && line.suffix(2).elementsEqual("--".utf8)
    }

    /// `Original` alone, in the languages that say it so.
    private func isOneWordForOriginal(_ folded: [UInt8]) -> Bool {
        !folded.contains(0x20) && (folded.starts(with: "origin".utf8) || folded.starts(with: "orygin".utf8))
    }

    /// Whether a line says that somebody wrote something: it has a word for "wrote".
    func saysWrote(_ line: ArraySlice<UInt8>) -> Bool {
        let folded = [0x20] + Self.fold(line) + [0x20]
        return wrote.contains { Self.contains(folded, [0x20] + $0 + [0x20]) }
    }

    /// The folded words of a text with single spaces between.
    static func fold(_ text: String) -> [UInt8] { fold(ArraySlice(text.utf8)) }

    static func fold(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let cut = TokenText(bytes: Array(bytes))
        var result: [UInt8] = []
        for index in cut.tokens.indices {
            if index > 0 { result.append(0x20) }
            result.append(contentsOf: cut.word(index))
        }
        return result
    }

    private static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        guard needle.count <= bytes.count else { return false }
        for start in 0...(bytes.count - needle.count) where bytes[start] == needle[0] {
            if bytes[start..<(start + needle.count)].elementsEqual(needle) { return true }
        }
        return false
    }
}
