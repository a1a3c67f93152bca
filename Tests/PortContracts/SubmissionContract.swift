import Foundation
package import Mail
package import Service

/// What every way out promises. The server behind it takes mail for everybody.
package let submissionContract: [Contract<any Submission>] = [
    Contract("no mail has no outcome") { submission in
        try require("outcomes", await submission.send([]).count, is: 0)
    },
    Contract("each of many mails has its outcome") { submission in
        let outcomes = await submission.send((1...50).compactMap { contractMail(to: "a\($0)@x.example") })
        try require("outcomes", outcomes.count, is: 50)
        try require("sent", outcomes.filter { if case .sent = $0 { true } else { false } }.count, is: 50)
    },
]

/// A small mail in strict form.
package func contractMail(to recipient: String) -> OutboundMail? {
    guard let address = EmailAddress(recipient), let id = MessageID("contract.\(UUID().uuidString)@x.example") else {
        return nil
    }
    return OutboundMail(
        messageID: id, envelopeFrom: nil, recipients: [address], bytes: Array("Subject: x\r\n\r\nx\r\n".utf8))
}
