package import Mail

/// Everything a connection to the support mailbox needs to know.
package struct IMAPSettings: Sendable {
    package let address: ServerAddress
    /// The mailbox's name on the server, decoded; `INBOX` where the URL names none.
    package var mailbox: String
    package let user: String
    package let credential: Credential
    /// A PEM file whose certificates are the only trust anchors; nil for the system's.
    package var caFile: String?
    /// Larger mails are not downloaded, octets.
    package var sizeLimit = MailLimits.standard.size
    /// One FETCH asks for about this many octets, and for at most `batchCount` mails.
    package var batchOctets = 4 * 1024 * 1024
    package var batchCount = 500
    /// For TCP, TLS and the greeting.
    package var connectTimeout: Duration = .seconds(30)
    /// For each command, and for each pause within an answer; a FETCH gets more, by its size.
    package var commandDeadline: Duration = .seconds(60)
    /// Whether to IDLE where the server can (RFC 2177).
    package var usesIdle = true
    /// Capabilities, in capitals, that are not made use of although the server has them.
    package var unusedCapabilities: Set<String> = []
    /// IDLE is begun anew after this: servers may log out after 30 minutes of silence (RFC 2177 §3).
    package var idleRenewal: Duration = .seconds(28 * 60)
    /// How often to look for mail while waiting without IDLE.
    package var pollInterval: Duration = .seconds(60)

    /// Reads `imaps://host[:port]/mailbox`, or `imap://…`, which means STARTTLS unless `allowPlaintext` holds and the
    /// host is a loopback one. Throws a `setup` fault for a URL that is none.
    package init(
        url: String, user: String, credential: Credential, allowPlaintext: Bool = false
    ) throws(TransportFault) {
        address = try ServerAddress(url, schemes: .imap, allowPlaintext: allowPlaintext)
        mailbox = address.path.isEmpty || address.path.uppercased() == "INBOX" ? "INBOX" : address.path
        self.user = user
        self.credential = credential
    }
}
