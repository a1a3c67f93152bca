import Foundation
import Registry
import Yams

/// A map of CSV columns as the settings name it.
struct NamedColumnMap: Sendable, Equatable {
    let name: String
    /// A shell pattern of the names of the files that it is for; nil where it must be asked for by its name.
    let files: String?
    let map: ColumnMap

    /// Whether the map is for a file of this name, without folder.
    func isFor(_ file: String) -> Bool { files.map { fnmatch($0, file, FNM_PERIOD) == 0 } ?? false }
}

extension Settings.Exports {
    /// Why the folder of dropped exports can't be used by this user; nil when it can, or when there is none.
    func inboxProblem() -> String? {
        guard let inbox else { return nil }
        var status = stat()
        guard stat(inbox, &status) == 0 else { return "\(inbox): \(CommandFailure.systemWords(for: errno))" }
        guard status.st_mode & S_IFMT == S_IFDIR else { return "\(inbox): is no folder" }
        guard access(inbox, R_OK | W_OK | X_OK) == 0 else {
            return "\(inbox): \(CommandFailure.systemWords(for: errno)) (files must be read there and moved)"
        }
        return nil
    }
}

extension [NamedColumnMap] {
    /// How a file of this name is written: by the map that is asked for, else by the one whose pattern the name fits; what
    /// fits none is JSON Lines unless it calls itself CSV. Throws one sentence.
    func format(of file: String, map name: String? = nil) throws(CommandFailure) -> RegistryFormat {
        if let name {
            guard let named = first(where: { $0.name == name }) else {
                let known =
                    isEmpty ? "; the settings have none (registry.csv)" : Spelling.hint(name, among: map(\.name))
                throw .unusable("there is no column map '\(name)'\(known)")
            }
            return .csv(named.map)
        }
        let base = file.split(separator: "/").last.map(String.init) ?? file
        let fitting = filter { $0.isFor(base) }
        guard fitting.count <= 1 else {
            let names = fitting.map(\.name).joined(separator: ", ")
            throw .unusable("\(base): several column maps are for it (\(names)): name one with --map")
        }
        if let only = fitting.first { return .csv(only.map) }
        guard !base.lowercased().hasSuffix(".csv") else {
            throw .unusable(
                "\(base): no column map is for it: name one with --map, or its files in registry.csv.NAME.files")
        }
        return .lines
    }
}

/// What stands below `registry.csv` in a file of settings: the maps, every leaf as it is given, and what is wrong with it.
struct ColumnMapSettings {
    /// One given value, for `config show`.
    struct Leaf {
        let key: String
        let value: SettingValue
        let line: Int
    }

    private(set) var maps: [NamedColumnMap] = []
    private(set) var leaves: [Leaf] = []
    private(set) var problems: [SettingsProblem] = []

    private static let section = "registry.csv"
    private static let keys = [
        "type", "files", "delimiter", "encoding", "dates", "list_separator", "columns", "constants", "values",
    ]

    init() {}

    /// Reads the section. `file` is for messages.
    init(_ node: Node, line: Int, file: String) {
        if let scalar = node.scalar, scalar.string.isEmpty || node.tag.description == "tag:yaml.org,2002:null" {
            return
        }
        guard let maps = node.mapping else {
            problems.append(SettingsProblem("\(file):\(line)", "\(Self.section) must hold maps by their names"))
            return
        }
        for (key, value) in maps {
            let line = key.mark?.line ?? line
            let name = key.string ?? ""
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 == 0x2d || $0 == 0x5f || Self.isWord($0) }) else {
                problems.append(
                    SettingsProblem(
                        "\(file):\(line)", "\(Self.section): a map's name is made of letters, digits, - and _"))
                continue
            }
            var reader = Reader(name: name, file: file)
            if let map = reader.map(value, line: line) { self.maps.append(map) }
            leaves += reader.leaves
            problems += reader.problems
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }

    /// Reads one map and notes where its keys stand.
    private struct Reader {
        let name: String
        let file: String
        var leaves: [Leaf] = []
        var problems: [SettingsProblem] = []
        private var lines: [String: Int] = [:]

        init(name: String, file: String) {
            self.name = name
            self.file = file
        }

        mutating func map(_ node: Node, line: Int) -> NamedColumnMap? {
            guard let mapping = node.mapping else {
                fail(line, "", "must hold type and columns")
                return nil
            }
            var draft = ColumnMap.Draft()
            var files: String?
            for (keyNode, value) in mapping {
                let line = keyNode.mark?.line ?? line
                let key = keyNode.string ?? ""
                lines[key] = line
                switch key {
                case "type": draft.type = text(value, key, line) ?? ""
                case "files": files = text(value, key, line)
                case "delimiter": draft.delimiter = text(value, key, line)
                case "encoding": draft.encoding = text(value, key, line)
                case "dates": draft.dates = text(value, key, line)
                case "list_separator": draft.listSeparator = text(value, key, line)
                case "columns":
                    for (member, node, line) in members(value, key, line) {
                        if let heading = text(node, "\(key).\(member)", line) {
                            draft.columns.append((member, heading))
                        }
                    }
                case "constants":
                    for (member, node, line) in members(value, key, line) {
                        let texts = texts(node, "\(key).\(member)", line)
                        if !texts.isEmpty { draft.constants.append((member, texts)) }
                    }
                case "values":
                    for (member, node, line) in members(value, key, line) {
                        var words: [String: String] = [:]
                        for (word, node, line) in members(node, "\(key).\(member)", line) {
                            words[word] = text(node, "\(key).\(member).\(word)", line)
                        }
                        draft.values.append((member, words))
                    }
                default:
                    fail(line, key, "is no key of a column map" + Spelling.hint(key, among: ColumnMapSettings.keys))
                }
            }
            guard problems.isEmpty else { return nil }
            do {
                return NamedColumnMap(name: name, files: files, map: try ColumnMap(draft))
            } catch {
                let place =
                    lines[error.key] ?? error.key.firstIndex(of: ".").flatMap { lines[String(error.key[..<$0])] }
                fail(place ?? line, error.key, error.reason)
                return nil
            }
        }

        private func path(_ key: String) -> String {
            "\(ColumnMapSettings.section).\(name)" + (key.isEmpty ? "" : ".\(key)")
        }

        private mutating func fail(_ line: Int, _ key: String, _ reason: String) {
            problems.append(SettingsProblem("\(file):\(line)", "\(path(key)) \(reason)"))
        }

        private mutating func text(_ node: Node, _ key: String, _ line: Int) -> String? {
            guard let scalar = node.scalar else {
                fail(line, key, "must be text")
                return nil
            }
            leaves.append(Leaf(key: path(key), value: .text(scalar.string), line: line))
            return scalar.string
        }

        private mutating func texts(_ node: Node, _ key: String, _ line: Int) -> [String] {
            guard let sequence = node.sequence else { return text(node, key, line).map { [$0] } ?? [] }
            let texts = sequence.compactMap { $0.scalar?.string }
            guard texts.count == sequence.count, !texts.isEmpty else {
                fail(line, key, "must be text or a list of texts")
                return []
            }
            leaves.append(Leaf(key: path(key), value: .list(texts), line: line))
            return texts
        }

        private mutating func members(_ node: Node, _ key: String, _ line: Int) -> [(String, Node, Int)] {
            guard let mapping = node.mapping else {
                fail(line, key, "must hold keys and values (key: value)")
                return []
            }
            return mapping.map { entry in
                let line = entry.key.mark?.line ?? line
                let name = entry.key.string ?? ""
                lines["\(key).\(name)"] = line
                return (name, entry.value, line)
            }
        }
    }
}
