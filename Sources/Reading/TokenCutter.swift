/// Walks once over a text's UTF-8 and cuts it into tokens.
struct TokenCutter {
    private(set) var tokens: [Token] = []
    private(set) var folded: [UInt8] = []
    private let bytes: [UInt8]
    private let table = FoldTable.shared

    /// The gap since the last word.
    private var gap: Token.Traits = [.startsLine]
    private var newlines = 0
    private var sawStop = false
    private var sawColon = false
    private var jointAt = -1
    private var joint: Token.Traits = []
    /// The stretch that is a mail address or a link, as far as it is known.
    private var addressEnd = 0
    private var lineStart = 0
    private var sentence: Int32 = 0
    private var clause: Int32 = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tokens.reserveCapacity(bytes.count / 6)
        folded.reserveCapacity(bytes.count)
    }

    mutating func run() {
        var at = 0
        var chunkEnd = 0
        while at < bytes.count {
            if at >= chunkEnd {
                let chunk = AddressSpan.chunk(in: bytes, from: at)
                chunkEnd = chunk.end
                if chunk.mayBeAddress, AddressSpan.isAddress(bytes, at..<chunkEnd) { addressEnd = chunkEnd }
                if chunkEnd == at { chunkEnd = at + 1 }
            }
            let byte = bytes[at]
            if byte < 0x80 {
                if byte.isLetterOrDigit {
                    at = word(from: at)
                } else {
                    separator(byte, at: at)
                    at += 1
                }
            } else {
                let (scalar, length) = decode(at)
                switch table.role(scalar) {
                case .letter: at = word(from: at)
                case .nothing: at += length
                case .apostrophe:
                    joint = .afterApostrophe
                    jointAt = at + length
                    at += length
                case .hyphen:
                    joint = .afterHyphen
                    jointAt = at + length
                    at += length
                case .gap:
                    separator(scalar, at: at)
                    at += length
                }
            }
        }
    }

    /// Takes in one word that begins at `start`; answers where it ends.
    private mutating func word(from start: Int) -> Int {
        var at = start
        let foldStart = folded.count
        var traits: Token.Traits = []
        var letters = 0
        var capitals = 0
        scan: while at < bytes.count {
            let byte = bytes[at]
            if byte < 0x80 {
                let run = asciiRun(from: at)
                guard run.end > at else { break }
                if run.capitals > 0 {
                    if letters == 0, byte <= 0x5A, byte >= 0x41 { traits.insert(.capitalised) }
                    capitals += run.capitals
                    for place in at..<run.end {
                        let byte = bytes[place]
                        folded.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
                    }
                } else {
                    folded.append(contentsOf: bytes[at..<run.end])
                }
                letters += run.end - at
                at = run.end
            } else {
                let (scalar, length) = decode(at)
                switch table.role(scalar) {
                case .letter:
                    traits.insert(.beyondASCII)
                    if scalar.properties.isUppercase {
                        capitals += 1
                        if letters == 0 { traits.insert(.capitalised) }
                    }
                    letters += 1
                    table.append(scalar, to: &folded)
                case .nothing:
                    // A mark changes how the letter before it may be spelled.
                    traits.insert(.beyondASCII)
                default: break scan
                }
                at += length
            }
        }
        if traits.contains(.beyondASCII), FoldTable.mixesScripts(folded[foldStart...]) { traits.insert(.mixesScripts) }
        if letters > 1 && capitals == letters { traits.insert(.allCapitals) }
        if at < bytes.count, bytes[at] == 0x2E || bytes[at] == 0x2F { traits.insert(.dotFollows) }
        finish(start..<at, foldStart: foldStart, traits: traits)
        return at
    }

    /// Where the ASCII letters and digits that begin at `start` end, and how many of them are capitals.
    private func asciiRun(from start: Int) -> (end: Int, capitals: Int) {
        var at = start
        var capitals = 0
        while at < bytes.count {
            let byte = bytes[at]
            guard byte.isLetterOrDigit else { break }
            if byte >= 0x41 && byte <= 0x5A { capitals += 1 }
            at += 1
        }
        return (at, capitals)
    }

    private mutating func finish(_ range: Range<Int>, foldStart: Int, traits own: Token.Traits) {
        var traits = own
        if range.lowerBound < addressEnd { traits.insert(.inAddress) }
        if jointAt == range.lowerBound, let last = tokens.last, joinsDirectly(last, to: range.lowerBound) {
            traits.insert(joint)
        }
        traits.formUnion(gap)
        if newlines > 1 { traits.insert(.startsParagraph) }
        if newlines > 0 { traits.insert(.startsLine) }
        divide(before: range.lowerBound, traits)
        if newlines > 0 { lineStart = range.lowerBound }
        tokens.append(
            Token(
                start: Int32(clamping: range.lowerBound), end: Int32(clamping: range.upperBound),
                foldStart: Int32(clamping: foldStart), foldEnd: Int32(clamping: folded.count), traits: traits,
                sentence: sentence, clause: clause))
        gap = []
        newlines = 0
        sawStop = false
        sawColon = false
    }

    private func joinsDirectly(_ last: Token, to start: Int) -> Bool { start - Int(last.end) <= 3 }

    /// Opens a new sentence or clause where the gap says so.
    private mutating func divide(before start: Int, _ traits: Token.Traits) {
        guard let last = tokens.last else { return }
        let capital = traits.contains(.capitalised)
        var newSentence = newlines > 1
        if newlines == 1 {
            // A short line that a capital follows is a line of its own; others were wrapped by the mail program.
            let lineLength = Int(last.end) - lineStart
            newSentence = (lineLength < 60 && capital) || (sawStop && capital)
        } else if sawStop {
            // "d.o.o. Zagreb": a stop after one or two letters is an abbreviation's.
            newSentence = newSentence || (capital && last.foldedCount > 2)
        }
        if newSentence {
            sentence += 1
            clause += 1
        } else if !traits.isDisjoint(with: [.afterBar, .afterComma]) || sawStop || (sawColon && !followsLabel) {
            clause += 1
        }
    }

    /// Whether so few words stand in the line that they are a label: "Role requested:".
    private var followsLabel: Bool {
        guard tokens.count > 5 else { return true }
        return Int(tokens[tokens.count - 6].start) < lineStart
    }

    private mutating func separator(_ byte: UInt8, at place: Int) {
        switch byte {
        case 0x0A, 0x0D:
            if byte == 0x0A { newlines += 1 }
        case 0x20, 0x09: break
        case 0x27, 0x60:
            joint = .afterApostrophe
            jointAt = place + 1
        case 0x2D:
            if jointAt == place || isSpaced(place) { gap.insert(.afterBar) }
            joint = .afterHyphen
            jointAt = place + 1
        case 0x2E, 0x21, 0x3F:
            if place + 1 >= bytes.count || bytes[place + 1] <= 0x20 {
                sawStop = true
                gap.insert(.afterStop)
            }
        case 0x2C: gap.insert(.afterComma)
        case 0x3A: sawColon = true
        case 0x28, 0x29, 0x5B, 0x5D: gap.formUnion([.afterBar, .afterBracket])
        case 0x3B, 0x7B, 0x7D, 0x7C: gap.insert(.afterBar)
        default: break
        }
    }

    private mutating func separator(_ scalar: Unicode.Scalar, at place: Int) {
        switch scalar.value {
        case 0x85, 0x2028: newlines += 1
        case 0x2029: newlines += 2
        case 0x2013, 0x2014, 0x2022, 0x37E: gap.insert(.afterBar)
        default: break
        }
    }

    /// A hyphen with a space on a side is a dash.
    private func isSpaced(_ place: Int) -> Bool {
        (place > 0 && bytes[place - 1] <= 0x20) || (place + 1 < bytes.count && bytes[place + 1] <= 0x20)
    }

    /// The scalar at `at` and how many bytes it takes; something broken is one byte that parts words.
    private func decode(_ at: Int) -> (Unicode.Scalar, Int) {
        UTF8Scalar.decode(bytes, at)
    }
}

extension UInt8 {
    /// ASCII letter or digit.
    var isLetterOrDigit: Bool {
        let small = self | 0x20
        return (small >= 0x61 && small <= 0x7A) || (self >= 0x30 && self <= 0x39)
    }

    /// Space, tab or the end of a line.
    var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}

/// Decoding UTF-8 one scalar at a time.
enum UTF8Scalar {
    /// The scalar at `at` and how many bytes it takes; something broken is a space of one byte.
    static func decode(_ bytes: [UInt8], _ at: Int) -> (Unicode.Scalar, Int) {
        let lead = bytes[at]
        let length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0
        guard length > 0, at + length <= bytes.count else { return (" ", 1) }
        if length == 1 { return (Unicode.Scalar(lead), 1) }
        var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length {
            let byte = bytes[at + offset]
            guard byte & 0xC0 == 0x80 else { return (" ", 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard let scalar = Unicode.Scalar(value) else { return (" ", length) }
        return (scalar, length)
    }
}
