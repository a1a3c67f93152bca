package import Mail

/// Everything a connection to the submission server needs to know.
package struct SMTPSettings: Sendable {
    package let address: ServerAddress
    /// Nil: no AUTH.
    package let user: String?
    package let credential: Credential?
    /// A PEM file whose certificates are the only trust anchors; nil for the system's.
    package var caFile: String?
    /// What EHLO says of us; nil for this machine's name.
    package var clientName: String?
    /// How many mails may be under way at once, each on a connection of its own.
    package var connections = 4
    /// For TCP, TLS and the greeting.
    package var connectTimeout: Duration = .seconds(30)
    /// For each answer; RFC 5321 §4.5.3.2 wants ten minutes behind the final dot.
    package var responseTimeout: Duration = .seconds(600)

    /// Reads `smtps://host[:port]` (465), or `smtp://host[:port]` (587), which means STARTTLS unless `allowPlaintext`
    /// holds and the host is a loopback one. Throws a `setup` fault for a URL that is none, and for a user without a
    /// credential.
    package init(
        url: String, user: String? = nil, credential: Credential? = nil, allowPlaintext: Bool = false
    ) throws(TransportFault) {
        address = try ServerAddress(url, schemes: .smtp, allowPlaintext: allowPlaintext)
        guard address.path.isEmpty else {
            throw TransportFault(.setup, "the submission server's URL has a path", hint: "end it behind host and port")
        }
        guard (user == nil) == (credential == nil) else {
            throw TransportFault(
                .setup, "submission has a user without a secret, or a secret without a user",
                hint: "give both or neither")
        }
        self.user = user
        self.credential = credential
    }
}
