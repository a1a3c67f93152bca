import ArgumentParser
import Foundation
import Mail
import Registry
import Store

extension AccountCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an account.",
            discussion: """
                With --validate the account begins unvalidated, and its mailbox is sent a mail with a code; an answer from \
                that very mailbox makes it active. Without, it is active at once: you vouch for the mailbox.
                """)

        @Option(help: "The person's first name, as in TRACES.")
        var firstName: String

        @Option(help: "The person's last name, as in TRACES.")
        var lastName: String

        @Option(help: "The mailbox that the person's mails must come from.")
        var mailbox: String

        @Option(help: ArgumentHelp("The language of mails to the person (hr, de, …).", valueName: "code"))
        var language: String?

        @Option(help: "An id of your choice; left out, A-L1, A-L2, …")
        var id: String?

        @Flag(help: "Ask the mailbox to prove itself before the account counts.")
        var validate = false

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let mailbox = try address(mailbox, option: "--mailbox")
            let language = try language.map { try languageCode($0) }
            let notifier = validate ? try settings.notifier() : nil
            let store = try settings.store(.write)
            let holders = try await store.view(of: mailbox, at: Date()).accounts.filter { $0.mailbox == mailbox }
            if let holder = holders.first {
                throw CommandFailure.unusable(
                    "account '\(holder.id)' has the mailbox \(mailbox) already: accounts are personal")
            }
            let now = Date()
            let (firstName, lastName, state) = (firstName, lastName, validate ? Account.State.unvalidated : .active)
            let item = try await store.create(
                {
                    .account(
                        Account(
                            id: AccountID($0), firstName: firstName, lastName: lastName, mailbox: mailbox,
                            language: language, state: state))
                }, prefix: "A", id: id, action: "account.created", actor: settings.actor, at: now,
                telling: { (entry) throws(StoreFault) in
                    guard let notifier, case .account(let account) = entry else { return nil }
                    do {
                        return try notifier.validation(of: account, at: now)
                    } catch {
                        throw StoreFault(.refused, "\(error)")
                    }
                })
            let fate = validate ? "; a mail with its code is on its way" : ""
            try format.tell(
                "account \(item.entry.key) is \(state.rawValue)" + fate,
                JSON(stored: item.json))
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a person's name, mailbox or language.",
            discussion: "The mailbox of before is kept as a former one: mail from it is recognised, not accepted.")

        @OptionGroup var entry: EntryArgument

        @Option(help: "The first name.")
        var firstName: String?

        @Option(help: "The last name.")
        var lastName: String?

        @Option(help: "The mailbox.")
        var mailbox: String?

        @Option(help: ArgumentHelp("The language.", valueName: "code"))
        var language: String?

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            var members: [JSONValue.Member] = []
            if let firstName { members.append(.init("firstName", .string(firstName))) }
            if let lastName { members.append(.init("lastName", .string(lastName))) }
            if let mailbox {
                members.append(.init("mailbox", .string(try address(mailbox, option: "--mailbox").text)))
            }
            if let language { members.append(.init("language", .string(try languageCode(language)))) }
            guard !members.isEmpty else { throw ValidationError("Say what to change, such as --mailbox") }
            try await settings.store(.write).revise(
                .account, entry.id, setting: members, action: "account.changed", actor: settings.actor, at: Date())
            try format.tell("account \(entry.id) is changed", ["id": .string(entry.id), "changed": true])
        }
    }

    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send an unvalidated account's mailbox a new code.",
            discussion: "Codes sent before stay good until their last day; the first answer makes the account active.")

        @OptionGroup var entry: EntryArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let notifier = try settings.notifier()
            let store = try settings.store(.write)
            guard case .account(let account) = try await store.entry(.account, entry.id)?.entry else {
                throw CommandFailure.unusable("there is no account '\(entry.id)'")
            }
            guard account.state == .unvalidated else {
                throw CommandFailure(
                    .unfulfilled, "account '\(account.id)' is '\(account.state.rawValue)', not unvalidated")
            }
            try await AccountCommand.sendCode(to: account, notifier, store, settings)
            try format.tell("a mail with its code is on its way", ["id": .string(entry.id), "queued": true])
        }
    }

    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an account active: you vouch for its mailbox.")

        @OptionGroup var entry: EntryArgument

        @Option(help: "Why, for the audit trail.")
        var note: String

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            try await AccountCommand.move(
                entry.id, from: [.unvalidated, .disabled], to: .active, note, settings, format)
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Disable an account: no mail from it moves a request.")

        @OptionGroup var entry: EntryArgument

        @Option(help: "Why, for the audit trail.")
        var note: String

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            try await AccountCommand.move(
                entry.id, from: [.unvalidated, .active], to: .disabled, note, settings, format)
        }
    }

    private static func sendCode(
        to account: Account, _ notifier: Notifier, _ store: Store, _ settings: SettingsOptions
    ) async throws {
        let now = Date()
        try await store.queue(try notifier.validation(of: account, at: now), actor: settings.actor, at: now)
    }

    private static func move(
        _ id: String, from states: [Account.State], to state: Account.State, _ note: String,
        _ settings: SettingsOptions, _ format: FormatOptions
    ) async throws {
        try await settings.store(.write).setState(
            of: AccountID(id), from: states, to: state, note: note, actor: settings.actor, at: Date())
        try format.tell("account \(id) is \(state.rawValue)", ["id": .string(id), "state": .string(state.rawValue)])
    }
}

/// A mail address on the command line.
func address(_ text: String, option: String) throws(CommandFailure) -> EmailAddress {
    guard let address = EmailAddress(text) else {
        throw .unusable("\(option): '\(text)' is not a plain mail address (local@domain, ASCII)")
    }
    return address
}

private func languageCode(_ text: String) throws(CommandFailure) -> String {
    guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x61...0x7a).contains($0) }) else {
        throw .unusable("--language: '\(text)' is no language code (two small letters: hr, de, …)")
    }
    return text
}
