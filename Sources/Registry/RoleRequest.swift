package import struct Foundation.Date

/// An account asks for a role for an organisation.
package struct RoleRequest: Sendable, Hashable, Codable {
    /// Where a request stands. It starts as `requested`.
    package enum Status: String, Sendable, Codable, CaseIterable {
        case requested, prepared, confirmed, granted, refused, withdrawn, expired

        /// A mail may still move it on.
        package var isPending: Bool { self == .requested || self == .prepared }
    }

    package enum ActingAs: String, Sendable, Codable { case importer, agent }

    /// `importer`, `competent-authority`, `customs-office`; procedures may bring more.
    package struct Kind: Hashable, Sendable, Codable, CustomStringConvertible {
        package let text: String
        package init(_ text: String) { self.text = text }
        package init(from decoder: any Decoder) throws {
            text = try decoder.singleValueContainer().decode(String.self)
        }
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
        package var description: String { text }
    }

    package let id: RoleRequestID
    package var account: AccountID
    package var kind: Kind
    package var operatorID: OperatorID?
    package var authorityID: AuthorityID?
    package var actingAs: ActingAs
    /// Asked for beside a role that the account has already.
    package var additional: Bool
    package var status: Status
    package var requestedAt: Date
    /// How often the status has changed since the request came: a reference is good for one round. Not in the lines.
    package var round = 0

    package init(
        id: RoleRequestID, account: AccountID, kind: Kind, operatorID: OperatorID? = nil,
        authorityID: AuthorityID? = nil, actingAs: ActingAs = .importer, additional: Bool = false,
        status: Status = .requested, requestedAt: Date
    ) {
        self.id = id
        self.account = account
        self.kind = kind
        self.operatorID = operatorID
        self.authorityID = authorityID
        self.actingAs = actingAs
        self.additional = additional
        self.status = status
        self.requestedAt = requestedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id, account, kind
        case operatorID = "operator"
        case authorityID = "authority"
        case actingAs, additional, status, requestedAt
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(RoleRequestID.self, forKey: .id)
        account = try values.decode(AccountID.self, forKey: .account)
        kind = try values.decode(Kind.self, forKey: .kind)
        operatorID = try values.decodeIfPresent(OperatorID.self, forKey: .operatorID)
        authorityID = try values.decodeIfPresent(AuthorityID.self, forKey: .authorityID)
        actingAs = try values.decodeIfPresent(ActingAs.self, forKey: .actingAs) ?? .importer
        additional = try values.decodeIfPresent(Bool.self, forKey: .additional) ?? false
        status = try values.decodeIfPresent(Status.self, forKey: .status) ?? .requested
        requestedAt = try values.decode(Date.self, forKey: .requestedAt)
        guard (operatorID == nil) != (authorityID == nil) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a request names either an operator or an authority"))
        }
    }
}

/// A change of a request's status that a decision asks for.
package struct Transition: Sendable, Hashable, Codable {
    package let request: RoleRequestID
    /// The statuses in which it may be made; in any other it fails and the mail is judged again.
    package let from: [RoleRequest.Status]
    package let to: RoleRequest.Status

    package init(request: RoleRequestID, from: [RoleRequest.Status], to: RoleRequest.Status) {
        self.request = request
        self.from = from
        self.to = to
    }
}
