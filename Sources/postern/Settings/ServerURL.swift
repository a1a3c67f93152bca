import Foundation

/// The address of a mail server: `imaps://host:port/Folder`, `smtps://host:port`. Never with a user or a password.
struct ServerURL: Sendable, Equatable {
    enum Service: Sendable { case imap, smtp }

    /// How the connection is kept from being read.
    enum Security: Sendable, Equatable {
        /// TLS from the first byte.
        case implicitTLS
        /// STARTTLS before the login, required.
        case startTLS
        /// None; to a loopback address and where `trust.allow_plaintext` says so.
        case plaintext
    }

    let service: Service
    let host: String
    let port: Int
    let security: Security
    /// The mailbox of an IMAP address, decoded; `INBOX` where none is named.
    let mailbox: String

    /// What is wrong with an address, without repeating what may be a secret in it.
    struct Unusable: Error, Equatable { let reason: String }

    init(_ text: String, service: Service, allowsPlaintext: Bool) throws(Unusable) {
        let secure = service == .imap ? "imaps" : "smtps"
        let plain = service == .imap ? "imap" : "smtp"
        let shape = service == .imap ? "\(secure)://HOST[:PORT][/MAILBOX]" : "\(secure)://HOST[:PORT]"
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == secure || scheme == plain
        else { throw Unusable(reason: "must be \(shape) or \(plain)://… (which requires STARTTLS)") }
        guard parts.user == nil, parts.password == nil else {
            throw Unusable(reason: "must not hold a user or a password; they have keys of their own")
        }
        guard parts.query == nil, parts.fragment == nil, let host = parts.host, !host.isEmpty else {
            throw Unusable(reason: "must be \(shape)")
        }
        if let port = parts.port, !(1...65_535).contains(port) {
            throw Unusable(reason: "names a port that is not between 1 and 65535")
        }
        let path = parts.path.hasPrefix("/") ? String(parts.path.dropFirst()) : parts.path
        guard service == .imap || path.isEmpty else { throw Unusable(reason: "must be \(shape), without a path") }

        self.service = service
        self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        self.mailbox = service == .imap ? (path.isEmpty ? "INBOX" : path) : ""
        let isPlaintext = scheme == plain && allowsPlaintext && Self.isLoopback(self.host)
        security = scheme == secure ? .implicitTLS : isPlaintext ? .plaintext : .startTLS
        port = parts.port ?? (service == .imap ? (scheme == secure ? 993 : 143) : (scheme == secure ? 465 : 587))
    }

    /// `localhost`, 127.0.0.0/8 (RFC 5735 §4) or ::1.
    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return octets.count == 4 && octets.allSatisfy { $0 != nil } && octets[0] == 127
    }
}
