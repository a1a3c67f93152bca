import ArgumentParser
import Registry
import Store

/// `postern operator`: the operators.
struct OperatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operator", abstract: "Find, show and add operators.",
        subcommands: [OperatorSearch.self, OperatorCreate.self, List.self, Show.self])

    private static let listing = RegistryListing(
        type: .operator,
        columns: [
            ("id", .init(heading: "ID")), ("country", .init(heading: "COUNTRY")),
            ("name", .init(heading: "NAME", yields: true)), ("activities", .init(heading: "ACTIVITIES", yields: true)),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the operators.")

        @Option(help: ArgumentHelp("Only those of this country.", valueName: "code"), transform: countryCode)
        var country: String?

        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let filter = RegistryFilter(country: country, limit: limit.limit)
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
