package import Foundation
import GRDB
package import Mail
import Registry

// The port `Outbox`: replies on their way out.

extension Store {
    /// After a start: rows left `sending` become `unknown`, due at once unless they were sent again before; those wait
    /// for a person. Returns how many there were.
    package func recover(at now: Date) async throws(StoreFault) -> Int {
        try await write { db in
            try db.run(
                OutboxSQL.recover, [now.milliseconds])
        }
    }

    /// Writes results and claims up to `limit` due rows as `sending`, in one transaction, those first that are due
    /// longest. A row that was `unknown` is claimed once and never again by itself.
    package func exchange(
        _ results: [OutboxResult], claim limit: Int, at now: Date
    ) async throws(StoreFault) -> [OutboxEntry] {
        try await write { db in
            for result in results { try Self.write(result, at: now, db) }
            guard limit > 0 else { return [] }
            var claimed: [OutboxEntry] = []
            let rows = try db.rows(
                OutboxSQL.due, [now.milliseconds, limit])
            while let row = try rows.next() {
                guard let entry = try Self.entry(row) else { continue }
                claimed.append(entry)
            }
            for entry in claimed {
                try db.run(
                    """
                    UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_attempt_at = NULL, resent = ?
                    WHERE id = ?
                    """, [entry.wasUnknown, entry.id.number])
            }
            return claimed
        }
    }

    /// When the next waiting row is due; nil when none waits.
    package func nextDue() async throws(StoreFault) -> Date? {
        try await read { db in
            try db.first(OutboxSQL.nextDue) { ($0[0] as Int64?).map(Date.init(milliseconds:)) }
        }
    }

    private static func entry(_ row: Row) throws -> OutboxEntry? {
        guard let messageID = MessageID(row[1] as String) else { return nil }
        let recipients = (row[3] as String).split(separator: " ").compactMap { EmailAddress($0) }
        let bytes = try row.withUnsafeData(atIndex: 7) { $0.map { [UInt8]($0) } ?? [] }
        let mail = OutboundMail(
            messageID: messageID, envelopeFrom: (row[2] as String?).flatMap { EmailAddress($0) },
            recipients: recipients, bytes: bytes)
        return OutboxEntry(
            id: OutboxID(row[0]), mail: mail, attempts: row[4] + 1,
            wasUnknown: row[6] as Bool || row[5] as String == OutboxState.unknown.rawValue)
    }

    /// Only a row that is being sent takes a result: one that somebody abandoned meanwhile stays so.
    private static func write(_ result: OutboxResult, at now: Date, _ db: Database) throws {
        let next: Int64? =
            switch result.state {
            case .queued, .retry: (result.nextAttempt ?? now).milliseconds
            case .unknown: result.nextAttempt?.milliseconds
            case .sending, .sent, .failed, .abandoned, .bounced: nil
            }
        let changed = try db.run(
            """
            UPDATE outbox SET state = ?1, last_answer = ?2, sent_at = ?3,
                next_attempt_at = CASE WHEN ?1 = 'unknown' AND resent = 1 THEN NULL ELSE ?4 END
            WHERE id = ?5 AND state = 'sending'
            """,
            [
                result.state.rawValue, result.answer, result.state == .sent ? now.milliseconds : nil, next,
                result.id.number,
            ])
        guard changed == 1, result.state == .failed || result.state == .unknown else { return }
        try audit(
            actor: "postern", action: "reply.\(result.state.rawValue)", subject: "reply \(result.id.number)",
            detail: [JSONValue.Member("answer", .string(result.answer))], at: now, db)
    }
}

/// The outbox's statements that run again and again.
enum OutboxSQL {
    static let recover = """
        UPDATE outbox INDEXED BY outbox_state SET state = 'unknown',
            next_attempt_at = CASE WHEN resent = 0 THEN ? END,
            last_answer = 'the service ended while it was sent'
        WHERE state = 'sending' AND state != 'sent'
        """
    static let due = """
        SELECT o.id, o.message_id, o.envelope_from, o.recipients, o.attempts, o.state, o.resent, m.bytes
        FROM outbox o INDEXED BY outbox_due JOIN outbox_mail m ON m.id = o.id
        WHERE o.next_attempt_at <= ? ORDER BY o.next_attempt_at, o.id LIMIT ?
        """
    static let nextDue =
        "SELECT min(next_attempt_at) FROM outbox INDEXED BY outbox_due WHERE next_attempt_at IS NOT NULL"
}
