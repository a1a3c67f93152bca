/// The sentences of our replies in all languages, compiled to be found at the beginning of a line.
///
/// They are compared as they stand, but for how blanks and line breaks fall. In a long line, where a program may have run
/// a whole reply together, they are found anywhere.
struct OwnSentences: Sendable {
    enum Place: Sendable { case headline, inner, footer }

    /// A sentence found in a text.
    struct Hit {
        let place: Place
        let lastLine: Int
        /// Long enough that nobody else writes it by chance.
        let isDistinct: Bool
    }

    private struct Sentence: Sendable {
        let bytes: [UInt8]
        let place: Place
        /// Something that differs from mail to mail follows.
        let isOpen: Bool
        let words: Int
    }

    /// By the first bytes.
    private var sentences: [UInt64: [Sentence]] = [:]
    private var greetings: [(before: [UInt8], after: [UInt8])] = []
    let list: OwnList
    private static let keyLength = 8

    init(_ wordings: [OwnWording]) {
        list = OwnList(wordings)
        for wording in wordings {
            add(wording.footer, .footer)
            for text in wording.headlines { add(text, .headline) }
            for text in wording.sentences { add(text, .inner) }
            let (before, after) = Self.parted(wording.greeting)
            if !before.isEmpty, let after { greetings.append((before, after)) }
        }
    }

    var isEmpty: Bool { sentences.isEmpty }

    /// What sentence of ours begins with a line, perhaps behind a number or a bullet.
    func hit(in lines: TextLines, at index: Int) -> Hit? {
        let line = lines[index]
        guard line.count >= Self.keyLength else { return nil }
        return hit(in: lines, at: index, start: OwnList.afterBullet(line))
    }

    /// Whether a line, or one wrapped into several, holds two sentences of ours, wherever: then it is all ours, as our
    /// replies put names between them.
    func areRunTogether(in lines: TextLines, _ range: ClosedRange<Int>) -> Bool {
        guard lines.joined(range).count >= 120 else { return false }
        var found = 0
        for index in range {
            let line = lines[index]
            var at = line.startIndex
            while at < line.endIndex {
                if at > line.startIndex, !line[at - 1].isBlank, line[at - 1] < 0x80 {
                    at += 1
                } else if let hit = hit(in: lines, at: index, start: at), hit.isDistinct {
                    found += 1
                    if found == 2 { return true }
                    // Hardly any sentence is shorter, and none begins inside another.
                    at += 16
                } else {
                    at += 1
                }
            }
        }
        return false
    }

    private func hit(in lines: TextLines, at index: Int, start: Int) -> Hit? {
        guard let key = Self.key(lines.source[start..<lines[index].endIndex]), let candidates = sentences[key] else {
            return nil
        }
        var best: Hit?
        for sentence in candidates {
            guard let last = end(of: sentence, in: lines, line: index, start: start) else { continue }
            if let best, last < best.lastLine { continue }
            best = Hit(place: sentence.place, lastLine: last, isDistinct: sentence.words >= 4)
        }
        return best
    }

    /// Whether a line is how a reply of ours addresses its reader.
    func isGreeting(_ line: ArraySlice<UInt8>) -> Bool {
        line.count < 200
            && greetings.contains { before, after in
                line.count > before.count + after.count && line.starts(with: before)
                    && line.suffix(after.count).elementsEqual(after)
            }
    }

    private mutating func add(_ text: String, _ place: Place) {
        let (bytes, rest) = Self.parted(text)
        let words = bytes.split(separator: 0x20).count
        // A headline counts only together with what follows it.
        guard words >= (place == .headline ? 2 : 4), let key = Self.key(bytes[...]) else { return }
        sentences[key, default: []].append(Sentence(bytes: bytes, place: place, isOpen: rest != nil, words: words))
    }

    /// A phrase before and behind its first placeholder, blanks as single spaces.
    private static func parted(_ text: String) -> (before: [UInt8], after: [UInt8]?) {
        let bytes = Array(text.utf8)
        guard let open = bytes.indices.dropLast().first(where: { bytes[$0] == 0x7B && bytes[$0 + 1] == 0x7B }) else {
            return (plain(bytes), nil)
        }
        let close = bytes.lastIndex(of: 0x7D) ?? bytes.count - 1
        return (plain(Array(bytes[..<open])), plain(Array(bytes[(close + 1)...])))
    }

    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        while at < bytes.count {
            let blank = bytes[at].isBlank ? 1 : TextLines.invisible(bytes, at, bytes.count)
            if blank == 0 {
                result.append(bytes[at])
            } else if result.last != 0x20, !result.isEmpty {
                result.append(0x20)
            }
            at += max(1, blank)
        }
        if result.last == 0x20 { result.removeLast() }
        return result
    }

    private static func key(_ bytes: ArraySlice<UInt8>) -> UInt64? {
        guard bytes.count >= keyLength else { return nil }
        return bytes.prefix(keyLength).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The line that a sentence ends on, where it begins at `start`; it may be wrapped, but not over a blank line.
    private func end(of sentence: Sentence, in lines: TextLines, line first: Int, start: Int) -> Int? {
        let source = lines.source
        var line = first
        var at = start
        var end = lines[first].endIndex
        for byte in sentence.bytes {
            if byte == 0x20 {
                if at == end {
                    guard line + 1 < lines.count, !lines.isBlank(line + 1) else { return nil }
                    line += 1
                    at = lines[line].startIndex
                    end = lines[line].endIndex
                    continue
                }
                var blanks = 0
                while at < end {
                    let length = source[at].isBlank ? 1 : TextLines.invisible(source, at, end)
                    if length == 0 { break }
                    at += length
                    blanks += 1
                }
                guard blanks > 0 else { return nil }
            } else {
                guard at < end, source[at] == byte else { return nil }
                at += 1
            }
        }
        if sentence.isOpen || at == end { return line }
        return source[at].isBlank ? line : nil
    }
}
