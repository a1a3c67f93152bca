import ArgumentParser
import Registry
import Store

/// `postern delegation`: the delegations to customs representatives.
struct DelegationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delegation", abstract: "Show the delegations to customs representatives.",
        subcommands: [List.self])

    private static let listing = RegistryListing(
        type: .delegation,
        columns: [
            ("economicOperator", .init(heading: "ECONOMIC OPERATOR")),
            ("representative", .init(heading: "REPRESENTATIVE")), ("level", .init(heading: "LEVEL", atRight: true)),
            ("kind", .init(heading: "KIND")), ("scope", .init(heading: "SCOPE")),
            ("validFrom", .init(heading: "FROM")), ("validTo", .init(heading: "TO")),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the delegations to customs representatives.")

        @OptionGroup var day: DayOptions
        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let filter = RegistryFilter(day: try day.day, limit: limit.limit)
            try await listing.list(filter, settings: settings, json: format.json)
        }
    }
}
