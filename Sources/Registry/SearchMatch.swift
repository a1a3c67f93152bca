/// How well an organisation's name fits what was sought; the smaller the better.
package struct SearchMatch: Sendable, Hashable, Comparable {
    package enum Kind: Int, Sendable, Hashable, CaseIterable, Comparable {
        /// The same letters but for case, accents and what stands between words.
        case exact
        /// The same words in the same order, in another spelling or with another legal form.
        case sameName
        /// The same words in another order.
        case sameWords
        /// All words, among others.
        case allWords
        /// All words, some with one typing error.
        case typingErrors
        /// All words but one.
        case allButOne

        package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    package let kind: Kind
    /// Words with a typing error.
    let errors: Int
    /// Words that stand in other letters, such as `ae` for `ä`.
    let respelled: Int
    /// Words of the name that were not sought.
    package let extra: Int

    package static func < (one: Self, other: Self) -> Bool {
        (one.kind, one.errors, one.extra, one.respelled) < (other.kind, other.errors, other.extra, other.respelled)
    }
}

/// What is sought, ready to be compared with many names.
package struct SearchNeedle: Sendable {
    package let name: SearchName
    private let letters: NameWords

    package init(_ text: String) {
        name = SearchName(text)
        letters = NameWords(text)
    }

    /// How `candidate` fits; nil where more than one word is missing.
    package func match(_ candidate: String) -> SearchMatch? {
        guard !name.core.isEmpty else { return nil }
        let theirs = SearchName(candidate)
        let theirLetters = NameWords(candidate)
        if letters.all == theirLetters.all { return SearchMatch(kind: .exact, errors: 0, respelled: 0, extra: 0) }
        let same = Set(theirLetters.all)
        let respelled = letters.core.reduce(0) { $0 + (same.contains($1) ? 0 : 1) }
        if name.core == theirs.core {
            return SearchMatch(kind: .sameName, errors: 0, respelled: respelled, extra: 0)
        }
        if name.core.sorted() == theirs.core.sorted() {
            return SearchMatch(kind: .sameWords, errors: 0, respelled: respelled, extra: 0)
        }
        var left = theirs.words
        var unmatched: [String] = []
        for word in name.core {
            if let place = left.firstIndex(of: word) { left.remove(at: place) } else { unmatched.append(word) }
        }
        var (errors, missing) = (0, 0)
        for word in unmatched {
            if let place = left.firstIndex(where: { Self.isNear(word, $0) }) {
                left.remove(at: place)
                errors += 1
            } else {
                missing += 1
            }
        }
        guard missing == 0 || (missing == 1 && name.core.count > 1) else { return nil }
        let extra = max(0, theirs.core.count - (name.core.count - missing))
        let kind: SearchMatch.Kind = missing > 0 ? .allButOne : errors > 0 ? .typingErrors : .allWords
        return SearchMatch(kind: kind, errors: errors, respelled: respelled, extra: extra)
    }

    /// Whether two words differ by one typing error: a letter more, less, other, or two swapped. Numbers and words
    /// under four letters have no near ones.
    static func isNear(_ one: String, _ other: String) -> Bool {
        guard Self.mayBeMistyped(one), Self.mayBeMistyped(other) else { return false }
        var left = Array(one.utf8)[...]
        var right = Array(other.utf8)[...]
        guard abs(left.count - right.count) <= 1 else { return false }
        while let first = left.first, first == right.first {
            left = left.dropFirst()
            right = right.dropFirst()
        }
        while let last = left.last, last == right.last {
            left = left.dropLast()
            right = right.dropLast()
        }
        if left.count <= 1 && right.count <= 1 { return true }
        return left.count == 2 && right.count == 2 && left.first == right.last && left.last == right.first
    }

    private static func mayBeMistyped(_ word: String) -> Bool {
        (4...24).contains(word.utf8.count) && word.utf8.allSatisfy { (0x61...0x7a).contains($0) }
    }

    /// Every word that a typing error could have made `word` of; none for one that has no near ones.
    package static func variants(of word: String) -> [String] {
        guard mayBeMistyped(word) else { return [] }
        let letters = Array(word.utf8)
        var variants: Set<[UInt8]> = []
        for place in 0...letters.count {
            for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
                var longer = letters
                longer.insert(letter, at: place)
                variants.insert(longer)
                if place < letters.count {
                    var other = letters
                    other[place] = letter
                    variants.insert(other)
                }
            }
            if place < letters.count {
                var shorter = letters
                shorter.remove(at: place)
                variants.insert(shorter)
            }
            if place + 1 < letters.count {
                var swapped = letters
                swapped.swapAt(place, place + 1)
                variants.insert(swapped)
            }
        }
        variants.remove(letters)
        return variants.map { String(decoding: $0, as: UTF8.self) }.filter(mayBeMistyped)
    }
}
