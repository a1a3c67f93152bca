package import Mail

/// A person's account in TRACES (an ECAS, today EU Login, account with its TRACES profile).
package struct Account: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case unvalidated, active, disabled }

    package let id: AccountID
    package var firstName: String
    package var lastName: String
    /// The mailbox that mails must come from.
    package var mailbox: EmailAddress
    /// Mailboxes that were the account's earlier: recognised, not accepted.
    package var formerMailboxes: [DatedMailbox]
    /// Two-letter language code of the person's choice.
    package var language: String?
    package var state: State

    package init(
        id: AccountID, firstName: String, lastName: String, mailbox: EmailAddress,
        formerMailboxes: [DatedMailbox] = [], language: String? = nil, state: State = .active
    ) {
        self.id = id
        self.firstName = firstName
        self.lastName = lastName
        self.mailbox = mailbox
        self.formerMailboxes = formerMailboxes
        self.language = language
        self.state = state
    }

    /// Whether the mailbox was the account's earlier.
    package func hadMailbox(_ address: EmailAddress) -> Bool { formerMailboxes.contains { $0.address == address } }

    private enum CodingKeys: CodingKey {
        case id, firstName, lastName, mailbox, formerMailboxes, language, state
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(AccountID.self, forKey: .id)
        firstName = try values.decode(String.self, forKey: .firstName)
        lastName = try values.decode(String.self, forKey: .lastName)
        mailbox = try values.decode(EmailAddress.self, forKey: .mailbox)
        formerMailboxes = try values.decodeIfPresent([DatedMailbox].self, forKey: .formerMailboxes) ?? []
        language = try values.decodeIfPresent(String.self, forKey: .language)
        state = try values.decodeIfPresent(State.self, forKey: .state) ?? .active
    }
}
