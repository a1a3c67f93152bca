package import Foundation
import GRDB
import Judging
package import Mail
import Registry

// What the commands `messages`, `outbox`, `audit` and `status` read and change. Lists come in pages, each a read of its
// own: a long list neither fills the memory nor keeps the service from writing.

extension Store {
    /// How many rows one page holds.
    static let pageLength = 1_000

    /// Mails in the order of their arrival, page by page.
    package func messages(
        _ filter: MessageFilter = MessageFilter(), _ take: ([MessageRow]) throws -> Void
    ) async throws {
        var conditions: [String] = []
        var arguments: [any DatabaseValueConvertible] = []
        if let verdict = filter.verdict {
            conditions.append("j.verdict = ?")
            arguments.append(verdict.rawValue)
        }
        if filter.undecided { conditions.append("j.verdict IS NULL") }
        if let since = filter.since {
            conditions.append("j.received_at >= ?")
            arguments.append(since.milliseconds)
        }
        try await pages(
            "FROM journal j JOIN mailbox b ON b.id = j.mailbox", id: "j.id", conditions, arguments,
            columns: Self.messageColumns, limit: filter.limit, Self.message, take)
    }

    /// One mail with its findings and replies; nil when there is none of this number.
    package func message(_ id: JournalID) async throws(StoreFault) -> MessageDetail? {
        try await read { db in
            let mails = try db.rows(
                """
                SELECT \(Self.messageColumns), j.findings FROM journal j JOIN mailbox b ON b.id = j.mailbox WHERE j.id = ?
                """, [id.number])
            guard let row = try mails.next() else { return nil }
            let findings = (row["findings"] as String?).flatMap {
                try? JSONDecoder().decode([Finding].self, from: Data($0.utf8))
            }
            var replies: [OutboxRow] = []
            let rows = try db.rows(
                "SELECT \(Self.outboxColumns) FROM outbox o WHERE o.journal = ? ORDER BY o.id", [id.number])
            while let reply = try rows.next() { if let reply = Self.outbox(reply) { replies.append(reply) } }
            return MessageDetail(row: Self.message(row), findings: findings ?? [], replies: replies)
        }
    }

    /// A mail's bytes; nil when there is no such mail or it was never downloaded. A duplicate has its original's.
    package func rawMail(_ id: JournalID) async throws(StoreFault) -> [UInt8]? {
        try await read { db in
            let rows = try db.rows(
                """
                SELECT m.bytes FROM journal d JOIN journal j ON j.sha256 = d.sha256 JOIN journal_mail m ON m.id = j.id
                WHERE d.id = ? ORDER BY j.id = d.id DESC LIMIT 1
                """, [id.number])
            return try rows.next().flatMap { row in try row.withUnsafeData(atIndex: 0) { $0.map { [UInt8]($0) } } }
        }
    }

    /// Puts a decided mail back to be judged again, and gives up replies to it that are not under way yet. What it
    /// changed in the registry stays. Throws `refused` for a mail that is undecided, unknown, a duplicate, or whose
    /// reply is being sent this moment.
    package func replay(_ id: JournalID, actor: String, at now: Date) async throws(StoreFault) {
        try await write { db in
            let replies = try db.rows("SELECT 1 FROM outbox WHERE journal = ? AND state = 'sending'", [id.number])
            if try replies.next() != nil {
                throw StoreFault(.refused, "a reply to message \(id) is being sent", hint: "try again in a moment")
            }
            let changed = try db.run(
                """
                UPDATE journal SET verdict = NULL, reason = NULL, request = NULL, findings = NULL, facts = NULL,
                    language = NULL, profile = NULL, decided_at = NULL, attempts = 0, round = round + 1
                WHERE id = ? AND verdict IS NOT NULL AND NOT (verdict = 'ignored' AND reason = 'duplicate')
                """, [id.number])
            guard changed == 1 else {
                throw StoreFault(
                    .refused, "message \(id) can't be judged again: unknown, undecided, or a duplicate of another")
            }
            try db.run(
                """
                UPDATE outbox SET state = 'abandoned', next_attempt_at = NULL
                WHERE journal = ? AND state IN ('queued', 'retry', 'unknown')
                """, [id.number])
            try Self.audit(
                actor: actor, action: "mail.replayed", subject: "message \(id)", detail: [], at: now, db)
        }
    }

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
            let rows = try db.rows(
                "SELECT \(Self.outboxColumns), m.bytes FROM outbox o JOIN outbox_mail m ON m.id = o.id WHERE o.id = ?",
                [id.number])
            guard let row = try rows.next(), let reply = Self.outbox(row) else { return nil }
            return (reply, try row.withUnsafeData(named: "bytes") { $0.map { [UInt8]($0) } ?? [] })
        }
    }

    /// Makes a reply that waits, failed or was given up due at once. Throws `refused` for one that was sent or is being sent.
    package func retryReply(_ id: OutboxID, actor: String, at now: Date) async throws(StoreFault) {
        try await change(
            id, "SET state = 'retry', next_attempt_at = ?", [now.milliseconds],
            from: "'queued', 'retry', 'unknown', 'failed', 'abandoned', 'bounced'", action: "reply.retried", actor, now)
    }

    /// Gives a reply up. Throws `refused` for one that was sent or is being sent.
    package func abandonReply(_ id: OutboxID, actor: String, at now: Date) async throws(StoreFault) {
        try await change(
            id, "SET state = 'abandoned', next_attempt_at = NULL", [], from: "'queued', 'retry', 'unknown', 'failed'",
            action: "reply.abandoned", actor, now)
    }

    private func change(
        _ id: OutboxID, _ assignment: String, _ values: [Int64], from states: String, action: String, _ actor: String,
        _ now: Date
    ) async throws(StoreFault) {
        try await write { db in
            let changed = try db.run(
                "UPDATE outbox \(assignment) WHERE id = ? AND state IN (\(states))", StatementArguments(values + [id.number]))
            guard changed == 1 else {
                let state: String? = try db.rows("SELECT state FROM outbox WHERE id = ?", [id.number]).next()?[0]
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

    /// How things stand. `since` is where the day begins that verdicts are counted for.
    package func status(since: Date) async throws(StoreFault) -> StatusSnapshot {
        try await read { db in
            var status = StatusSnapshot()
            func moment(_ sql: String) throws -> Date? {
                try db.rows(sql).next().flatMap { ($0[0] as Int64?).map(Date.init(milliseconds:)) }
            }
            func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
                try db.rows(sql, arguments).next()?[0] ?? 0
            }
            status.lastPoll = try moment("SELECT max(polled_at) FROM mailbox")
            status.backlog = try count(StatusSQL.backlog)
            status.held = try count(StatusSQL.verdicts, [Verdict.held.rawValue, 0])
            for verdict in Verdict.allCases {
                let number = try count(StatusSQL.verdicts, [verdict.rawValue, since.milliseconds])
                if number > 0 { status.verdicts[verdict] = number }
            }
            var unsent = 0
            let rows = try db.rows(StatusSQL.unsent)
            while let row = try rows.next() {
                guard let state = OutboxState(rawValue: row[0]) else { continue }
                status.outbox[state] = row[1]
                unsent += row[1]
            }
            let sent = try count("SELECT count(*) FROM outbox") - unsent
            if sent > 0 { status.outbox[.sent] = sent }
            status.oldestUndecided = try moment(StatusSQL.oldestUndecided)
            status.oldestReply = try moment(StatusSQL.oldestReply)
            return status
        }
    }
}

/// What `status` counts, each from an index that holds little more than what is counted.
enum StatusSQL {
    static let backlog = "SELECT count(*) FROM journal INDEXED BY journal_undecided WHERE verdict IS NULL"
    static let verdicts = "SELECT count(*) FROM journal WHERE verdict = ? AND decided_at >= ?"
    static let unsent = """
        SELECT state, count(*) FROM outbox INDEXED BY outbox_state WHERE state != 'sent' GROUP BY state
        """
    static let oldestUndecided = """
        SELECT stored_at FROM journal INDEXED BY journal_undecided WHERE verdict IS NULL ORDER BY id LIMIT 1
        """
    static let oldestReply = """
        SELECT min(created_at) FROM outbox INDEXED BY outbox_due WHERE next_attempt_at IS NOT NULL
        """
}
