import ArgumentParser
import Foundation
import Judging
import Mail
import Registry
import Store

/// `postern messages`: the mails that came in, and what became of them.
struct MessagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "Show mails and their verdicts, have mails judged again.",
        subcommands: [
            List.self, Show.self, Raw.self, Release.self, Refuse.self, Ignore.self, Replay.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List mails in the order of their arrival.")

        @Option(help: "Only mails with this verdict.")
        var verdict: Verdict?

        @Flag(help: "Only mails that a person must look at (the same as --verdict held).")
        var held = false

        @Flag(help: "Only mails that have no verdict yet.")
        var undecided = false

        @Option(help: ArgumentHelp("Only mails that arrived at this moment or later (ISO 8601).", valueName: "time"))
        var since: String?

        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func validate() throws {
            if held, let verdict, verdict != .held { throw ValidationError("--held and --verdict exclude each other") }
        }

        func run() async throws {
            let filter = MessageFilter(
                verdict: held ? .held : verdict, undecided: undecided,
                since: try since.map { try moment($0, option: "--since") }, limit: limit.limit)
            var output = Output()
            var table = TablePrinter([
                .init(heading: "ID", atRight: true), .init(heading: "RECEIVED"), .init(heading: "VERDICT"),
                .init(heading: "REASON", yields: true), .init(heading: "REQUEST", yields: true),
                .init(heading: "FROM", yields: true), .init(heading: "SUBJECT", yields: true),
            ])
            try await settings.store(.read).messages(filter) { rows in
                for row in rows {
                    if format.json {
                        try output.json(row.json)
                    } else {
                        try table.add(
                            [
                                "\(row.id)", row.receivedAt.stamp, row.verdict?.rawValue ?? "-", row.reason ?? "-",
                                row.request ?? "-", row.sender ?? "-", row.subject ?? "-",
                            ], to: &output)
                    }
                }
            }
            if !format.json { try table.finish(&output) }
            try output.finish()
        }
    }

    struct Raw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a mail's bytes, as they came, to standard output.",
            discussion: "Not to a terminal: a mail can hold what makes a terminal act. 'messages show' is safe there.")

        @OptionGroup var mail: MailArgument
        @OptionGroup var settings: SettingsOptions

        func run() async throws {
            let id = try JournalID(argument: mail.id)
            guard !Terminal.isOutput else {
                throw CommandFailure.unusable(
                    "messages raw: standard output is a terminal; name a file or a pipe (> mail.eml)")
            }
            guard let bytes = try await settings.store(.read).rawMail(id) else {
                throw CommandFailure.unusable("there is no mail \(id), or it was too large to be downloaded")
            }
            var output = Output()
            try output.bytes(bytes)
            try output.finish()
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a mail judged again, whatever its verdict was.",
            discussion: """
                Replies to it that were not sent are given up; what it changed in the registry stays. The running \
                service judges it by itself, within a minute at most.
                """)

        @OptionGroup var mail: MailArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let id = try JournalID(argument: mail.id)
            try await settings.store(.write).replay(id, actor: settings.actor, at: Date())
            try format.tell("mail \(id) waits to be judged again", ["id": JSON(id.number), "verdict": nil])
        }
    }
}

/// The number of a mail.
struct MailArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The mail's number, as 'messages list' shows it.", valueName: "id"))
    var id: String
}

extension Verdict: ExpressibleByArgument {}

extension MessageRow {
    /// The fields that scripts rely on, and more.
    var json: JSON {
        [
            "id": JSON(id.number), "mailbox": .string(mailbox), "uid": JSON(uid), "uidValidity": JSON(uidValidity),
            "messageID": .messageID(messageID), "sha256": JSON(sha256), "size": JSON(size),
            "receivedAt": JSON(receivedAt),
            "verdict": JSON(verdict?.rawValue), "reason": JSON(reason), "request": JSON(request),
            "sender": JSON(sender),
            "authentication": JSON(authentication), "subject": JSON(subject), "language": JSON(language),
            "profile": JSON(profile), "attempts": JSON(attempts), "decidedAt": JSON(decidedAt),
            "settled": .bool(settled), "verifiedBy": JSON(verifiedBy),
        ]
    }
}
