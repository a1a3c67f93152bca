import Yams

/// The keys that a file of settings holds, with their lines: what tells a typing error from a setting.
struct SettingsOutline {
    /// Dotted keys in the order of the file, with their line numbers.
    private(set) var lines: [(key: String, line: Int)] = []
    /// Keys whose value is left empty (`ca_file:` with nothing after it): as good as not there.
    private(set) var empty: Set<String> = []
    /// The maps of CSV columns, whose keys are the operator's own words.
    private(set) var columnMaps = ColumnMapSettings()
    /// Who may do what at the keyboard; its keys are the machine's users and groups.
    private(set) var operators = OperatorSettings()

    /// Takes the outline of a YAML text. `file` is for messages.
    init(yaml: String, file: String) throws(SettingsProblem) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw Self.problem(error, file: file)
        } catch {
            throw SettingsProblem(file, "is no YAML")
        }
        guard let root, root.tag.description != "tag:yaml.org,2002:null" else { return }
        guard let mapping = root.mapping else { throw SettingsProblem(file, "must hold keys and values (key: value)") }
        try walk(mapping, prefix: "", depth: 0, file: file)
    }

    func line(of key: String) -> Int? { lines.first { $0.key == key }?.line }

    private mutating func walk(
        _ mapping: Node.Mapping, prefix: String, depth: Int, file: String
    ) throws(SettingsProblem) {
        for (keyNode, value) in mapping {
            let line = keyNode.mark?.line ?? 0
            guard let name = keyNode.string, depth < 8 else {
                throw SettingsProblem("\(file):\(line)", "a key must be a plain word")
            }
            let key = prefix + name
            if key == "registry.csv" {
                columnMaps = ColumnMapSettings(value, line: line, file: file)
                continue
            }
            if key == "operators" {
                operators = OperatorSettings(value, line: line, file: file)
                continue
            }
            if let inner = value.mapping, !inner.isEmpty {
                try walk(inner, prefix: key + ".", depth: depth + 1, file: file)
                continue
            }
            lines.append((key, line))
            if let scalar = value.scalar, scalar.string.isEmpty, scalar.style == .plain || scalar.style == .any {
                empty.insert(key)
            }
            if value.mapping != nil { empty.insert(key) }
            if let sequence = value.sequence, sequence.contains(where: { $0.scalar == nil }) {
                throw SettingsProblem("\(file):\(line)", "\(key) must be a list of plain texts")
            }
        }
    }

    /// The first line of what Yams says, with the place.
    private static func problem(_ error: YamlError, file: String) -> SettingsProblem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            SettingsProblem("\(file):\(mark.line)", "is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            SettingsProblem(
                "\(file):\(context.mark.line)",
                "a key stands there twice: \(duplicates.map { "\($0)" }.joined(separator: ", "))")
        default: SettingsProblem(file, "is no YAML")
        }
    }
}
