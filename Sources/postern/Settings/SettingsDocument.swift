import Configuration
import Foundation

/// The settings as they are given, before anything is made of them: environment variables over the file over the
/// defaults, each value with the place that it comes from.
struct SettingsDocument {
    /// Where a value comes from.
    enum Origin: Equatable {
        case standard
        case file(line: Int?)
        case environment(String)
    }

    /// The file that the settings come from, as it was named.
    let file: String
    /// False when the file is absent and nobody asked for it by name.
    let hasFile: Bool
    private(set) var values: [SettingKey: (value: SettingValue, origin: Origin)] = [:]
    /// Every value that has the wrong shape, in the order of the keys.
    private(set) var problems: [SettingsProblem] = []
    /// What is given and means nothing: typing errors.
    private(set) var warnings: [SettingsProblem] = []
    /// The maps of CSV columns (`registry.csv`); they stand in the file alone.
    let columnMaps: ColumnMapSettings
    /// Who may do what at the keyboard (`operators`); in the file alone, as its environment is in the caller's hand.
    let operators: OperatorSettings

    /// The file that is read unless `--config` names another.
    static let standardFile = "/etc/postern/postern.yaml"

    /// Reads the settings. `file` nil is the standard file, which may be absent.
    init(file named: String?, environment: [String: String]) throws(SettingsProblem) {
        file = named ?? Self.standardFile
        let text = try Self.read(file, mayBeAbsent: named == nil)
        hasFile = text != nil
        let outline = try SettingsOutline(yaml: text ?? "", file: file)
        columnMaps = outline.columnMaps
        operators = outline.operators
        let snapshot = outline.lines.isEmpty ? nil : try Self.snapshot(of: text ?? "", file: file)
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)

        for key in SettingKey.allCases {
            values[key] = key.fallback.map { ($0, .standard) }
            do {
                if environment[key.variable] != nil {
                    if let value = try Self.value(of: key, in: variables, under: ["postern"]) {
                        values[key] = (value, .environment(key.variable))
                    }
                } else if let snapshot, !outline.empty.contains(key.rawValue),
                    let value = try Self.value(of: key, in: snapshot, under: [])
                {
                    values[key] = (value, .file(line: outline.line(of: key.rawValue)))
                }
            } catch {
                let place =
                    environment[key.variable] != nil
                    ? key.variable : Self.place(file, outline.line(of: key.rawValue))
                problems.append(SettingsProblem(place, "\(key.rawValue) must be \(key.shape.allowed)"))
            }
        }
        problems += columnMaps.problems + operators.problems
        warnings = Self.unknownKeys(outline, file: file) + Self.unknownVariables(environment)
    }

    /// For messages: the place of a key's value, or where it ought to be.
    func place(of key: SettingKey) -> String {
        switch values[key]?.origin {
        case .environment(let name): name
        case .file(let line): Self.place(file, line)
        case .standard, nil: file
        }
    }

    static func place(_ file: String, _ line: Int?) -> String { line.map { "\(file):\($0)" } ?? file }

    private static func read(_ file: String, mayBeAbsent: Bool) throws(SettingsProblem) -> String? {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(file, limit: 1_048_576)
        } catch {
            if error.isAbsent, mayBeAbsent { return nil }
            throw SettingsProblem(
                file, error.isAbsent ? "no such file of settings" : "can't be read: \(error.words)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SettingsProblem(file, "is no UTF-8 text")
        }
        return text
    }

    private static func snapshot(of text: String, file: String) throws(SettingsProblem) -> YAMLSnapshot {
        let bytes = Array(text.utf8)
        do {
            return try YAMLSnapshot(data: bytes.span.bytes, providerName: file, parsingOptions: .default)
        } catch {
            throw SettingsProblem(file, "is no YAML that can be used: \(error)")
        }
    }

    /// Nil when the source does not hold the key; throws when it holds something of another shape.
    private static func value(
        of key: SettingKey, in source: some ValueSource, under prefix: [String]
    ) throws -> SettingValue? {
        let path = AbsoluteConfigKey(prefix + key.components)
        switch key.shape {
        case .text: return try source.content(path, .string).map { try SettingValue($0) }
        case .list:
            // One text is as good as a list with one.
            if let one = try? source.content(path, .string), case .string(let text) = one, !source.splitsLists {
                return .list([text])
            }
            let value = try source.content(path, .stringArray).map { try SettingValue($0) }
            if case .list(let texts) = value { return .list(texts.filter { !$0.isEmpty }) }
            return value
        case .flag: return try source.content(path, .bool).map { try SettingValue($0) }
        case .number(let range):
            guard let content = try source.content(path, .int) else { return nil }
            guard case .int(let number) = content, range.contains(number) else { throw WrongShape() }
            return .number(number)
        case .choice(let names):
            guard let content = try source.content(path, .string) else { return nil }
            guard case .string(let name) = content, names.contains(name) else { throw WrongShape() }
            return .text(name)
        }
    }

    private static func unknownKeys(_ outline: SettingsOutline, file: String) -> [SettingsProblem] {
        outline.lines.filter { SettingKey(rawValue: $0.key) == nil }.map { entry in
            let inside = SettingKey.allCases.first { $0.rawValue.hasPrefix(entry.key + ".") }
            let hint =
                inside.map { "; it holds keys of its own, such as \($0.rawValue)" }
                ?? Spelling.hint(entry.key, among: SettingKey.allCases.map(\.rawValue))
            return SettingsProblem(place(file, entry.line), "there is no setting '\(entry.key)'\(hint)")
        }
    }

    private static func unknownVariables(_ environment: [String: String]) -> [SettingsProblem] {
        let known = SettingKey.allCases.map(\.variable)
        return environment.keys.filter { $0.hasPrefix("POSTERN_") && !known.contains($0) }.sorted().map { name in
            SettingsProblem(name, "there is no such setting" + Spelling.hint(name, among: known))
        }
    }
}

/// A value is there and is not what its key asks for.
private struct WrongShape: Error {}

extension SettingValue {
    fileprivate init(_ content: ConfigContent) throws {
        switch content {
        case .string(let text): self = .text(text)
        case .stringArray(let texts): self = .list(texts)
        case .bool(let flag): self = .flag(flag)
        case .int(let number): self = .number(number)
        default: throw WrongShape()
        }
    }
}

/// What both sources of settings can do.
private protocol ValueSource {
    /// A list comes as one text with commas.
    var splitsLists: Bool { get }
    func content(_ key: AbsoluteConfigKey, _ type: ConfigType) throws -> ConfigContent?
}

extension YAMLSnapshot: ValueSource {
    fileprivate var splitsLists: Bool { false }
    fileprivate func content(_ key: AbsoluteConfigKey, _ type: ConfigType) throws -> ConfigContent? {
        try value(forKey: key, type: type).value?.content
    }
}

extension EnvironmentVariablesProvider: ValueSource {
    fileprivate var splitsLists: Bool { true }
    fileprivate func content(_ key: AbsoluteConfigKey, _ type: ConfigType) throws -> ConfigContent? {
        try value(forKey: key, type: type).value?.content
    }
}
