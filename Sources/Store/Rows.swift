package import Foundation
package import Judging
package import Mail
import Registry

/// One mail of the journal as `messages list` and `messages show` tell of it.
package struct MessageRow: Sendable, Hashable {
    package let id: JournalID
    package let mailbox: String
    package let uid: UInt32
    package let uidValidity: UInt32
    package let messageID: String?
    /// Lower-case hexadecimal; nil when the mail was never downloaded.
    package let sha256: String?
    package let size: Int
    package let receivedAt: Date
    /// Nil while undecided.
    package let verdict: Verdict?
    package let reason: String?
    package let request: String?
    package let sender: String?
    package let authentication: String?
    package let subject: String?
    package let language: String?
    package let profile: String?
    package let attempts: Int
    package let decidedAt: Date?
    package let settled: Bool
}

/// One mail with the rules' findings and its replies.
package struct MessageDetail: Sendable {
    package let row: MessageRow
    package let findings: [Finding]
    package let replies: [OutboxRow]
}

/// Which mails to list; all that are set must hold.
package struct MessageFilter: Sendable {
    package var verdict: Verdict?
    /// Mails without a verdict.
    package var undecided = false
    /// Mails that arrived at this moment or later.
    package var since: Date?
    /// The newest so many.
    package var limit: Int?

    package init(verdict: Verdict? = nil, undecided: Bool = false, since: Date? = nil, limit: Int? = nil) {
        self.verdict = verdict
        self.undecided = undecided
        self.since = since
        self.limit = limit
    }
}

/// One reply as `outbox list` tells of it.
package struct OutboxRow: Sendable, Hashable {
    package let id: OutboxID
    /// The mail that it answers; nil for a notice.
    package let message: JournalID?
    /// What a notice is about: `request R-1`, `account A-1`.
    package let about: String?
    /// As written: the applicant or sender first, then those who are to know.
    package let recipients: [String]
    package let messageID: String
    package let verdict: String
    package let state: OutboxState
    package let attempts: Int
    package let lastAnswer: String?
    package let createdAt: Date
    /// Nil when it waits for nothing, or for a person.
    package let nextAttemptAt: Date?
    package let sentAt: Date?
    /// While it is `bounced`: when the delivery report came, and its status code (RFC 3463) where it gave one.
    package var bouncedAt: Date?
    package var bounceStatus: String?

    /// The first of the recipients.
    package var recipient: String { recipients.first ?? "" }
}

/// One row of the audit trail.
package struct AuditRow: Sendable, Hashable {
    package let id: Int64
    package let at: Date
    package let actor: String
    package let action: String
    package let subject: String
    /// A JSON object.
    package let detail: String
}

/// How things stand, read at one moment.
package struct StatusSnapshot: Sendable, Hashable {
    /// The last successful look into any mailbox.
    package var lastPoll: Date?
    /// Mails that wait for their verdict.
    package var backlog = 0
    /// Verdicts since the moment asked for.
    package var verdicts: [Verdict: Int] = [:]
    package var outbox: [OutboxState: Int] = [:]
    /// When the undecided mail that waits longest was stored.
    package var oldestUndecided: Date?
    /// When the reply that waits longest was written.
    package var oldestReply: Date?
    /// Mails that a person must look at.
    package var held = 0

    package init(
        lastPoll: Date? = nil, backlog: Int = 0, verdicts: [Verdict: Int] = [:], outbox: [OutboxState: Int] = [:],
        oldestUndecided: Date? = nil, oldestReply: Date? = nil, held: Int = 0
    ) {
        self.lastPoll = lastPoll
        self.backlog = backlog
        self.verdicts = verdicts
        self.outbox = outbox
        self.oldestUndecided = oldestUndecided
        self.oldestReply = oldestReply
        self.held = held
    }
}

// Members are written even when they are null, and moments as ISO 8601 whatever the encoder is set to: what reads the
// JSON can rely on both.

extension MessageRow: Encodable {
    private enum CodingKeys: CodingKey {
        case id, mailbox, uid, uidValidity, messageID, sha256, size, receivedAt, verdict, reason, request, sender
        case authentication, subject, language, profile, attempts, decidedAt, settled
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.number, forKey: .id)
        try values.encode(mailbox, forKey: .mailbox)
        try values.encode(uid, forKey: .uid)
        try values.encode(uidValidity, forKey: .uidValidity)
        try values.encode(messageID, forKey: .messageID)
        try values.encode(sha256, forKey: .sha256)
        try values.encode(size, forKey: .size)
        try values.encode(Timestamp.text(receivedAt), forKey: .receivedAt)
        try values.encode(verdict, forKey: .verdict)
        try values.encode(reason, forKey: .reason)
        try values.encode(request, forKey: .request)
        try values.encode(sender, forKey: .sender)
        try values.encode(authentication, forKey: .authentication)
        try values.encode(subject, forKey: .subject)
        try values.encode(language, forKey: .language)
        try values.encode(profile, forKey: .profile)
        try values.encode(attempts, forKey: .attempts)
        try values.encode(decidedAt.map(Timestamp.text), forKey: .decidedAt)
        try values.encode(settled, forKey: .settled)
    }
}

extension MessageDetail: Encodable {
    private enum CodingKeys: CodingKey { case findings, replies }

    package func encode(to encoder: any Encoder) throws {
        try row.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(findings, forKey: .findings)
        try values.encode(replies, forKey: .replies)
    }
}

extension OutboxRow: Encodable {
    private enum CodingKeys: CodingKey {
        case id, message, about, recipient, recipients, messageID, verdict, state, attempts, lastAnswer, createdAt,
            nextAttemptAt, sentAt, bouncedAt, bounceStatus
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.number, forKey: .id)
        try values.encode(message?.number, forKey: .message)
        try values.encode(about, forKey: .about)
        try values.encode(recipient, forKey: .recipient)
        try values.encode(recipients, forKey: .recipients)
        try values.encode(messageID, forKey: .messageID)
        try values.encode(verdict, forKey: .verdict)
        try values.encode(state, forKey: .state)
        try values.encode(attempts, forKey: .attempts)
        try values.encode(lastAnswer, forKey: .lastAnswer)
        try values.encode(Timestamp.text(createdAt), forKey: .createdAt)
        try values.encode(nextAttemptAt.map(Timestamp.text), forKey: .nextAttemptAt)
        try values.encode(sentAt.map(Timestamp.text), forKey: .sentAt)
        try values.encode(bouncedAt.map(Timestamp.text), forKey: .bouncedAt)
        try values.encode(bounceStatus, forKey: .bounceStatus)
    }
}

extension AuditRow: Encodable {
    private enum CodingKeys: CodingKey { case id, at, actor, action, subject, detail }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(Timestamp.text(at), forKey: .at)
        try values.encode(actor, forKey: .actor)
        try values.encode(action, forKey: .action)
        try values.encode(subject, forKey: .subject)
        try values.encode(try? JSONValue(parsing: Array(detail.utf8)), forKey: .detail)
    }
}

extension StatusSnapshot: Encodable {
    private enum CodingKeys: CodingKey { case lastPoll, backlog, verdicts, outbox, oldestUndecided, oldestReply, held }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lastPoll.map(Timestamp.text), forKey: .lastPoll)
        try values.encode(backlog, forKey: .backlog)
        let verdictCounts = Verdict.allCases.map { ($0.rawValue, verdicts[$0] ?? 0) }
        try values.encode(Dictionary(uniqueKeysWithValues: verdictCounts), forKey: .verdicts)
        let outboxCounts = OutboxState.allCases.map { ($0.rawValue, outbox[$0] ?? 0) }
        try values.encode(Dictionary(uniqueKeysWithValues: outboxCounts), forKey: .outbox)
        try values.encode(oldestUndecided.map(Timestamp.text), forKey: .oldestUndecided)
        try values.encode(oldestReply.map(Timestamp.text), forKey: .oldestReply)
        try values.encode(held, forKey: .held)
    }
}
