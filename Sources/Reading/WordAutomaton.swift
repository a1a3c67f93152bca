/// All words of all lexicons searched at once in one pass (Aho and Corasick, 1975).
///
/// It reads folded words between boundary bytes, so that one machine serves whole words, beginnings, endings and
/// inner parts alike. States are numbered breadth first, so that the children of each stand side by side and those near
/// the root, where most words end, come first: these have a table of all their steps. The others know their children and
/// which state has the longest ending of theirs.
struct WordAutomaton: Sendable {
    private struct State {
        /// The first of its children; the next state's first one ends them.
        var children: Int32 = 0
        /// The state of the longest other ending of what has been read.
        var fallback: Int32 = 0
        /// Where its patterns begin among all.
        var outputs: Int32 = 0
    }

    private let classes: [UInt8]
    private let width: Int
    /// One more than there are, for the ends of the last one's children and patterns.
    private var states: [State] = []
    /// By state: the class of the byte that leads to it.
    private var labels: [UInt8] = []
    /// The steps of the first states, by class.
    private var steps: [Int32] = []
    private var outputs: [Int32] = []
    private var opening = 0

    /// How many states have a table.
    private static let mostTables = 1024

    /// `patterns[n]` is found as number `n`.
    init(_ patterns: [[UInt8]]) {
        var classes = [UInt8](repeating: 0, count: 256)
        classes[Int(FoldTable.boundary)] = 1
        var used = 1
        for pattern in patterns {
            for byte in pattern where classes[Int(byte)] == 0 && used < 255 {
                used += 1
                classes[Int(byte)] = UInt8(used)
            }
        }
        self.classes = classes
        width = used + 1
        let tree = Tree(patterns, classes: classes)

        // The tree's nodes by their new numbers.
        var nodes: [Int32] = [0]
        nodes.reserveCapacity(tree.nodes.count)
        labels.reserveCapacity(tree.nodes.count)
        states.reserveCapacity(tree.nodes.count + 1)
        labels.append(0)
        var state = 0
        var fallbacks: [Int32] = [0]
        fallbacks.reserveCapacity(tree.nodes.count)
        while state < nodes.count {
            let node = tree.nodes[Int(nodes[state])]
            states.append(
                State(
                    children: Int32(clamping: nodes.count), fallback: fallbacks[state],
                    outputs: Int32(clamping: outputs.count)))
            outputs += node.patterns
            if state > 0 { outputs += self.outputs(of: Int(fallbacks[state])) }
            var child = node.firstChild
            while child > 0 {
                let label = tree.nodes[Int(child)].label
                // What the state itself has been given already is all that this may look at.
                fallbacks.append(state == 0 ? 0 : Int32(clamping: step(from: Int(fallbacks[state]), by: label)))
                nodes.append(child)
                labels.append(label)
                child = tree.nodes[Int(child)].sibling
            }
            state += 1
        }
        states.append(
            State(children: Int32(clamping: nodes.count), fallback: 0, outputs: Int32(clamping: outputs.count)))
        tabulate()
        opening = step(from: 0, by: classes[Int(FoldTable.boundary)])
    }

    /// The patterns' letters as a tree, each node with its children in a chain.
    private struct Tree {
        struct Node {
            let label: UInt8
            var firstChild: Int32 = 0
            var sibling: Int32 = 0
            /// The numbers of the patterns that end here.
            var patterns: [Int32] = []
        }
        private(set) var nodes = [Node(label: 0)]

        init(_ patterns: [[UInt8]], classes: [UInt8]) {
            for (number, pattern) in patterns.enumerated() {
                var node = 0
                for byte in pattern { node = child(of: node, by: classes[Int(byte)]) }
                if node != 0 { nodes[node].patterns.append(Int32(clamping: number)) }
            }
        }

        private mutating func child(of node: Int, by label: UInt8) -> Int {
            var child = Int(nodes[node].firstChild)
            while child > 0 {
                if nodes[child].label == label { return child }
                child = Int(nodes[child].sibling)
            }
            nodes.append(Node(label: label, sibling: nodes[node].firstChild))
            nodes[node].firstChild = Int32(clamping: nodes.count - 1)
            return nodes.count - 1
        }
    }

    private mutating func tabulate() {
        let count = min(Self.mostTables, states.count - 1)
        steps = [Int32](repeating: 0, count: count * width)
        for state in 0..<count {
            // A missing step is the step of the longest other ending.
            let fallback = Int(states[state].fallback)
            if state > 0 { for label in 0..<width { steps[state * width + label] = steps[fallback * width + label] } }
            for child in Int(states[state].children)..<Int(states[state + 1].children) {
                steps[state * width + Int(labels[child])] = Int32(clamping: child)
            }
        }
    }

    /// Where a byte of a class leads to.
    private func step(from state: Int, by label: UInt8) -> Int {
        var state = state
        while state * width >= steps.count {
            for child in Int(states[state].children)..<Int(states[state + 1].children) where labels[child] == label {
                return child
            }
            if state == 0 { return 0 }
            state = Int(states[state].fallback)
        }
        return Int(steps[state * width + Int(label)])
    }

    private func outputs(of state: Int) -> ArraySlice<Int32> {
        outputs[Int(states[state].outputs)..<Int(states[state + 1].outputs)]
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
        for byte in word {
            state = step(from: state, by: classes[Int(byte)])
            self.report(state, report)
        }
        self.report(step(from: state, by: classes[Int(FoldTable.boundary)]), report)
    }

    private func report(_ state: Int, _ report: (Int32) -> Void) {
        let end = Int(states[state + 1].outputs)
        for place in Int(states[state].outputs)..<end { report(outputs[place]) }
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
        var written: [UInt8] = []
        written.reserveCapacity(word.count + 8)
        for byte in word {
            switch byte {
            case 0x71: written.append(contentsOf: "ya".utf8)
            case 0x34: written.append(contentsOf: "ch".utf8)
            case 0x36: written.append(contentsOf: "sh".utf8)
            case 0x77: written.append(UInt8(ascii: "v"))
            default: written.append(byte)
            }
        }
        return written
    }
}

/// Which patterns each word of a text fits.
struct WordHits: Sendable {
    private var starts: [Int32] = [0]
    private var numbers: [Int32] = []

    init(count: Int) {
        starts.reserveCapacity(count + 1)
        numbers.reserveCapacity(count * 4)
    }

    /// How many words were scanned.
    var count: Int { starts.count - 1 }

    /// The patterns that word `index` fits.
    subscript(index: Int) -> ArraySlice<Int32> { numbers[Int(starts[index])..<Int(starts[index + 1])] }

    fileprivate mutating func add(_ number: Int32) { numbers.append(number) }
    fileprivate mutating func endWord() { starts.append(Int32(numbers.count)) }
}
