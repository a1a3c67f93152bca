import ArgumentParser
import Foundation

/// `--config`, for every command that needs settings.
struct SettingsOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The file of settings (default: \(SettingsDocument.standardFile)).", valueName: "file"))
    var file: String?

    var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The settings as given.
    func document() throws(SettingsProblem) -> SettingsDocument {
        try refuseBorrowedRights()
        return try SettingsDocument(file: file, environment: environment)
    }

    /// All settings, checked.
    func settings() throws(SettingsProblem) -> Settings {
        try document().settings(environment: environment)
    }

    /// For a command that needs a section only.
    func reader() throws(SettingsProblem) -> SettingsReader {
        SettingsReader(try document(), environment: environment)
    }
}

/// `--json`.
struct FormatOptions: ParsableArguments {
    @Flag(help: "Print JSON, one object a line.")
    var json = false

    /// Prints what a command has done, in words or as an object.
    func tell(_ words: String, _ object: JSON) throws(CommandFailure) {
        var output = Output()
        if json { try output.json(object) } else { try output.line(words) }
        try output.finish()
    }
}

/// `--at`: the moment as of which something is looked at.
struct ClockOptions: ParsableArguments {
    @Option(help: ArgumentHelp("As of this moment (default: now).", valueName: "iso8601"))
    var at: String?

    var now: Date {
        get throws(CommandFailure) {
            try at.map { text throws(CommandFailure) in try moment(text, option: "--at") } ?? Date()
        }
    }
}

/// `--country`: two letters, which the registry keeps as capitals.
@Sendable func countryCode(_ text: String) throws -> String {
    guard text.utf8.count == 2, text.utf8.allSatisfy({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }) else {
        throw ValidationError("'\(text.visible)' is no country code (two letters, such as HR)")
    }
    return text.uppercased()
}

/// `--limit`.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Print at most this many.", valueName: "n"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
    }
}
