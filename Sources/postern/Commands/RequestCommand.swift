import ArgumentParser
import Registry
import Store

/// `postern request`: role requests as they stand now.
struct RequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Show role requests.", subcommands: [List.self, Show.self])

    private static let listing = RegistryListing(
        type: .request,
        columns: [
            ("id", .init(heading: "ID")), ("status", .init(heading: "STATUS")),
            ("kind", .init(heading: "KIND", yields: true)), ("account", .init(heading: "ACCOUNT")),
            ("operator", .init(heading: "OPERATOR")), ("authority", .init(heading: "AUTHORITY")),
            ("requestedAt", .init(heading: "REQUESTED", yields: true)),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List role requests with their current status.")

        @Option(help: "Only requests in this status.")
        var status: RoleRequest.Status?

        @Option(help: ArgumentHelp("Only requests of this account.", valueName: "id"))
        var account: String?

        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let filter = RegistryFilter(status: status, account: account.map { AccountID($0) }, limit: limit.limit)
            try await listing.list(filter, settings: settings, json: format.json)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one role request.")

        @OptionGroup var entry: EntryArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws { try await listing.show(entry.id, settings: settings, json: format.json) }
    }
}

extension RoleRequest.Status: ExpressibleByArgument {}
