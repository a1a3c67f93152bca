package import Foundation
import GRDB
import Judging
import Mail

extension Store {
    /// How things stand. `since` is where the day begins that verdicts are counted for.
    package func status(since: Date) async throws(StoreFault) -> StatusSnapshot {
        try await read { db in
            var status = StatusSnapshot()
            func moment(_ sql: String) throws -> Date? {
                try db.first(sql) { ($0[0] as Int64?).map(Date.init(milliseconds:)) }
            }
            func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
                try db.first(sql, arguments) { $0[0] } ?? 0
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
