import CurlTransport
import Mail

/// The address of a mail server that the transport can use: `imaps://host:port/Mailbox`, `smtps://host:port`.
struct ServerURL: Sendable, Equatable {
    /// As it was written.
    let text: String

    /// What is wrong with an address never repeats it: it may hold a password.
    init(imap text: String, allowsPlaintext: Bool) throws(TransportFault) {
        _ = try IMAPSettings(url: text, user: "", credential: .password(""), allowPlaintext: allowsPlaintext)
        self.text = text
    }

    init(smtp text: String, allowsPlaintext: Bool) throws(TransportFault) {
        _ = try SMTPSettings(url: text, allowPlaintext: allowsPlaintext)
        self.text = text
    }
}
