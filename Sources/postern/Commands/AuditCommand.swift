import ArgumentParser
import Store

/// `postern audit`: who changed what, and when.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "List what was changed, by whom and when, oldest first.")

    @Option(help: ArgumentHelp("Only what concerns this, such as 'message 7'.", valueName: "subject"))
    var subject: String?

    @OptionGroup var limit: LimitOptions
    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func run() async throws {
        var output = Output()
        var table = TablePrinter([
            .init(heading: "ID", atRight: true), .init(heading: "AT"), .init(heading: "BY", yields: true),
            .init(heading: "ACTION"), .init(heading: "SUBJECT", yields: true), .init(heading: "DETAIL", yields: true),
        ])
        try await settings.store(.read).auditTrail(subject: subject, limit: limit.limit) { rows in
            for row in rows {
                let detail = JSON(stored: row.detail)
                if format.json {
                    try output.json([
                        "id": JSON(row.id), "at": JSON(row.at), "actor": .string(row.actor),
                        "action": .string(row.action), "subject": .string(row.subject), "detail": detail,
                    ])
                } else {
                    try table.add(
                        [String(row.id), row.at.stamp, row.actor, row.action, row.subject, detail.shown], to: &output)
                }
            }
        }
        if !format.json { try table.finish(&output) }
        try output.finish()
    }
}
