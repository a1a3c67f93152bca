internal import CCurl
package import Mail

/// Hands a mail to a receiving server as the server of a stranger would: TLS where it is offered and whatever the
/// certificate (RFC 7435, RFC 3207 §4.1), no login, no secret.
///
/// For the probe of `postern doctor` alone: nothing confidential goes this way, and nothing that comes back is believed.
package struct BorderDelivery: Sendable {
    package let address: ServerAddress

    /// Reads `smtp://host[:port]`; the port is 25 where none is named. Throws a `setup` fault for anything else.
    package init(url: String) throws(TransportFault) {
        address = try ServerAddress(url, schemes: .border, allowPlaintext: false)
        guard address.scheme == "smtp", address.path.isEmpty else {
            throw TransportFault(.setup, "the border's URL is unusable", hint: "write it as smtp://host[:port]")
        }
    }

    /// One attempt, within two minutes for each answer.
    package func send(_ mail: OutboundMail) async -> SubmissionOutcome {
        guard hasStrictLines(mail.bytes), !mail.recipients.isEmpty else { return .failed(answer: "not sent") }
        return await BorderConnection(address: address).send(mail)
    }
}

/// The one connection of a delivery, on a thread of its own.
private actor BorderConnection {
    private let address: ServerAddress
    private let executor = BlockingExecutor(label: "postern.smtp.border")

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(address: ServerAddress) { self.address = address }

    func send(_ mail: OutboundMail) -> SubmissionOutcome {
        let result = attempt(mail, securing: CURLUSESSL_TRY)
        // Offered and broken: a server would go on without.
        guard result.code == .tlsConnect || result.code == .useTLSFailed else { return result.outcome }
        return attempt(mail, securing: CURLUSESSL_NONE).outcome
    }

    private func attempt(_ mail: OutboundMail, securing: curl_usessl) -> SMTPResult {
        let address = address
        do {
            let handle = try CurlHandle.unconnected {
                (handle) throws(CurlError) in
                try handle.set(.noSignal, to: true)
                try handle.set(.protocols, to: "smtp")
                try handle.set(.redirectProtocols, to: "smtp")
                try handle.set(.followRedirects, to: false)
                try handle.set(.proxy, to: "")
                try handle.set(.netrc, to: Int(CURL_NETRC_IGNORED.rawValue))
                try handle.set(.verifyPeer, to: false)
                try handle.set(.verifyHost, to: 0)
                try handle.set(.useTLS, to: Int(securing.rawValue))
                try handle.set(.connectTimeout, to: .seconds(30))
                try handle.set(.serverResponseTimeout, to: .seconds(120))
                try handle.set(.url, to: address.base)
                try handle.set(.upload, to: true)
            }
            return handle.submit(mail)
        } catch {
            return SMTPResult(
                code: .failedInit, responseCode: 0, uploadEnded: false, lastLine: nil, detail: error.reason)
        }
    }
}
