extension RegistryView {
    /// Name of the operator, competent authority or customs office of a request; nil when the registry lost it.
    package func organisationName(of request: RoleRequest) -> String? {
        if let id = request.operatorID { return operators[id]?.name }
        return request.authorityID.flatMap { authorities[$0]?.name }
    }

    /// Country of that organisation.
    package func organisationCountry(of request: RoleRequest) -> String? {
        if let id = request.operatorID { return operators[id]?.country }
        return request.authorityID.flatMap { authorities[$0]?.country }
    }

    /// Codes that name the request's organisation as surely as its name does: an authority's code.
    package func organisationCodes(of request: RoleRequest) -> [String] {
        request.authorityID.flatMap { authorities[$0]?.code }.map { [$0] } ?? []
    }

    /// The country whose competent authority must be in Cc; nil when the registry lacks what would tell.
    package func governingCountry(of request: RoleRequest, by procedure: Procedure) -> String? {
        switch procedure.governingCountry {
        case .operatorCountry: request.operatorID.flatMap { operators[$0]?.country }
        case .authorityCountry: request.authorityID.flatMap { authorities[$0]?.country }
        case .eoriPrefix:
            request.operatorID.flatMap { operators[$0]?.eoris.first }.map { String($0.prefix(2)) }
        }
    }

    /// The FMSCA authorities of a country.
    package func competentAuthorities(of country: String) -> [Authority] {
        competentAuthorities.filter { $0.country == country }
    }

    /// Whether the account holds, or is about to hold, the only role of its kind that one user may have.
    package func holdsOnlyRole(_ procedure: Procedure, beside request: RoleRequest) -> Bool {
        guard procedure.onlyOne else { return false }
        let settled: [RoleRequest.Status] = [.confirmed, .granted]
        let hasRole = roles.contains {
            $0.account == request.account && $0.role == procedure.role && settled.contains($0.status)
        }
        let hasRequest = requests.contains {
            $0.id != request.id && $0.account == request.account && procedure.kinds.contains($0.kind)
                && settled.contains($0.status)
        }
        return hasRole || hasRequest
    }
}
