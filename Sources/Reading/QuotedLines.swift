/// The lines that mail programs quoted with marks, and the rests of those that wrapping tore off.
struct QuotedLines {
    /// For each line, `.quoted` or nil.
    private(set) var causes: [MailReading.LeftOut.Cause?]
    private let lines: TextLines

    init(_ lines: TextLines) {
        self.lines = lines
        let quotes = QuotePrefix(lines.source)
        causes = lines.whole.map { quotes.isQuoted($0) ? .quoted : nil }
        for index in quotes.initialled(lines.whole) { causes[index] = .quoted }
        markTornLines()
    }

    /// A program that wraps quoted lines anew leaves the rest of each without a mark:
    /// ```
    /// > … for the role of an importer we ask you for
    /// your name
    /// > and your company
    /// ```
    /// Such a rest stands between marked lines, the line above is so long that the next word did not fit, and doesn't end a
    /// sentence. An answer to a question doesn't look so.
    private mutating func markTornLines() {
        var wasTorn = false
        for index in causes.indices.dropFirst() {
            if causes[index] != nil { continue }
            guard causes[index - 1] != nil, !lines.isBlank(index), isTorn(index) else {
                wasTorn = false
                continue
            }
            let isBetween = index + 1 < causes.count && causes[index + 1] != nil
            let isLast = index + 1 == causes.count || lines.isBlank(index + 1)
            guard isBetween || (wasTorn && isLast) else {
                wasTorn = false
                continue
            }
            causes[index] = .quoted
            wasTorn = true
        }
    }

    private func isTorn(_ index: Int) -> Bool {
        let above = lines[index - 1]
        guard above.count >= 50, let last = above.last, ![0x2E, 0x21, 0x3F, 0x3A].contains(last) else { return false }
        let word = lines[index].prefix { !$0.isBlank }
        return lines.width(index - 1) + 1 + word.count > 66
    }
}
