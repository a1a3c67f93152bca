import ArgumentParser
import Defaults
import Foundation
import Judging
import LookAlikes
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
            let language = try language.map { try settings.languageCode($0) }
            let notifier = validate ? try settings.notifier() : nil
            let store = try settings.store(.write)
            let now = Date()
            let (firstName, lastName, state) = (firstName, lastName, validate ? Account.State.unvalidated : .active)
            let item = try await store.create(
                {
                    .account(
                        Account(
                            id: AccountID($0), firstName: firstName, lastName: lastName, mailbox: mailbox,
                            language: language, state: state))
                }, prefix: "A", id: id, action: "account.created", actor: settings.actor, at: now,
                telling: notifier.map { AccountCommand.code(by: $0, at: now) })
            let fate = validate ? "; a mail with its code is on its way" : ""
            try format.tell(
                "account \(item.entry.key) is \(state.rawValue)" + fate,
                JSON(stored: item.json))
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a person's name, mailbox or language.",
            discussion: """
                The mailbox of before is kept as a former one: mail from it is recognised, not accepted. A new mailbox must \
                prove itself (--validate: the account is unvalidated until then), or you vouch for it (--note).
                """)

        @OptionGroup var entry: EntryArgument

        @Option(help: "The first name.")
        var firstName: String?

        @Option(help: "The last name.")
        var lastName: String?

        @Option(help: "The mailbox.")
        var mailbox: String?

        @Option(help: ArgumentHelp("The language.", valueName: "code"))
        var language: String?

        @Flag(help: "Send the new mailbox a code; the account counts again when it has answered.")
        var validate = false

        @Option(help: "Why, for the audit trail.")
        var note: String?

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            guard mailbox == nil || validate || note != nil else {
                throw ValidationError("A new mailbox needs --validate, or --note with which you vouch for it")
            }
            guard mailbox != nil || !validate else { throw ValidationError("--validate is for a new --mailbox") }
            var members: [JSONValue.Member] = []
            if let firstName { members.append(.init("firstName", .string(firstName))) }
            if let lastName { members.append(.init("lastName", .string(lastName))) }
            if let mailbox {
                members.append(.init("mailbox", .string(try address(mailbox, option: "--mailbox").text)))
            }
            if let language { members.append(.init("language", .string(try settings.languageCode(language)))) }
            guard !members.isEmpty else { throw ValidationError("Say what to change, such as --mailbox") }
            let now = Date()
            let notifier = validate ? try settings.notifier() : nil
            try await settings.store(.write).revise(
                .account, entry.id, setting: members, state: validate ? .unvalidated : nil, note: note,
                action: "account.changed", actor: settings.actor, at: now,
                telling: notifier.map { AccountCommand.code(by: $0, at: now) })
            let fate =
                validate ? "; a mail with its code is on its way, and it is unvalidated until that is answered" : ""
            try format.tell("account \(entry.id) is changed" + fate, ["id": .string(entry.id), "changed": true])
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

    /// The mail with the code for the account that a change made or left.
    private static func code(
        by notifier: Notifier, at now: Date
    ) -> @Sendable (RegistryEntry) throws(StoreFault) -> QueuedNotice? {
        { (entry) throws(StoreFault) in
            guard case .account(let account) = entry else { return nil }
            do {
                return try notifier.validation(of: account, at: now)
            } catch {
                throw StoreFault(.refused, "\(error)")
            }
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
    guard let address = EmailAddress(international: text) else {
        throw .unusable("\(option): '\(text)' is not a plain mail address (local@domain, ASCII)")
    }
    return address
}

extension SettingsOptions {
    /// A language that mails can be written in.
    fileprivate func languageCode(_ text: String) throws -> String {
        let known = try JudgeAssembly.files(overlay: reader().configFolder()).names(in: "wording")
            .compactMap { $0.split(separator: "/").last?.split(separator: ".").first.map(String.init) }.sorted()
        guard known.contains(text) else {
            throw CommandFailure.unusable(
                "--language: '\(text)' is none that mails are written in (\(known.joined(separator: ", ")))")
        }
        return text
    }
}
