/// The registered names by their words, to find those that contain another.
struct RegistryNames: Sendable {
    private let names: [(name: String, words: NameWords)]
    /// Names by each single word of theirs, and by each pair of words that stand side by side.
    private let places: [String: [Int]]

    init(_ names: some Sequence<String>) {
        self.names = Set(names).sorted().map { ($0, NameWords($0)) }
        var places: [String: [Int]] = [:]
        for (place, entry) in self.names.enumerated() {
            for gram in Self.grams(entry.words.all, single: true) { places[gram, default: []].append(place) }
        }
        self.places = places
    }

    /// Registered names whose mention reads as one of `name` too (``NameWords/isLonger(than:)``), sorted.
    func longer(than name: String) -> [String] {
        let words = NameWords(name)
        // A longer name holds all pairs of the core, so the rarest pair leaves the fewest names to look at.
        let grams = Self.grams(words.core, single: words.core.count == 1)
        let candidates = grams.map { places[$0] ?? [] }.min { $0.count < $1.count } ?? []
        return candidates.filter { names[$0].words.isLonger(than: words) }.map { names[$0].name }
    }

    private static func grams(_ words: [String], single: Bool) -> Set<String> {
        var grams = Set(zip(words, words.dropFirst()).map { "\($0) \($1)" })
        if single { grams.formUnion(words) }
        return grams
    }
}
