extension RegistryEntry {
    /// Reads an entry from its JSON text, such as ``RegistryLine/json``; nil when it is none.
    package init?(json: [UInt8]) {
        guard let value = try? JSONValue(parsing: json) else { return nil }
        self.init(members: value)
    }

    /// Reads an entry from its JSON object; nil when it is none.
    package init?(members value: JSONValue) {
        guard case .object(let members) = value, let entry = try? Self(EntryFields(members: members)) else {
            return nil
        }
        self = entry
    }

    /// Builds the entry from a line's members, all values checked.
    init(_ fields: EntryFields) throws(EntryFields.Fault) {
        guard let type = try fields.word("type", EntityType.self) else {
            throw EntryFields.Fault("'type' is missing")
        }
        self =
            switch type {
            case .account: .account(try Self.account(fields))
            case .operator: .operator(try Self.operator(fields))
            case .authority: .authority(try Self.authority(fields))
            case .request: .request(try Self.request(fields))
            case .role: .role(try Self.role(fields))
            case .eori: .eori(try Self.eori(fields))
            case .mandate: .mandate(try Self.mandate(fields))
            case .delegation: .delegation(try Self.delegation(fields))
            }
    }

    private static func account(_ fields: EntryFields) throws(EntryFields.Fault) -> Account {
        Account(
            id: try fields.identifier("id"), firstName: try fields.text("firstName"),
            lastName: try fields.text("lastName"), mailbox: try fields.address("mailbox"),
            formerMailboxes: try fields.mailboxes("formerMailboxes"), language: try fields.optionalText("language"),
            state: try fields.word("state", Account.State.self) ?? .active)
    }

    private static func `operator`(_ fields: EntryFields) throws(EntryFields.Fault) -> Operator {
        var identifiers: [Operator.Identifier] = []
        for object in try fields.objects("identifiers") {
            let scheme = try object.text("scheme")
            let value = try object.text("value")
            if scheme == "EORI" { _ = try EntryFields.eori(value, "identifiers") }
            identifiers.append(Operator.Identifier(scheme: scheme, value: value))
        }
        return Operator(
            id: try fields.identifier("id"), name: try fields.text("name"), country: try fields.country("country"),
            activities: try fields.texts("activities"), identifiers: identifiers,
            address: try postalAddress(fields), contact: try contact(fields))
    }

    private static func authority(_ fields: EntryFields) throws(EntryFields.Fault) -> Authority {
        let role = try fields.needed(try fields.word("role", Authority.Role.self), "role")
        let code = try fields.optionalText("code")
        if role == .customsOffice, let code, !Authority.isCustomsOfficeCode(code) {
            throw EntryFields.Fault(
                "'code': '\(code)' is no customs office code (two capitals, then six capitals or digits)")
        }
        return Authority(
            id: try fields.identifier("id"), role: role, code: code, name: try fields.text("name"),
            country: try fields.country("country"), mailboxes: try fields.mailboxes("mailbox"),
            formerMailboxes: try fields.mailboxes("formerMailboxes"))
    }

    private static func request(_ fields: EntryFields) throws(EntryFields.Fault) -> RoleRequest {
        let request = RoleRequest(
            id: try fields.identifier("id"), account: try fields.identifier("account"),
            kind: RoleRequest.Kind(try fields.text("kind")), operatorID: try fields.optionalIdentifier("operator"),
            authorityID: try fields.optionalIdentifier("authority"),
            actingAs: try fields.word("actingAs", RoleRequest.ActingAs.self) ?? .importer,
            additional: try fields.bool("additional", default: false),
            status: try fields.word("status", RoleRequest.Status.self) ?? .requested,
            requestedAt: try fields.moment("requestedAt"))
        guard (request.operatorID == nil) != (request.authorityID == nil) else {
            throw EntryFields.Fault("a request names either an 'operator' or an 'authority'")
        }
        return request
    }

    private static func role(_ fields: EntryFields) throws(EntryFields.Fault) -> RoleGrant {
        RoleGrant(
            account: try fields.identifier("account"), role: try fields.text("role"),
            authority: try fields.optionalIdentifier("authority"),
            operatorID: try fields.optionalIdentifier("operator"),
            status: try fields.needed(try fields.word("status", RoleRequest.Status.self), "status"))
    }

    private static func eori(_ fields: EntryFields) throws(EntryFields.Fault) -> EORI {
        let eori = EORI(
            number: try fields.eori("number"), validFrom: try fields.needed(try fields.day("validFrom"), "validFrom"),
            validTo: try fields.day("validTo"))
        if let end = eori.validTo, end < eori.validFrom {
            throw EntryFields.Fault("'validTo' lies before 'validFrom'")
        }
        return eori
    }

    private static func mandate(_ fields: EntryFields) throws(EntryFields.Fault) -> Mandate {
        Mandate(
            account: try fields.identifier("account"), economicOperator: try fields.eori("economicOperator"),
            profile: try fields.needed(try fields.word("profile", Profile.self), "profile"),
            representative: try fields.optionalEORI("representative"))
    }

    /// A combination of attributes that makes no sense is taken as it is: it limits the user to consultation.
    private static func delegation(_ fields: EntryFields) throws(EntryFields.Fault) -> Delegation {
        Delegation(
            economicOperator: try fields.eori("economicOperator"),
            representative: try fields.optionalEORI("representative"), level: try fields.integer("level"),
            kind: try fields.word("kind", Delegation.Kind.self), scope: try fields.word("scope", Delegation.Scope.self),
            validFrom: try fields.day("validFrom"), validTo: try fields.day("validTo"))
    }
}

extension RegistryEntry.EntityType {
    /// The members that a line of this type may have, in the order in which they are written.
    var members: [String] {
        switch self {
        case .account: Self.accountMembers
        case .operator: Self.operatorMembers
        case .authority: Self.authorityMembers
        case .request: Self.requestMembers
        case .role: Self.roleMembers
        case .eori: Self.eoriMembers
        case .mandate: Self.mandateMembers
        case .delegation: Self.delegationMembers
        }
    }

    // Made once: each line is looked through by them.
    private static let accountMembers = [
        "type", "id", "firstName", "lastName", "mailbox", "formerMailboxes", "language", "state",
    ]
    private static let operatorMembers = [
        "type", "id", "name", "country", "activities", "identifiers", "address", "contact",
    ]
    private static let authorityMembers = [
        "type", "id", "role", "code", "name", "country", "mailbox", "formerMailboxes",
    ]
    private static let requestMembers = [
        "type", "id", "account", "kind", "operator", "authority", "actingAs", "additional", "status", "requestedAt",
    ]
    private static let roleMembers = ["type", "account", "role", "authority", "operator", "status"]
    private static let eoriMembers = ["type", "number", "validFrom", "validTo"]
    private static let mandateMembers = ["type", "account", "economicOperator", "profile", "representative"]
    private static let delegationMembers = [
        "type", "economicOperator", "representative", "level", "kind", "scope", "validFrom", "validTo",
    ]
}

extension Authority {
    /// `^[A-Z]{2}[A-Z0-9]{6}$` (the Customs Office List's reference number).
    package static func isCustomsOfficeCode(_ code: String) -> Bool {
        code.utf8.count == 8 && code.utf8.prefix(2).allSatisfy { (0x41...0x5a).contains($0) }
            && code.utf8.allSatisfy { (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) }
    }
}
