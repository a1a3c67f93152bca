import Foundation

/// How letters beyond `a`–`z` may be spelled with them: ICAO Doc 9303 for Latin, ELOT 743 and everyday Greeklish for
/// Greek, the Bulgarian law of 2009 and everyday forms for Cyrillic.
///
/// A word with such letters stands for a set of spellings. Instead of writing them all out, `spells` walks both
/// words together, so that the cost is the product of two short lengths.
enum Romanisation {
    /// The scalars of a word in lower case, composed, without what counts as nothing, Greek without accents.
    static func letters(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
        letters(String(decoding: bytes, as: UTF8.self))
    }

    /// The scalars of a word in lower case, composed, without what counts as nothing, Greek without accents.
    static func letters(_ word: String) -> [Unicode.Scalar] {
        let table = FoldTable.shared
        var text = word
        // Below U+0300 nothing combines.
        if text.unicodeScalars.contains(where: {
            $0.value >= 0x300 && $0.properties.canonicalCombiningClass != .notReordered
        }) {
            text = text.precomposedStringWithCanonicalMapping
        }
        var letters: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            guard table.role(scalar) == .letter else { continue }
            if scalar.value < 0x80 {
                letters.append(
                    scalar.value >= 0x41 && scalar.value <= 0x5A ? Unicode.Scalar(UInt8(scalar.value | 0x20)) : scalar)
                continue
            }
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                letters.append(isGreek(lower) ? withoutAccent(lower) : lower)
            }
        }
        return letters
    }

    /// Whether `target`, a folded word in `a`–`z`, is one of the spellings of `letters`.
    static func spells(_ letters: [Unicode.Scalar], _ target: ArraySlice<UInt8>) -> Bool {
        let count = target.count
        // Positions are bits; longer words than this are no names.
        guard count < 63, letters.count < 63, !letters.isEmpty, count > 0 else { return false }
        // Where the letters before this one, and before the three after it, may end in the target.
        var reached: (UInt64, UInt64, UInt64, UInt64) = (1, 0, 0, 0)
        for at in letters.indices {
            if reached.0 != 0 {
                if letters[at].value < 0x80 {
                    // A plain letter is written as itself.
                    let letter = UInt8(letters[at].value)
                    reached.1 |= steps(from: reached.0, over: CollectionOfOne(letter), in: target)
                } else {
                    reached.1 |= steps(from: reached.0, overAny: spellings(letters, at, 1), in: target)
                    if letters.count - at >= 2 {
                        reached.2 |= steps(from: reached.0, overAny: spellings(letters, at, 2), in: target)
                    }
                    if letters.count - at >= 3 {
                        reached.3 |= steps(from: reached.0, overAny: spellings(letters, at, 3), in: target)
                    }
                }
            }
            reached = (reached.1, reached.2, reached.3, 0)
            if reached.0 | reached.1 | reached.2 == 0 { return false }
        }
        return reached.0 & (1 << UInt64(count)) != 0
    }

    private static func steps(
        from places: UInt64, overAny spellings: [[UInt8]], in target: ArraySlice<UInt8>
    ) -> UInt64 {
        var reached: UInt64 = 0
        for spelling in spellings { reached |= steps(from: places, over: spelling, in: target) }
        return reached
    }

    /// The positions in `target`, as bits, behind each of `places` at which `spelling` stands.
    private static func steps(
        from places: UInt64, over spelling: some Collection<UInt8>, in target: ArraySlice<UInt8>
    ) -> UInt64 {
        var places = places
        var reached: UInt64 = 0
        while places != 0 {
            let place = places.trailingZeroBitCount
            places &= places - 1
            let start = target.startIndex + place
            guard place + spelling.count <= target.count,
                target[start..<(start + spelling.count)].elementsEqual(spelling)
            else { continue }
            reached |= 1 << UInt64(place + spelling.count)
        }
        return reached
    }

    /// Whether a spelling of a word whose folded form begins with `folded` may begin with `byte`: a quick look that
    /// spares the walk.
    static func mayBegin(_ folded: UInt8, with byte: UInt8) -> Bool {
        let mask = firstBytes[Int(folded)]
        return mask == 0 || byte < 0x61 || byte > 0x7A || mask & (1 << UInt32(byte - 0x61)) != 0
    }

    /// By the first folded byte: the first letters of all spellings, as bits from `a`; 0 where nothing is known.
    private static let firstBytes: [UInt32] = {
        var masks = [UInt32](repeating: 0, count: 256)
        let units = singleTable.map { (String($0.0), $0.1) } + severalTable
        for (source, spellings) in units {
            var folded: [UInt8] = []
            if let first = source.unicodeScalars.first { FoldTable.shared.append(first, to: &folded) }
            guard let first = folded.first else { continue }
            if first >= 0x61, first <= 0x7A { masks[Int(first)] |= 1 << UInt32(first - 0x61) }
            for byte in spellings.split(separator: " ").compactMap(\.utf8.first) {
                masks[Int(first)] |= byte >= 0x61 && byte <= 0x7A ? 1 << UInt32(byte - 0x61) : .max
            }
        }
        return masks
    }()

    /// One spelling: the official one, or the everyday one where `everyday` says so and there is one.
    static func spelling(_ letters: [Unicode.Scalar], everyday: Bool = false) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        while at < letters.count {
            var taken = 1
            for length in stride(from: min(3, letters.count - at), through: 1, by: -1) {
                let choices = spellings(letters, at, length)
                guard let first = choices.first else { continue }
                result.append(contentsOf: everyday ? (choices.dropFirst().first ?? first) : first)
                taken = length
                break
            }
            at += taken
        }
        return result
    }

    /// Every spelling that the table knows, where they are few; else the official and the everyday one.
    static func allSpellings(_ letters: [Unicode.Scalar], atMost limit: Int = 8) -> [[UInt8]] {
        var results: [[UInt8]] = [[]]
        for at in letters.indices {
            let choices = spellings(letters, at, 1)
            if choices.isEmpty { continue }
            if results.count * choices.count > limit {
                return [spelling(letters), spelling(letters, everyday: true)]
            }
            results = results.flatMap { start in choices.map { start + $0 } }
        }
        return results
    }

    private static func isGreek(_ scalar: Unicode.Scalar) -> Bool {
        (0x370...0x3FF).contains(scalar.value) || (0x1F00...0x1FFF).contains(scalar.value)
    }

    private static func withoutAccent(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value == 0x3C2 { return "σ" }
        return String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first ?? scalar
    }

    /// What `length` letters from `at` may be spelled as, the official spelling first.
    private static func spellings(_ letters: [Unicode.Scalar], _ at: Int, _ length: Int) -> [[UInt8]] {
        if length == 1 {
            let scalar = letters[at]
            if scalar.value < 0x80 { return [[UInt8(scalar.value)]] }
            if let known = single[scalar.value] { return known }
            var folded: [UInt8] = []
            FoldTable.shared.append(scalar, to: &folded)
            return [folded]
        }
        guard letters[at].value >= 0x370 else { return [] }
        var key = letters[at].value
        for next in 1..<length { key = key << 10 | (letters[at + next].value & 0x3FF) }
        guard let known = several[UInt64(key) << 2 | UInt64(length)] else { return [] }
        return known
    }

    private static let single = Dictionary(
        uniqueKeysWithValues: singleTable.map { ($0.0.value, $0.1.split(separator: " ").map(bytes)) })

    private static let several: [UInt64: [[UInt8]]] = {
        var table: [UInt64: [[UInt8]]] = [:]
        for (source, spellings) in severalTable {
            let scalars = Array(source.unicodeScalars)
            guard let first = scalars.first else { continue }
            var key = first.value
            for next in scalars.dropFirst() { key = key << 10 | (next.value & 0x3FF) }
            table[UInt64(key) << 2 | UInt64(scalars.count)] = spellings.split(separator: " ").map(bytes)
        }
        return table
    }()

    /// `-` stands for nothing at all.
    private static func bytes(_ spelling: Substring) -> [UInt8] { spelling == "-" ? [] : Array(spelling.utf8) }

    private static let singleTable: [(Unicode.Scalar, String)] = [
        // Latin: the plain letter, then ICAO's or the everyday digraph.
        ("ä", "a ae"), ("ö", "o oe"), ("ü", "u ue"), ("å", "a aa"), ("ø", "o oe"), ("æ", "ae a"), ("œ", "oe o"),
        ("ß", "ss sz"), ("đ", "d dj"), ("ð", "d dh"), ("þ", "th"), ("ñ", "n ny"), ("ő", "o oe"), ("ű", "u ue"),
        ("ŋ", "n ng"), ("ı", "i"), ("ĳ", "ij y"), ("ë", "e"), ("ÿ", "y ij"),
        // Greek.
        ("α", "a"), ("β", "v b"), ("γ", "g"), ("δ", "d"), ("ε", "e"), ("ζ", "z"), ("η", "i h"), ("θ", "th 8 9"),
        ("ι", "i y"), ("κ", "k c"), ("λ", "l"), ("μ", "m"), ("ν", "n"), ("ξ", "x ks 3"), ("ο", "o"), ("π", "p"),
        ("ρ", "r"), ("σ", "s"), ("τ", "t"), ("υ", "y u i"), ("φ", "f ph"), ("χ", "ch h x kh"), ("ψ", "ps 4"),
        ("ω", "o w"),
        // Cyrillic: Bulgarian first, then what other languages of EU residents add.
        ("а", "a"), ("б", "b"), ("в", "v w"), ("г", "g h"), ("д", "d"), ("е", "e ye je"), ("ж", "zh j z"), ("з", "z"),
        ("и", "i y"), ("й", "y i j"), ("к", "k c"), ("л", "l"), ("м", "m"), ("н", "n"), ("о", "o"), ("п", "p"),
        ("р", "r"), ("с", "s"), ("т", "t"), ("у", "u ou"), ("ф", "f ph"), ("х", "h kh x ch"), ("ц", "ts c tz cz"),
        ("ч", "ch c 4"), ("ш", "sh s 6"), ("щ", "sht shch 6t"), ("ъ", "a u y"), ("ь", "y j -"), ("ю", "yu iu ju"),
        ("я", "ya ia ja q"), ("ы", "y"), ("э", "e"), ("ё", "e yo io"), ("і", "i"), ("ї", "i yi"), ("є", "ie ye e"),
        ("ґ", "g"), ("ђ", "dj d"), ("ј", "j y"), ("љ", "lj l"), ("њ", "nj n"), ("ћ", "c ch"), ("џ", "dz dj"),
        ("ќ", "k kj"), ("ѓ", "g gj"), ("ѕ", "dz z"), ("ѝ", "i"), ("ў", "u w"),
    ]

    private static let severalTable: [(String, String)] = [
        ("ου", "ou u"), ("αυ", "av af au"), ("ευ", "ev ef eu"), ("ηυ", "iv if"), ("αι", "ai e"), ("ει", "ei i"),
        ("οι", "oi i"), ("υι", "yi i"), ("γγ", "ng gg"), ("γκ", "gk g ng gg"), ("γξ", "nx"), ("γχ", "nch nh"),
        ("μπ", "mp b"), ("ντ", "nt d nd"), ("τζ", "tz j"), ("τσ", "ts c"), ("γι", "gi y yi"), ("γε", "ge ye"),
        ("σσ", "ss s"), ("λλ", "ll l"), ("ия", "ia iya ija"), ("дж", "dzh dj j"), ("кс", "ks x"), ("ьо", "yo io"),
    ]
}
