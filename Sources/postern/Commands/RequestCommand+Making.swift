import ArgumentParser
import Foundation
import Registry
import Store

extension RequestCommand {
    struct Importer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Request an operator's role for an account: a FLEGT timber importer, or an agent of one.")

        @Option(help: ArgumentHelp("The account that asks.", valueName: "id"))
        var account: String

        @Option(help: ArgumentHelp("The operator that the role is for.", valueName: "id"))
        var `operator`: String

        @Flag(help: "The person acts as an agent for the importer.")
        var agent = false

        @Option(help: "Another kind of request for an operator, such as eudr-operator.")
        var kind = "importer"

        @OptionGroup var options: MakingOptions

        func run() async throws {
            let request = RoleRequest(
                id: MakingOptions.unnumbered, account: AccountID(account), kind: RoleRequest.Kind(kind),
                operatorID: OperatorID(`operator`), actingAs: agent ? .agent : .importer, requestedAt: Date())
            try await options.make(request)
        }
    }

    struct Authority: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Request an authority's role for an account: competent authority (FMSCA) or customs office (CO).",
            discussion: "Which of the two it is follows from the authority. One user may have one MSCA role.")

        @Option(help: ArgumentHelp("The account that asks.", valueName: "id"))
        var account: String

        @Option(help: ArgumentHelp("The competent authority or customs office.", valueName: "id"))
        var authority: String

        @Flag(help: "The role is additional to one that the account has already.")
        var additional = false

        @Option(help: "Another kind of request for an authority.")
        var kind: String?

        @OptionGroup var options: MakingOptions

        func run() async throws {
            let id = AuthorityID(authority)
            let kind: RoleRequest.Kind
            if let text = self.kind { kind = RoleRequest.Kind(text) } else { kind = try await options.kind(of: id) }
            let request = RoleRequest(
                id: MakingOptions.unnumbered, account: AccountID(account), kind: kind, authorityID: id,
                additional: additional, requestedAt: Date())
            try await options.make(request)
        }
    }
}

/// What `request importer` and `request authority` have in common.
struct MakingOptions: ParsableArguments {
    @Option(help: "An id of your choice; left out, R-L1, R-L2, …")
    var id: String?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    /// Stands where a request has no id yet. No entry can have it: an empty id is refused.
    static let unnumbered = RoleRequestID("")

    /// The kind of request that an authority's own role is asked for with.
    func kind(of id: AuthorityID) async throws -> RoleRequest.Kind {
        guard case .authority(let authority) = try await settings.store(.read).entry(.authority, id.text)?.entry else {
            throw CommandFailure.unusable("there is no authority '\(id)'")
        }
        let fitting = try settings.procedures().filter { $0.authority == authority.role }
        guard let kind = fitting.first?.kinds.first, fitting.count == 1 else {
            throw CommandFailure.unusable(
                "--kind: \(fitting.isEmpty ? "no procedure is" : "several procedures are") for \(authority.role.rawValue); name one"
            )
        }
        return kind
    }

    /// Makes the request, unless something speaks against it: then it says all of that, with status 1.
    func make(_ request: RoleRequest) async throws {
        let procedures = try settings.procedures()
        guard let procedure = procedures.first(where: { $0.kinds.contains(request.kind) }) else {
            let kinds = procedures.flatMap(\.kinds).map(\.text)
            throw CommandFailure.unusable(
                "--kind: there is no procedure for '\(request.kind)'" + Spelling.hint(request.kind.text, among: kinds))
        }
        let making = try await settings.store(.write).make(
            request, id: id, by: procedure, actor: settings.actor, at: Date())
        let item: RegistryItem
        switch making {
        case .made(let made): item = made
        case .refused(let objections): throw try refuse(objections)
        }
        let made = item.entry.key
        try format.tell(
            "request \(made) is requested; 'postern request show \(made) --mailto' gives the mail that must follow",
            JSON(stored: item.json))
    }

    private func refuse(_ objections: [RequestObjection]) throws(CommandFailure) -> CommandFailure {
        guard format.json else {
            return CommandFailure(
                .unfulfilled, "no request was made: " + objections.map(\.explanation).joined(separator: "; "))
        }
        var output = Output()
        try output.json([
            "refused": .array(objections.map { ["code": .string($0.code), "reason": .string($0.explanation)] })
        ])
        try output.finish()
        return .unfulfilled
    }
}
