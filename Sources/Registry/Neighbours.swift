import LookAlikes
package import Mail

/// A domain of the registry's mailboxes that may be taken for a sender's, or is the sender's.
package struct Neighbour: Sendable, Hashable {
    /// A-labels.
    package let domain: String
    /// The account that has the sender's local part there, if one does.
    package let account: AccountID?

    package init(domain: String, account: AccountID? = nil) {
        self.domain = domain
        self.account = account
    }
}

/// What is looked up for a sender whose mailbox no account has, in every kind of registry the same way.
package struct NeighbourSearch: Sendable {
    /// Of one sender; a registry in which more domains look alike is not one of real mailboxes.
    private static let most = 50

    package let sender: EmailAddress
    /// The keys (``DomainLook/key``) of domains that the sender's may be taken for.
    package let keys: [String]

    package init(for sender: EmailAddress) {
        self.sender = sender
        keys = DomainLook(sender.domain).keysToLookUp
    }

    /// The domains that are looked at further, of those with one of ``keys``: in their order, the sender's own first.
    package func chosen(from domains: some Sequence<String>) -> [String] {
        let others = Set(domains).subtracting([sender.domain])
        let own = domains.contains(sender.domain) ? [sender.domain] : []
        return own + others.sorted().prefix(Self.most)
    }

    /// The mailbox with the sender's local part at another domain (``EmailAddress/key``).
    package func mailbox(at domain: String) -> String { "\(sender.localPart.asciiLowercased)@\(domain)" }
}

extension RegistryEntry {
    /// The domains of an account's or authority's mailboxes, former ones too.
    package var mailDomains: [String] {
        switch self {
        case .account(let it): [it.mailbox.domain] + it.formerMailboxes.map(\.address.domain)
        case .authority(let it): (it.mailboxes + it.formerMailboxes).map(\.address.domain)
        case .operator, .request, .role, .eori, .mandate, .delegation: []
        }
    }
}
