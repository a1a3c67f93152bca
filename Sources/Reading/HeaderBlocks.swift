/// Finds the header lines that mail programs copy above an older mail: `From:`, `Sent:`, `To:`, `Subject:` in any
/// order and language.
///
/// A person's form or letterhead may have such labels, too. What tells a program's block is an address in `From:`, a
/// time of day in `Sent:`, all four labels with the date second, a rule or a title above it. Without any of these a block counts only where words stand above
/// it and `Subject:` is one of three labels; that may cut a form, never keep an older mail.
struct HeaderBlocks {
    private let lines: TextLines
    private let marks: ReplyMarks
    /// The labels of the lines looked at so far.
    private var known: [ReplyMarks.Labels?]

    /// Lines below the first in which the labels are sought.
    private static let reach = 24

    init(_ lines: TextLines, marks: ReplyMarks) {
        self.lines = lines
        self.marks = marks
        known = Array(repeating: nil, count: lines.count)
    }

    /// What a line begins with, where it is a line of a header block.
    mutating func labels(_ index: Int) -> ReplyMarks.Labels {
        if let found = known[index] { return found }
        let line = lines[index]
        // Most lines hold no colon near their beginning.
        let labels = line.prefix(40).contains(0x3A) ? marks.labels(of: line) : []
        known[index] = labels
        return labels
    }

    /// The last line of the header block whose first line this is; nil where it is none.
    ///
    /// - Parameters:
    ///   - isBelowWords: whether something of the sender's stands above.
    ///   - isRuled: whether a rule or a title stands right above.
    mutating func end(from index: Int, isBelowWords: Bool, isRuled: Bool) -> Int? {
        var seen = labels(index)
        guard !seen.isEmpty else { return nil }
        var last = index
        var blanks = 0
        var strangers = 0
        var fromLine = seen.contains(.from) ? index : nil
        var sentLine = seen.contains(.sent) ? index : nil
        var place = index + 1
        while place < lines.count, place <= index + Self.reach {
            defer { place += 1 }
            if lines.isBlank(place) {
                blanks += 1
                if blanks > 4 || Self.isComplete(seen) { break }
                continue
            }
            let own = labels(place)
            if own.isEmpty {
                // A value on a line of its own, or the rest of a long list of addresses.
                if !isContinuation(place, of: last) { strangers += 1 }
                if strangers > 3 { break }
            } else {
                seen.formUnion(own)
                strangers = 0
                last = place
                if own.contains(.from), fromLine == nil { fromLine = place }
                if own.contains(.sent), sentLine == nil { sentLine = place }
            }
        }
        guard let fromLine else { return nil }
        // A memo's head has another order, or less.
        let isOrdered =
            fromLine == index && sentLine == index + 1 && seen.isSuperset(of: [.from, .sent, .to, .subject])
        let isPrograms =
            isRuled || isOrdered || value(of: fromLine).contains(0x40)
            || sentLine.map { DateSigns.hasTime(value(of: $0)) } ?? false
        if Self.isComplete(seen) {
            return isPrograms || (isBelowWords && seen.contains(.subject)) ? last : nil
        }
        // `From:` and `Date:` alone are a letter's head at the very top.
        let isPair = seen.isSuperset(of: [.from, .sent]) && last == index + 1
        return isPair && isPrograms && (isBelowWords || isRuled) && isClosed(last) ? last : nil
    }

    /// `From` and two more, one of them the date or the subject.
    private static func isComplete(_ labels: ReplyMarks.Labels) -> Bool {
        labels.contains(.from) && labels.count >= 3 && !labels.isDisjoint(with: [.sent, .subject])
    }

    private func isContinuation(_ index: Int, of label: Int) -> Bool {
        let line = lines[index]
        if index == label + 1, lines[label].last == 0x3A { return true }
        return line.contains { $0 == 0x40 || $0 == 0x3B || $0 == 0x3C }
    }

    /// What stands after a label: the rest of its line, or the next line.
    private func value(of index: Int) -> ArraySlice<UInt8> {
        let line = lines[index]
        guard let colon = line.firstIndex(of: 0x3A) else { return line }
        let rest = line[(colon + 1)...].drop { $0.isBlank || $0 == 0x2A }
        if rest.isEmpty, index + 1 < lines.count { return lines[index + 1] }
        return rest
    }

    private func isClosed(_ last: Int) -> Bool { last + 1 >= lines.count || lines.isBlank(last + 1) }

    /// The first line of the header that Lotus Notes writes as a table whose labels have no colons: a name, a line with
    /// date and time, then `To`, `cc` and `Subject` on lines of their own.
    func startOfBareBlock(to index: Int, dated: Int) -> Int? {
        guard marks.bareLabels(of: lines[index]).contains(.to) else { return nil }
        var seen: ReplyMarks.Labels = []
        for place in (index + 1)..<max(index + 1, min(index + 12, lines.count)) {
            seen.formUnion(marks.bareLabels(of: lines[place]))
        }
        guard seen.contains(.subject) else { return nil }
        return dated > 0 && !lines.isBlank(dated - 1) ? dated - 1 : dated
    }
}
