import CurlTransport
import Foundation
import Mail
import MailParsing
import Replies
import Service
import Store

// The adapters and the ports meet here: neither side knows the other.

extension IMAPConnector: MailboxConnector {}
extension IMAPSession: MailboxSession {}
extension SMTPSubmission: Submission {}
extension ReplyRenderer: ReplyComposer {}
extension Store: Journal, Outbox, WaitingRequests {}
extension StoreFault: PassingFault {}

/// GMime behind the parser's port.
struct Parser: MailParser {
    let gmime: GMimeParser

    func parse(_ raw: RawMail) throws(UnparsableMail) -> InboundMail {
        do {
            return try gmime.parse(raw)
        } catch {
            throw UnparsableMail(code: error.code, explanation: error.explanation)
        }
    }
}

/// The machine's clock.
struct SystemClock: WallClock {
    var now: Date { Date() }
}
