import GRDB
package import Registry

/// What organisation is sought; all that is set must hold.
package struct OrganisationQuery: Sendable {
    package var text: String
    package var country: String?
    /// Exact, but for blanks, dots and the like.
    package var identifier: String?
    /// Of an operator: a section chapter. Of an authority: its role.
    package var mark: String?
    package var limit: Int

    package init(
        _ text: String = "", country: String? = nil, identifier: String? = nil, mark: String? = nil, limit: Int = 20
    ) {
        self.text = text
        self.country = country
        self.identifier = identifier
        self.mark = mark
        self.limit = limit
    }
}

/// What a search found, the best first.
package struct SearchAnswer: Sendable {
    package struct Hit: Sendable, Hashable {
        package let item: RegistryItem
        /// Nil where no text was sought.
        package let match: SearchMatch?
    }

    package let hits: [Hit]
    /// There are more than these, or more than were looked at.
    package let hasMore: Bool
}

extension Store {
    /// Finds operators or authorities by words of their names, however they are spelled, and by what stands beside.
    ///
    /// The work is bounded whatever the registry's size: each step looks at no more than
    /// ``OrganisationSearch/mostCandidates`` entries, so among very many names with common words only some are compared.
    ///
    /// - Parameter type: `operator` or `authority`.
    package func search(
        _ type: RegistryEntry.EntityType, _ query: OrganisationQuery
    ) async throws(StoreFault) -> SearchAnswer {
        guard type == .operator || type == .authority else {
            throw StoreFault(.bug, "there is no search for a \(type.rawValue)")
        }
        return try await read { db in try OrganisationSearch(db: db, table: type.rawValue, query: query).answer() }
    }
}

/// One search inside a transaction.
struct OrganisationSearch {
    /// Entries that one step looks at.
    static let mostCandidates = 150
    /// The same for steps that find what fits less well, and only where little else was found.
    private static let fewCandidates = 60
    /// Words of a query that count; the rarest where there are more.
    static let mostWords = 12
    /// Of a long query only the beginning is read.
    private static let longestText = 2_000
    /// Other spellings of one word that a typing error may have come from.
    private static let mostVariants = 24

    let db: Database
    let table: String
    let query: OrganisationQuery

    private struct Candidate {
        let number: Int64
        let name: String
        let match: SearchMatch?
    }

    func answer() throws -> SearchAnswer {
        var filters: [String] = []
        if let country = query.country { filters.append(SearchText.country(country)) }
        if let identifier = query.identifier {
            guard let token = SearchText.identifier(identifier) else { return SearchAnswer(hits: [], hasMore: false) }
            filters.append(token)
        }
        if let mark = query.mark {
            guard let token = SearchText.mark(mark) else { return SearchAnswer(hits: [], hasMore: false) }
            filters.append(token)
        }
        let quoted = filters.map(Self.quote)
        let needle = SearchNeedle(String(query.text.unicodeScalars.prefix(Self.longestText)))
        let words = try telling(needle.name.core)
        var found = Found()
        if words.isEmpty {
            guard query.text.isEmpty, !quoted.isEmpty else { return SearchAnswer(hits: [], hasMore: false) }
            try look(quoted, nil, &found)
        } else {
            try look([Self.quote(SearchText.cut(needle.name.whole))] + quoted, needle, &found)
            try look(words.map(Self.quote) + quoted, needle, &found)
            if found.candidates.count < query.limit {
                try look(try withVariants(words) + quoted, needle, &found, most: Self.fewCandidates)
            }
            if found.candidates.count < query.limit, words.count > 1 {
                // The commonest word tells least, so it is the first to be left out.
                for place in words.indices.reversed() {
                    var fewer = words
                    fewer.remove(at: place)
                    try look(fewer.map(Self.quote) + quoted, needle, &found, most: Self.fewCandidates)
                    if found.candidates.count >= max(Self.fewCandidates, query.limit) { break }
                }
            }
        }
        return try answer(found)
    }

    private struct Found {
        var candidates: [Int64: Candidate] = [:]
        var isCapped = false
    }

    private func answer(_ found: Found) throws -> SearchAnswer {
        let ranked = found.candidates.values.sorted { one, other in
            if let mine = one.match, let theirs = other.match, mine != theirs { return mine < theirs }
            if one.name != other.name { return one.name < other.name }
            return one.number < other.number
        }
        let sql = "SELECT entry FROM \(table) WHERE number = ?"
        let hits = try ranked.prefix(max(0, query.limit)).compactMap { candidate in
            try db.first(sql, [candidate.number]) { row -> SearchAnswer.Hit? in
                let json: String = row[0]
                guard let entry = RegistryEntry(json: Array(json.utf8)) else { return nil }
                return SearchAnswer.Hit(item: RegistryItem(entry: entry, json: json), match: candidate.match)
            }
        }
        return SearchAnswer(hits: hits, hasMore: found.isCapped || ranked.count > query.limit)
    }

    /// Takes up entries that have all terms, as far as they fit the needle.
    private func look(
        _ terms: [String], _ needle: SearchNeedle?, _ found: inout Found, most usual: Int = Self.mostCandidates
    ) throws {
        let most = max(usual, query.limit)
        let sql = SearchSQL.find(table)
        let rows = try db.rows(sql, [terms.joined(separator: " AND "), most + 1])
        var count = 0
        while let row = try rows.next() {
            count += 1
            let number: Int64 = row[0]
            guard count <= most, found.candidates[number] == nil else { continue }
            let name: String = row[1]
            let match = needle?.match(name)
            if needle != nil, match == nil { continue }
            found.candidates[number] = Candidate(number: number, name: name, match: match)
        }
        if count > most { found.isCapped = true }
    }

    /// The different words, rarest first.
    private func telling(_ words: [String]) throws -> [String] {
        let different = Array(Set(words))
        var uses: [String: Int] = [:]
        let rows = try db.rows(SearchSQL.uses, [Self.list(different)])
        while let row = try rows.next() { uses[row[0]] = row[1] }
        let sorted = different.sorted { (uses[$0] ?? 0, $0) < (uses[$1] ?? 0, $1) }
        return Array(sorted.prefix(Self.mostWords))
    }

    /// Each word, or one that it may be a typing error of.
    private func withVariants(_ words: [String]) throws -> [String] {
        try words.map { word in
            var known: [(word: String, uses: Int)] = []
            let rows = try db.rows(SearchSQL.uses, [Self.list(SearchNeedle.variants(of: word))])
            while let row = try rows.next() { known.append((row[0], row[1])) }
            known.sort { ($0.uses, $0.word) < ($1.uses, $1.word) }
            let choices = [word] + known.prefix(Self.mostVariants).map(\.word)
            return choices.count == 1 ? Self.quote(word) : "(\(choices.map(Self.quote).joined(separator: " OR ")))"
        }
    }

    private static func list(_ words: [String]) -> String { JSONValue.array(words.map(JSONValue.string)).text }

    /// A term of FTS5's query language. Terms are made of letters, digits and our marks only; a quotation mark would end
    /// the string, so it is doubled all the same.
    private static func quote(_ term: String) -> String { "\"" + term.replacing("\"", with: "\"\"") + "\"" }
}

/// The statements of a search.
enum SearchSQL {
    static func find(_ table: String) -> String {
        """
        SELECT o.number, o.name FROM \(table)_search s CROSS JOIN \(table) o ON o.number = s.rowid
        WHERE s.words MATCH ?1 LIMIT ?2
        """
    }
    static func insert(_ table: String) -> String { "INSERT INTO \(table)_search (rowid, words) VALUES (?, ?)" }
    static func delete(_ table: String) -> String {
        "INSERT INTO \(table)_search (\(table)_search, rowid, words) VALUES ('delete', ?, ?)"
    }
    static func configure(_ table: String) -> String {
        "INSERT INTO \(table)_search (\(table)_search, rank) VALUES (?, ?)"
    }
    static func optimize(_ table: String) -> String {
        "INSERT INTO \(table)_search (\(table)_search) VALUES ('optimize')"
    }
    static let uses = """
        SELECT w.word, w.uses FROM json_each(?1) k CROSS JOIN search_word w ON w.word = k.value WHERE w.uses > 0
        """
    static let countWord = """
        INSERT INTO search_word (word, uses) VALUES (?1, ?2) ON CONFLICT (word) DO UPDATE SET uses = uses + ?2
        """
}
