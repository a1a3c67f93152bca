import Mail
import Registry

/// Rule 2: some address in To is a support address.
func judgeTo(_ mail: InboundMail, support: SupportIdentity) -> Finding {
    let wanted = support.addresses.map(\.text)
    let seen = mail.to.map(\.shown)
    if mail.to.containsAny(of: support.addresses) { return Finding(.to, .pass, seen: seen, wanted: wanted) }
    let reason: Reason =
        if mail.cc.containsAny(of: support.addresses) {
            "to.in-cc"
        } else if mail.bcc.containsAny(of: support.addresses) {
            "to.in-bcc"
        } else if mail.replyTo.containsAny(of: support.addresses) {
            "to.in-reply-to"
        } else if mail.to.containsLookAlike(of: support.addresses) {
            "to.look-alike"
        } else {
            "to.missing"
        }
    return Finding(.to, .fail, reason: reason, seen: seen, wanted: wanted)
}

extension [AddressEntry] {
    /// Whether one of the entries is one of `addresses`.
    func containsAny(of addresses: some Sequence<EmailAddress>) -> Bool {
        contains { entry in addresses.contains { $0 == entry.address } }
    }
}

extension AddressEntry {
    /// The address, or what stands there instead of one.
    var shown: String { address?.text ?? written }
}
