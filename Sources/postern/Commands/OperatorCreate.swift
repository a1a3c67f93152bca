import ArgumentParser
import Foundation
import LookAlikes
import Mail
import Registry
import Store

/// `postern operator create`: a new operator, after a look at those that may be the same.
struct OperatorCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Add an operator, unless it is there already.",
        discussion: """
            Shows operators that may be the same one, by an identifier (under whatever scheme) or by name, and asks before \
            it adds another, as duplicates can't be mended in TRACES. Where standard input is no terminal it adds none \
            (status 1), unless --yes says so.
            """)

    @Option(help: "The name, with its legal form.")
    var name: String

    @Option(help: ArgumentHelp("The country, two capital letters.", valueName: "code"))
    var country: String

    @Option(
        name: .customLong("chapter"), help: ArgumentHelp("A section chapter; may be given again.", valueName: "chapter")
    )
    var chapters: [String] = []

    @Option(
        name: .customLong("identifier"),
        help: ArgumentHelp(
            "EORI:, VAT:, NATIONAL: or another scheme and the number; may be given again.", valueName: "scheme:value"))
    var identifiers: [String] = []

    @Option var street: String?
    @Option var postalCode: String?
    @Option var city: String?
    @Option var region: String?
    @Option var contactName: String?
    @Option(help: ArgumentHelp("A plain mail address.", valueName: "address"))
    var contactMailbox: String?
    @Option var telephone: String?

    @Option(help: ArgumentHelp("The id (default: the next of OP-L1, OP-L2, …).", valueName: "id"))
    var id: String?

    @Flag(help: "Add it although others may be the same.")
    var yes = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func run() async throws {
        let new = try draft()
        for oddity in new.identifiers.compactMap(\.oddity) { Output.note("warning: \(oddity)".visible) }
        let store = try settings.store(.write)
        let others = try await store.likelyDuplicates(of: new)
        if !others.isEmpty { try confirm(others) }
        let made = try await store.create(
            { .operator(new.with(id: OperatorID($0))) }, prefix: "OP", id: id, action: "operator.created",
            detail: [JSONValue.Member("likelyDuplicates", .array(others.map { .string($0.item.entry.key) }))],
            actor: settings.actor, at: Date())
        try format.tell("created \(made.entry.key.visible)", JSON(stored: made.json))
    }

    /// What the options say, under an id that is yet to be given.
    private func draft() throws(CommandFailure) -> Operator {
        var contactAddress: EmailAddress?
        if let contactMailbox {
            guard let address = EmailAddress(international: contactMailbox) else {
                throw .unusable(
                    "--contact-mailbox: '\(contactMailbox)' is not a plain mail address (local@domain, ASCII)")
            }
            contactAddress = address
        }
        var parsed: [Operator.Identifier] = []
        for text in identifiers {
            let parts = text.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw .unusable("--identifier: '\(text)' is not a scheme and a value, such as EORI:HR12345678901")
            }
            parsed.append(Operator.Identifier(scheme: parts[0], value: parts[1]))
        }
        let address = Operator.PostalAddress(street: street, postalCode: postalCode, city: city, region: region)
        let contact = Operator.Contact(name: contactName, mailbox: contactAddress, telephone: telephone)
        let new = Operator(
            id: OperatorID(id ?? "OP-L1"), name: name, country: country, activities: chapters, identifiers: parsed,
            address: address == Operator.PostalAddress() ? nil : address,
            contact: contact == Operator.Contact() ? nil : contact)
        // Everything is checked as a line would be, before anybody is asked anything.
        if case .problem(let problem) = RegistryLines.parse(Array(RegistryEntry.operator(new).json.utf8), number: 1) {
            throw .unusable(problem.reason)
        }
        return new
    }

    /// Shows the others and goes on only where somebody says so.
    private func confirm(_ others: [LikelyDuplicate]) throws {
        var table = Table([
            .init(heading: "ID"), .init(heading: "COUNTRY"), .init(heading: "NAME", yields: true),
            .init(heading: "WHY", yields: true),
        ])
        for other in others {
            guard case .operator(let it) = other.item.entry else { continue }
            table.add([it.id.text, it.country, it.name, other.reasons.map(\.words).joined(separator: "; ")])
        }
        for line in table.lines(width: Terminal.errorWidth) { Output.note(line) }
        if yes { return }
        let isSure = others.contains(where: \.hasSameIdentifier)
        let those = others.count == 1 ? "this operator" : "these operators"
        guard isatty(STDIN_FILENO) == 1 else {
            let why = isSure ? "an identifier is another operator's already" : "\(name.visible) may be \(those)"
            throw CommandFailure(.unfulfilled, "\(why); nothing was added (--yes adds it all the same)")
        }
        FileHandle.standardError.write(Data("Duplicates can't be mended in TRACES. Add \(name.visible)? [y/N] ".utf8))
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        guard answer == "y" || answer == "yes" else { throw CommandFailure(.unfulfilled, "nothing was added") }
    }
}

extension Operator {
    fileprivate func with(id: OperatorID) -> Operator {
        Operator(
            id: id, name: name, country: country, activities: activities, identifiers: identifiers, address: address,
            contact: contact)
    }
}

extension LikelyDuplicate.Reason {
    /// For people.
    fileprivate var words: String {
        switch self {
        case .identifier(let identifier): return "same \(identifier.scheme) \(identifier.value)"
        case .number(let identifier): return "same number as its \(identifier.scheme) \(identifier.value)"
        case .name(let match):
            switch match.kind {
            case .exact: return "same name"
            case .sameName: return "same name but for spelling or legal form"
            case .sameWords: return "same words in another order"
            default: return "nearly the same name"
            }
        }
    }
}
