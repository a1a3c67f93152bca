/// What a mail asks for, chosen from all mentions of its subject and body together.
struct KindChoice {
    /// The numbers of the kinds that are the object of the request, sorted.
    let kinds: [Int]
    /// Whether an office's kind and an operator's are asked for alike: nobody is both.
    let isContradictory: Bool

    /// What is asked for beats what stands close to the request, that what only shares its sentence, and that what is
    /// merely said: authorities write of importers, and everybody of the role that they had before. An agent is an
    /// agent only where the request says so: everybody is somebody's representative. The competent authority, which
    /// every applicant must speak of, gives way to another kind unless it stands as close to the request. An office's
    /// own name says where somebody works; it counts beside the word for a role, or where nothing else is asked for.
    init(_ mentions: [KindReader.Mention], names: [String]) {
        let proper = mentions.filter { !$0.inOfficeName || $0.strength >= .named }
        let counting = proper.contains { $0.strength >= .linked } ? proper : mentions
        var strengths: [Int: KindReader.Strength] = [:]
        for mention in counting {
            strengths[mention.kind] = max(strengths[mention.kind] ?? .none, mention.strength)
        }
        let best = strengths.values.max() ?? .none
        let bestClasses = Set(strengths.filter { $0.value == best }.keys.map { KindReader.isOffice(names[$0]) })
        func isOfBestClass(_ kind: Int) -> Bool { bestClasses.contains(KindReader.isOffice(names[kind])) }
        var chosen: [Int: KindReader.Strength]
        switch best {
        case .asked: chosen = strengths.filter { $0.value == .asked }
        case .named, .tight:
            chosen = strengths.filter { $0.value == best || ($0.value >= .linked && isOfBestClass($0.key)) }
        case .linked: chosen = strengths.filter { $0.value == .linked }
        case .plain, .none: chosen = strengths.filter { names[$0.key] != "agent" }
        }
        if chosen.keys.contains(where: { names[$0] != "competent-authority" }) {
            chosen = chosen.filter { names[$0.key] != "competent-authority" || $0.value >= .tight }
        }
        kinds = chosen.keys.sorted()
        isContradictory = best >= .named && bestClasses.count > 1
    }
}
