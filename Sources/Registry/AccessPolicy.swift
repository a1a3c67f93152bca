/// What one account may do for the organisation of one request, and why.
package struct Access: Sendable, Hashable {
    package enum Limit: String, Sendable, Hashable {
        /// The user's own profile is read-only.
        case consultation
        /// The user may prepare, somebody else must submit.
        case administrative
        /// The economic operator's or the representative's EORI is not valid today.
        case eoriInvalid
        /// The combination of delegation attributes is not valid.
        case delegationInvalid
    }

    package let profile: Profile
    /// Nil for the complete role.
    package let limit: Limit?

    package init(_ profile: Profile, limit: Limit? = nil) {
        self.profile = profile
        self.limit = limit
    }

    static let complete = Access(.submission)
}

extension RegistryView {
    /// The profile with which `account` acts on `request` today (second source document, §3.3.2).
    ///
    /// Without a mandate for the operator the account acts for itself, and nothing known about delegation means full
    /// delegation. The user is limited to consultation when the combination of attributes is not valid or an EORI
    /// number involved is not valid on `day`. Of several mandates for one operator the farthest-reaching valid one counts.
    package func access(of account: AccountID, to request: RoleRequest, on day: Day) -> Access {
        guard let operatorID = request.operatorID, let economicOperator = operators[operatorID] else {
            return .complete
        }
        let numbers = Set(economicOperator.eoris)
        let mine = mandates.filter { $0.account == account && numbers.contains($0.economicOperator) }
        guard !mine.isEmpty else {
            let known = eoris.filter { numbers.contains($0.number) }
            let isValid = known.isEmpty || known.contains { $0.isValid(on: day) }
            return isValid ? .complete : Access(.consultation, limit: .eoriInvalid)
        }
        let options = mine.map { access(under: $0, on: day) }
        return options.max { $0.rank < $1.rank } ?? .complete
    }

    private func access(under mandate: Mandate, on day: Day) -> Access {
        guard isValidEORI(mandate.economicOperator, on: day) else { return Access(.consultation, limit: .eoriInvalid) }
        if let representative = mandate.representative {
            guard representative != mandate.economicOperator else {
                return Access(.consultation, limit: .delegationInvalid)
            }
            guard isValidEORI(representative, on: day) else { return Access(.consultation, limit: .eoriInvalid) }
            let known = delegations.filter {
                $0.economicOperator == mandate.economicOperator && $0.representative == representative
            }
            guard known.isEmpty || known.contains(where: { $0.isValid(on: day) && $0.isValidForRepresentative }) else {
                return Access(.consultation, limit: .delegationInvalid)
            }
        }
        return switch mandate.profile {
        case .consultation: Access(.consultation, limit: .consultation)
        case .administrative: Access(.administrative, limit: .administrative)
        case .submission: .complete
        }
    }

    /// A number that the registry does not know is not known to be valid.
    private func isValidEORI(_ number: String, on day: Day) -> Bool {
        eoris.contains { $0.number == number && $0.isValid(on: day) }
    }
}

extension Delegation {
    /// Level 1 or 2, direct or indirect, scope full, partial or absent (partial counts as full while it is switched off).
    fileprivate var isValidForRepresentative: Bool {
        (level == 1 || level == 2) && (kind == .direct || kind == .indirect) && representative != economicOperator
    }
}

extension Access {
    /// Orders options by how far they reach.
    fileprivate var rank: Int {
        switch profile {
        case .consultation: limit == .consultation ? 1 : 0
        case .administrative: 2
        case .submission: 3
        }
    }
}
