import ArgumentParser
import Registry
import Store

/// `postern authority search`: competent authorities and customs offices by name, country and role.
struct AuthoritySearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find competent authorities and customs offices.",
        discussion: "Names match as those of 'postern operator search' do; a code matches whole.")

    @Argument(help: "Words of the name.")
    var text: [String] = []

    @Option(help: ArgumentHelp("Only those of this country.", valueName: "code"), transform: countryCode)
    var country: String?

    @Option(help: "FMSCA (competent authority) or CO (customs office).")
    var role: Authority.Role?

    @Option(help: ArgumentHelp("Only the one with this code.", valueName: "code"))
    var code: String?

    @OptionGroup var limit: SearchLimit
    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func validate() throws {
        if text.allSatisfy(\.isEmpty), country == nil, role == nil, code == nil {
            throw ValidationError("say what to look for: words of the name, --country, --role or --code")
        }
    }

    func run() async throws {
        let query = OrganisationQuery(
            text.joined(separator: " "), country: country, identifier: code, mark: role?.rawValue, limit: limit.limit)
        let answer = try await settings.store(.read).search(.authority, query)
        try SearchListing(
            columns: [
                ("id", .init(heading: "ID")), ("role", .init(heading: "ROLE")), ("country", .init(heading: "COUNTRY")),
                ("code", .init(heading: "CODE")), ("name", .init(heading: "NAME", yields: true)),
                ("mailbox", .init(heading: "MAILBOX", yields: true)),
            ]
        ).print(answer, json: format.json)
    }
}

extension Authority.Role: ExpressibleByArgument {}
