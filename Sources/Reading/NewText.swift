/// Parts a body into what the sender wrote now and what was there before.
///
/// - Lines quoted with `>` (or `|`, `»`, `AB>`) go wherever they stand, so that answers between them stay.
/// - What follows a header block (Outlook, Notes), a title such as `-----Original Message-----` or an unquoted
///   "… wrote:" line goes to the end of the text, for nothing shows where the older mail ends; so words that somebody
///   wrote *below* a forwarded mail don't count. Where the older mail is quoted with marks, only the header goes.
/// - A reply of ours goes without any marks, from its greeting to its last sentence. What stands below that is new, as our
///   replies quote nobody. From a line with a mark of ours on, the paragraph and all below it is ours.
/// - Signatures stay, and so do "Sent from my phone" lines: a name often stands only there.
struct NewText {
    /// UTF-8 of the lines that count, LF between them.
    private(set) var bytes: [UInt8] = []
    private(set) var leftOut: [MailReading.LeftOut] = []

    private typealias Cause = MailReading.LeftOut.Cause
    private let lines: TextLines
    private var causes: [Cause?] = []
    private let marks: ReplyMarks

    init(_ text: String, marks: ReplyMarks, ownMarks: [String] = []) {
        lines = TextLines(text)
        self.marks = marks
        causes = QuotedLines(lines).causes
        markOwnReplies()
        markOwnList()
        markReplies()
        markOwnWords(ownMarks.map { Array($0.utf8) }.filter { !$0.isEmpty })
        collect()
    }

    private mutating func leaveOut(from first: Int, to last: Int? = nil, _ cause: Cause) {
        for place in first..<max(first, (last ?? lines.count - 1) + 1) where causes[place] == nil {
            causes[place] = cause
        }
    }

    // MARK: Other people's words

    private mutating func markReplies() {
        var blocks = HeaderBlocks(lines, marks: marks)
        let attributions = AttributionFinder(lines, marks: marks)
        var hasWords = false
        var dated: Int?
        var index = 0
        while index < lines.count {
            defer { index += 1 }
            if causes[index] == .quoted, isBanner(index) { return leaveOut(from: index + 1, .quoted) }
            guard causes[index] == nil, !lines.isBlank(index) else { continue }
            if let last = lastOfTitle(at: index, &blocks) {
                if !isFollowedByQuote(last) { return leaveOut(from: index, .forwarded) }
                leaveOut(from: index, to: last, .forwarded)
                index = last
            } else if let last = blocks.end(from: index, isBelowWords: hasWords, isRuled: isBelowRule(index)) {
                let first = startOfRule(above: index)
                if !isFollowedByQuote(last) { return leaveOut(from: first, .quoted) }
                leaveOut(from: first, to: last, .replyHeader)
                index = last
            } else if let found = attributions.found(endingAt: index, isFree: { causes[$0] == nil }) {
                if isFollowedByQuote(index) {
                    leaveOut(from: found.lines.lowerBound, to: index, .replyHeader)
                } else if found.isCertain {
                    leaveOut(from: found.lines.lowerBound, to: index, .replyHeader)
                    return leaveOut(from: index + 1, .quoted)
                }
            } else if isSnippet(index) {
                return leaveOut(from: index, .quoted)
            } else if let dated, dated >= index - 6, let first = blocks.startOfBareBlock(to: index, dated: dated) {
                return leaveOut(from: first, .quoted)
            } else if DateSigns.hasTime(lines[index]) {
                dated = index
                hasWords = true
            } else if !lines.isRule(index), blocks.labels(index).isEmpty {
                hasWords = true
            }
        }
    }

    /// The last line of the title that begins here, header lines below it included; nil where there is no title.
    private func lastOfTitle(at index: Int, _ blocks: inout HeaderBlocks) -> Int? {
        let line = lines[index]
        let isKnown = marks.isTitle(line)
        guard isKnown || ReplyMarks.isRuled(line) else { return nil }
        let block = lines.next(after: index, within: 3).flatMap { next in
            causes[next] == nil ? blocks.end(from: next, isBelowWords: true, isRuled: true) : nil
        }
        if isKnown { return block ?? index }
        // In words that the lexicon lacks: what it says or what follows shows it.
        let isTitle = block != nil || DateSigns.hasTime(line) || line.contains(0x40) || marks.writer(line) != nil
        return isTitle ? block ?? index : nil
    }

    /// GroupWise: `>>> Ana <ana@drvo.example> 02.11.2026 10:15 >>>`, and the older mail below it without marks.
    private func isBanner(_ index: Int) -> Bool {
        let line = lines[index]
        return line.count < 300 && line.starts(with: ">>>".utf8) && line.suffix(3).elementsEqual(">>>".utf8)
            && (line.contains(0x40) || DateSigns.hasTime(line)) && !isFollowedByQuote(index)
    }

    /// Notes: `Ana Horvat---02.11.2026 10:15:12---Dear colleagues, …`, the beginning of the older mail.
    private func isSnippet(_ index: Int) -> Bool {
        let line = lines[index]
        guard line.contains(0x2D) else { return false }
        var dashes = 0
        var dated: Int?
        for at in line.indices {
            if line[at] == 0x2D {
                dashes += 1
                if dashes == 3, let dated, DateSigns.hasTime(line[dated..<at]) { return true }
            } else {
                if dashes >= 3 { dated = DateSigns.isDigit(line[at]) ? at : nil }
                if let start = dated, at - start > 40 { dated = nil }
                dashes = 0
            }
        }
        return false
    }

    private func isBelowRule(_ index: Int) -> Bool { startOfRule(above: index) < index }

    /// Outlook rules a line above the block.
    private func startOfRule(above index: Int) -> Int {
        var place = index
        while place > max(0, index - 4), causes[place - 1] == nil {
            if lines.isBlank(place - 1) {
                place -= 1
            } else {
                return lines.isRule(place - 1) ? place - 1 : index
            }
        }
        return index
    }

    /// Whether the next words are quoted by marks, or are a reply of ours, so that their end is known.
    private func isFollowedByQuote(_ index: Int) -> Bool {
        guard let next = lines.next(after: index, within: 4) else { return false }
        return causes[next] == .quoted || causes[next] == .ownWords
    }

    // MARK: Our words

    /// Our replies, quoted without marks: a headline of ours, another sentence of ours soon below it.
    private mutating func markOwnReplies() {
        guard !marks.own.isEmpty else { return }
        var index = 0
        while index < lines.count {
            defer { index += 1 }
            guard causes[index] == nil, let hit = marks.own.hit(in: lines, at: index) else { continue }
            if hit.place == .headline, hasSentence(below: hit.lastLine) {
                let last = lastOfFooter(below: hit.lastLine)
                leaveOut(from: greeting(above: index), to: last, .ownWords)
                guard let last else { return }
                index = last
            } else if hit.isDistinct {
                leaveOut(from: index, to: hit.lastLine, .ownWords)
                index = hit.lastLine
            }
        }
        var first = 0
        while first < lines.count {
            var last = first
            while last + 1 < lines.count, causes[last + 1] != .quoted, lines.isWrapped(after: last) { last += 1 }
            if causes[first] != .quoted, marks.own.areRunTogether(in: lines, first...last) {
                leaveOut(from: first, to: last, .ownWords)
            }
            first = last + 1
        }
    }

    /// The list of a reply of ours that stands without the reply's beginning: it names what was wanted.
    private mutating func markOwnList() {
        guard !marks.own.isEmpty else { return }
        var sign: Int?
        var goesOn = false
        for index in 0..<lines.count {
            let isTorn = goesOn && !lines.isBlank(index)
            goesOn = false
            if lines.isBlank(index) { continue }
            let isSign = marks.own.list.isSign(lines[index])
            if isSign { sign = index }
            guard let sign, index - sign <= 15, isSign || isTorn || marks.own.list.isItem(lines[index]) else {
                continue
            }
            if causes[index] == nil { causes[index] = .ownWords }
            guard !isSign || marks.own.list.isRule(lines[index]) else { continue }
            goesOn = marks.own.list.isBareItem(lines[index]) || lines.isWrapped(after: index)
        }
    }

    private func hasSentence(below line: Int) -> Bool {
        ((line + 1)..<max(line + 1, min(line + 16, lines.count))).contains { place in
            causes[place] == nil && marks.own.hit(in: lines, at: place) != nil
        }
    }

    /// The end of the footer that ends the reply; nil where it has been cut off.
    private func lastOfFooter(below line: Int) -> Int? {
        for place in (line + 1)..<max(line + 1, lines.count) where causes[place] == nil {
            guard let hit = marks.own.hit(in: lines, at: place), hit.place == .footer else { continue }
            // Its address may have been wrapped.
            let next = hit.lastLine + 1
            let isWrapped =
                next < lines.count && causes[next] == nil && lines[next].first != 0x3C
                && lines[next].count < 100 && lines[next].contains(0x40) && !lines[next].contains(0x20)
            return isWrapped ? next : hit.lastLine
        }
        return nil
    }

    private func greeting(above index: Int) -> Int {
        var place = index - 1
        while place >= 0, place >= index - 4, causes[place] == nil {
            if !lines.isBlank(place) { return marks.own.isGreeting(lines[place]) ? place : index }
            place -= 1
        }
        return index
    }

    private mutating func markOwnWords(_ ownMarks: [[UInt8]]) {
        guard !ownMarks.isEmpty else { return }
        guard
            let hit = lines.whole.indices.first(where: { index in
                causes[index] == nil
                    && ownMarks.contains { Self.contains(lines.source[lines.whole[index]], $0) }
            })
        else { return }
        var first = hit
        while first > 0, causes[first - 1] == nil, !lines.isBlank(first - 1) { first -= 1 }
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

    // MARK: What is left

    private mutating func collect() {
        var index = 0
        var isFirst = true
        var gap = false
        bytes.reserveCapacity(lines.source.count)
        while index < lines.count {
            if let cause = causes[index] {
                var end = index
                while end + 1 < lines.count, causes[end + 1] == cause { end += 1 }
                let range = lines.whole[index].lowerBound..<lines.whole[end].upperBound
                leftOut.append(.init(text: String(decoding: lines.source[range], as: UTF8.self), cause: cause))
                index = end + 1
                gap = true
            } else {
                // What stood around a quote is not one sentence.
                if !isFirst { bytes.append(contentsOf: gap ? [0x0A, 0x0A] : [0x0A]) }
                isFirst = false
                gap = false
                bytes.append(contentsOf: lines.source[lines.whole[index]])
                index += 1
            }
        }
    }
}
