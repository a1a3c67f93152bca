/// Puts the texts of a mail together: which version counts, and what of it is new.
///
/// **Versions of the same text** (`multipart/alternative`): a person may have seen either, and a program that shows one
/// may hide the other. So the plain version is read, and a word in it counts only if the HTML version's visible new text
/// has it too. Where the plain version is empty or a mere stub ("your program can't show HTML"), the HTML alone counts;
/// where there is no HTML, the plain alone.
struct BodyReader {
    /// Octets of one text that are looked at at all; people's mails have a few thousand.
    static let mostSource = 1024 * 1024
    /// Octets of new text that are read.
    static let mostNewText = 256 * 1024

    private(set) var bytes: [UInt8] = []
    private(set) var leftOut: [MailReading.LeftOut] = []
    /// Stretches of `bytes` whose words count only if the set has them.
    private(set) var confirmations: [(range: Range<Int>, known: WordSet)] = []
    /// `bytes` cut into words, where that has been done already.
    private(set) var words: TokenText?

    private let marks: ReplyMarks
    private let ownMarks: [String]

    init(_ body: [BodyText], marks: ReplyMarks, ownMarks: [String]) {
        self.marks = marks
        self.ownMarks = ownMarks
        var done: Set<Int> = []
        for text in body {
            if let number = text.alternative {
                guard done.insert(number).inserted else { continue }
                take(versions: body.filter { $0.alternative == number })
            } else {
                append(new(text), confirmedBy: nil)
            }
        }
    }

    private mutating func take(versions: [BodyText]) {
        let plain = joined(versions.filter { $0.kind == .plain })
        let html = joined(versions.filter { $0.kind == .html })
        guard let html else { return append(plain, confirmedBy: nil) }
        guard let plain else { return append(html, confirmedBy: nil) }
        let htmlWords = TokenText(bytes: html.bytes)
        let plainWords = TokenText(bytes: plain.bytes)
        if htmlWords.tokens.isEmpty { return append(plain, plainWords, confirmedBy: nil) }
        if plainWords.tokens.count * 4 < htmlWords.tokens.count { return append(html, htmlWords, confirmedBy: nil) }
        var known = WordSet()
        for index in htmlWords.tokens.indices { known.insert(htmlWords.word(index)) }
        append(plain, plainWords, confirmedBy: known)
    }

    private mutating func joined(_ texts: [BodyText]) -> NewText? {
        guard let first = texts.first else { return nil }
        guard texts.count > 1 else { return new(first) }
        return NewText(texts.map { visible($0) }.joined(separator: "\n\n"), marks: marks, ownMarks: ownMarks)
    }

    private mutating func new(_ text: BodyText) -> NewText { NewText(visible(text), marks: marks, ownMarks: ownMarks) }

    private mutating func visible(_ text: BodyText) -> String {
        let source = Self.cut(text.text, to: Self.mostSource)
        if source.utf8.count < text.text.utf8.count {
            let rest = String(decoding: text.text.utf8.dropFirst(source.utf8.count), as: UTF8.self)
            leftOut.append(.init(text: rest, cause: .tooLong))
        }
        guard text.kind == .html else { return source }
        let visible = VisibleText(ofHTML: source)
        if visible.isCut { leftOut.append(.init(text: "", cause: .tooLong)) }
        return visible.text
    }

    /// `words`: the text cut into words, where that has been done already.
    private mutating func append(_ text: NewText?, _ words: TokenText? = nil, confirmedBy known: WordSet?) {
        guard let text else { return }
        leftOut += text.leftOut
        guard !text.bytes.isEmpty else { return }
        self.words = bytes.isEmpty && text.bytes.count <= Self.mostNewText ? words : nil
        if !bytes.isEmpty { bytes += [0x0A, 0x0A] }
        let start = bytes.count
        let room = Self.mostNewText - start
        if text.bytes.count <= room {
            bytes += text.bytes
        } else {
            var end = max(0, room)
            // Never inside a scalar.
            while end > 0, text.bytes[end] & 0xC0 == 0x80 { end -= 1 }
            bytes += text.bytes[..<end]
            leftOut.append(.init(text: String(decoding: text.bytes[end...], as: UTF8.self), cause: .tooLong))
        }
        if let known { confirmations.append((start..<bytes.count, known)) }
    }

    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var kept = Array(text.utf8.prefix(limit))
        while let last = kept.last, last & 0xC0 == 0x80 { kept.removeLast() }
        if let last = kept.last, last >= 0xC0 { kept.removeLast() }
        return String(decoding: kept, as: UTF8.self)
    }
}
