/// How close mentions stand to what is asked.
extension KindReader {
    /// `asking`: the clauses that hold words of asking.
    mutating func link(asking: Set<Int32>) {
        guard !mentions.isEmpty else { return }
        let spans = mentions.map(\.span)
        for request in requests {
            // "We supervise importers: please enable us as the authority": the object stands in the clause of asking. What an
            // office that asks for itself says in another clause is about others.
            let inClause = near.nearest(to: request, in: spans, within: Self.reach, sameClause: true)
            let elsewhere =
                officeRequests.contains(request)
                ? nil : near.nearest(to: request, in: spans, within: Self.reach, sameClause: false)
            // A loose word of another clause is none of the request's: "at import, I wish to have access".
            if let index = inClause ?? elsewhere.flatMap({ mentions[$0].onlyByRole ? nil : $0 }) {
                let close = NearWords.distance(spans[index], request) <= Self.close
                mentions[index].strength = max(mentions[index].strength, close ? .tight : .linked)
            }
        }
        for role in roles {
            if let index = near.nearest(to: role, in: spans, within: Self.close, sameClause: false) {
                let beside =
                    NearWords.distance(spans[index], role) <= Self.beside
                    && near.clause(of: spans[index]) == near.clause(of: role)
                let strength: Strength =
                    !beside ? .tight : asking.contains(near.clause(of: spans[index])) ? .asked : .named
                mentions[index].strength = max(mentions[index].strength, strength)
            }
        }
    }

    /// "for an importer or an agent": what stands beside the object is an object too. "We supervise importers and request
    /// the authority's role" has words of asking between, and joins nothing; nor are an operator's kind and an office's asked for together.
    ///
    /// `asking` holds the words of asking.
    mutating func coordinate(asking: Set<Int>) {
        guard mentions.count > 1 else { return }
        for index in mentions.indices.dropFirst() {
            let left = mentions[index - 1]
            let right = mentions[index]
            let gap = left.span.upperBound..<max(left.span.upperBound, right.span.lowerBound)
            guard gap.count <= 3, near.sentence(of: left.span) == near.sentence(of: right.span),
                isAuthority(left.kind) == isAuthority(right.kind)
            else { continue }
            let joined =
                gap.contains { joins($0, left.languages & right.languages) }
                || (gap.isEmpty && text.tokens[left.span.upperBound - 1].traits.contains(.dotFollows))
            guard joined, !gap.contains(where: asking.contains) else { continue }
            let strength = max(left.strength, right.strength)
            guard strength >= .linked else { continue }
            mentions[index - 1].strength = strength
            mentions[index].strength = strength
        }
    }
}
