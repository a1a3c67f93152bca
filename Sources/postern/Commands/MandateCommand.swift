import ArgumentParser
import Registry
import Store

/// `postern mandate`: the mandates of accounts.
struct MandateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mandate", abstract: "Show the mandates of accounts.", subcommands: [List.self])

    private static let listing = RegistryListing(
        type: .mandate,
        columns: [
            ("account", .init(heading: "ACCOUNT")), ("economicOperator", .init(heading: "ECONOMIC OPERATOR")),
            ("profile", .init(heading: "PROFILE")), ("representative", .init(heading: "REPRESENTATIVE")),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the mandates of accounts.")

        @Option(help: ArgumentHelp("Only those of this account.", valueName: "id"))
        var account: String?

        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let filter = RegistryFilter(account: account.map { AccountID($0) }, limit: limit.limit)
            try await listing.list(filter, settings: settings, json: format.json)
        }
    }
}
