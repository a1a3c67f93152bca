/// Puts together what the subject and the new text say of the kind.
struct KindPlaces {
    private let readers: [(place: Evidence.Place, reader: KindReader)]
    private let tables: Lexicon.Tables
    private let detected: UInt32
    private let mentions: [Placed]
    /// The kinds that are asked for, by number.
    private let chosen: [Int]
    private let isContradictory: Bool

    /// A kind's name and where it stands.
    private struct Placed {
        let mention: KindReader.Mention
        let place: Evidence.Place
    }

    init(subject: KindReader, body: KindReader, tables: Lexicon.Tables, detected: UInt32) {
        readers = [(.subject, subject), (.body, body)]
        self.tables = tables
        self.detected = detected
        var mentions = readers.flatMap { place, reader in
            reader.mentions.map { Placed(mention: $0, place: place) }
        }
        if subject.asksForOffice || body.asksForOffice {
            mentions.removeAll { $0.mention.strength == .plain && !KindReader.isOffice(tables.kinds[$0.mention.kind]) }
        }
        let choice = KindChoice(mentions.map(\.mention), names: tables.kinds)
        isContradictory = choice.isContradictory
        var chosen = choice.kinds
        // The competent authority, merely mentioned, gives way to a loose word as well.
        let mentionsOnlyAuthority = mentions.allSatisfy {
            $0.mention.strength == .plain && tables.kinds[$0.mention.kind] == "competent-authority"
        }
        if chosen.isEmpty || mentionsOnlyAuthority {
            let loose = Self.loose(in: readers, tables)
            mentions += loose
            if !loose.isEmpty { chosen = Set(loose.map(\.mention.kind)).sorted() }
        }
        if chosen.isEmpty, Self.asksAsAgent(mentions, in: readers, tables) {
            chosen = tables.kinds.indices.filter { tables.kinds[$0] == "agent" }
        }
        self.mentions = mentions
        self.chosen = chosen
    }

    /// Where no kind is named properly, words that go with the role from further away: in a title whose mail asks for
    /// something, or in a sentence with the word for a role. They must not speak of an office and of an operator.
    private static func loose(
        in readers: [(place: Evidence.Place, reader: KindReader)], _ tables: Lexicon.Tables
    ) -> [Placed] {
        let asks = readers.contains { !$0.reader.hints.asks.isEmpty }
        let found = readers.flatMap { place, reader in
            reader.loose.filter { (place == .subject && asks) || reader.goesWithRole($0) }
                .map { Placed(mention: $0, place: place) }
        }
        let isOffice = Set(found.map { KindReader.isOffice(tables.kinds[$0.mention.kind]) })
        return isOffice.count == 1 ? found : []
    }

    /// Everybody is somebody's agent. But who says so in the title of a mail that asks, or asks for a role, and names no
    /// other kind, asks as an agent.
    private static func asksAsAgent(
        _ mentions: [Placed], in readers: [(place: Evidence.Place, reader: KindReader)], _ tables: Lexicon.Tables
    ) -> Bool {
        let agents = mentions.filter { tables.kinds[$0.mention.kind] == "agent" }
        guard !agents.isEmpty, agents.count == mentions.count,
            readers.contains(where: { !$0.reader.hints.asks.isEmpty })
        else { return false }
        return agents.contains { $0.place == .subject } || readers.contains { !$0.reader.hints.roles.isEmpty }
    }

    var reading: KindReading {
        var reading = KindReading()
        reading.request = first(\.requests.first)
        reading.additional = first(\.additional)
        reading.statusInquiry = first(\.statusInquiry)
        reading.retraction = first(\.retraction)
        reading.isContradictory = isContradictory
        for kind in chosen {
            let best = mentions.filter { $0.mention.kind == kind }.max { $0.mention.strength < $1.mention.strength }
            if let best { reading.kinds[tables.kinds[kind]] = evidence(of: best) }
        }
        if reading.request == nil, !chosen.isEmpty { reading.distantRequest = distantRequest }
        if asksOnlyInTitle {
            reading.request = nil
            reading.distantRequest = nil
        }
        reading.passedOver = passedOver
        return reading
    }

    /// "Importer role. When can I expect an answer?": the title names what the question is about; nothing is asked for.
    private var asksOnlyInTitle: Bool {
        readers.allSatisfy { place, reader in
            reader.hints.asks.isEmpty && (place == .subject || (reader.statusInquiry != nil && reader.requests.isEmpty))
        }
    }

    /// Words that ask for what is named elsewhere: "I am the importer Byrne. […] Please give me the role."
    ///
    /// Words of asking in the sentence of the kind, or the word for a role with words of asking anywhere. Words of asking
    /// alone and anywhere do where the title names the kind, or the text does and asks nothing about the status; an
    /// office's own name is no such.
    private var distantRequest: Evidence? {
        let asked = mentions.filter { chosen.contains($0.mention.kind) }
        for placed in asked {
            let reader = reader(at: placed.place)
            if let ask = reader.ask(beside: placed.mention) { return reader.text.evidence(ask, in: placed.place) }
        }
        guard let ask = first(\.hints.asks.first) else { return nil }
        if asked.contains(where: { $0.place == .subject }) { return ask }
        if let role = first(\.hints.roles.first) { return role }
        let isQuestion = readers.contains { $0.reader.statusInquiry != nil }
        return !isQuestion && asked.contains { !$0.mention.inOfficeName } ? ask : nil
    }

    private func reader(at place: Evidence.Place) -> KindReader { readers[place == .subject ? 0 : 1].reader }

    private var passedOver: [KindReading.PassedOver] {
        readers.flatMap { place, reader in
            let weaker = reader.mentions.filter { !chosen.contains($0.kind) }
            return (reader.passedOver + weaker.map { ($0, .weaker) }).map { mention, cause in
                KindReading.PassedOver(
                    kind: tables.kinds[mention.kind],
                    evidence: evidence(of: Placed(mention: mention, place: place)), cause: cause,
                    isClose: mention.strength >= .tight)
            }
        }
    }

    /// The first place's words that `spans` finds.
    private func first(_ spans: (KindReader) -> Range<Int>?) -> Evidence? {
        for (place, reader) in readers {
            if let span = spans(reader) { return reader.text.evidence(span, in: place) }
        }
        return nil
    }

    private func evidence(of placed: Placed) -> Evidence {
        reader(at: placed.place).text.evidence(
            placed.mention.span, in: placed.place, language: languageName(placed.mention.languages))
    }

    /// The language that a term belongs to; nil where several have it and the text is in none of them.
    private func languageName(_ languages: UInt32) -> String? {
        let mask = languages & detected != 0 ? languages & detected : languages
        guard mask.nonzeroBitCount == 1, mask.trailingZeroBitCount < tables.languages.count else { return nil }
        return tables.languages[mask.trailingZeroBitCount]
    }
}
