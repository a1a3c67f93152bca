import ArgumentParser
import Registry
import Store

/// `postern operator search`: operators by words of their names, by country, identifier and section chapter.
struct OperatorSearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find operators.",
        discussion: """
            Case, accents, the legal form and the alphabet do not matter: mueller finds Müller, papadopoulos finds \
            Παπαδόπουλος. The same name comes first, then the same words, names with all words, names with all but one word \
            or with one typing error a word.
            """)

    @Argument(help: "Words of the name.")
    var text: [String] = []

    @Option(help: ArgumentHelp("Only those of this country.", valueName: "code"), transform: countryCode)
    var country: String?

    @Option(help: ArgumentHelp("Only the one with this EORI, VAT or national number.", valueName: "value"))
    var identifier: String?

    @Option(help: ArgumentHelp("Only those with this section chapter.", valueName: "chapter"))
    var chapter: String?

    @OptionGroup var limit: SearchLimit
    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func validate() throws {
        if text.allSatisfy(\.isEmpty), country == nil, identifier == nil, chapter == nil {
            throw ValidationError("say what to look for: words of the name, --country, --identifier or --chapter")
        }
    }

    func run() async throws {
        let query = OrganisationQuery(
            text.joined(separator: " "), country: country, identifier: identifier, mark: chapter, limit: limit.limit)
        let answer = try await settings.store(.read).search(.operator, query)
        try SearchListing(
            columns: [
                ("id", .init(heading: "ID")), ("country", .init(heading: "COUNTRY")),
                ("name", .init(heading: "NAME", yields: true)),
                ("identifiers", .init(heading: "IDENTIFIERS", yields: true)),
                ("activities", .init(heading: "ACTIVITIES", yields: true)),
            ]
        ).print(answer, json: format.json)
    }
}

/// `--limit` of a search, which is never without one.
struct SearchLimit: ParsableArguments {
    @Option(help: ArgumentHelp("Print at most this many.", valueName: "n"))
    var limit = 20

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit must be 1 or more") }
    }
}

/// Prints what a search found, the best first.
struct SearchListing {
    /// The keys of the exchange format that the table shows, with their headings.
    let columns: [(key: String, column: Table.Column)]

    func print(_ answer: SearchAnswer, json: Bool) throws {
        var output = Output()
        if json {
            for hit in answer.hits { try output.json(JSON(stored: hit.item.json)) }
        } else {
            var table = TablePrinter(columns.map(\.column))
            for hit in answer.hits {
                let entry = JSON(stored: hit.item.json)
                try table.add(columns.map { entry.told($0.key) }, to: &output)
            }
            try table.finish(&output)
        }
        try output.finish()
        if answer.hasMore { Output.note("there are more: add a word or --country, or raise --limit") }
    }
}

extension JSON {
    /// A member as a table shows it; identifiers as `EORI HR12345678901`.
    fileprivate func told(_ key: String) -> String {
        guard key == "identifiers" else { return shown(key) }
        guard case .array(let values)? = members.first(where: { $0.key == key })?.value, !values.isEmpty else {
            return "-"
        }
        return values.map { "\($0.shown("scheme")) \($0.shown("value"))" }.joined(separator: ", ")
    }
}
