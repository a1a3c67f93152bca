/// A text cut into lines once, each known with and without the blanks, invisible characters and asterisks of bold type
/// at its ends.
struct TextLines {
    /// The text's UTF-8.
    let source: [UInt8]
    /// Each line without its line break.
    private(set) var whole: [Range<Int>] = []
    private var inner: [Range<Int>] = []

    init(_ text: String) {
        source = Array(text.utf8)
        whole.reserveCapacity(source.count / 32 + 4)
        inner.reserveCapacity(source.count / 32 + 4)
        var start = 0
        var at = 0
        while at <= source.count {
            if at == source.count || source[at] == 0x0A {
                let end = at > start && source[at - 1] == 0x0D ? at - 1 : at
                whole.append(start..<end)
                inner.append(Self.trim(source, start..<end))
                start = at + 1
            }
            at += 1
        }
    }

    var count: Int { whole.count }

    /// A line without what stands at its ends.
    subscript(_ index: Int) -> ArraySlice<UInt8> { source[inner[index]] }

    func isBlank(_ index: Int) -> Bool { inner[index].isEmpty }

    /// Several lines as they stand in the text.
    func joined(_ range: ClosedRange<Int>) -> ArraySlice<UInt8> {
        source[inner[range.lowerBound].lowerBound..<inner[range.upperBound].upperBound]
    }

    /// The next line that is not blank, at most `reach` lines below.
    func next(after index: Int, within reach: Int) -> Int? {
        var place = index + 1
        while place < count, place <= index + reach {
            if !isBlank(place) { return place }
            place += 1
        }
        return nil
    }

    /// Whether a line is nothing but a rule of at least eight dashes, underscores or equals signs.
    func isRule(_ index: Int) -> Bool {
        let line = self[index]
        return line.count >= 8 && line.allSatisfy { $0 == 0x5F || $0 == 0x2D || $0 == 0x3D }
    }

    /// How many characters a line has, as near as a mail program counts that wraps it.
    func width(_ index: Int) -> Int { source[whole[index]].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }

    /// Whether a line is so long that the next one's first word did not fit, so that a program may have wrapped it
    /// there. None wraps at more than a hundred columns.
    func isWrapped(after index: Int) -> Bool {
        guard index + 1 < count, !isBlank(index), !isBlank(index + 1) else { return false }
        let width = width(index)
        return (41...100).contains(width) && width + 1 + self[index + 1].prefix { !$0.isBlank }.count > 66
    }

    private static func trim(_ source: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end {
            let length = Self.isLoose(source[start]) ? 1 : Self.invisible(source, start, end)
            if length == 0 { break }
            start += length
        }
        while start < end {
            if Self.isLoose(source[end - 1]) {
                end -= 1
            } else if end - start >= 2, Self.invisible(source, end - 2, end) == 2 {
                end -= 2
            } else if end - start >= 3, Self.invisible(source, end - 3, end) == 3 {
                end -= 3
            } else {
                break
            }
        }
        return start..<end
    }

    private static func isLoose(_ byte: UInt8) -> Bool { byte.isBlank || byte == 0x2A }

    /// The length of a blank or invisible character beyond ASCII that stands at `at`, else 0.
    static func invisible(_ source: [UInt8], _ at: Int, _ end: Int) -> Int {
        guard source[at] >= 0xC2, at + 1 < end else { return 0 }
        if source[at] == 0xC2 { return source[at + 1] == 0xA0 || source[at + 1] == 0xAD ? 2 : 0 }
        guard at + 2 < end else { return 0 }
        switch (source[at], source[at + 1], source[at + 2]) {
        // U+2000–U+200F, U+202A–U+202F.
        case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xAA...0xAF): return 3
        // U+2060–U+2069, U+FEFF.
        case (0xE2, 0x81, 0xA0...0xA9), (0xEF, 0xBB, 0xBF): return 3
        default: return 0
        }
    }
}
