import ArgumentParser
import Registry
import Store

/// `postern account`: the accounts of applicants.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "The accounts of applicants.",
        subcommands: [List.self, Show.self, Add.self, Change.self, Validate.self, Activate.self, Disable.self])

    private static let listing = RegistryListing(
        type: .account,
        columns: [
            ("id", .init(heading: "ID")), ("state", .init(heading: "STATE")),
            ("firstName", .init(heading: "FIRST NAME", yields: true)),
            ("lastName", .init(heading: "LAST NAME", yields: true)),
            ("mailbox", .init(heading: "MAILBOX", yields: true)), ("language", .init(heading: "LANGUAGE")),
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts of applicants.")

        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let filter = RegistryFilter(limit: limit.limit)
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
