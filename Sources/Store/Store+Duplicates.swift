import GRDB
package import Registry

/// An operator that may be the one that somebody is about to create.
package struct LikelyDuplicate: Sendable {
    package enum Reason: Sendable, Hashable {
        /// It has this identifier.
        case identifier(Operator.Identifier)
        /// It has this identifier, whose number the new one has under another scheme.
        case number(Operator.Identifier)
        /// Its name is near or the same, in the same country.
        case name(SearchMatch)
    }

    package let item: RegistryItem
    /// The weightiest first.
    package let reasons: [Reason]

    /// No two operators have the same identifier, whatever their names.
    package var hasSameIdentifier: Bool {
        reasons.contains { if case .identifier = $0 { true } else { false } }
    }
}

extension Store {
    /// Operators that may be the same as `new`: those with one of its identifiers, also under another scheme, then those of
    /// its country whose name is the same, the same but for spelling or legal form, has the same words, or differs by one
    /// typing error a word.
    package func likelyDuplicates(of new: Operator, limit: Int = 20) async throws(StoreFault) -> [LikelyDuplicate] {
        try await read { db in
            var found: [RegistryItem] = []
            var reasons: [String: [LikelyDuplicate.Reason]] = [:]
            func note(_ item: RegistryItem, _ reason: LikelyDuplicate.Reason) {
                if reasons[item.entry.key] == nil { found.append(item) }
                reasons[item.entry.key, default: []].append(reason)
            }
            func search(_ query: OrganisationQuery) throws -> [SearchAnswer.Hit] {
                try OrganisationSearch(db: db, table: "operator", query: query).answer().hits
            }
            for identifier in new.identifiers where !identifier.compared.isEmpty {
                for hit in try search(OrganisationQuery(identifier: identifier.value, limit: limit)) {
                    guard case .operator(let other) = hit.item.entry else { continue }
                    let same = other.identifiers.filter { Self.isSameNumber($0, identifier, new, other) }
                    if let theirs = same.first(where: { $0.scheme == identifier.scheme }) {
                        note(hit.item, .identifier(theirs))
                    } else if let theirs = same.first {
                        note(hit.item, .number(theirs))
                    }
                }
            }
            for hit in try search(OrganisationQuery(new.name, country: new.country, limit: limit)) {
                guard let match = hit.match, match.meansTheSame else { continue }
                note(hit.item, .name(match))
            }
            return found.map { LikelyDuplicate(item: $0, reasons: reasons[$0.entry.key] ?? []) }
        }
    }

    /// EORI and VAT numbers name their country; other numbers mean something within the operator's country only.
    private static func isSameNumber(
        _ one: Operator.Identifier, _ other: Operator.Identifier, _ mine: Operator, _ theirs: Operator
    ) -> Bool {
        guard one.compared == other.compared else { return false }
        return ["EORI", "VAT"].contains { $0 == one.scheme || $0 == other.scheme } || mine.country == theirs.country
    }
}

extension SearchMatch {
    /// Whether two names with this likeness may well be one operator's.
    package var meansTheSame: Bool {
        switch kind {
        case .exact, .sameName, .sameWords: true
        case .typingErrors: extra == 0
        case .allWords, .allButOne: false
        }
    }
}
