import ArgumentParser
import Foundation
import Registry
import Store

/// What `list` and `show` of the registry's entities have in common.
struct RegistryListing {
    let type: RegistryEntry.EntityType
    /// The keys of the exchange format that the table shows, with their headings.
    let columns: [(key: String, column: Table.Column)]

    /// Prints the entries that the filter lets through. `beside` has members that stand behind an entry's own in JSON, by
    /// its id.
    func list(
        _ filter: RegistryFilter, settings: SettingsOptions, json: Bool, beside: [String: [JSON.Member]] = [:]
    ) async throws {
        let store = try settings.store(.read)
        var output = Output()
        var table = TablePrinter(columns.map(\.column))
        try await store.entries(type, filter) { items in
            for item in items {
                let entry = JSON(stored: item.json)
                if json {
                    let more = beside.isEmpty ? nil : beside[entry.shown("id")]
                    try output.json(more.map { .object(entry.members + $0) } ?? entry)
                } else {
                    try table.add(columns.map { entry.shown($0.key) }, to: &output)
                }
            }
        }
        if !json { try table.finish(&output) }
        try output.finish()
    }

    /// Prints one entry.
    func show(_ id: String, settings: SettingsOptions, json: Bool) async throws {
        guard let item = try await settings.store(.read).entry(type, id) else {
            throw CommandFailure.unusable("there is no \(type.rawValue) '\(id)'")
        }
        let entry = JSON(stored: item.json)
        var output = Output()
        if json {
            try output.json(entry)
        } else {
            for line in Self.lines(entry.members) { try output.line(line) }
        }
        try output.finish()
    }

    /// `key: value` lines, the values under each other.
    static func lines(_ members: [JSON.Member]) -> [String] {
        let width = members.reduce(0) { max($0, DisplayWidth.of($1.key.visible)) }
        return members.map { member in
            let key = member.key.visible + ":"
            return key + String(repeating: " ", count: width + 2 - DisplayWidth.of(key)) + member.value.shown.visible
        }
    }
}

/// `--at`, for entries that are valid on some days only.
struct DayOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only what is valid on this day (2026-11-21).", valueName: "date"))
    var at: String?

    var day: Day? {
        get throws(CommandFailure) {
            guard let at else { return nil }
            guard let day = Day(at) ?? Timestamp.date(at).map({ Day(of: $0) }) else {
                throw .unusable("--at: '\(at)' is no date (2026-11-21)")
            }
            return day
        }
    }
}

/// `ID`, for `show`.
struct EntryArgument: ParsableArguments {
    @Argument(help: "The entry's id.")
    var id: String
}
