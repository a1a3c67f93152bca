package import Foundation
import GRDB
import Judging
package import Mail
import Registry

// What the command `messages` reads and changes. Lists come in pages, each a read of its own: a long list neither fills
// the memory nor keeps the service from writing.

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
            Self.messageSource, id: "j.id", conditions, arguments,
            columns: Self.messageColumns, limit: filter.limit, Self.message, take)
    }

    /// One mail with its findings and replies; nil when there is none of this number.
    package func message(_ id: JournalID) async throws(StoreFault) -> MessageDetail? {
        try await read { db in
            var replies: [OutboxRow] = []
            let rows = try db.rows(
                "SELECT \(Self.outboxColumns) FROM outbox o WHERE o.journal = ? ORDER BY o.id", [id.number])
            while let reply = try rows.next() { if let reply = Self.outbox(reply) { replies.append(reply) } }
            let sql = """
                SELECT \(Self.messageColumns), j.findings \(Self.messageSource) WHERE j.id = ?
                """
            return try db.first(sql, [id.number]) { row in
                let findings = (row["findings"] as String?).flatMap {
                    try? JSONDecoder().decode([Finding].self, from: Data($0.utf8))
                }
                return MessageDetail(row: Self.message(row), findings: findings ?? [], replies: replies)
            }
        }
    }

    /// A mail's bytes; nil when there is no such mail or it was never downloaded. A duplicate has its original's.
    package func rawMail(_ id: JournalID) async throws(StoreFault) -> [UInt8]? {
        try await read { db in
            let sql = """
                SELECT m.bytes FROM journal d JOIN journal j ON j.sha256 = d.sha256 JOIN journal_mail m ON m.id = j.id
                WHERE d.id = ? ORDER BY j.id = d.id DESC LIMIT 1
                """
            return try db.first(sql, [id.number]) { row in
                try row.withUnsafeData(atIndex: 0) { $0.map { [UInt8]($0) } }
            }
        }
    }

    /// Puts a decided mail back to be judged again, and gives up replies to it that are not under way yet. What it
    /// changed in the registry stays; its new verdict is shown on the server like a first one. Throws `refused` for a mail
    /// that is undecided, unknown, a duplicate, or whose reply is being sent this moment.
    package func replay(_ id: JournalID, actor: String, at now: Date) async throws(StoreFault) {
        try await write { db in
            try Self.refuseWhileSending(id, db)
            guard try Self.putBack(id, db) else {
                throw StoreFault(
                    .refused, "message \(id) can't be judged again: unknown, undecided, or a duplicate of another")
            }
            try Self.note(
                .replayed, about: id, vouch: nil, by: OperatorAct(actor: actor), action: "mail.replayed", at: now, db)
        }
    }
}
