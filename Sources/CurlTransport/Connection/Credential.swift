package import Mail

/// What proves to a server who we are. Never part of a description.
package enum Credential: Sendable, CustomStringConvertible, CustomReflectable {
    case password(Secret)
    /// Gives a fresh OAuth 2.0 access token whenever a connection is opened; e.g. runs `token_command`. What it throws
    /// becomes the connection's fault: a `TransportFault` as it is, anything else as a temporary one.
    case token(TokenMechanism = .any, @Sendable () async throws -> Secret)

    package var description: String { "Credential(***)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The SASL mechanism that a token is presented with.
package enum TokenMechanism: Sendable, Hashable {
    /// OAUTHBEARER where the server offers it, else XOAUTH2.
    case any
    case xoauth2
    /// RFC 7628.
    case oauthBearer
}

/// A login with its secret at hand, for one connection.
struct Login: Sendable {
    let user: String
    let secret: Secret
    /// Nil for a password.
    let mechanism: TokenMechanism?

    /// Asks for the secret. Throws what the token's provider throws, and `setup` for what no server could take.
    static func prepare(user: String, credential: Credential) async throws(TransportFault) -> Login {
        let login: Login
        switch credential {
        case .password(let password): login = Login(user: user, secret: password, mechanism: nil)
        case .token(let mechanism, let provider):
            do {
                login = Login(user: user, secret: try await provider(), mechanism: mechanism)
            } catch let fault as TransportFault {
                throw fault
            } catch {
                throw TransportFault(
                    .temporary, "no access token: \(ServerText.line(String(describing: error)))",
                    hint: "run token_command by hand, as the same user")
            }
        }
        guard !login.user.utf8.contains(where: \.isControl), !login.secret.reveal().utf8.contains(where: \.isControl)
        else {
            throw TransportFault(
                .setup, "user name or secret holds a control character",
                hint: "look for a line end in the middle of the secret's file")
        }
        guard !login.secret.isEmpty else {
            throw TransportFault(.setup, "the secret is empty", hint: "look into the secret's file or command")
        }
        return login
    }

    /// Puts the login on a handle.
    func apply(to handle: borrowing CurlHandle) throws(CurlError) {
        try handle.set(.user, to: user)
        guard let mechanism else {
            try handle.set(.password, to: secret)
            // Else libcurl prefers Kerberos where the server offers it and the user's name holds an `@`, fails for want
            // of a ticket, and tries nothing further.
            return try handle.set(.loginOptions, to: "AUTH=PLAIN;AUTH=LOGIN")
        }
        try handle.set(.bearerToken, to: secret)
        switch mechanism {
        case .any: try handle.set(.loginOptions, to: "AUTH=OAUTHBEARER;AUTH=XOAUTH2")
        case .xoauth2: try handle.set(.loginOptions, to: "AUTH=XOAUTH2")
        case .oauthBearer: try handle.set(.loginOptions, to: "AUTH=OAUTHBEARER")
        }
    }
}

extension UInt8 {
    var isControl: Bool { self < 0x20 || self == 0x7f }
}
