/// Chooses from all mentions of a mail, subject and body together, what it asks for.
enum KindChoice {
    /// The numbers of the kinds that are the object of the request, sorted.
    ///
    /// What is linked to the request beats what is merely said; what stands right beside it beats, where one is an
    /// office's kind and the other an operator's, what only shares its sentence: authorities write of importers. An agent is an agent only where the request says so:
    /// everybody is somebody's representative. The competent authority, which every applicant must speak of, gives way
    /// to another kind unless it stands as close to the request.
    static func kinds(_ mentions: [KindReader.Mention], names: [String]) -> [Int] {
        var strengths: [Int: KindReader.Strength] = [:]
        for mention in mentions {
            strengths[mention.kind] = max(strengths[mention.kind] ?? .none, mention.strength)
        }
        let linked = strengths.filter { $0.value >= .linked }
        var chosen = linked.isEmpty ? strengths.filter { names[$0.key] != "agent" } : linked
        let tight = linked.filter { $0.value >= .tight }
        // Both asked for: ``isContradictory(_:names:)``.
        for isOffice in [true, false]
        where !tight.isEmpty && tight.allSatisfy({ KindReader.isOffice(names[$0.key]) == isOffice }) {
            chosen = chosen.filter { KindReader.isOffice(names[$0.key]) == isOffice || $0.value >= .tight }
        }
        let others = chosen.filter { names[$0.key] != "competent-authority" }
        if !others.isEmpty {
            chosen = chosen.filter { names[$0.key] != "competent-authority" || $0.value >= .tight }
        }
        return chosen.keys.sorted()
    }

    /// Whether the word for a role stands beside an office's kind and beside an operator's: nobody is both.
    static func isContradictory(_ mentions: [KindReader.Mention], names: [String]) -> Bool {
        let asked = mentions.filter { $0.strength == .named }
        return Set(asked.map { KindReader.isOffice(names[$0.kind]) }).count > 1
    }
}
