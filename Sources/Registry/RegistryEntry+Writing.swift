import Mail

extension RegistryEntry {
    /// The entry as one line of the exchange format: known members in the contract's order, absent ones left out.
    package var json: String { JSONValue.object([.init("type", .string(type.rawValue))] + members).text }

    private var members: [JSONValue.Member] {
        switch self {
        case .account(let it): it.members
        case .operator(let it): it.members
        case .authority(let it): it.members
        case .request(let it): it.members
        case .role(let it):
            Self.present(
                ("account", .string(it.account.text)), ("role", .string(it.role)),
                ("authority", it.authority?.text.json),
                ("operator", it.operatorID?.text.json), ("status", .string(it.status.rawValue)))
        case .eori(let it):
            Self.present(
                ("number", .string(it.number)), ("validFrom", .string(it.validFrom.text)),
                ("validTo", it.validTo?.text.json))
        case .mandate(let it):
            Self.present(
                ("account", .string(it.account.text)), ("economicOperator", .string(it.economicOperator)),
                ("profile", .string(it.profile.rawValue)), ("representative", it.representative?.json))
        case .delegation(let it):
            Self.present(
                ("economicOperator", .string(it.economicOperator)), ("representative", it.representative?.json),
                ("level", .number(String(it.level))), ("kind", it.kind?.rawValue.json),
                ("scope", it.scope?.rawValue.json), ("validFrom", it.validFrom?.text.json),
                ("validTo", it.validTo?.text.json))
        }
    }

    fileprivate static func present(_ members: (String, JSONValue?)...) -> [JSONValue.Member] {
        members.compactMap { name, value in value.map { JSONValue.Member(name, $0) } }
    }
}

extension Account {
    fileprivate var members: [JSONValue.Member] {
        RegistryEntry.present(
            ("id", .string(id.text)), ("firstName", .string(firstName)), ("lastName", .string(lastName)),
            ("mailbox", .string(mailbox.text)),
            ("formerMailboxes", DatedMailbox.json(formerMailboxes, single: false)),
            ("language", language?.json), ("state", .string(state.rawValue)))
    }
}

extension Operator {
    fileprivate var members: [JSONValue.Member] {
        RegistryEntry.present(
            ("id", .string(id.text)), ("name", .string(name)), ("country", .string(country)),
            ("activities", activities.isEmpty ? nil : .array(activities.map(JSONValue.string))),
            ("identifiers", identifiers.isEmpty ? nil : .array(identifiers.map(\.json))),
            ("address", address?.json), ("contact", contact?.json))
    }
}

extension Operator.Identifier {
    fileprivate var json: JSONValue { .object([.init("scheme", .string(scheme)), .init("value", .string(value))]) }
}

extension Operator.PostalAddress {
    fileprivate var json: JSONValue {
        .object(
            RegistryEntry.present(
                ("street", street?.json), ("postalCode", postalCode?.json), ("city", city?.json),
                ("region", region?.json)))
    }
}

extension Operator.Contact {
    fileprivate var json: JSONValue {
        .object(
            RegistryEntry.present(
                ("name", name?.json), ("mailbox", mailbox?.text.json), ("telephone", telephone?.json)))
    }
}

extension DatedMailbox {
    /// A list, or what is in it where it is one and `single` allows that; nil where it is empty.
    fileprivate static func json(_ mailboxes: [Self], single: Bool) -> JSONValue? {
        if single, mailboxes.count == 1 { return mailboxes[0].json }
        return mailboxes.isEmpty ? nil : .array(mailboxes.map(\.json))
    }

    /// A plain text where no date is known.
    private var json: JSONValue {
        if validFrom == nil, validTo == nil { return .string(text) }
        return .object(
            RegistryEntry.present(
                ("mailbox", .string(text)), ("validFrom", validFrom?.text.json), ("validTo", validTo?.text.json)))
    }
}

extension Authority {
    fileprivate var members: [JSONValue.Member] {
        RegistryEntry.present(
            ("id", .string(id.text)), ("role", .string(role.rawValue)), ("code", code?.json), ("name", .string(name)),
            ("country", .string(country)), ("mailbox", DatedMailbox.json(mailboxes, single: true)),
            ("formerMailboxes", DatedMailbox.json(formerMailboxes, single: false)))
    }
}

extension RoleRequest {
    fileprivate var members: [JSONValue.Member] {
        RegistryEntry.present(
            ("id", .string(id.text)), ("account", .string(account.text)), ("kind", .string(kind.text)),
            ("operator", operatorID?.text.json), ("authority", authorityID?.text.json),
            ("actingAs", operatorID == nil ? nil : .string(actingAs.rawValue)), ("additional", .bool(additional)),
            ("status", .string(status.rawValue)), ("requestedAt", .string(Timestamp.text(requestedAt))))
    }
}

extension String {
    fileprivate var json: JSONValue { .string(self) }
}
