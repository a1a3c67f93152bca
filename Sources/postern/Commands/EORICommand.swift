import ArgumentParser
import Registry
import Store

/// `postern eori`: the EORI numbers with their days of validity.
struct EORICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eori", abstract: "Show the EORI numbers with their days of validity.",
        subcommands: [List.self, Show.self])

    private static let listing = RegistryListing(
        type: .eori,
        columns: [
            ("number", .init(heading: "NUMBER")), ("validFrom", .init(heading: "FROM")),
            ("validTo", .init(heading: "TO")),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the EORI numbers with their days of validity.")

        @OptionGroup var day: DayOptions
        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let filter = RegistryFilter(day: try day.day, limit: limit.limit)
            try await listing.list(filter, settings: settings, json: format.json)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one of them.")

        @OptionGroup var entry: EntryArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws { try await listing.show(entry.id, settings: settings, json: format.json) }
    }
}
