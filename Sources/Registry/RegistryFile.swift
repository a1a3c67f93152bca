/// A registry file read whole: its entries, or what is wrong with it.
package struct RegistryFile: Sendable {
    /// The good lines in their order.
    package private(set) var lines: [RegistryLine] = []
    /// Every line that can't be taken up, by number; unresolved references come under their own line.
    package private(set) var problems: [RegistryLineProblem] = []

    /// Reads chunks of a file. References resolve to entries anywhere in the file, or to those that `isKnown` names.
    package init(
        chunks: some Sequence<[UInt8]>, isKnown: (RegistryReference) -> Bool = { _ in false }
    ) {
        var reader = RegistryLines()
        var ids: Set<RegistryReference> = []
        var good: [RegistryLine] = []
        var bad: [RegistryLineProblem] = []
        let take: (RegistryLines.Item) -> Void = { item in
            switch item {
            case .entry(let line):
                good.append(line)
                switch line.entry.type {
                case .account, .operator, .authority:
                    ids.insert(RegistryReference(type: line.entry.type, id: line.entry.key))
                default: break
                }
            case .problem(let problem): bad.append(problem)
            }
        }
        for chunk in chunks { reader.read(chunk, take) }
        reader.finish(take)
        for line in good {
            if let missing = line.entry.references.first(where: { !ids.contains($0) && !isKnown($0) }) {
                bad.append(RegistryLineProblem(line: line.number, reason: "there is no \(missing)"))
            } else {
                lines.append(line)
            }
        }
        problems = bad.sorted { $0.line < $1.line }
    }

    /// The registry that the good lines make.
    package var index: RegistryIndex { RegistryIndex(entries: lines.lazy.map(\.entry)) }
}
