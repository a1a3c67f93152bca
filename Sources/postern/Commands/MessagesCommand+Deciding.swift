import ArgumentParser
import Judging
import Mail

extension MessagesCommand {
    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Have a held mail judged again: once what held it is mended, or because you vouch for its sender.",
            discussion: """
                Without --as-verified, for mail that was held because of settings, of the registry or of a limit: a sender \
                who can't be authenticated stays so. With it you say that you know, by another way than this mail, whom \
                it is from: then the mail is judged once by all other rules as if that sender were proven. It must be an \
                account's mailbox, and the only address that From names; where From is not plain, --sender must say which. \
                Mail whose authentication failed (refused) can be released so, too. The running service judges the mail by \
                itself, within a minute at most.
                """)

        @OptionGroup var mail: MailArgument

        @Flag(help: "You vouch for the sender. Needs --note.")
        var asVerified = false

        @Option(help: ArgumentHelp("Whose mail it is; needed where From is not plain.", valueName: "address"))
        var sender: String?

        @Option(help: "Why, or how you know: for the audit trail.")
        var note: String?

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func validate() throws {
            if asVerified, note == nil { throw ValidationError("--as-verified needs --note: how do you know?") }
            if sender != nil, !asVerified { throw ValidationError("--sender is for --as-verified") }
        }

        func run() async throws {
            let id = try JournalID(argument: mail.id)
            let sender = try sender.map { try address($0, option: "--sender") }
            try await DecisionTaking(settings: settings, format: format, note: note)
                .take(asVerified ? .verify(id, sender: sender) : .release(id))
        }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuse a mail that is held or has no verdict yet: it is over, and nobody is answered.")

        @OptionGroup var mail: MailArgument

        @Option(help: "Why, for the audit trail.")
        var note: String

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let id = try JournalID(argument: mail.id)
            try await DecisionTaking(settings: settings, format: format, note: note).take(.close(id, .refused))
        }
    }

    struct Ignore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a mail aside that is held or has no verdict yet: nobody is answered.")

        @OptionGroup var mail: MailArgument

        @Option(help: "Why, for the audit trail.")
        var note: String?

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let id = try JournalID(argument: mail.id)
            try await DecisionTaking(settings: settings, format: format, note: note).take(.close(id, .ignored))
        }
    }
}
