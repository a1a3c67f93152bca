package import Mail

/// A mailbox with the days on which it is its owner's. In the registry's lines a plain text where no date is known, else
/// `{"mailbox":"a@b.example","validFrom":"2024-01-01","validTo":"2025-06-30"}`.
package struct DatedMailbox: Sendable, Hashable {
    package let address: EmailAddress
    package let validFrom: Day?
    /// The last day; nil is open-ended.
    package let validTo: Day?

    package init(_ address: EmailAddress, validFrom: Day? = nil, validTo: Day? = nil) {
        self.address = address
        self.validFrom = validFrom
        self.validTo = validTo
    }

    /// `local@domain`.
    package var text: String { address.text }

    /// The address as stores keep and look it up (``EmailAddress/key``).
    package var key: String { address.key }

    /// Whether its first day has come.
    package func hasBegun(on day: Day) -> Bool { validFrom.map { $0 <= day } ?? true }

    /// Whether its last day is over.
    package func hasEnded(on day: Day) -> Bool { validTo.map { $0 < day } ?? false }
}

extension DatedMailbox: Codable {
    private enum CodingKeys: CodingKey { case mailbox, validFrom, validTo }

    package init(from decoder: any Decoder) throws {
        if let address = try? EmailAddress(from: decoder) {
            self.init(address)
            return
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(EmailAddress.self, forKey: .mailbox),
            validFrom: try values.decodeIfPresent(Day.self, forKey: .validFrom),
            validTo: try values.decodeIfPresent(Day.self, forKey: .validTo))
    }

    package func encode(to encoder: any Encoder) throws {
        if validFrom == nil, validTo == nil { return try address.encode(to: encoder) }
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(address, forKey: .mailbox)
        try values.encodeIfPresent(validFrom, forKey: .validFrom)
        try values.encodeIfPresent(validTo, forKey: .validTo)
    }
}

extension Authority {
    /// The mailboxes that are official on this day.
    package func officialMailboxes(on day: Day) -> [EmailAddress] {
        mailboxes.filter { $0.hasBegun(on: day) && !$0.hasEnded(on: day) }.map(\.address)
    }

    /// Those that were official before this day and are not any more: recognised, not accepted. One that is listed as
    /// former counts as such from its first day on, whatever its last day.
    package func formerMailboxes(on day: Day) -> [EmailAddress] {
        let official = officialMailboxes(on: day)
        let former = formerMailboxes.filter { $0.hasBegun(on: day) } + mailboxes.filter { $0.hasEnded(on: day) }
        return former.map(\.address).filter { !official.contains($0) }
    }
}
