import Mail

/// One logged-in connection as a row of responses: libcurl's socket and TLS below, ``ResponseReader`` on top.
///
/// Blocks, and keeps every wait within a deadline: libcurl's own time-outs end with the login. After a fault of its
/// own it is broken and says the same again.
final class IMAPChannel {
    private let handle: CurlHandle
    private let socket: Int32
    /// The longest pause within an answer.
    private let patience: Duration
    private var reader: ResponseReader
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    private var brokenBy: TransportFault?
    /// Over what the server says to people: it knows the secret and may repeat it at any time.
    private let mask: SecretMask?

    /// Connects, secures the connection, logs in. Throws what stands against it.
    init(settings: IMAPSettings, login: Login) throws(TransportFault) {
        let handle = try CurlHandle.connected(
            to: settings.address, trustAnchor: settings.caFile, login: login, connectTimeout: settings.connectTimeout,
            loginTimeout: settings.commandDeadline)
        guard let socket = handle.activeSocket else {
            throw TransportFault(.temporary, "the connection was lost right after the login")
        }
        self.handle = handle
        self.socket = socket
        mask = SecretMask(login.secret)
        patience = settings.commandDeadline
        reader = ResponseReader(limits: ResponseReader.Limits(literal: settings.sizeLimit))
    }

    /// Writes a whole command line.
    func send(_ line: String, until deadline: Deadline) throws(TransportFault) {
        try checkWhole()
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            do throws(CurlError) {
                rest = rest.dropFirst(try handle.send(rest))
            } catch {
                guard error.code == .again else { throw broken(.temporary, "connection lost: \(error)") }
                if WakeUp.poll(socket: socket, writing: true, until: deadline) == .timedOut { throw tooSlow() }
            }
        }
    }

    /// The next response; waits for it until `deadline`, and no longer than the patience for any single octet.
    func next(until deadline: Deadline) throws(TransportFault) -> Response {
        while true {
            if let response = try nextAtHand() { return response }
            let step = Deadline.earlier(deadline, .after(patience))
            if try !receive() {
                if WakeUp.poll(socket: socket, until: step) == .timedOut { throw tooSlow() }
            } else if deadline.isOver {
                throw tooSlow()
            }
        }
    }

    /// The next response if it is here already. TLS may hold back what the socket no longer shows, so this reads until
    /// there is nothing left; only then may the socket be polled.
    func nextIfHere() throws(TransportFault) -> Response? {
        repeat {
            if let response = try nextAtHand() { return response }
        } while try receive()
        return nil
    }

    /// Waits for something to read, for the bell, or for the deadline. To be called when `nextIfHere` found nothing.
    func waitForData(bell: WakeUp, until deadline: Deadline) -> Readiness {
        WakeUp.poll(socket: socket, bell: bell, until: deadline)
    }

    /// Ends the use of a connection whose peer broke the protocol.
    func violated(_ what: String) -> TransportFault {
        broken(.protocolViolation, "the server broke the IMAP protocol: \(what)")
    }

    func broken(_ kind: TransportFault.Kind, _ reason: String) -> TransportFault {
        let fault = TransportFault(kind, reason)
        if brokenBy == nil { brokenBy = fault }
        return fault
    }

    private func nextAtHand() throws(TransportFault) -> Response? {
        try checkWhole()
        do throws(ResponseFault) {
            return try reader.next().map { $0.under(mask) }
        } catch {
            throw violated(String(describing: error))
        }
    }

    /// Reads once; false when nothing is there.
    private func receive() throws(TransportFault) -> Bool {
        do throws(CurlError) {
            let count = try handle.receive(into: &buffer)
            guard count > 0 else { throw CurlError(.gotNothing, detail: "the server closed it") }
            reader.feed(buffer[..<count])
            return true
        } catch {
            if error.code == .again { return false }
            throw broken(.temporary, "connection lost: \(error)")
        }
    }

    private func checkWhole() throws(TransportFault) {
        if let brokenBy { throw brokenBy }
    }

    private func tooSlow() -> TransportFault { broken(.temporary, "the server did not answer in time") }
}

extension Response {
    /// The same with a mask laid over the words that are meant for people.
    fileprivate func under(_ mask: SecretMask?) -> Response {
        switch self {
        case .tagged(let tag, let status): .tagged(tag: tag, status.under(mask))
        case .untagged(.status(let status)): .untagged(.status(status.under(mask)))
        case .untagged, .continuation: self
        }
    }
}

extension StatusResponse {
    fileprivate func under(_ mask: SecretMask?) -> StatusResponse {
        guard let mask, !text.isEmpty else { return self }
        return StatusResponse(condition, code: code, argument: argument, text: mask.laid(over: text))
    }
}
