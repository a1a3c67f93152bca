import Registry
import Yams

/// What stands below `operators` in a file of settings: who may do what at the keyboard, every leaf as it is given, and
/// what is wrong with it.
struct OperatorSettings {
    /// Nil where there is no such section.
    private(set) var map: KeyboardMap?
    private(set) var leaves: [ColumnMapSettings.Leaf] = []
    private(set) var problems: [SettingsProblem] = []

    private static let section = "operators"
    private static let kinds = ["users", "groups"]

    init() {}

    /// Reads the section. `file` is for messages.
    init(_ node: Node, line: Int, file: String) {
        if let scalar = node.scalar, scalar.string.isEmpty || node.tag.description == "tag:yaml.org,2002:null" {
            return
        }
        var tables: [String: [String: Profile]] = [:]
        func fail(_ line: Int, _ key: String, _ reason: String) {
            problems.append(SettingsProblem("\(file):\(line)", "\(key) \(reason)"))
        }
        for (kindNode, value) in node.mapping ?? [:] {
            let line = kindNode.mark?.line ?? line
            let kind = kindNode.string ?? ""
            guard Self.kinds.contains(kind) else {
                fail(line, "\(Self.section).\(kind)", "is no such key" + Spelling.hint(kind, among: Self.kinds))
                continue
            }
            guard let names = value.mapping else {
                fail(line, "\(Self.section).\(kind)", "must hold names and profiles (anna: submission)")
                continue
            }
            for (nameNode, value) in names {
                let line = nameNode.mark?.line ?? line
                let key = "\(Self.section).\(kind).\(nameNode.string ?? "")"
                let written = value.scalar?.string ?? ""
                guard let name = nameNode.string, !name.isEmpty, let profile = Profile(rawValue: written) else {
                    let profiles = Profile.allCases.map(\.rawValue)
                    fail(line, key, "must be one of \(profiles.joined(separator: ", "))")
                    continue
                }
                tables[kind, default: [:]][name] = profile
                leaves.append(.init(key: key, value: .text(profile.rawValue), line: line))
            }
        }
        if tables.isEmpty, problems.isEmpty {
            fail(line, Self.section, "names nobody: name users or groups with their profiles, or leave it out")
        }
        map = KeyboardMap(users: tables["users"] ?? [:], groups: tables["groups"] ?? [:])
    }

    /// Names that this machine doesn't know: typing errors, most likely.
    func warnings(file: String) -> [SettingsProblem] {
        leaves.compactMap { leaf in
            let parts = leaf.key.split(separator: ".", maxSplits: 2).map(String.init)
            guard parts.count == 3 else { return nil }
            let isKnown = parts[1] == "users" ? UserDirectory.knowsUser(parts[2]) : UserDirectory.knowsGroup(parts[2])
            guard !isKnown else { return nil }
            let what = parts[1] == "users" ? "user" : "group"
            return SettingsProblem("\(file):\(leaf.line)", "\(leaf.key): this machine has no such \(what)")
        }
    }
}
