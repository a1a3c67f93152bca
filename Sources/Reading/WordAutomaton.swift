/// All words of all lexicons searched at once in one pass (Aho and Corasick, 1975): one table look-up a byte.
///
/// It reads folded words between boundary bytes, so that one machine serves whole words, beginnings, endings and
/// inner parts alike.
struct WordAutomaton: Sendable {
    private let classes: [UInt8]
    private let width: Int
    /// The next state; negative (its complement) where patterns end in it.
    private let next: [Int32]
    private let outputStarts: [Int32]
    private let outputs: [Int32]
    private let opening: Int

    /// `patterns[n]` is found as number `n`.
    init(_ patterns: [[UInt8]]) {
        var classes = [UInt8](repeating: 0, count: 256)
        var used = 0
        for byte in [FoldTable.boundary] + patterns.flatMap({ $0 }) where classes[Int(byte)] == 0 && used < 255 {
            used += 1
            classes[Int(byte)] = UInt8(used)
        }
        let width = used + 1
        var next = [Int32](repeating: 0, count: width)
        var ends: [[Int32]] = [[]]
        for (number, pattern) in patterns.enumerated() {
            var state = 0
            for byte in pattern {
                let slot = state * width + Int(classes[Int(byte)])
                if next[slot] == 0 {
                    next[slot] = Int32(ends.count)
                    next.append(contentsOf: repeatElement(0, count: width))
                    ends.append([])
                }
                state = Int(next[slot])
            }
            if state != 0 { ends[state].append(Int32(number)) }
        }

        // Breadth first: a missing step is the step that the longest known ending would take.
        var fallback = [Int32](repeating: 0, count: ends.count)
        var queue: [Int] = []
        queue.reserveCapacity(ends.count)
        for letter in 0..<width where next[letter] != 0 { queue.append(Int(next[letter])) }
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            let shorter = Int(fallback[state])
            if !ends[shorter].isEmpty { ends[state].append(contentsOf: ends[shorter]) }
            for letter in 0..<width {
                let slot = state * width + letter
                let target = Int(next[slot])
                if target == 0 {
                    next[slot] = next[shorter * width + letter]
                } else {
                    fallback[target] = next[shorter * width + letter]
                    queue.append(target)
                }
            }
        }

        self.classes = classes
        self.width = width
        for slot in next.indices where !ends[Int(next[slot])].isEmpty { next[slot] = ~next[slot] }
        self.next = next
        var outputStarts: [Int32] = [0]
        outputStarts.reserveCapacity(ends.count + 1)
        var outputs: [Int32] = []
        for end in ends {
            outputs.append(contentsOf: end)
            outputStarts.append(Int32(outputs.count))
        }
        self.outputStarts = outputStarts
        self.outputs = outputs
        // A boundary alone is no pattern.
        opening = max(0, Int(next[Int(classes[Int(FoldTable.boundary)])]))
    }

    /// The numbers of the patterns that each counting word of `text` fits, by word.
    func scan(_ text: TokenText) -> WordHits {
        var hits = WordHits(count: text.tokens.count)
        for token in text.tokens {
            if token.counts { find(text.folded[token.folded]) { hits.add($0) } }
            hits.endWord()
        }
        return hits
    }

    /// The numbers of the patterns that one word fits.
    func patterns(of word: ArraySlice<UInt8>) -> [Int32] {
        var found: [Int32] = []
        find(word) { found.append($0) }
        return found
    }

    private func find(_ word: ArraySlice<UInt8>, _ report: (Int32) -> Void) {
        walk(word, report)
        if Self.isRespelled(word) { walk(Self.respelled(word)[...], report) }
    }

    private func walk(_ word: ArraySlice<UInt8>, _ report: (Int32) -> Void) {
        var state = opening
        for byte in word { state = step(from: state, by: byte, report) }
        _ = step(from: state, by: FoldTable.boundary, report)
    }

    private func step(from state: Int, by byte: UInt8, _ report: (Int32) -> Void) -> Int {
        let target = Int(next[state * width + Int(classes[Int(byte)])])
        guard target < 0 else { return target }
        for place in Int(outputStarts[~target])..<Int(outputStarts[~target + 1]) { report(outputs[place]) }
        return ~target
    }

    /// Whether a word may be Bulgarian as it is typed on phones: with `q`, `w`, `4` or `6` among its letters.
    private static func isRespelled(_ word: ArraySlice<UInt8>) -> Bool {
        var hasSign = false
        var hasLetter = false
        for byte in word {
            switch byte {
            case 0x71, 0x77:
                hasSign = true
                hasLetter = true
            case 0x34, 0x36: hasSign = true
            case 0x61...0x7A: hasLetter = true
            default: break
            }
        }
        return hasSign && hasLetter
    }

    /// `q` for я, `4` for ч, `6` for ш, `w` for в.
    private static func respelled(_ word: ArraySlice<UInt8>) -> [UInt8] {
        word.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x71: Array("ya".utf8)
            case 0x34: Array("ch".utf8)
            case 0x36: Array("sh".utf8)
            case 0x77: Array("v".utf8)
            default: [byte]
            }
        }
    }
}

/// Which patterns each word of a text fits.
struct WordHits: Sendable {
    private var starts: [Int32] = [0]
    private var numbers: [Int32] = []

    init(count: Int) { starts.reserveCapacity(count + 1) }

    /// How many words were scanned.
    var count: Int { starts.count - 1 }

    /// The patterns that word `index` fits.
    subscript(index: Int) -> ArraySlice<Int32> { numbers[Int(starts[index])..<Int(starts[index + 1])] }

    fileprivate mutating func add(_ number: Int32) { numbers.append(number) }
    fileprivate mutating func endWord() { starts.append(Int32(numbers.count)) }
}
