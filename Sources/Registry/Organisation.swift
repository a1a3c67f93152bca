/// An economic operator as TRACES keeps it: a company that imports timber, for one.
package struct Operator: Sendable, Hashable, Codable {
    package struct Identifier: Sendable, Hashable, Codable {
        /// `EORI`, `VAT` or a national scheme.
        package let scheme: String
        package let value: String

        package init(scheme: String, value: String) {
            self.scheme = scheme
            self.value = value
        }
    }

    package let id: OperatorID
    package var name: String
    /// ISO 3166-1 alpha-2, as TRACES writes it (Greece is `GR`, Northern Ireland `XI`).
    package var country: String
    /// Section chapters, such as `imported-timber-products`.
    package var activities: [String]
    package var identifiers: [Identifier]
    package var address: PostalAddress?
    package var contact: Contact?

    package init(
        id: OperatorID, name: String, country: String, activities: [String] = [], identifiers: [Identifier] = [],
        address: PostalAddress? = nil, contact: Contact? = nil
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.activities = activities
        self.identifiers = identifiers
        self.address = address
        self.contact = contact
    }

    private enum CodingKeys: CodingKey { case id, name, country, activities, identifiers, address, contact }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(OperatorID.self, forKey: .id)
        name = try values.decode(String.self, forKey: .name)
        country = try values.decode(String.self, forKey: .country)
        activities = try values.decodeIfPresent([String].self, forKey: .activities) ?? []
        identifiers = try values.decodeIfPresent([Identifier].self, forKey: .identifiers) ?? []
        address = try values.decodeIfPresent(PostalAddress.self, forKey: .address)
        contact = try values.decodeIfPresent(Contact.self, forKey: .contact)
    }

    /// The operator's EORI numbers.
    package var eoris: [String] { identifiers.filter { $0.scheme == "EORI" }.map(\.value) }
}

/// A competent authority or a customs office.
package struct Authority: Sendable, Hashable, Codable {
    package enum Role: String, Sendable, Codable, CaseIterable {
        /// FLEGT Member State Competent Authority.
        case memberStateCompetentAuthority = "FMSCA"
        /// Customs Office.
        case customsOffice = "CO"
    }

    package let id: AuthorityID
    package var role: Role
    /// `FMSCA-HR`, or a customs office code (two letters, six letters or digits).
    package var code: String?
    package var name: String
    package var country: String
    /// Official mailboxes, each on its days. In the registry's lines: one or a list.
    package var mailboxes: [DatedMailbox]
    /// Official mailboxes of earlier days: recognised, not accepted.
    package var formerMailboxes: [DatedMailbox]

    package init(
        id: AuthorityID, role: Role, code: String? = nil, name: String, country: String,
        mailboxes: [DatedMailbox] = [], formerMailboxes: [DatedMailbox] = []
    ) {
        self.id = id
        self.role = role
        self.code = code
        self.name = name
        self.country = country
        self.mailboxes = mailboxes
        self.formerMailboxes = formerMailboxes
    }

    private enum CodingKeys: String, CodingKey {
        case id, role, code, name, country
        case mailboxes = "mailbox"
        case formerMailboxes
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(AuthorityID.self, forKey: .id)
        role = try values.decode(Role.self, forKey: .role)
        code = try values.decodeIfPresent(String.self, forKey: .code)
        name = try values.decode(String.self, forKey: .name)
        country = try values.decode(String.self, forKey: .country)
        mailboxes = try Self.list(values, .mailboxes)
        formerMailboxes = try Self.list(values, .formerMailboxes)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(role, forKey: .role)
        try values.encodeIfPresent(code, forKey: .code)
        try values.encode(name, forKey: .name)
        try values.encode(country, forKey: .country)
        if mailboxes.count == 1 {
            try values.encode(mailboxes[0], forKey: .mailboxes)
        } else if !mailboxes.isEmpty {
            try values.encode(mailboxes, forKey: .mailboxes)
        }
        if !formerMailboxes.isEmpty { try values.encode(formerMailboxes, forKey: .formerMailboxes) }
    }

    /// One mailbox or a list of them.
    private static func list(
        _ values: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
    ) throws -> [DatedMailbox] {
        guard values.contains(key), try !values.decodeNil(forKey: key) else { return [] }
        if let one = try? values.decode(DatedMailbox.self, forKey: key) { return [one] }
        return try values.decode([DatedMailbox].self, forKey: key)
    }
}
