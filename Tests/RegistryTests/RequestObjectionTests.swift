import Defaults
import Foundation
import Mail
import Registry
import Testing

/// What TRACES would not let through, seen from one account.
struct RequestObjectionTests {
    private static let account = AccountID("A-1")
    private static let moment = Date(timeIntervalSince1970: 1_793_534_400)
    private let procedures: [Procedure]

    init() throws {
        let files = try ConfigFiles()
        procedures = try files.names(in: "procedures").map { try files.decode(Procedure.self, from: $0) }
    }

    private static func request(
        _ id: String = "new", _ kind: String, operator op: String? = nil, authority: String? = nil,
        additional: Bool = false, _ status: RoleRequest.Status = .requested
    ) -> RoleRequest {
        RoleRequest(
            id: RoleRequestID(id), account: account, kind: RoleRequest.Kind(kind),
            operatorID: op.map { OperatorID($0) }, authorityID: authority.map { AuthorityID($0) },
            additional: additional, status: status, requestedAt: moment)
    }

    private static func view(
        state: Account.State = .active, requests: [RoleRequest] = [], roles: [RoleGrant] = []
    ) -> RegistryView {
        guard let mailbox = EmailAddress("ana@drvo.example") else { fatalError("no address") }
        let person = Account(id: account, firstName: "Ana", lastName: "Kovač", mailbox: mailbox, state: state)
        let operators = [
            Operator(id: OperatorID("OP-1"), name: "Drvo", country: "HR", activities: ["imported-timber-products"]),
            Operator(id: OperatorID("OP-2"), name: "Mlijeko", country: "HR", activities: ["dairy"]),
        ]
        let authorities = [
            Authority(id: AuthorityID("CA-1"), role: .memberStateCompetentAuthority, name: "Ministry", country: "HR"),
            Authority(id: AuthorityID("CA-2"), role: .memberStateCompetentAuthority, name: "Agency", country: "HR"),
            Authority(id: AuthorityID("CO-1"), role: .customsOffice, name: "Office", country: "HR"),
            Authority(id: AuthorityID("CO-2"), role: .customsOffice, name: "Port", country: "HR"),
        ]
        return RegistryView(
            accounts: [person], requests: requests,
            operators: Dictionary(uniqueKeysWithValues: operators.map { ($0.id, $0) }),
            authorities: Dictionary(uniqueKeysWithValues: authorities.map { ($0.id, $0) }), roles: roles)
    }

    private static func role(_ role: String, _ authority: String, _ status: RoleRequest.Status = .granted) -> RoleGrant
    {
        RoleGrant(account: account, role: role, authority: AuthorityID(authority), status: status)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let request: RoleRequest
        var view = RequestObjectionTests.view()
        let codes: [String]

        init(
            _ name: String, _ request: RoleRequest, beside view: RegistryView = RequestObjectionTests.view(),
            _ codes: [String]
        ) {
            testDescription = name
            self.request = request
            self.view = view
            self.codes = codes
        }
    }

    static let cases: [Case] = [
        Case("an importer whose operator has the chapter", request("importer", operator: "OP-1"), []),
        Case("an operator without the chapter", request("importer", operator: "OP-2"), ["request.chapter-missing"]),
        Case("an importer for an authority", request("importer", authority: "CA-1"), ["request.needs-operator"]),
        Case("an operator that isn't there", request("importer", operator: "OP-9"), ["request.needs-operator"]),
        Case("a competent authority", request("competent-authority", authority: "CA-1"), []),
        Case(
            "a customs office under the competent authority's kind", request("competent-authority", authority: "CO-1"),
            ["request.wrong-authority"]),
        Case(
            "an authority's role for an operator", request("customs-office", operator: "OP-1"),
            ["request.needs-authority"]),
        Case(
            "an account that is not validated", request("importer", operator: "OP-1"),
            beside: view(state: .unvalidated),
            ["request.account-not-active"]),
        Case(
            "a disabled account", request("importer", operator: "OP-1"), beside: view(state: .disabled),
            ["request.account-not-active"]),
        Case(
            "the same once more while the first is open", request("importer", operator: "OP-1"),
            beside: view(requests: [request("R-1", "importer", operator: "OP-1", .confirmed)]),
            ["request.already-pending"]),
        Case(
            "the same once more after the first was refused", request("importer", operator: "OP-1"),
            beside: view(requests: [request("R-1", "importer", operator: "OP-1", .refused)]), []),
        Case(
            "the same once more after the first was granted", request("importer", operator: "OP-1"),
            beside: view(requests: [request("R-1", "importer", operator: "OP-1", .granted)]),
            ["request.already-granted"]),
        Case(
            "a role that the account holds by an export", request("customs-office", authority: "CO-1"),
            beside: view(roles: [role("CO", "CO-1")]), ["request.already-granted"]),
        Case(
            "a second MSCA role beside a granted one", request("competent-authority", authority: "CA-2"),
            beside: view(roles: [role("FMSCA", "CA-1")]), ["request.second-msca-role"]),
        Case(
            "a second MSCA role beside one that is asked for", request("competent-authority", authority: "CA-2"),
            beside: view(requests: [request("R-1", "competent-authority", authority: "CA-1")]),
            ["request.second-msca-role"]),
        Case(
            "an MSCA role after another was refused", request("competent-authority", authority: "CA-2"),
            beside: view(roles: [role("FMSCA", "CA-1", .refused)]), []),
        Case(
            "a second customs office", request("customs-office", authority: "CO-2"),
            beside: view(roles: [role("CO", "CO-1")]),
            []),
        Case(
            "an additional customs office beside an MSCA role",
            request("customs-office", authority: "CO-1", additional: true),
            beside: view(roles: [role("FMSCA", "CA-1")]), []),
        Case(
            "an additional role with nothing to add to", request("customs-office", authority: "CO-1", additional: true),
            ["request.nothing-to-add-to"]),
        Case(
            "an additional role beside one that is only asked for",
            request("customs-office", authority: "CO-1", additional: true),
            beside: view(requests: [request("R-1", "competent-authority", authority: "CA-1")]),
            ["request.nothing-to-add-to"]),
        Case(
            "an additional second MSCA role", request("competent-authority", authority: "CA-2", additional: true),
            beside: view(roles: [role("FMSCA", "CA-1")]), ["request.second-msca-role"]),
    ]

    private static func request(
        _ kind: String, operator op: String? = nil, authority: String? = nil, additional: Bool = false
    ) -> RoleRequest { request("new", kind, operator: op, authority: authority, additional: additional) }

    @Test(arguments: cases) func `what TRACES would not let through is refused, with every reason`(it: Case) throws {
        let procedure = try #require(procedures.first { $0.kinds.contains(it.request.kind) })
        #expect(it.view.objections(to: it.request, by: procedure).map(\.code) == it.codes)
    }

    @Test func `reopening a request is not hindered by the request itself`() throws {
        let refused = Self.request("R-1", "competent-authority", authority: "CA-1", .refused)
        let procedure = try #require(procedures.first { $0.kinds.contains(refused.kind) })
        #expect(Self.view(requests: [refused]).objections(to: refused, by: procedure) == [])
    }

    @Test(arguments: [
        (RequestMove.prepare, [RoleRequest.Status.requested, .prepared], RoleRequest.Status.prepared),
        (.confirm, [.requested, .prepared], .confirmed), (.grant, [.confirmed], .granted),
        (.refuse, [.requested, .prepared, .confirmed], .refused),
        (.withdraw, [.requested, .prepared, .confirmed], .withdrawn),
        (.reopen, [.refused, .withdrawn, .expired], .requested), (.expire, [.requested, .prepared], .expired),
    ])
    func `each change of status starts and ends where the guide lets it`(
        move: RequestMove, from: [RoleRequest.Status], to: RoleRequest.Status
    ) {
        #expect(move.from == from)
        #expect(move.to == to)
    }

    @Test func `mails confirm, people decide, only time lets expire`() {
        let movers = Dictionary(grouping: RequestMove.allCases, by: \.mover)
        #expect(movers[.mail] == [.prepare, .confirm])
        #expect(movers[.person] == [.grant, .refuse, .withdraw, .reopen])
        #expect(movers[.time] == [.expire])
    }
}
