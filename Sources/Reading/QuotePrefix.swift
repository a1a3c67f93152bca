/// Tells by what a line begins with whether a mail program quoted it.
struct QuotePrefix {
    private let source: [UInt8]

    /// `source` is the UTF-8 of the text that the lines are of.
    init(_ source: [UInt8]) { self.source = source }

    /// Whether a line begins with `>` (also spelled `&gt;`) or `#>`, with a `|` and no other bar further on, as a table's row has, or with a `»` that
    /// opens no quotation.
    func isQuoted(_ line: Range<Int>) -> Bool {
        let text = unindented(line)
        guard let first = text.first else { return false }
        switch first {
        case 0x3E: return true
        // What some editors put before a line that they set apart, `#>`.
        case 0x23: return text.dropFirst().first == 0x3E
        // A mark that a program has spelled as HTML does.
        case 0x26: return text.starts(with: "&gt;".utf8)
        case 0x7C:
            let rest = text.drop { $0 == 0x7C || $0 == 0x20 || $0 == 0x09 || $0 == 0x3E }
            return !rest.contains(0x7C)
        case 0xC2:
            guard text.dropFirst().first == 0xBB else { return false }
            let rest = text.dropFirst(2)
            return rest.first.map { $0 == 0x20 || $0 == 0xC2 || $0 == 0x3E } ?? true && !hasClosing(rest)
        default: return false
        }
    }

    /// The numbers of the lines that begin with the initials of whom they quote: `AB>`. Small letters may be a form's
    /// label ("Name> Ana"), so that they say so only where the next line or the one before has the same.
    func initialled(_ lines: [Range<Int>]) -> [Int] {
        var found: [Int] = []
        var before: ArraySlice<UInt8>?
        for (index, line) in lines.enumerated() {
            let initials = initials(line)
            if let initials {
                let isRepeated = before.map { $0.elementsEqual(initials) } ?? false
                if isRepeated, found.last != index - 1 { found.append(index - 1) }
                if isRepeated || initials.allSatisfy({ $0 <= 0x5A }) { found.append(index) }
            }
            before = initials
        }
        return found
    }

    /// One to four letters right before a `>`.
    private func initials(_ line: Range<Int>) -> ArraySlice<UInt8>? {
        let text = unindented(line)
        let letters = text.prefix(5).prefix { $0.isLetterOrDigit && $0 > 0x39 }
        guard (1...4).contains(letters.count), letters.endIndex < text.endIndex, source[letters.endIndex] == 0x3E else {
            return nil
        }
        return letters
    }

    /// The line without the blanks and invisible characters before it.
    private func unindented(_ line: Range<Int>) -> ArraySlice<UInt8> {
        var at = line.lowerBound
        while at < line.upperBound {
            let length =
                source[at] == 0x20 || source[at] == 0x09 ? 1 : TextLines.invisible(source, at, line.upperBound)
            if length == 0 { break }
            at += length
        }
        return source[at..<line.upperBound]
    }

    /// Whether a `«` stands in the text.
    private func hasClosing(_ text: ArraySlice<UInt8>) -> Bool {
        text.indices.dropLast().contains { source[$0] == 0xC2 && source[$0 + 1] == 0xAB }
    }
}
