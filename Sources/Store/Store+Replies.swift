package import Foundation
import GRDB
package import Mail
import Registry

// What the commands `outbox` and `audit` read and change.

extension Store {
    /// Replies in the order in which they were written, page by page.
    package func outbox(
        state: OutboxState? = nil, limit: Int? = nil, _ take: ([OutboxRow]) throws -> Void
    ) async throws {
        let conditions = state.map { ["o.state = '\($0.rawValue)'"] } ?? []
        try await pages(
            "FROM outbox o", id: "o.id", conditions, [], columns: Self.outboxColumns, limit: limit, Self.outbox, take)
    }

    /// One reply and its bytes; nil when there is none of this number.
    package func reply(_ id: OutboxID) async throws(StoreFault) -> (row: OutboxRow, bytes: [UInt8])? {
        try await read { db in
            let sql = """
                SELECT \(Self.outboxColumns), m.bytes FROM outbox o JOIN outbox_mail m ON m.id = o.id WHERE o.id = ?
                """
            return try db.first(sql, [id.number]) { row in
                guard let reply = Self.outbox(row) else { return nil }
                return (reply, try row.withUnsafeData(named: "bytes") { $0.map { [UInt8]($0) } ?? [] })
            }
        }
    }

    /// Makes a reply due at once that waits, failed, came back or was given up. Throws `refused` for one that was sent or is being sent.
    package func retryReply(_ id: OutboxID, actor: String, at now: Date) async throws(StoreFault) {
        try await change(
            id, "SET state = 'retry', next_attempt_at = ?", [now.milliseconds],
            from: "'queued', 'retry', 'unknown', 'failed', 'abandoned', 'bounced'", action: "reply.retried", actor, now)
    }

    /// Gives a reply up. Throws `refused` for one that was sent or is being sent.
    package func abandonReply(_ id: OutboxID, actor: String, at now: Date) async throws(StoreFault) {
        try await change(
            id, "SET state = 'abandoned', next_attempt_at = NULL", [],
            from: "'queued', 'retry', 'unknown', 'failed', 'bounced'", action: "reply.abandoned", actor, now)
    }

    private func change(
        _ id: OutboxID, _ assignment: String, _ values: [Int64], from states: String, action: String, _ actor: String,
        _ now: Date
    ) async throws(StoreFault) {
        try await write { db in
            let changed = try db.run(
                "UPDATE outbox \(assignment) WHERE id = ? AND state IN (\(states))",
                StatementArguments(values + [id.number]))
            guard changed == 1 else {
                let state: String? = try db.first("SELECT state FROM outbox WHERE id = ?", [id.number]) { $0[0] }
                throw StoreFault(.refused, state.map { "reply \(id) is '\($0)'" } ?? "there is no reply \(id)")
            }
            try Self.audit(actor: actor, action: action, subject: "reply \(id)", detail: [], at: now, db)
        }
    }

    /// The audit trail, oldest first, page by page.
    package func auditTrail(
        subject: String? = nil, limit: Int? = nil, _ take: ([AuditRow]) throws -> Void
    ) async throws {
        try await pages(
            "FROM audit", id: "id", subject == nil ? [] : ["subject = ?"], subject.map { [$0] } ?? [],
            columns: "id, at, actor, action, subject, detail", limit: limit,
            {
                AuditRow(
                    id: $0[0], at: Date(milliseconds: $0[1]), actor: $0[2], action: $0[3], subject: $0[4],
                    detail: $0[5])
            }, take)
    }
}
