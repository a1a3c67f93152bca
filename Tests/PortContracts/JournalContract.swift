import Foundation
import Judging
import Mail
import Registry
package import Service

/// What every journal promises.
package let journalContract: [Contract<any Journal>] = [
    Contract("a journal knows no cursor at first, and afterwards the one of the last taking") { journal in
        try require("cursor at first", try await journal.cursor(of: "INBOX") == nil, is: true)
        _ = try await journal.store(mails([4, 7]), in: "INBOX", cursor: try cursor(next: 8), at: contractMoment)
        try require("cursor", try await journal.cursor(of: "INBOX"), is: try cursor(next: 8))
    },
    Contract("a mail that is taken over twice is new once") { journal in
        let first = try await journal.store(
            mails([1, 2]), in: "INBOX", cursor: try cursor(next: 3), at: contractMoment)
        let second = try await journal.store(
            mails([2, 3]), in: "INBOX", cursor: try cursor(next: 4), at: contractMoment)
        try require("new mails", [first, second], is: [2, 1])
        try require("undecided", try await claim(journal, 10).count, is: 3)
    },
    Contract("undecided mails are claimed oldest first, each with its bytes, and not beyond the limit") { journal in
        _ = try await journal.store(mails([1, 2, 3]), in: "INBOX", cursor: try cursor(next: 4), at: contractMoment)
        let claimed = try await claim(journal, 2)
        try require("bytes", claimed.map { $0.raw?.bytes ?? [] }, is: [[1], [2]])
        try require("attempts", claimed.map(\.earlierAttempts), is: [0, 0])
    },
    Contract("while a batch is in hand only later mails are claimed") { journal in
        _ = try await journal.store(mails([1, 2, 3]), in: "INBOX", cursor: try cursor(next: 4), at: contractMoment)
        let hand = try await claim(journal, 2)
        let next = try await journal.claimUndecided(limit: 10, bytes: 1 << 20, after: hand.last?.id)
        try require("bytes", next.map { $0.raw?.bytes ?? [] }, is: [[3]])
    },
    Contract("a mail that was claimed before comes alone and says so") { journal in
        _ = try await journal.store(mails([1, 2]), in: "INBOX", cursor: try cursor(next: 3), at: contractMoment)
        _ = try await claim(journal, 10)
        let again = try await claim(journal, 10)
        try require("attempts", again.map(\.earlierAttempts), is: [1])
    },
    Contract("a mail that is ruled on is undecided no more, and unsettled until it is settled") { journal in
        _ = try await journal.store(mails([5]), in: "INBOX", cursor: try cursor(next: 6), at: contractMoment)
        let claimed = try await claim(journal, 10)
        let rulings = claimed.map {
            Ruling(
                entry: $0.id, decision: .held(unread: "structure.unparsable"), messageID: nil, subject: "", reply: nil)
        }
        try require("overtaken", try await journal.record(rulings, at: contractMoment), is: [])
        try require("undecided", try await claim(journal, 10).count, is: 0)
        let unsettled = try await journal.unsettled(in: "INBOX", validity: UIDValidity(7), limit: 10)
        try require("unsettled", unsettled.map(\.uid.number), is: [5])
        try require("verdicts", unsettled.map(\.verdict), is: [.held])
        try await journal.markSettled(unsettled.map(\.entry))
        let left = try await journal.unsettled(in: "INBOX", validity: UIDValidity(7), limit: 10)
        try require("left", left.count, is: 0)
    },
    Contract("there is a view for each key, in the keys' order") { journal in
        let keys = [ViewKey(sender: nil, answers: []), ViewKey(sender: EmailAddress("a@x.example"), answers: [])]
        try require("views", try await journal.views(for: keys, at: contractMoment).count, is: 2)
    },
]

private func claim(_ journal: any Journal, _ limit: Int) async throws -> [JournalEntry] {
    try await journal.claimUndecided(limit: limit, bytes: 1 << 20, after: nil)
}

/// Mails whose only byte is their UID.
private func mails(_ numbers: [UInt32]) -> [FetchedMail] {
    numbers.compactMap { number in
        UID(number).map { uid in
            FetchedMail(
                listing: MailboxListing(uid: uid, size: 1, receivedAt: nil),
                raw: RawMail(bytes: [UInt8(truncatingIfNeeded: number)]))
        }
    }
}

private func cursor(next: UInt32) throws -> MailboxCursor {
    guard let uid = UID(next) else { throw Contract<Never>.Broken(description: "no UID") }
    return MailboxCursor(validity: UIDValidity(7), next: uid)
}
