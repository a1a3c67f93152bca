/// Parts a body into what the sender wrote now and what was there before.
///
/// Lines quoted with `>` (or `|`, `»`, `AB>`) go wherever they stand, so that answers between them stay. What follows a header block
/// (Outlook), a title such as `-----Original Message-----` or an unquoted "… wrote:" line goes to the end of the
/// text: programs that quote so put the new words on top. From a line with a mark of ours on, the paragraph and all
/// below it is ours. Signatures stay: a name often stands only there.
struct NewText {
    /// UTF-8 of the lines that count, LF between them.
    private(set) var bytes: [UInt8] = []
    private(set) var leftOut: [MailReading.LeftOut] = []

    private typealias Cause = MailReading.LeftOut.Cause
    private let source: [UInt8]
    private var lines: [Range<Int>] = []
    private var causes: [Cause?] = []
    private let marks: ReplyMarks
    /// Labels that lines begin with, each line looked at once.
    private var labelCache: [Int: Set<ReplyMarks.Label>] = [:]

    init(_ text: String, marks: ReplyMarks, ownMarks: [String] = []) {
        source = Array(text.utf8)
        self.marks = marks
        split()
        markReplies()
        markOwnWords(ownMarks.map { Array($0.utf8) }.filter { !$0.isEmpty })
        collect()
    }

    private mutating func split() {
        var start = 0
        var at = 0
        while at <= source.count {
            if at == source.count || source[at] == 0x0A {
                let end = at > start && source[at - 1] == 0x0D ? at - 1 : at
                lines.append(start..<end)
                start = at + 1
            }
            at += 1
        }
        let quotes = QuotePrefix(source)
        causes = lines.map { quotes.isQuoted($0) ? .quoted : nil }
        for index in quotes.initialled(lines) { causes[index] = .quoted }
    }

    private mutating func markReplies() {
        var index = 0
        while index < lines.count {
            defer { index += 1 }
            guard causes[index] == nil else { continue }
            let line = trimmed(index)
            guard !line.isEmpty else { continue }
            if marks.isOriginal(line) {
                causes[index] = .forwarded
                if !isFollowedByQuote(index) { return leaveOut(from: index, .forwarded) }
            } else if isHeaderBlock(at: index) || isHeaderPair(at: index) {
                return leaveOut(from: startOfRule(above: index), .quoted)
            } else if line.last == 0x3A, let first = startOfReplyHeader(endingAt: index) {
                if isFollowedByQuote(index) {
                    for place in first...index { causes[place] = .replyHeader }
                } else if hasTimeOrAddress(first...index) {
                    for place in first...index { causes[place] = .replyHeader }
                    return leaveOut(from: index + 1, .quoted)
                }
            }
        }
    }

    private mutating func leaveOut(from first: Int, _ cause: Cause) {
        for place in first..<max(first, lines.count) where causes[place] == nil { causes[place] = cause }
    }

    /// `From:` with at least two more of `Sent:`, `To:`, `Subject:`, `Cc:` in the next lines.
    private mutating func isHeaderBlock(at index: Int) -> Bool {
        guard labels(index).contains(.from) else { return false }
        var others: Set<ReplyMarks.Label> = []
        var place = index + 1
        var blanks = 0
        while place < lines.count, place <= index + 12 {
            let line = trimmed(place)
            if line.isEmpty {
                blanks += 1
                if blanks > 4 { break }
            } else {
                others.formUnion(labels(place).subtracting([.from]))
            }
            place += 1
        }
        return others.count >= 2 && !others.isDisjoint(with: [.subject, .sent])
    }

    /// `From:` and `Date:` alone, either first, with a blank line or more of a header after them and words above them:
    /// at the very top they are a letter's head.
    private mutating func isHeaderPair(at index: Int) -> Bool {
        guard index > 0, index + 1 < lines.count else { return false }
        let (first, second) = (labels(index), labels(index + 1))
        guard
            (first.contains(.from) && second.contains(.sent)) || (first.contains(.sent) && second.contains(.from)),
            index + 2 >= lines.count || trimmed(index + 2).isEmpty || !labels(index + 2).isEmpty
        else { return false }
        return lines[..<index].indices.contains { causes[$0] == nil && !trimmed($0).isEmpty }
    }

    private mutating func labels(_ index: Int) -> Set<ReplyMarks.Label> {
        let line = trimmed(index)
        // Most lines hold no colon near their beginning.
        guard line.prefix(40).contains(0x3A) else { return [] }
        if let known = labelCache[index] { return known }
        let labels = marks.labels(of: line)
        labelCache[index] = labels
        return labels
    }

    /// Outlook rules a line above the block.
    private func startOfRule(above index: Int) -> Int {
        var place = index
        while place > 0, causes[place - 1] == nil {
            let line = trimmed(place - 1)
            if line.isEmpty {
                place -= 1
            } else if line.count >= 8, line.allSatisfy({ $0 == 0x5F || $0 == 0x2D }) {
                return place - 1
            } else {
                break
            }
        }
        return index
    }

    /// The first line of an "On … wrote:" header that ends with line `last`; programs wrap it over up to three lines.
    private func startOfReplyHeader(endingAt last: Int) -> Int? {
        var first = last
        var length = 0
        while first >= 0, last - first < 3, causes[first] == nil {
            let line = trimmed(first)
            length += line.count
            if line.isEmpty || length > 500 { return nil }
            let joined = source[lines[first].lowerBound..<lines[last].upperBound]
            if digitsOutsideAddresses(joined) >= 3, marks.saysWrote(joined) { return first }
            if first == last, isDatedAddress(line) { return first }
            first -= 1
        }
        return nil
    }

    /// "2026-11-02 10:15 Ana <ana@drvo.example>:" without a word for "wrote".
    private func isDatedAddress(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.suffix(2).elementsEqual(">:".utf8), let open = line.lastIndex(of: 0x3C),
            line[open...].contains(0x40)
        else { return false }
        let before = line[..<open]
        return digitsOutsideAddresses(before) >= 6 && hasTimeOrYear(before)
    }

    /// "10:15", or four digits that begin with 19 or 20.
    private func hasTimeOrYear(_ bytes: ArraySlice<UInt8>) -> Bool {
        for run in bytes.split(omittingEmptySubsequences: true, whereSeparator: { $0 < 0x30 || $0 > 0x3A }) {
            if run.count == 4, run.starts(with: "20".utf8) || run.starts(with: "19".utf8), !run.contains(0x3A) {
                return true
            }
            let parts = run.split(separator: 0x3A, omittingEmptySubsequences: false)
            if parts.count >= 2, (1...2).contains(parts[0].count), parts[1].count == 2 { return true }
        }
        return false
    }

    private func digitsOutsideAddresses(_ bytes: ArraySlice<UInt8>) -> Int {
        var inside = false
        var digits = 0
        for byte in bytes {
            if byte == 0x3C { inside = true } else if byte == 0x3E { inside = false }
            if !inside, byte >= 0x30, byte <= 0x39 { digits += 1 }
        }
        return digits
    }

    private func hasTimeOrAddress(_ range: ClosedRange<Int>) -> Bool {
        let bytes = source[lines[range.lowerBound].lowerBound..<lines[range.upperBound].upperBound]
        if bytes.contains(0x40) { return true }
        for at in bytes.indices.dropFirst().dropLast(2) where bytes[at] == 0x3A || bytes[at] == 0x2E {
            let around = [bytes[at - 1], bytes[at + 1], bytes[at + 2]]
            if around.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return true }
        }
        return false
    }

    private func isFollowedByQuote(_ index: Int) -> Bool {
        var place = index + 1
        while place < lines.count, place <= index + 4 {
            if causes[place] == .quoted { return true }
            if !trimmed(place).isEmpty { return false }
            place += 1
        }
        return false
    }

    private mutating func markOwnWords(_ ownMarks: [[UInt8]]) {
        guard !ownMarks.isEmpty else { return }
        guard
            let hit = lines.indices.first(where: { index in
                causes[index] == nil && ownMarks.contains { Self.contains(source[lines[index]], $0) }
            })
        else { return }
        var first = hit
        while first > 0, causes[first - 1] == nil, !trimmed(first - 1).isEmpty { first -= 1 }
        leaveOut(from: first, .ownWords)
    }

    private static func contains(_ bytes: ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
        guard mark.count <= bytes.count else { return false }
        var start = bytes.startIndex
        while start + mark.count <= bytes.endIndex {
            if bytes[start] == mark[0], bytes[start..<(start + mark.count)].elementsEqual(mark) { return true }
            start += 1
        }
        return false
    }

    private mutating func collect() {
        var index = 0
        var isFirst = true
        var gap = false
        bytes.reserveCapacity(source.count)
        while index < lines.count {
            if let cause = causes[index] {
                var end = index
                while end + 1 < lines.count, causes[end + 1] == cause { end += 1 }
                let range = lines[index].lowerBound..<lines[end].upperBound
                leftOut.append(.init(text: String(decoding: source[range], as: UTF8.self), cause: cause))
                index = end + 1
                gap = true
            } else {
                // What stood around a quote is not one sentence.
                if !isFirst { bytes.append(contentsOf: gap ? [0x0A, 0x0A] : [0x0A]) }
                isFirst = false
                gap = false
                bytes.append(contentsOf: source[lines[index]])
                index += 1
            }
        }
    }

    /// A line without blanks, no-break spaces and the asterisks of bold type at its ends.
    private func trimmed(_ index: Int) -> ArraySlice<UInt8> {
        var line = source[lines[index]]
        while let byte = line.first {
            if byte.isBlank || byte == 0x2A {
                line = line.dropFirst()
            } else if byte == 0xC2, line.dropFirst().first == 0xA0 {
                line = line.dropFirst(2)
            } else {
                break
            }
        }
        while let byte = line.last {
            if byte.isBlank || byte == 0x2A {
                line = line.dropLast()
            } else if byte == 0xA0, line.dropLast().last == 0xC2 {
                line = line.dropLast(2)
            } else {
                break
            }
        }
        return line
    }
}
