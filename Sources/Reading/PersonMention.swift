/// Looks for one part of a person's name, such as the first names or the surnames.
///
/// Every word of the part must stand in the text as a word of its own, in any order and at any place. A hyphenated
/// name may be split or written as one; but a word that is only half of a hyphenated name in the text is another name.
struct PersonMention {
    let words: [NameWord]
    let text: TokenText
    /// Spans of words that don't count, sorted and apart from each other: those of organisations' names.
    let excluded: [Range<Int>]
    private let hasJoined: Bool

    init(name: String, titles: WordSet, text: TokenText, excluded: [Range<Int>] = []) {
        let unbracketed = NameWord.words(of: Self.withoutBrackets(name))
        let all = unbracketed.isEmpty ? NameWord.words(of: name) : unbracketed
        // Titles and initials of middle names need not be written.
        let needed = all.indices.filter { number in
            let isPart = all[number].joined || (number + 1 < all.count && all[number + 1].joined)
            return isPart || (!titles.contains(all[number].folded) && all[number].letters.count > 1)
        }.map { all[$0] }
        words = needed.isEmpty ? all : needed
        hasJoined = words.contains(where: \.joined)
        self.text = text
        self.excluded = excluded
    }

    /// "Smith (née Jones)": what stands in brackets need not be written.
    private static func withoutBrackets(_ name: String) -> String {
        var depth = 0
        var kept: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case 0x28, 0x5B: depth += 1
            case 0x29, 0x5D:
                depth = max(0, depth - 1)
                kept.append(0x20)
            default: if depth == 0 { kept.append(byte) }
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    func find(in place: Evidence.Place) -> Mention {
        guard !words.isEmpty else { return .missing }
        var found = [Int?](repeating: nil, count: words.count)
        var halves = [Int?](repeating: nil, count: words.count)
        var missing = words.count
        var index = 0
        var nextExcluded = 0
        while index < text.tokens.count, missing > 0 {
            var end = index + 1
            while end < text.tokens.count,
                text.tokens[end].traits.contains(.afterHyphen)
                    || text.tokens[end].traits.contains(.afterApostrophe)
            { end += 1 }
            while nextExcluded < excluded.count, excluded[nextExcluded].upperBound <= index { nextExcluded += 1 }
            let isExcluded = nextExcluded < excluded.count && excluded[nextExcluded].lowerBound <= index
            if text.tokens[index].counts, !isExcluded {
                look(at: index..<end, found: &found, halves: &halves, missing: &missing)
            }
            index = end
        }
        if missing == 0 { return .found(evidence(found.compactMap { $0 }, in: place)) }
        return near(found: found, halves: halves, in: place)
    }

    /// Compares one word, or one group of words joined by hyphens and apostrophes.
    private func look(at group: Range<Int>, found: inout [Int?], halves: inout [Int?], missing: inout Int) {
        if group.count == 1 {
            for number in words.indices
            where found[number] == nil
                && (words[number].matches(text, group.lowerBound) || isShortened(number, at: group.lowerBound))
            {
                found[number] = group.lowerBound
                missing -= 1
            }
            if missing > 0, hasJoined { lookForJoined(at: group.lowerBound, found: &found, missing: &missing) }
            return
        }
        // Long chains of hyphens are no names.
        guard group.count <= 8 else { return }
        var whole = NameWord(text, group.lowerBound)
        for index in group.dropFirst() { whole = whole.appending(NameWord(text, index)) }
        for number in words.indices where found[number] == nil && words[number].matches(whole) {
            found[number] = group.lowerBound
            missing -= 1
        }
        var hits: [(word: Int, index: Int)] = []
        var strangers = 0
        for index in group {
            let known = words.indices.filter { words[$0].matches(text, index) }
            hits += known.map { ($0, index) }
            if known.isEmpty, !isLoose(index, in: group) { strangers += 1 }
        }
        for hit in hits where found[hit.word] == nil {
            if strangers == 0 {
                found[hit.word] = hit.index
                missing -= 1
            } else {
                halves[hit.word] = hit.index
            }
        }
    }

    /// "v.d. Heide" for "von der Heide".
    private func isShortened(_ number: Int, at index: Int) -> Bool {
        let token = text.tokens[index]
        guard token.foldedCount == 1, token.traits.contains(.dotFollows), !token.traits.contains(.capitalised),
            words.count > 1, Self.particles.contains(words[number].folded)
        else { return false }
        return words[number].folded.first == text.word(index).first
    }

    /// Words of German and Dutch surnames that are often written with one letter.
    private static let particles = Set(
        ["von", "van", "vom", "der", "den", "dem", "de", "zu", "zur", "zum", "ter", "ten", "te"].map { Array($0.utf8) })

    /// Parts that an apostrophe joins don't make another name: "d'Ana", "Ana's".
    private func isLoose(_ index: Int, in group: Range<Int>) -> Bool {
        if text.tokens[index].traits.contains(.afterApostrophe) { return true }
        return index + 1 < group.upperBound && text.tokens[index + 1].traits.contains(.afterApostrophe)
    }

    /// "Anamarija" for the registry's "Ana-Marija".
    private func lookForJoined(at index: Int, found: inout [Int?], missing: inout Int) {
        var start = 0
        while start < words.count {
            var end = start + 1
            while end < words.count, words[end].joined { end += 1 }
            if end - start > 1, words[start].folded.first == text.word(index).first || words[start].beyondASCII {
                let whole = words[(start + 1)..<end].reduce(words[start]) { $0.appending($1) }
                if whole.matches(text, index) {
                    for number in start..<end where found[number] == nil {
                        found[number] = index
                        missing -= 1
                    }
                }
            }
            start = end
        }
    }

    private func near(found: [Int?], halves: [Int?], in place: Evidence.Place) -> Mention {
        // A part that stands there tells what is missing, unless it is a particle.
        for number in words.indices where words[number].folded.count >= 3 {
            if let index = found[number] { return .near(text.evidence(index..<(index + 1), in: place)) }
        }
        for half in halves.compactMap({ $0 }) { return .near(text.evidence(half..<(half + 1), in: place)) }
        var nextExcluded = 0
        for index in text.tokens.indices where text.tokens[index].counts {
            while nextExcluded < excluded.count, excluded[nextExcluded].upperBound <= index { nextExcluded += 1 }
            if nextExcluded < excluded.count, excluded[nextExcluded].contains(index) { continue }
            if words.contains(where: { $0.isNear(text, index) }) {
                return .near(text.evidence(index..<(index + 1), in: place))
            }
        }
        return .missing
    }

    private func evidence(_ places: [Int], in place: Evidence.Place) -> Evidence {
        guard let first = places.min(), let last = places.max() else {
            return Evidence(place: place, words: "", range: 0..<0)
        }
        return text.evidence(first..<(last - first <= 6 ? last + 1 : first + 1), in: place)
    }
}
