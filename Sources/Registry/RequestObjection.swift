/// Why an account can't make a role request: what TRACES itself would not let through (first source document,
/// "Request importer role", "Request authority role").
package enum RequestObjection: Sendable, Hashable {
    case accountNotActive(Account.State)
    /// The operator lacks the section chapter that the role is for.
    case chapterMissing(String)
    /// The organisation is none of the sort that the kind of request asks for.
    case wrongAuthority(wanted: Authority.Role, is: Authority.Role)
    case needsOperator
    case needsAuthority
    /// The same is asked for already.
    case alreadyPending(RoleRequestID)
    /// The role is held already.
    case alreadyGranted
    /// "Only one MSCA role can be selected": one is held or asked for already.
    case onlyOneRole(String)
    /// An additional role stands beside another, and there is none.
    case nothingToAddTo

    /// Stable, for programs.
    package var code: String {
        switch self {
        case .accountNotActive: "request.account-not-active"
        case .chapterMissing: "request.chapter-missing"
        case .wrongAuthority: "request.wrong-authority"
        case .needsOperator: "request.needs-operator"
        case .needsAuthority: "request.needs-authority"
        case .alreadyPending: "request.already-pending"
        case .alreadyGranted: "request.already-granted"
        case .onlyOneRole: "request.second-msca-role"
        case .nothingToAddTo: "request.nothing-to-add-to"
        }
    }

    /// One line for the support team.
    package var explanation: String {
        switch self {
        case .accountNotActive(let state): "the account is '\(state.rawValue)', not active"
        case .chapterMissing(let chapter): "the operator has not the section chapter '\(chapter)'"
        case .wrongAuthority(let wanted, let role):
            "the authority is '\(role.rawValue)', and this kind of request is for '\(wanted.rawValue)'"
        case .needsOperator: "this kind of request is for an operator"
        case .needsAuthority: "this kind of request is for an authority"
        case .alreadyPending(let request): "request '\(request)' asks for the same and is still open"
        case .alreadyGranted: "the account has this role already"
        case .onlyOneRole(let role): "the account has, or asks for, the role \(role) already: one such role a user"
        case .nothingToAddTo: "the account has no authority role yet to which another could be added"
        }
    }
}

extension RegistryView {
    /// What speaks against a new request, all of it; the view is that of the request's account and holds its operator
    /// or authority.
    package func objections(to request: RoleRequest, by procedure: Procedure) -> [RequestObjection] {
        var found: [RequestObjection] = []
        if let account = accounts.first(where: { $0.id == request.account }), account.state != .active {
            found.append(.accountNotActive(account.state))
        }
        found += objectionsToOrganisation(of: request, by: procedure)
        let mine = requests.filter { $0.account == request.account && $0.id != request.id }
        if let same = mine.first(where: { $0.status.isOpen && $0.asksForTheSame(as: request) }) {
            found.append(.alreadyPending(same.id))
        }
        if holds(procedure, for: request)
            || mine.contains(where: { $0.status == .granted && $0.asksForTheSame(as: request) })
        {
            found.append(.alreadyGranted)
        } else if procedure.onlyOne, holdsOrAwaits(procedure, beside: request) {
            found.append(.onlyOneRole(procedure.role))
        }
        if request.additional, !hasAuthorityRole(of: request.account) { found.append(.nothingToAddTo) }
        return found
    }

    private func objectionsToOrganisation(of request: RoleRequest, by procedure: Procedure) -> [RequestObjection] {
        if let wanted = procedure.authority {
            guard let id = request.authorityID, let authority = authorities[id] else { return [.needsAuthority] }
            return authority.role == wanted ? [] : [.wrongAuthority(wanted: wanted, is: authority.role)]
        }
        guard let id = request.operatorID, let economicOperator = operators[id] else { return [.needsOperator] }
        guard let chapter = procedure.chapter, !economicOperator.activities.contains(chapter) else { return [] }
        return [.chapterMissing(chapter)]
    }

    private func holds(_ procedure: Procedure, for request: RoleRequest) -> Bool {
        roles.contains {
            $0.account == request.account && $0.role == procedure.role && $0.status == .granted
                && $0.operatorID == request.operatorID && $0.authority == request.authorityID
        }
    }

    /// A role of the procedure is granted or on its way, whatever organisation it is for.
    private func holdsOrAwaits(_ procedure: Procedure, beside request: RoleRequest) -> Bool {
        roles.contains {
            $0.account == request.account && $0.role == procedure.role && ($0.status == .granted || $0.status.isOpen)
        }
            || requests.contains {
                $0.account == request.account && $0.id != request.id && procedure.kinds.contains($0.kind)
                    && ($0.status == .granted || $0.status.isOpen)
            }
    }

    /// Whether there is a role of an authority, granted, that another can be added to.
    private func hasAuthorityRole(of account: AccountID) -> Bool {
        roles.contains { $0.account == account && $0.authority != nil && $0.status == .granted }
            || requests.contains { $0.account == account && $0.authorityID != nil && $0.status == .granted }
    }
}

extension RoleRequest {
    fileprivate func asksForTheSame(as other: RoleRequest) -> Bool {
        kind == other.kind && operatorID == other.operatorID && authorityID == other.authorityID
    }
}

extension RoleRequest.Status {
    /// Neither granted nor at an end.
    package var isOpen: Bool { self == .requested || self == .prepared || self == .confirmed }
}
