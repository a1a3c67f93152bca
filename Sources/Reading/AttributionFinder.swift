/// Finds the lines by which mail programs say whose words follow: "On 2 Nov 2026 at 10:15, Ana <ana@drvo.example> wrote:".
///
/// They end with a colon and are wrapped over up to four lines. A person's sentence ("I wrote to you on 3 Nov at 10:15:")
/// is told from them by the word beside the verb, by the time of day or by the address that it lacks.
struct AttributionFinder {
    struct Found {
        let lines: ClosedRange<Int>
        /// Whether it can't be but a program's, so that what stands below is quoted even without marks.
        let isCertain: Bool
    }

    private let lines: TextLines
    private let marks: ReplyMarks
    private static let mostLines = 4
    private static let mostBytes = 500

    init(_ lines: TextLines, marks: ReplyMarks) {
        self.lines = lines
        self.marks = marks
    }

    /// The attribution that ends with line `last`. `isFree` says whether a line is part of nothing else.
    func found(endingAt last: Int, isFree: (Int) -> Bool) -> Found? {
        guard lines[last].last == 0x3A else { return nil }
        var nameless: Int?
        var length = 0
        var first = last
        while first >= 0, last - first < Self.mostLines, isFree(first), !lines.isBlank(first) {
            length += lines[first].count
            if length > Self.mostBytes { break }
            let text = lines.joined(first...last)
            if last - first < 2, isDatedAddress(text) { return whole(first, last, isFree, isCertain: true) }
            let digits = DateSigns.digitsOutsideAddresses(text)
            let hasAddress = text.contains(0x40)
            if digits >= 3 || hasAddress, let writer = marks.writer(text) {
                if writer == .sender, !hasBracketedAddress(text) { return nil }
                if digits >= 3 {
                    let isCertain = hasAddress || DateSigns.hasTime(text) || isDateFirst(text)
                    return whole(first, last, isFree, isCertain: isCertain)
                }
                // Without a date; perhaps it stands on the line above.
                if nameless == nil { nameless = first }
            }
            first -= 1
        }
        return nameless.map { whole($0, last, isFree, isCertain: true) }
    }

    /// With the lines above that must belong to it: where it begins with the address or the verb, where its date is
    /// missing, or where the line above is so long that its next word did not fit.
    private func whole(_ start: Int, _ last: Int, _ isFree: (Int) -> Bool, isCertain: Bool) -> Found {
        var first = start
        while first > 0, last - first + 1 < Self.mostLines, isFree(first - 1), !lines.isBlank(first - 1),
            isTorn(from: first - 1, first...last)
        {
            first -= 1
        }
        return Found(lines: first...last, isCertain: isCertain)
    }

    private func isTorn(from above: Int, _ range: ClosedRange<Int>) -> Bool {
        let line = lines[range.lowerBound]
        if line.first == 0x3C || line.first == 0x28 { return true }
        let word = line.prefix { !$0.isBlank }
        if lines.width(above) + 1 + word.count > 66 { return true }
        if marks.beginsWithVerb(line) { return true }
        return !DateSigns.hasYear(lines.joined(range)) && DateSigns.hasYear(lines[above]) && lines[above].count < 100
    }

    /// Whether an address stands as programs write it, right behind a bracket: `<ana@drvo.example>`.
    private func hasBracketedAddress(_ text: ArraySlice<UInt8>) -> Bool {
        var isInside = false
        for byte in text {
            if byte == 0x40, isInside { return true }
            if byte == 0x3C || byte == 0x28 || byte == 0x5B {
                isInside = true
            } else if byte.isBlank {
                isInside = false
            }
        }
        return false
    }

    /// "2026-11-02 10:15 Ana <ana@drvo.example>:" without a word for "wrote".
    private func isDatedAddress(_ line: ArraySlice<UInt8>) -> Bool {
        let end = line.suffix(2)
        guard end.elementsEqual(">:".utf8) || end.elementsEqual("):".utf8), line.contains(0x40),
            let open = line.lastIndex(where: { $0 == 0x3C || $0 == 0x28 })
        else { return false }
        let before = line[..<open]
        guard line[open...].contains(0x40) else { return false }
        return DateSigns.digitsOutsideAddresses(before) >= 6 && (DateSigns.hasTime(before) || DateSigns.hasYear(before))
    }

    /// "On 2 Nov 2026, Ana wrote:": a year, and a figure among the first four words.
    private func isDateFirst(_ text: ArraySlice<UInt8>) -> Bool {
        guard DateSigns.hasYear(text) else { return false }
        return text.split(maxSplits: 4, whereSeparator: \.isBlank).prefix(4).contains { word in
            word.first.map(DateSigns.isDigit) ?? false
        }
    }
}
