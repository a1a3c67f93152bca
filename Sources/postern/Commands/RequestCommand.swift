import ArgumentParser
import Foundation
import Registry
import Replies
import Store

/// `postern request`: role requests as they stand now, and what the support team does to them.
struct RequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Role requests.",
        subcommands: [
            List.self, Show.self, Importer.self, Authority.self, Grant.self, Refuse.self, Withdraw.self, Reopen.self,
        ])

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
            let bounces = format.json ? try await settings.store(.read).bounces() : [:]
            try await listing.list(
                filter, settings: settings, json: format.json,
                beside: Dictionary(uniqueKeysWithValues: bounces.map { ($0.key.text, [$0.value.member]) }))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one role request: how it stands, what its role permits, who may act.")

        @OptionGroup var entry: EntryArgument

        @Flag(help: "Print the link that opens the mail which the applicant has to send, and nothing else.")
        var mailto = false

        @OptionGroup var clock: ClockOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let store = try settings.store(.read)
            let now = try clock.now
            let known = try await KnownRequest(entry.id, in: store, at: now)
            var output = Output()
            if mailto {
                guard known.request.status.isPending else {
                    throw CommandFailure(
                        .unfulfilled,
                        "request '\(entry.id)' is '\(known.request.status.rawValue)': there is no mail to send")
                }
                let link = try settings.notifier().preparedMail(for: known.request, in: known.view, at: now)
                guard let link else { throw CommandFailure.unusable("request '\(entry.id)' has no account") }
                if format.json {
                    try output.json(["id": .string(entry.id), "mailto": .string(link.url)])
                } else {
                    try output.line(link.url)
                }
            } else {
                let report = try RequestReport(known, procedures: settings.procedures(), on: Day(of: now))
                if format.json {
                    try output.json(report.json)
                } else {
                    for line in report.lines(try settings.englishWording()) { try output.line(line) }
                }
            }
            try output.finish()
        }
    }
}

extension RoleRequest.Status: ExpressibleByArgument {}
