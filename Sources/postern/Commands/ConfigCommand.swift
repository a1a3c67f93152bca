import ArgumentParser
import Foundation

/// `postern config`: the settings, checked and shown.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check and show the settings.", subcommands: [Check.self, Show.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is wrong with the settings, line by line.",
            discussion: """
                Status 0: nothing is wrong. 1: there are keys that mean nothing (typing errors), or files that others \
                may read. 2: the settings can't be used.
                """)

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let document = try settings.document()
            let errors = document.allProblems(environment: settings.environment)
            var warnings = document.warnings
            if errors.isEmpty {
                let checked = try document.settings(environment: settings.environment)
                warnings += checked.secretFiles.compactMap { $0.permissionWarning() }
                warnings += document.operators.warnings(file: document.file)
                if let problem = checked.exports.inboxProblem() {
                    warnings.append(SettingsProblem(document.place(of: .registryInbox), "registry.inbox: \(problem)"))
                }
            }
            var output = Output()
            for (problem, grade) in errors.map({ ($0, "error") }) + warnings.map({ ($0, "warning") }) {
                if format.json {
                    try output.json([
                        "grade": .string(grade), "place": .string(problem.place), "problem": .string(problem.reason),
                    ])
                } else {
                    try output.line("\(grade): \(problem.description.visible)")
                }
            }
            if errors.isEmpty, warnings.isEmpty, !format.json { try output.line("ok: \(document.file)") }
            try output.finish()
            if let first = errors.first {
                throw CommandFailure.unusable(
                    errors.count == 1 ? first.description : "\(first) (and \(errors.count - 1) more)")
            }
            if !warnings.isEmpty { throw CommandFailure.unfulfilled }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every setting in force and where it comes from.",
            discussion: "Secrets lie in files and are never read for this; their files' names are shown.")

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let document = try settings.document()
            var output = Output()
            var table = Table([
                Table.Column(heading: "KEY"), Table.Column(heading: "VALUE", yields: true),
                Table.Column(heading: "FROM", yields: true),
            ])
            for key in SettingKey.allCases {
                let entry = document.values[key]
                let value = key.withoutSecrets(entry?.value)
                if format.json {
                    try output.json([
                        "key": .string(key.rawValue), "value": value?.json ?? .null,
                        "from": .string(document.source(of: key)), "variable": .string(key.variable),
                    ])
                } else {
                    table.add([key.rawValue, value?.shown ?? "-", document.source(of: key)])
                }
            }
            for leaf in document.columnMaps.leaves + document.operators.leaves {
                let source = SettingsDocument.place(document.file, leaf.line)
                if format.json {
                    try output.json([
                        "key": .string(leaf.key), "value": leaf.value.json, "from": .string(source), "variable": .null,
                    ])
                } else {
                    table.add([leaf.key, leaf.value.shown, source])
                }
            }
            if !format.json { try output.table(table) }
            try output.finish()
            if let first = document.problems.first { throw CommandFailure.unusable(first.description) }
        }
    }
}

extension SettingKey {
    /// The value as it may be shown: a password that somebody put into a server's address, against the rules, is not.
    fileprivate func withoutSecrets(_ value: SettingValue?) -> SettingValue? {
        switch (self, value) {
        case (.mailboxURL, .text(let text)), (.submissionURL, .text(let text)):
            guard let at = text.lastIndex(of: "@") else { return value }
            let scheme = text.range(of: "://").map { text[..<$0.upperBound] } ?? ""
            return .text("\(scheme)<secret>\(text[at...])")
        case (.mailboxTokenCommand, .list(let words)), (.submissionTokenCommand, .list(let words)):
            guard let program = words.first else { return value }
            let name = program.split(separator: " ").first.map(String.init) ?? program
            return .list(words.count > 1 || name != program ? [name, "<arguments>"] : [name])
        default: return value
        }
    }
}

extension SettingsDocument {
    /// `default`, `postern.yaml:7` or the variable's name.
    fileprivate func source(of key: SettingKey) -> String {
        switch values[key]?.origin {
        case .standard: "default"
        case nil: "not set"
        default: place(of: key)
        }
    }
}

extension Settings {
    /// Every file that holds a secret.
    var secretFiles: [SecretFile] {
        [mailbox.login, submission.login].compactMap {
            if case .password(let file) = $0 { file } else { nil }
        }
    }
}
