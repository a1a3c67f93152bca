import ArgumentParser
import Foundation
import Judging
import Mail
import Registry
import Store

/// `postern demo`: the main job on sample data, on the mail servers that the settings name.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Import a registry, do one pass over the mailbox, and show what came of it.",
        discussion: """
            For sample data: it imports, moves and answers mail like the daemon. 'make demo' starts mail servers of its \
            own, delivers sample mails and needs no settings.
            """)

    @Option(help: ArgumentHelp("Registry entries to import first (JSON Lines).", valueName: "file.jsonl"))
    var registry: String?

    @Option(help: ArgumentHelp("How many replies to show in full.", valueName: "n"))
    var replies = 2

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func run() async throws {
        let store = try settings.store(.write)
        if let registry { try await take(registry, into: store) }
        let before = try await statuses(store)
        try await Daemon(options: settings).runOnce()
        let after = try await statuses(store)
        var rows: [MessageRow] = []
        try await store.messages { rows += $0 }
        var sent: [Int64: OutboxRow] = [:]
        try await store.outbox { for row in $0 { if let message = row.message { sent[message.number] = row } } }
        var output = Output()
        var table = TablePrinter([
            .init(heading: "MAIL", yields: true), .init(heading: "VERDICT"), .init(heading: "REASON"),
            .init(heading: "REQUEST"), .init(heading: "REPLY"),
        ])
        for row in rows {
            let change = row.request.map { "\($0): \(before[$0] ?? "?") → \(after[$0] ?? "?")" }
            let reply = sent[row.id.number]?.state.rawValue
            if format.json {
                try output.json(
                    .object(
                        row.json.members + [
                            .init(key: "before", value: JSON(row.request.flatMap { before[$0] })),
                            .init(key: "after", value: JSON(row.request.flatMap { after[$0] })),
                            .init(key: "reply", value: JSON(reply)),
                        ]))
            } else {
                try table.add(
                    [row.subject ?? "-", row.verdict?.rawValue ?? "-", row.reason ?? "-", change ?? "-", reply ?? "-"],
                    to: &output)
            }
        }
        if !format.json {
            try table.finish(&output)
            for row in Self.examples(rows.filter { sent[$0.id.number] != nil }, count: replies) {
                guard let id = sent[row.id.number]?.id, let (_, bytes) = try await store.reply(id) else { continue }
                try output.line("")
                try output.line("Reply to '\((row.subject ?? "").visible)' (\(row.verdict?.rawValue ?? "-")):")
                for line in MailRendering(bytes: bytes, wholeHeader: true)?.lines ?? [] { try output.line(line) }
            }
        }
        try output.finish()
    }

    private func take(_ file: String, into store: Store) async throws {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(file, limit: 67_108_864)
        } catch {
            throw CommandFailure.unusable("\(file): \(error.words)")
        }
        let summary = try await store.importRegistry(
            text: String(decoding: bytes, as: UTF8.self), actor: settings.actor, at: Date())
        if let first = summary.rejected.first {
            throw CommandFailure.unusable("\(file): line \(first.line): \(first.reason); nothing was taken up")
        }
    }

    private func statuses(_ store: Store) async throws -> [String: String] {
        var statuses: [String: String] = [:]
        try await store.entries(.request) { items in
            for item in items {
                if case .request(let request) = item.entry { statuses[request.id.text] = request.status.rawValue }
            }
        }
        return statuses
    }

    /// The newest mails with a reply, one of each verdict before a second of any.
    private static func examples(_ rows: [MessageRow], count: Int) -> [MessageRow] {
        var seen: Set<Verdict> = []
        let firsts = rows.filter { row in row.verdict.map { seen.insert($0).inserted } ?? false }
        let others = rows.filter { row in !firsts.contains(row) }
        return Array((firsts + others).prefix(max(0, count)))
    }
}
