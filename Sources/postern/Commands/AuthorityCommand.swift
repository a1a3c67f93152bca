import ArgumentParser
import Registry
import Store

/// `postern authority`: the competent authorities and customs offices.
struct AuthorityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority", abstract: "Find and show the competent authorities and customs offices.",
        subcommands: [AuthoritySearch.self, List.self, Show.self])

    private static let listing = RegistryListing(
        type: .authority,
        columns: [
            ("id", .init(heading: "ID")), ("role", .init(heading: "ROLE")), ("country", .init(heading: "COUNTRY")),
            ("code", .init(heading: "CODE")), ("name", .init(heading: "NAME", yields: true)),
            ("mailbox", .init(heading: "MAILBOX", yields: true)),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the competent authorities and customs offices.")

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
