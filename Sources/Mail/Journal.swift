package import struct Foundation.Date

/// The journal's number of one stored mail.
package struct JournalID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64
    package init(_ number: Int64) { self.number = number }
    package static func < (one: Self, other: Self) -> Bool { one.number < other.number }
    package var description: String { String(number) }
}

/// How far a mailbox has been taken over: everything of this generation below `next` is in the journal.
package struct MailboxCursor: Sendable, Hashable {
    package let validity: UIDValidity
    package let next: UID

    package init(validity: UIDValidity, next: UID) {
        self.validity = validity
        self.next = next
    }
}

/// A stored mail that waits for its verdict.
package struct JournalEntry: Sendable {
    package let id: JournalID
    /// Nil when the mail was too large to download.
    package let raw: RawMail?
    /// Octets, as the server stated or as stored.
    package let size: Int
    /// How often judging began before, this time not counted.
    package let earlierAttempts: Int
    /// How often an operator put the mail back to be judged again. Part of the seed of a decision's Message-ID: the
    /// outbox takes each Message-ID once.
    package let round: Int
    package let receivedAt: Date
    /// What an operator vouches for in this round.
    package let vouch: Vouch?

    package init(
        id: JournalID, raw: RawMail?, size: Int, earlierAttempts: Int, round: Int = 0, receivedAt: Date,
        vouch: Vouch? = nil
    ) {
        self.vouch = vouch
        self.id = id
        self.raw = raw
        self.size = size
        self.earlierAttempts = earlierAttempts
        self.round = round
        self.receivedAt = receivedAt
    }
}

/// The outbox's number of one reply.
package struct OutboxID: Hashable, Sendable, CustomStringConvertible {
    package let number: Int64
    package init(_ number: Int64) { self.number = number }
    package var description: String { String(number) }
}

/// Where a reply stands on its way out.
package enum OutboxState: String, Sendable, CaseIterable, Codable {
    /// Waits for its first attempt.
    case queued
    /// An attempt is under way; found after a crash it counts as `unknown`.
    case sending
    case sent
    /// Refused for now; waits for the next attempt.
    case retry
    /// The server's answer was lost: sent again once with the same bytes, then left to a person.
    case unknown
    case failed
    /// Given up by an operator.
    case abandoned
    /// Sent, and a delivery report came back.
    case bounced
}

/// A reply that is due, claimed for one attempt.
package struct OutboxEntry: Sendable {
    package let id: OutboxID
    package let mail: OutboundMail
    /// Attempts including this one.
    package let attempts: Int
    /// An earlier attempt's answer was lost.
    package let wasUnknown: Bool

    package init(id: OutboxID, mail: OutboundMail, attempts: Int, wasUnknown: Bool) {
        self.id = id
        self.mail = mail
        self.attempts = attempts
        self.wasUnknown = wasUnknown
    }
}

/// What an attempt came to, as it is to be written down.
package struct OutboxResult: Sendable, Hashable {
    package let id: OutboxID
    package let state: OutboxState
    /// The server's last words.
    package let answer: String
    /// When to try again; nil for an end state.
    package let nextAttempt: Date?

    package init(id: OutboxID, state: OutboxState, answer: String, nextAttempt: Date? = nil) {
        self.id = id
        self.state = state
        self.answer = answer
        self.nextAttempt = nextAttempt
    }
}
