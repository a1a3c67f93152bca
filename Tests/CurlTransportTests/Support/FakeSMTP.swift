import CurlTransport
import Foundation
import Mail
import Synchronization

/// A small SMTP server whose answers a test can replace, step by step.
struct FakeSMTP: Sendable {
    enum Behaviour: Sendable {
        case answer(String)
        /// Reads the step to its end, then cuts the connection.
        case close
        case stall
    }

    /// By step: `GREETING`, `EHLO`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `DOT`, `QUIT`; each is used in its turn, the last
    /// for ever. The row runs on over all connections.
    var behaviours: [String: [Behaviour]] = [:]
    var capabilities = ["PIPELINING", "SIZE 10240000", "8BITMIME"]
    /// Cuts each connection after having sent this many octets.
    var allowance: Int?
    /// Cuts each connection after having read this many lines of a mail's data.
    var linesOfData: Int?

    func run<Result>(
        user: String? = nil, credential: Credential? = nil, adjust: (inout SMTPSettings) -> Void = { _ in },
        _ body: (SMTPSubmission, SMTPLog) async throws -> Result
    ) async throws -> Result {
        let log = SMTPLog(behaviours)
        let server = try ScriptedServer { serve($0, log) }
        defer { server.stop() }
        var settings = try SMTPSettings(
            url: "smtp://127.0.0.1:\(server.port)", user: user, credential: credential, allowPlaintext: true)
        settings.connectTimeout = .seconds(20)
        settings.responseTimeout = .seconds(20)
        settings.clientName = "client.example"
        adjust(&settings)
        let submission = SMTPSubmission(settings: settings)
        let result = try await body(submission, log)
        await submission.close()
        return result
    }

    private func serve(_ peer: Peer, _ log: SMTPLog) {
        peer.allowance = allowance
        log.connected()
        /// Plays a step; false when the connection is to end.
        func play(_ step: String, _ ordinary: String) -> Bool {
            switch log.behaviour(step) {
            case .answer(let text): peer.send(text)
            case .close: return false
            case .stall:
                peer.stall()
                return false
            case nil: peer.send(ordinary)
            }
            return true
        }
        guard play("GREETING", "220 sink.example ESMTP\r\n") else { return }
        while let line = peer.line() {
            log.append(line)
            let step = String(line.prefix(4)).uppercased()
            switch step {
            case "EHLO":
                let rows = ["sink.example"] + capabilities
                let text = rows.enumerated().map { "250\($0.offset == rows.count - 1 ? " " : "-")\($0.element)\r\n" }
                guard play(step, text.joined()) else { return }
            case "AUTH":
                if line.split(separator: " ").count == 2 {
                    peer.send("334 \r\n")
                    guard peer.line() != nil else { return }
                }
                guard play(step, "235 2.7.0 welcome\r\n") else { return }
            case "DATA":
                guard play(step, "354 go ahead\r\n") else { return }
                guard log.last(of: step) != .refused else { continue }
                var count = 0
                while let data = peer.line(), data != "." {
                    log.append("> " + data)
                    count += 1
                    if count == linesOfData { return }
                }
                guard play("DOT", "250 2.0.0 queued as \(log.nextQueueID)\r\n") else { return }
            case "QUIT":
                _ = play(step, "221 bye\r\n")
                return
            default: guard play(step, "250 2.1.0 fine\r\n") else { return }
            }
        }
    }
}

/// What an SMTP server was told, and what it answers next.
final class SMTPLog: Sendable {
    enum Answered: Sendable { case ordinary, refused }

    private struct State {
        var lines: [String] = []
        var connections = 0
        var queueID = 0
        var behaviours: [String: [FakeSMTP.Behaviour]]
        var last: [String: Answered] = [:]
    }

    private let state: Mutex<State>

    init(_ behaviours: [String: [FakeSMTP.Behaviour]]) { state = Mutex(State(behaviours: behaviours)) }

    func append(_ line: String) { state.withLock { $0.lines.append(line) } }
    func connected() { state.withLock { $0.connections += 1 } }
    var all: [String] { state.withLock { $0.lines } }
    var connections: Int { state.withLock { $0.connections } }
    var nextQueueID: Int {
        state.withLock {
            $0.queueID += 1
            return $0.queueID
        }
    }

    func last(of step: String) -> Answered { state.withLock { $0.last[step] ?? .ordinary } }

    func behaviour(_ step: String) -> FakeSMTP.Behaviour? {
        state.withLock { state in
            guard var row = state.behaviours[step], let first = row.first else {
                state.last[step] = .ordinary
                return nil
            }
            if row.count > 1 {
                row.removeFirst()
                state.behaviours[step] = row
            }
            state.last[step] = .refused
            // An empty answer stands for the ordinary one.
            if case .answer("") = first {
                state.last[step] = .ordinary
                return nil
            }
            return first
        }
    }
}

/// A small mail to go.
func outbound(
    _ text: String = "Subject: x\r\n\r\n.dot\r\nend\r\n", from: String? = nil,
    to recipients: [String] = ["ana@drvo.example"]
) throws -> OutboundMail {
    guard let id = MessageID("<1@postern.example>") else { throw POSIXError(.EINVAL) }
    return OutboundMail(
        messageID: id, envelopeFrom: from.flatMap { EmailAddress($0) },
        recipients: recipients.compactMap { EmailAddress($0) },
        bytes: Array(text.utf8))
}
