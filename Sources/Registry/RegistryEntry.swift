/// One line of the registry's exchange format (JSON Lines): any of its entities, told apart by `type`.
package enum RegistryEntry: Sendable, Hashable {
    case account(Account)
    case `operator`(Operator)
    case authority(Authority)
    case request(RoleRequest)
    case role(RoleGrant)
    case eori(EORI)
    case mandate(Mandate)
    case delegation(Delegation)

    package enum EntityType: String, Sendable, CaseIterable, Codable {
        case account, `operator`, authority, request, role, eori, mandate, delegation
    }

    package var type: EntityType {
        switch self {
        case .account: .account
        case .operator: .operator
        case .authority: .authority
        case .request: .request
        case .role: .role
        case .eori: .eori
        case .mandate: .mandate
        case .delegation: .delegation
        }
    }

    /// What tells the entry from others of its type; importing the same key again changes that entry.
    package var key: String {
        switch self {
        case .account(let it): it.id.text
        case .operator(let it): it.id.text
        case .authority(let it): it.id.text
        case .request(let it): it.id.text
        case .role(let it):
            [it.account.text, it.role, it.authority?.text ?? "", it.operatorID?.text ?? ""].joined(separator: "\u{1f}")
        case .eori(let it): it.number
        case .mandate(let it):
            [it.account.text, it.economicOperator, it.representative ?? ""].joined(separator: "\u{1f}")
        case .delegation(let it):
            [it.economicOperator, it.representative ?? "", String(it.level)].joined(separator: "\u{1f}")
        }
    }
}

extension RegistryEntry: Codable {
    private enum CodingKeys: CodingKey { case type }

    package init(from decoder: any Decoder) throws {
        let type = try decoder.container(keyedBy: CodingKeys.self).decode(EntityType.self, forKey: .type)
        self =
            switch type {
            case .account: .account(try Account(from: decoder))
            case .operator: .operator(try Operator(from: decoder))
            case .authority: .authority(try Authority(from: decoder))
            case .request: .request(try RoleRequest(from: decoder))
            case .role: .role(try RoleGrant(from: decoder))
            case .eori: .eori(try EORI(from: decoder))
            case .mandate: .mandate(try Mandate(from: decoder))
            case .delegation: .delegation(try Delegation(from: decoder))
            }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        switch self {
        case .account(let it): try it.encode(to: encoder)
        case .operator(let it): try it.encode(to: encoder)
        case .authority(let it): try it.encode(to: encoder)
        case .request(let it): try it.encode(to: encoder)
        case .role(let it): try it.encode(to: encoder)
        case .eori(let it): try it.encode(to: encoder)
        case .mandate(let it): try it.encode(to: encoder)
        case .delegation(let it): try it.encode(to: encoder)
        }
    }
}
