/// Finds the charset of octets whose label is missing, unknown or wrong, by how well the letters that come out look like
/// text: only letters of one language, no capital inside a word, no symbol inside one, no word in two scripts.
///
/// The same octets always give the same answer. A guess never rests on fewer facts than the letters themselves: where
/// none is convincing, there is none.
struct CharsetGuess: Sendable {
    /// What of a text is looked at.
    private static let sample = 64 * 1024
    /// What a breach of the shapes of words costs, in letters' points.
    private static let costOfFault = 10

    /// One charset's reading of the octets from 0x80 on.
    private struct Reading: Sendable {
        let name: String
        let kinds: [Kind]
        /// For each language that is written in it: what an octet is worth.
        let points: [(language: Int, worth: [Int])]
        let isLatin: Bool
    }

    private enum Kind: UInt8, Sendable {
        /// No character, or a control: text holds none.
        case none
        case lower
        case upper
        /// Stands anywhere: quotation marks, dashes, spaces.
        case mark
        /// Stands rarely beside a letter.
        case symbol
    }

    private let readings: [Reading]
    /// Which languages an ASCII word is frequent in.
    private let languagesOfWord: [String: [Int]]

    /// `upperHalf` gives the scalars of a charset's octets from 0x80 on, 0 for none.
    init(upperHalf: (String) -> [UInt16]?) {
        let languages = CharsetLanguage.all
        var words: [String: [Int]] = [:]
        var names: [String] = []
        for (index, language) in languages.enumerated() {
            for word in language.words { words[word, default: []].append(index) }
            for name in language.charsets where !names.contains(name) { names.append(name) }
        }
        languagesOfWord = words
        readings = names.compactMap { name in
            guard let scalars = upperHalf(name), scalars.count == 128 else { return nil }
            let points = languages.indices.filter { languages[$0].charsets.contains(name) }.map { index in
                (index, Self.worth(of: scalars, in: languages[index]))
            }
            return Reading(
                name: name, kinds: scalars.map(Self.kind), points: points,
                isLatin: points.allSatisfy { languages[$0.0].frequent.isEmpty })
        }
    }

    /// The charset that makes most sense of the octets; nil where none does.
    func charset(of bytes: ArraySlice<UInt8>) -> String? {
        let bytes = bytes.prefix(Self.sample)
        guard let counts = Self.histogram(bytes) else { return nil }
        let words = wordCounts(bytes)
        var best: (name: String, score: Int)?
        for reading in readings {
            guard let faults = Self.faults(bytes, reading)?.inside, let score = score(reading, counts, words) else {
                continue
            }
            // Few write mail in these any more: they must be clearly better than their Windows twins.
            let isRare = reading.name == "koi8-r" || reading.name == "iso-8859-5"
            let total = (isRare ? score * 5 / 6 : score) - faults * Self.costOfFault
            if total > best?.score ?? 0 { best = (reading.name, total) }
        }
        return best?.name
    }

    /// Whether a text in Windows-1252 is none: it has symbols inside words and words all of accented letters, while in
    /// another charset it has nothing of that. That one's name.
    func charsetInstead(ofWestern bytes: ArraySlice<UInt8>) -> String? {
        let bytes = bytes.prefix(Self.sample)
        guard let western = readings.first, let faults = Self.faults(bytes, western), faults.inside >= 1,
            faults.inside * 2 + faults.edges >= 4, let name = charset(of: bytes), name != western.name,
            let other = readings.first(where: { $0.name == name }), Self.faults(bytes, other)?.inside == 0
        else { return nil }
        return name
    }

    // MARK: Scores

    private func score(_ reading: Reading, _ counts: [Int], _ words: [Int]) -> Int? {
        let letters = zip(counts, reading.kinds).reduce(0) { $0 + ($1.1 == .lower || $1.1 == .upper ? $1.0 : 0) }
        let strange = zip(counts, reading.kinds).reduce(0) { $0 + ($1.1 == .symbol ? $1.0 : 0) }
        // A letter or two in another script are more likely something else.
        guard letters > (reading.isLatin ? 0 : 3) else { return nil }
        return reading.points.map { language, worth in
            zip(counts, worth).reduce(0) { $0 + $1.0 * $1.1 } + 2 * min(words[language], letters) - strange
        }.max()
    }

    private static func worth(of scalars: [UInt16], in language: CharsetLanguage) -> [Int] {
        let small = Set(language.letters.unicodeScalars.map(\.value))
        let capital = Set(language.letters.uppercased().unicodeScalars.map(\.value)).union(
            language.letters.contains("ğ") ? [0x130] : [])
        let frequent = Set((language.frequent + language.frequent.uppercased()).unicodeScalars.map(\.value))
        return scalars.map { scalar in
            let value = UInt32(scalar)
            guard [.lower, .upper].contains(kind(scalar)) else { return 0 }
            if !frequent.isEmpty {
                if small.contains(value) { return frequent.contains(value) ? 5 : 2 }
                return capital.contains(value) ? (frequent.contains(value) ? 4 : 1) : -6
            }
            return small.contains(value) ? 4 : capital.contains(value) ? 3 : -6
        }
    }

    private static func kind(_ unit: UInt16) -> Kind {
        guard let scalar = Unicode.Scalar(unit), unit >= 0xa0 else { return .none }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter: return unit == 0xb5 ? .symbol : .lower
        case .uppercaseLetter: return .upper
        case .control, .unassigned, .privateUse, .surrogate: return .none
        case .dashPunctuation, .initialPunctuation, .finalPunctuation, .openPunctuation, .spaceSeparator, .format:
            return .mark
        default:
            return [0xa1, 0xbf, 0xa7, 0xa9, 0xae, 0xb0, 0xb7, 0x2022, 0x2026, 0x20ac, 0x2116].contains(unit)
                ? .mark : .symbol
        }
    }

    // MARK: Octets

    /// How often each octet from 0x80 on stands there; nil when none does.
    private static func histogram(_ bytes: ArraySlice<UInt8>) -> [Int]? {
        var counts = [Int](repeating: 0, count: 128)
        var any = false
        for byte in bytes where byte >= 0x80 {
            counts[Int(byte) - 0x80] += 1
            any = true
        }
        return any ? counts : nil
    }

    /// How many of each language's everyday words stand there.
    private func wordCounts(_ bytes: ArraySlice<UInt8>) -> [Int] {
        var counts = [Int](repeating: 0, count: CharsetLanguage.all.count)
        for word in bytes.split(whereSeparator: { !$0.isASCIILetter && $0 < 0x80 }) where word.count <= 8 {
            guard let languages = languagesOfWord[String(decoding: word.map { $0 | 0x20 }, as: UTF8.self)] else {
                continue
            }
            for language in languages { counts[language] += 1 }
        }
        return counts
    }

    /// How often the shapes of words are broken, and how often a symbol stands at a word's edge; nil when an octet means
    /// nothing.
    private static func faults(_ bytes: ArraySlice<UInt8>, _ reading: Reading) -> (inside: Int, edges: Int)? {
        var faults = 0
        var edges = 0
        var word = WordShape()
        for byte in bytes {
            if byte < 0x80 {
                if byte.isASCIILetter {
                    faults += word.take(isUpper: byte & 0x20 == 0, isHigh: false)
                } else {
                    faults += word.end(isLatin: reading.isLatin)
                }
                continue
            }
            switch reading.kinds[Int(byte) - 0x80] {
            case .none: return nil
            case .lower: faults += word.take(isUpper: false, isHigh: true)
            case .upper: faults += word.take(isUpper: true, isHigh: true)
            case .mark: faults += word.end(isLatin: reading.isLatin)
            case .symbol:
                word.symbol()
                edges += 1
            }
        }
        return (faults + word.end(isLatin: reading.isLatin), edges)
    }
}

/// The word that is being read, as far as its shape tells whether it is one.
private struct WordShape {
    private var plain = 0
    private var high = 0
    private var lastIsSmall = false
    private var lastIsHigh = false
    private var symbolIsOpen = false

    /// Takes a letter; returns the faults that it shows.
    mutating func take(isUpper: Bool, isHigh: Bool) -> Int {
        var faults = 0
        if symbolIsOpen, plain + high > 0 { faults += 1 }
        if isUpper, lastIsSmall, isHigh || lastIsHigh { faults += 1 }
        symbolIsOpen = false
        lastIsSmall = !isUpper
        lastIsHigh = isHigh
        if isHigh { high += 1 } else { plain += 1 }
        return faults
    }

    mutating func symbol() { symbolIsOpen = true }

    /// A Latin word has ASCII letters among the others, a word in another script has none.
    mutating func end(isLatin: Bool) -> Int {
        defer { self = WordShape() }
        return isLatin ? (high >= 4 && plain == 0 ? 1 : 0) : (high > 0 && plain > 0 ? 1 : 0)
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { (0x61...0x7a).contains(self | 0x20) }
}
