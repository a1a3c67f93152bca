import Foundation
import GRDB
import Judging
import Mail

extension Store {
    static let messageColumns = """
        j.id, b.name, j.uid, j.uidvalidity, j.message_id, lower(hex(j.sha256)), j.size, j.received_at, j.verdict, j.reason,
        j.request, j.sender, j.authentication, j.subject, j.language, j.profile, j.attempts, j.decided_at, j.settled
        """

    static func message(_ row: Row) -> MessageRow {
        let hash = row[5] as String? ?? ""
        return MessageRow(
            id: JournalID(row[0]), mailbox: row[1], uid: row[2], uidValidity: row[3], messageID: row[4],
            sha256: hash.isEmpty ? nil : hash, size: row[6], receivedAt: Date(milliseconds: row[7]),
            verdict: (row[8] as String?).flatMap(Verdict.init(rawValue:)), reason: row[9], request: row[10],
            sender: row[11], authentication: row[12], subject: row[13], language: row[14], profile: row[15],
            attempts: row[16], decidedAt: (row[17] as Int64?).map(Date.init(milliseconds:)), settled: row[18])
    }

    static let outboxColumns = """
        o.id, o.journal, o.recipients, o.message_id, o.verdict, o.state, o.attempts, o.last_answer, o.created_at,
        o.next_attempt_at, o.sent_at, o.about, o.bounced_at, o.bounce_status
        """

    static func outbox(_ row: Row) -> OutboxRow? {
        guard let state = OutboxState(rawValue: row[5]) else { return nil }
        let recipients = (row[2] as String).split(separator: " ").map(String.init)
        return OutboxRow(
            id: OutboxID(row[0]), message: (row[1] as Int64?).map { JournalID($0) }, about: row[11],
            recipients: recipients, messageID: row[3], verdict: row[4], state: state, attempts: row[6],
            lastAnswer: row[7],
            createdAt: Date(milliseconds: row[8]),
            nextAttemptAt: (row[9] as Int64?).map(Date.init(milliseconds:)),
            sentAt: (row[10] as Int64?).map(Date.init(milliseconds:)),
            // What came of an earlier sending does not stay beside a later one.
            bouncedAt: state == .bounced ? (row[12] as Int64?).map(Date.init(milliseconds:)) : nil,
            bounceStatus: state == .bounced ? row[13] : nil)
    }

    /// Rows by ascending `id`, the newest `limit` of them, in pages that are each read at one moment.
    func pages<Item: Sendable>(
        _ source: String, id: String, _ conditions: [String], _ arguments: [any DatabaseValueConvertible],
        columns: String, limit: Int?, _ make: @escaping @Sendable (Row) -> Item?, _ take: ([Item]) throws -> Void
    ) async throws {
        let filter = conditions.map { " AND " + $0 }.joined()
        let values = arguments.map(\.databaseValue)
        var last: Int64 = 0
        if let limit {
            guard limit > 0 else { return }
            let sql = "SELECT \(id) \(source) WHERE \(id) > 0\(filter) ORDER BY \(id) DESC LIMIT 1 OFFSET ?"
            last =
                try await read { db in
                    try Int64.fetchOne(
                        db, sql: sql, arguments: StatementArguments(values + [(limit - 1).databaseValue]))
                }.map { $0 - 1 } ?? 0
        }
        let sql = "SELECT \(columns) \(source) WHERE \(id) > ?\(filter) ORDER BY \(id) LIMIT \(Self.pageLength)"
        while true {
            let after = last
            let page = try await read { db in
                var items: [Item] = []
                var count = 0
                var newest = after
                let rows = try db.rows(sql, StatementArguments([after.databaseValue] + values))
                while let row = try rows.next() {
                    count += 1
                    newest = row[0]
                    if let item = make(row) { items.append(item) }
                }
                return (items: items, count: count, newest: newest)
            }
            if !page.items.isEmpty { try take(page.items) }
            if page.count < Self.pageLength { return }
            last = page.newest
        }
    }
}
