/// Folded words with something each, looked up by a stretch of a text: no array is made of it.
struct WordTable<Value: Sendable>: Sendable {
    private var words = WordSet()
    private var values: [Value] = []

    /// Nothing yet.
    init() {}

    /// `entries` by word.
    init(_ entries: [[UInt8]: Value]) {
        for (word, value) in entries where words.insert(word[...]) { values.append(value) }
    }

    var isEmpty: Bool { values.isEmpty }

    /// What belongs to a word.
    subscript(word: ArraySlice<UInt8>) -> Value? { words.number(of: word).map { values[$0] } }

    /// What belongs to a word.
    subscript(word: [UInt8]) -> Value? { self[word[...]] }
}

/// A set of folded words, numbered in the order in which they came in, and looked up by a stretch of a text.
///
/// Words of mails may get in: nobody can choose them so that they fall together, as the hash has a key.
struct WordSet: Sendable {
    /// Number of the word and one; 0 is free. As many as a power of two, at most half of them taken.
    private var slots: [Int32] = [0, 0]
    private var hashes: [UInt64] = []
    private var letters: [UInt8] = []
    /// Where each word ends in `letters`.
    private var ends: [Int32] = []

    init() {}

    init(_ words: some Sequence<[UInt8]>) {
        for word in words { insert(word[...]) }
    }

    var isEmpty: Bool { hashes.isEmpty }

    func contains(_ word: ArraySlice<UInt8>) -> Bool { number(of: word) != nil }

    func contains(_ word: [UInt8]) -> Bool { number(of: word[...]) != nil }

    /// Which word of the set this is.
    func number(of word: ArraySlice<UInt8>) -> Int? {
        let hash = WordHash.hash(word)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if hashes[number] == hash, isWord(number, word) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Takes a word in; false where it is in already.
    @discardableResult
    mutating func insert(_ word: ArraySlice<UInt8>) -> Bool {
        let hash = WordHash.hash(word)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if hashes[number] == hash, isWord(number, word) { return false }
            slot = (slot + 1) & (slots.count - 1)
        }
        hashes.append(hash)
        letters.append(contentsOf: word)
        ends.append(Int32(clamping: letters.count))
        if hashes.count * 2 > slots.count {
            grow()
        } else {
            slots[slot] = Int32(clamping: hashes.count)
        }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 4)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(clamping: number + 1)
        }
    }

    private func isWord(_ number: Int, _ word: ArraySlice<UInt8>) -> Bool {
        let start = number == 0 ? 0 : Int(ends[number - 1])
        guard Int(ends[number]) - start == word.count else { return false }
        var place = start
        for byte in word {
            if letters[place] != byte { return false }
            place += 1
        }
        return true
    }
}

/// A polynomial over the field of 2⁶¹ − 1 elements, at a place that each run of the program chooses anew: two words fall
/// together by chance alone (Carter and Wegman, 1979).
private enum WordHash {
    private static let prime: UInt64 = (1 << 61) - 1
    private static let key = UInt64.random(in: 1 << 32..<prime)

    static func hash(_ word: ArraySlice<UInt8>) -> UInt64 {
        let key = key
        var hash = UInt64(truncatingIfNeeded: word.count)
        var chunk: UInt64 = 0
        var taken = 0
        for byte in word {
            chunk = chunk << 8 | UInt64(byte)
            taken += 1
            guard taken == 7 else { continue }
            hash = times(hash &+ chunk, key)
            chunk = 0
            taken = 0
        }
        return times(hash &+ chunk, key)
    }

    /// A product in the field, of numbers below 2⁶²; at most two more than the field's greatest.
    private static func times(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        let sum = (product.low & prime) &+ (product.low >> 61 | product.high << 3)
        return (sum & prime) &+ (sum >> 61)
    }
}
