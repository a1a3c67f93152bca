import Mail

extension TransportFault {
    /// What a failed connect, TLS handshake or login means. `answer` is the server's last line, if it said anything;
    /// neither shows the login's secret.
    init(_ error: CurlError, connectingTo address: ServerAddress, answer: String?) {
        let place = "\(address.host):\(address.port)"
        func reason(_ what: String, server: Bool = false) -> String {
            let cause = server ? answer ?? error.description : error.description
            return ServerText.line("\(place): \(what): \(cause)")
        }
        switch error.code {
        case .couldNotResolveHost:
            self.init(.temporary, reason("host not found"), hint: "check the host name and the resolver")
        case .couldNotConnect:
            self.init(.temporary, reason("no connection"), hint: "check host, port, firewall, and that the server runs")
        case .timedOut:
            self.init(.temporary, reason("no answer in time"), hint: "check the network and the server's load")
        case .peerVerification, .issuerMismatch:
            self.init(
                .certificate, reason("the server's certificate does not hold"),
                hint: "set ca_file to the authority that signed it, and use the host name that it is made out for")
        case .trustAnchorUnreadable:
            self.init(.setup, reason("the trust anchors cannot be read"), hint: "check ca_file and who may read it")
        case .useTLSFailed:
            self.init(
                .setup, reason("the server offers no STARTTLS"),
                hint: "use the scheme with implicit TLS; without TLS nothing is sent")
        case .tlsConnect:
            self.init(
                .temporary, reason("TLS handshake failed"),
                hint: "check that the port speaks TLS at once, or use the scheme that means STARTTLS")
        case .loginDenied, .authentication:
            if Self.isTemporaryRefusal(answer) {
                self.init(.temporary, reason("login not possible now", server: true))
            } else {
                self.init(
                    .login, reason("login refused", server: true),
                    hint: "check user, password or token, and that the account may use this protocol")
            }
        case .weirdServerReply, .remoteAccessDenied:
            self.init(.temporary, reason("the server does not serve us", server: true))
        default: self.init(.temporary, reason("connection failed"))
        }
    }

    /// Refusals that say of themselves that they pass: RFC 5530 §3 for IMAP, 4yz for SMTP (RFC 4954 §6).
    private static func isTemporaryRefusal(_ answer: String?) -> Bool {
        guard let answer = answer?.uppercased() else { return false }
        if ["[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]"].contains(where: answer.contains) { return true }
        return answer.hasPrefix("4") && answer.dropFirst().prefix(2).allSatisfy(\.isNumber)
    }

    /// Something in this process's own set-up of a connection did not work.
    init(settingUp error: CurlError) {
        self.init(.setup, "libcurl cannot be set up: \(error)", hint: "check the installed libcurl (7.85 or newer)")
    }
}
