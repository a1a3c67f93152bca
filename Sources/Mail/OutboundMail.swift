/// A mail ready to go: the very bytes that are sent, and to whom.
package struct OutboundMail: Sendable, Hashable {
    package let messageID: MessageID
    /// Nil is the null reverse-path `<>` (RFC 5321 §4.5.5).
    package let envelopeFrom: EmailAddress?
    package let recipients: [EmailAddress]
    /// Strict CRLF, 7-bit, headers and body.
    package let bytes: [UInt8]

    package init(messageID: MessageID, envelopeFrom: EmailAddress?, recipients: [EmailAddress], bytes: [UInt8]) {
        self.messageID = messageID
        self.envelopeFrom = envelopeFrom
        self.recipients = recipients
        self.bytes = bytes
    }
}

/// What became of one attempt to send. Each case says who is responsible for the mail now (RFC 5321 §4.2.5, §4.5.4).
package enum SubmissionOutcome: Sendable, Hashable {
    /// The server took it (250 after the final dot).
    case sent(answer: String)
    /// Not taken for now (4xx, no connection): try the same bytes later.
    case retry(answer: String)
    /// Refused for good (5xx).
    case failed(answer: String)
    /// The final dot was written and no answer came: it may have been taken.
    case unknown(answer: String)

    /// The server's last words, or what kept them away. One line, no secret.
    package var answer: String {
        switch self {
        case .sent(let answer), .retry(let answer), .failed(let answer), .unknown(let answer): answer
        }
    }
}

/// A fault of a mail server or of the way to it.
package struct TransportFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether the same may work later without anybody changing anything.
    package enum Kind: Sendable, Hashable {
        /// No connection, a time-out, BYE, a server that is busy: try again.
        case temporary
        /// Credentials refused.
        case login
        /// The server's certificate does not hold.
        case certificate
        /// Settings that can't work: unusable URL, a folder that can't be made, a NO to a needed command.
        case setup
        /// The server broke the protocol.
        case protocolViolation
    }

    package let kind: Kind
    /// What happened, in one line, without secrets.
    package let reason: String
    /// What the operator can do, in one line.
    package let hint: String?

    package init(_ kind: Kind, _ reason: String, hint: String? = nil) {
        self.kind = kind
        self.reason = reason
        self.hint = hint
    }

    package var description: String { hint.map { "\(reason); \($0)" } ?? reason }
}
