package import Foundation
import GRDB
import Judging
package import Mail
package import Registry

// Replies that came back, and what the global limit on replies has left.

/// A mail of ours about a request that a delivery report says has not arrived.
package struct Bounce: Sendable, Hashable {
    /// Its number in the outbox.
    package let reply: OutboxID
    /// As written: whom it was for.
    package let recipient: String
    package let at: Date
    /// The status code, `5.1.1` (RFC 3463); nil when the report gave none.
    package let status: String?
    /// The status code and the words of the server that reported.
    package let answer: String
}

extension Store {
    /// The requests about which our last mail came back, by their ids; only `request` where one is named.
    package func bounces(of request: RoleRequestID? = nil) async throws(StoreFault) -> [RoleRequestID: Bounce] {
        try await read { db in
            var bounces: [RoleRequestID: Bounce] = [:]
            let rows =
                try request.map { try db.rows(BounceSQL.ofRequest, [$0.text]) } ?? db.rows(BounceSQL.all)
            while let row = try rows.next() {
                let recipients = (row[2] as String).split(separator: " ")
                bounces[RoleRequestID(row[0])] = Bounce(
                    reply: OutboxID(row[1]), recipient: recipients.first.map(String.init) ?? "",
                    at: Date(milliseconds: row[3] ?? 0), status: row[4], answer: row[5] ?? "")
            }
            return bounces
        }
    }

    /// Turns a row `bounced` that went out, or may have; false when it is in no such state any more.
    static func mark(
        _ bounced: BouncedReply, reportedBy entry: JournalID, at now: Date, _ db: Database
    ) throws -> Bool {
        let changed = try db.run(
            BounceSQL.mark, [bounced.reply.number, bounced.answer, bounced.status, now.milliseconds])
        guard changed == 1 else { return false }
        try audit(
            actor: "postern", action: "reply.bounced", subject: "reply \(bounced.reply)",
            detail: [
                JSONValue.Member("recipient", .string(bounced.recipient.text)),
                JSONValue.Member("answer", .string(bounced.answer)),
                JSONValue.Member("report", .string("message \(entry)")),
            ], at: now, db)
        return true
    }

    /// The reply or notice that was just queued is the newest mail about the request.
    static func noteMail(about request: String, _ db: Database) throws {
        try db.run("UPDATE request SET last_mail = ? WHERE id = ?", [db.lastInsertedRowID, request])
    }

    static func write(_ allowance: ReplyAllowance, _ db: Database) throws {
        try db.run(
            "INSERT INTO reply_allowance VALUES (1, ?1, ?2) ON CONFLICT (id) DO UPDATE SET taken = ?1, moment = ?2",
            [allowance.taken, allowance.moment.milliseconds])
    }

    static func allowance(_ db: Database) throws -> ReplyAllowance {
        try db.first("SELECT taken, moment FROM reply_allowance") {
            ReplyAllowance(taken: $0[0], at: Date(milliseconds: $0[1]))
        } ?? ReplyAllowance()
    }
}

enum BounceSQL {
    /// The row that a report is about, if it is one that a report can be about.
    static let reported = """
        SELECT id, recipients FROM outbox WHERE message_id = ? AND state IN ('sent', 'unknown', 'sending')
        """
    static let mark = """
        UPDATE outbox SET state = 'bounced', last_answer = ?2, bounce_status = ?3, bounced_at = ?4, next_attempt_at = NULL
        WHERE id = ?1 AND state IN ('sent', 'unknown', 'sending')
        """
    private static let columns = "r.id, o.id, o.recipients, o.bounced_at, o.bounce_status, o.last_answer"
    static let all = """
        SELECT \(columns) FROM outbox o INDEXED BY outbox_state LEFT JOIN journal j ON j.id = o.journal
        CROSS JOIN request r ON r.id = coalesce(j.request, substr(o.about, 9)) AND r.last_mail = o.id
        WHERE o.state = 'bounced' AND o.state != 'sent'
        """
    static let ofRequest = """
        SELECT \(columns) FROM request r CROSS JOIN outbox o ON o.id = r.last_mail
        WHERE r.id = ? AND o.state = 'bounced'
        """
}
