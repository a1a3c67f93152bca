import ArgumentParser
import Foundation
import Judging
import Store

/// `postern decision`: what somebody with the administrative profile prepared, and somebody with submission submits.
struct DecisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decision", abstract: "Prepared decisions: look at them, submit them, drop them.",
        subcommands: [List.self, Show.self, Submit.self, Drop.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List prepared decisions, oldest first.")

        @Flag(help: "Those that were submitted or dropped, too.")
        var all = false

        @OptionGroup var limit: LimitOptions
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            var output = Output()
            var table = TablePrinter([
                .init(heading: "ID", atRight: true), .init(heading: "AT"), .init(heading: "STATE"),
                .init(heading: "DECISION", yields: true), .init(heading: "BY", yields: true),
                .init(heading: "NOTE", yields: true),
            ])
            try await settings.store(.read).decisions(all: all, limit: limit.limit) { decisions in
                for decision in decisions {
                    if format.json {
                        try output.json(decision.json)
                    } else {
                        try table.add(
                            [
                                "\(decision.id)", decision.at.stamp, decision.state, decision.words, decision.actor,
                                decision.note ?? "-",
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
            abstract: "Show one prepared decision.",
            discussion: "'messages show' and 'request show' show what it is about.")

        @OptionGroup var decision: DecisionArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let found = try await decision.read(from: settings.store(.read))
            var output = Output()
            if format.json {
                try output.json(found.json)
            } else {
                for line in RegistryListing.lines(found.members) { try output.line(line) }
            }
            try output.finish()
        }
    }

    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Carry a prepared decision out, as if it were decided now.",
            discussion: "It is refused with status 1 when what it is about has moved on since.")

        @OptionGroup var decision: DecisionArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let store = try settings.store(.write)
            let found = try await decision.readOpen(from: store)
            try await DecisionTaking(settings: settings, format: format, note: found.note).submit(found, in: store)
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a prepared decision up: your own, or any with the submission profile.")

        @OptionGroup var decision: DecisionArgument

        @Option(help: "Why, for the audit trail.")
        var note: String?

        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            try DecisionTaking.check(note: note)
            let (store, mayOnlyPrepare) = try settings.storeForDeciding()
            let found = try await decision.readOpen(from: store)
            if mayOnlyPrepare {
                let person = try settings.keyboard().person
                guard found.person == person else {
                    throw CommandFailure.unusable(
                        "decision \(found.id) was prepared by \(found.person.visible); to drop it takes submission "
                            + "(operators in the settings)")
                }
            }
            try await store.drop(found.id, actor: settings.actor, note: note, at: Date())
            try format.tell(
                "decision \(found.id) is dropped", ["decision": JSON(found.id.number), "state": "dropped"])
        }
    }
}

/// The number of a prepared decision.
struct DecisionArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The decision's number, as 'decision list' shows it.", valueName: "id"))
    var id: String

    /// Throws `unusable` when there is none of that number.
    func read(from store: Store) async throws -> PreparedDecision {
        guard let number = Int64(id), number > 0 else {
            throw CommandFailure.unusable("'\(id)' is no number of a decision; 'postern decision list' shows them")
        }
        guard let decision = try await store.decision(PreparedID(number)) else {
            throw CommandFailure.unusable("there is no decision \(number)")
        }
        return decision
    }

    /// Throws with status 1 when it is submitted or dropped already.
    func readOpen(from store: Store) async throws -> PreparedDecision {
        let decision = try await read(from: store)
        guard let outcome = decision.outcome else { return decision }
        throw CommandFailure(
            .unfulfilled, "decision \(decision.id) is \(outcome.rawValue) already, by \(decision.endedBy ?? "somebody")"
        )
    }
}

extension PreparedDecision {
    var state: String { outcome?.rawValue ?? "prepared" }

    /// What it would do, for people.
    var words: String { DecisionPlan(stored: command)?.words ?? command }

    var members: [JSON.Member] {
        [
            .init(key: "id", value: JSON(id.number)), .init(key: "state", value: .string(state)),
            .init(key: "about", value: .string(subject)), .init(key: "does", value: .string(words)),
            .init(key: "note", value: JSON(note)), .init(key: "preparedAt", value: JSON(at)),
            .init(key: "preparedBy", value: .string(actor)), .init(key: "endedAt", value: JSON(endedAt)),
            .init(key: "endedBy", value: JSON(endedBy)),
        ]
    }

    var json: JSON { .object(members + [.init(key: "command", value: JSON(stored: command))]) }
}
