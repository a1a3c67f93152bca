/// Finds what stands near what in a text: spans of words by their distance, sentence and clause.
struct NearWords: Sendable {
    let text: TokenText
    /// The sentences that a question mark ends (in Greek, U+037E as well).
    private let questions: Set<Int32>

    init(text: TokenText) {
        self.text = text
        var questions: Set<Int32> = []
        for (index, token) in text.tokens.enumerated() {
            let isLast = index + 1 == text.tokens.count || text.tokens[index + 1].sentence != token.sentence
            guard isLast else { continue }
            let end = index + 1 < text.tokens.count ? Int(text.tokens[index + 1].start) : text.bytes.count
            let gap = text.bytes[Int(token.end)..<end]
            if gap.contains(0x3F) || gap.contains(0xCD) { questions.insert(token.sentence) }
        }
        self.questions = questions
    }

    func isQuestion(_ sentence: Int32) -> Bool { questions.contains(sentence) }

    func sentence(of span: Range<Int>) -> Int32 { text.tokens[span.lowerBound].sentence }
    func clause(of span: Range<Int>) -> Int32 { text.tokens[span.lowerBound].clause }

    /// Words between two spans; 0 when they touch or overlap.
    static func distance(_ one: Range<Int>, _ other: Range<Int>) -> Int {
        max(0, max(other.lowerBound - one.upperBound, one.lowerBound - other.upperBound))
    }

    /// The spans (sorted) of the same sentence within `reach` words, at most a few dozen.
    func indices(near span: Range<Int>, in spans: [Range<Int>], within reach: Int) -> Range<Int> {
        // Spans have at most a few dozen words, so that this lower bound misses none.
        var low = 0
        var high = spans.count
        let floor = span.lowerBound - reach - 30
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].lowerBound < floor { low = middle + 1 } else { high = middle }
        }
        var first = low
        while first < spans.count, Self.distance(spans[first], span) > reach, spans[first].lowerBound < span.lowerBound
        {
            first += 1
        }
        var end = first
        while end < spans.count, spans[end].lowerBound <= span.upperBound + reach { end += 1 }
        while first < end, sentence(of: spans[first]) != sentence(of: span) { first += 1 }
        while first < end, sentence(of: spans[end - 1]) != sentence(of: span) { end -= 1 }
        return first..<end
    }

    func nearest(
        to span: Range<Int>, in spans: [Range<Int>], within reach: Int, sameClause: Bool
    ) -> Int? {
        var best: (index: Int, distance: Int)?
        for index in indices(near: span, in: spans, within: reach) {
            let distance = Self.distance(spans[index], span)
            guard distance <= reach, !sameClause || clause(of: spans[index]) == clause(of: span) else { continue }
            if distance < best?.distance ?? .max { best = (index, distance) }
        }
        return best?.index
    }
}
