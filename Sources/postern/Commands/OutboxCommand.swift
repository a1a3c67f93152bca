import ArgumentParser
import Foundation
import Mail
import Store

/// `postern outbox`: replies on their way out.
struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Show replies, send them again, give them up.",
        subcommands: [List.self, Show.self, Retry.self, Abandon.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List replies in the order in which they were written.")

        @Option(help: "Only replies in this state.")
        var state: OutboxState?

        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            var output = Output()
            var table = TablePrinter([
                .init(heading: "ID", atRight: true), .init(heading: "MAIL", atRight: true), .init(heading: "STATE"),
                .init(heading: "TRIES", atRight: true), .init(heading: "RECIPIENT", yields: true),
                .init(heading: "NEXT TRY"), .init(heading: "LAST ANSWER", yields: true),
            ])
            try await settings.store(.read).outbox(state: state, limit: limit.limit) { rows in
                for row in rows {
                    if format.json {
                        try output.json(row.json)
                    } else {
                        try table.add(
                            [
                                "\(row.id)", row.message.map { "\($0)" } ?? row.about ?? "-", row.state.rawValue,
                                String(row.attempts), row.recipient,
                                row.nextAttemptAt?.stamp ?? "-", row.lastAnswer ?? "-",
                            ], to: &output)
                    }
                }
            }
            if !format.json { try table.finish(&output) }
            try output.finish()
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one reply: where it stands, its header and its text.")

        @OptionGroup var reply: ReplyArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let id = try OutboxID(argument: reply.id)
            guard let (row, bytes) = try await settings.store(.read).reply(id) else {
                throw CommandFailure.unusable("there is no reply \(id)")
            }
            let shown = MailRendering(bytes: bytes, wholeHeader: true)
            var output = Output()
            if format.json {
                try output.json(
                    .object(
                        row.json.members + [
                            .init(key: "header", value: .array((shown?.header ?? []).map(JSON.string))),
                            .init(key: "text", value: JSON(shown?.text)),
                            .init(key: "raw", value: .string(String(decoding: bytes, as: UTF8.self))),
                        ]))
            } else {
                for line in RegistryListing.lines(row.json.members) { try output.line(line) }
                try output.line("")
                for line in shown?.lines ?? ["(the reply's bytes can't be shown)"] { try output.line(line) }
            }
            try output.finish()
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a reply due at once that waits, failed, came back or was given up.",
            discussion: "The running service takes it up by itself, within a minute at most.")

        @OptionGroup var reply: ReplyArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let id = try OutboxID(argument: reply.id)
            try await settings.store(.write).retryReply(id, actor: settings.actor, at: Date())
            try format.tell("reply \(id) is due now", ["id": JSON(id.number), "state": "retry"])
        }
    }

    struct Abandon: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give up a reply that was not sent, or came back.")

        @OptionGroup var reply: ReplyArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let id = try OutboxID(argument: reply.id)
            try await settings.store(.write).abandonReply(id, actor: settings.actor, at: Date())
            try format.tell("reply \(id) is given up", ["id": JSON(id.number), "state": "abandoned"])
        }
    }
}

/// The number of a reply.
struct ReplyArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The reply's number, as 'outbox list' shows it.", valueName: "id"))
    var id: String
}

extension OutboxState: ExpressibleByArgument {}

extension OutboxRow {
    /// The fields that scripts rely on, and more.
    var json: JSON {
        [
            "id": JSON(id.number), "message": JSON(message?.number), "about": JSON(about),
            "recipient": .string(recipient), "recipients": .array(recipients.map(JSON.string)),
            "messageID": .messageID(messageID), "verdict": .string(verdict), "state": .string(state.rawValue),
            "attempts": JSON(attempts), "lastAnswer": JSON(lastAnswer), "createdAt": JSON(createdAt),
            "nextAttemptAt": JSON(nextAttemptAt), "sentAt": JSON(sentAt), "bouncedAt": JSON(bouncedAt),
            "bounceStatus": JSON(bounceStatus),
        ]
    }
}
