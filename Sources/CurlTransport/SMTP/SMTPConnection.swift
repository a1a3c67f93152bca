import Mail

/// One connection to the submission server, kept open from mail to mail, on a thread of its own.
actor SMTPConnection {
    private let settings: SMTPSettings
    private let executor: BlockingExecutor
    private var handle: CurlHandle?

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(settings: SMTPSettings, number: Int) {
        self.settings = settings
        executor = BlockingExecutor(label: "postern.smtp.\(number)")
    }

    /// Sets up the handle with a login. The library compares it when it reuses a connection, so it stays the same until
    /// the server refuses it.
    func prepare(_ login: Login?) throws(TransportFault) {
        guard handle == nil else { return }
        let settings = settings
        handle = try CurlHandle.unconnected {
            (handle) throws(CurlError) in
            try handle.setUp(
                for: settings.address, trustAnchor: settings.caFile, login: login,
                connectTimeout: settings.connectTimeout)
            try handle.set(.url, to: settings.address.base + settings.clientPath)
            try handle.set(.upload, to: true)
            try handle.set(.serverResponseTimeout, to: settings.responseTimeout)
            // Ends an upload that the server stopped reading; waiting for answers counts as slow, too, and is longer.
            try handle.set(.lowSpeedLimit, to: 1)
            try handle.set(.lowSpeedTime, to: settings.responseTimeout + .seconds(60))
        }
    }

    /// How a run of mails over this connection ended.
    enum RunEnd: Sendable {
        /// Every mail has its outcome.
        case done
        /// Nothing of the rest was tried: `prepare` comes first.
        case unprepared
        /// The login was refused and is forgotten, so that a new token can be had.
        case loginRefused(String)
        /// There is no way to the server now.
        case unreachable(String)
    }

    /// Sends mail after mail and gives back an outcome for each that was tried, in order. Blocks this connection's
    /// thread. One call for a whole run: each change of thread costs as much as a round trip to a near server.
    func deliver(_ mails: ArraySlice<OutboundMail>) -> (outcomes: [SubmissionOutcome], end: RunEnd) {
        var outcomes: [SubmissionOutcome] = []
        for mail in mails {
            if let refusal = Self.formFault(of: mail) {
                outcomes.append(.failed(answer: refusal))
                continue
            }
            guard var result = handle?.submit(mail) else { return (outcomes, .unprepared) }
            // Servers close connections that were idle for long: that says nothing of this mail, so it gets a fresh one.
            if result.foundConnectionClosed, let again = handle?.submit(mail) { result = again }
            if result.code == .loginDenied || result.code == .authentication {
                handle = nil
                return (outcomes, .loginRefused(result.outcome.answer))
            }
            if result.isUnreachable { return (outcomes, .unreachable(result.outcome.answer)) }
            outcomes.append(result.outcome)
        }
        return (outcomes, .done)
    }

    /// What would make the mail something else on the wire than it is here.
    private static func formFault(of mail: OutboundMail) -> String? {
        if mail.recipients.isEmpty { return "not sent: the mail has no recipient" }
        return hasStrictLines(mail.bytes)
            ? nil : "not sent: the mail holds a bare CR or LF, or its last line has no end"
    }

    /// QUIT, best effort.
    func close() { handle = nil }
}

extension CurlHandle {
    /// One attempt at a mail, over the connection that is there or a new one. Blocks.
    borrowing func submit(_ mail: OutboundMail) -> SMTPResult {
        answers.reset()
        upload.begin(mail.bytes)
        defer { upload.begin([]) }
        do throws(CurlError) {
            try set(.envelopeSender, to: mail.envelopeFrom.map { "<\($0.text)>" } ?? "<>")
            try set(.uploadSize, to: Int64(mail.bytes.count))
            try perform(recipients: mail.recipients.map { "<\($0.text)>" })
            return result(CurlError(.ok))
        } catch {
            return result(error)
        }
    }

    private func result(_ error: CurlError) -> SMTPResult {
        let responseCode = responseCode
        return SMTPResult(
            code: error.code, responseCode: responseCode, uploadEnded: upload.isEnded,
            reusedConnection: !openedConnection,
            // After a refusal the library may have said QUIT: the line wanted is that of the code, not the good-bye.
            lastLine: answers.last(beginningWith: String(responseCode)), detail: error.description)
    }
}

extension SMTPSettings {
    /// libcurl takes the EHLO name from the URL's path.
    var clientPath: String {
        guard let clientName else { return "" }
        return clientName.utf8.allSatisfy {
            $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
            ? clientName : ""
    }
}
