import ArgumentParser
import Registry
import Store

/// `postern role`: the roles that accounts have.
struct RoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Show the roles that accounts have.", subcommands: [List.self])

    private static let listing = RegistryListing(
        type: .role,
        columns: [
            ("account", .init(heading: "ACCOUNT")), ("role", .init(heading: "ROLE")),
            ("status", .init(heading: "STATUS")), ("operator", .init(heading: "OPERATOR")),
            ("authority", .init(heading: "AUTHORITY")),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the roles that accounts have.")

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
