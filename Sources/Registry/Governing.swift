package import Mail

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

    /// The EORI numbers of a request's operator that a Member State issued.
    package func issuedEORIs(of request: RoleRequest) -> [String] {
        (request.operatorID.flatMap { operators[$0]?.eoris } ?? []).filter {
            EORI.memberStates.contains(String($0.prefix(2)))
        }
    }

    /// The FMSCA authorities of which one must be in Cc; none when the registry lacks what would tell.
    ///
    /// - Parameter stated: the EORI numbers of the operator that the mail states. Where EORI numbers govern and several
    ///   Member States issued some, those that are stated decide.
    package func governingAuthorities(
        of request: RoleRequest, by procedure: Procedure, stated: [String] = []
    ) -> [Authority] {
        let countries: [String] =
            switch procedure.governingCountry {
            case .operatorCountry: request.operatorID.flatMap { operators[$0]?.country }.map { [$0] } ?? []
            case .authorityCountry: request.authorityID.flatMap { authorities[$0]?.country }.map { [$0] } ?? []
            // Each of several EORI numbers names the Member State that issued it.
            case .eoriPrefix: (stated.isEmpty ? issuedEORIs(of: request) : stated).map { String($0.prefix(2)) }
            }
        let governing = Set(countries.map(Self.canonicalCountry))
        return competentAuthorities.filter { governing.contains(Self.canonicalCountry($0.country)) }
    }

    /// Official mailboxes, on this day, for the Cc of the prepared mail. Where EORI numbers govern, the mail states one of
    /// them, so only that one's Member State counts.
    package func mailboxesToCopy(
        for request: RoleRequest, by procedure: Procedure, on day: Day
    ) -> [EmailAddress] {
        let stated = procedure.statesEORI ? Array(issuedEORIs(of: request).prefix(1)) : []
        return governingAuthorities(of: request, by: procedure, stated: stated)
            .flatMap { $0.officialMailboxes(on: day) }
    }

    /// Two codes are in use for Greece (`GR` in ISO 3166-1 and TRACES, `EL` in the Union's own style).
    private static func canonicalCountry(_ code: String) -> String { code == "EL" ? "GR" : code }

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
