package import Mail

/// Who we are in the eyes of our correspondents.
package struct SupportIdentity: Sendable, Hashable {
    /// All forms of the support mailbox: the `to` rule asks for one of them.
    package let addresses: [EmailAddress]
    /// The domain on the right of the Message-IDs that we give.
    package let messageIDDomain: String

    package init(addresses: [EmailAddress], messageIDDomain: String) {
        self.addresses = addresses
        self.messageIDDomain = messageIDDomain
    }

    /// The domain of our Message-IDs where none is chosen: one of its own, as others' mail comes from the support
    /// mailbox's domain, too.
    package static func messageIDDomain(for address: EmailAddress) -> String { "postern.\(address.domain)" }
}
