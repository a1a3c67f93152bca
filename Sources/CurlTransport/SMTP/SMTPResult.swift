package import Mail

/// What libcurl and the server said of one attempt to send.
package struct SMTPResult: Sendable, Hashable {
    package let code: CurlCode
    /// The server's last whole answer's code; 0 before any.
    package let responseCode: Int
    /// The library had taken the whole mail: the final dot may have been written.
    package let uploadEnded: Bool
    /// The attempt went over a connection that an earlier mail had opened.
    package let reusedConnection: Bool
    /// The server's last line; nil before any.
    package let lastLine: String?
    /// What the library noted.
    package let detail: String

    package init(
        code: CurlCode, responseCode: Int, uploadEnded: Bool, reusedConnection: Bool = false, lastLine: String?,
        detail: String
    ) {
        self.code = code
        self.responseCode = responseCode
        self.uploadEnded = uploadEnded
        self.reusedConnection = reusedConnection
        self.lastLine = lastLine
        self.detail = detail
    }

    /// Who is responsible for the mail now (RFC 5321 §4.2.1, §4.2.5).
    ///
    /// Only what the server says of *this mail* may fail it for good. A refused greeting, EHLO or login concerns every
    /// mail alike and passes once somebody mends it, so it is a reason to try again.
    package var outcome: SubmissionOutcome {
        if code == .ok { return .sent(answer: lastLine ?? "\(responseCode)") }
        let theirs = lastLine ?? detail
        if uploadEnded {
            switch responseCode {
            case 200...299: return .sent(answer: theirs)
            case 400...499: return .retry(answer: theirs)
            case 500...599: return .failed(answer: theirs)
            // 354 was the last word: nobody knows whether the mail was taken.
            default: return .unknown(answer: "no answer behind the final dot: \(detail)")
            }
        }
        // A refused MAIL, RCPT or DATA is libcurl's "send error" with the refusal's code.
        guard code == .sendError, (400...599).contains(responseCode) else { return .retry(answer: plain) }
        switch responseCode {
        // The answer to a missing or weak login (RFC 4954 §6), and 421 closes whatever was asked.
        case 530, 534, 535, 538, 421: return .retry(answer: theirs)
        case 500...599: return .failed(answer: theirs)
        default: return .retry(answer: theirs)
        }
    }

    /// No connection came about, or no TLS on it: the next mail would fare no better.
    package var isUnreachable: Bool {
        !uploadEnded && responseCode == 0
            && [
                .couldNotResolveHost, .couldNotConnect, .timedOut, .tlsConnect, .peerVerification, .useTLSFailed,
                .trustAnchorUnreadable, .issuerMismatch,
            ].contains(code)
    }

    /// The reused connection was gone before the server had anything to say of this mail (421, or no word at all).
    package var foundConnectionClosed: Bool {
        guard reusedConnection, !uploadEnded else { return false }
        guard (400...599).contains(responseCode) else {
            return [.sendError, .receiveError, .gotNothing].contains(code)
        }
        return responseCode == 421
    }

    /// The server's refusal where it gave one, else what went wrong on the way.
    private var plain: String {
        guard (400...599).contains(responseCode), let lastLine else { return detail }
        return lastLine
    }
}
