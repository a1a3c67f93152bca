package import Foundation
import GRDB
package import Judging
import Mail
package import Registry

extension Store {
    /// Pending requests that have waited since `since` or longer and were not reminded, the oldest first.
    package func unreminded(since: Date, limit: Int) async throws(StoreFault) -> [WaitingRequest] {
        try await waiting(WaitingSQL.unreminded, [since.milliseconds, max(0, limit)])
    }

    /// Pending requests that have waited since `since` or longer and were reminded at `reminded` or before.
    package func overdue(since: Date, reminded: Date, limit: Int) async throws(StoreFault) -> [WaitingRequest] {
        try await waiting(WaitingSQL.overdue, [since.milliseconds, reminded.milliseconds, max(0, limit)])
    }

    /// Notes the reminder and queues it; false when the request has moved on or was reminded meanwhile. A request whose
    /// owner can't be told gets no notice, but its time runs all the same.
    package func remind(
        _ waiting: WaitingRequest, notice: QueuedNotice?, at now: Date
    ) async throws(StoreFault) -> Bool {
        try await write { db in
            let noted = try db.run(
                WaitingSQL.note, [now.milliseconds, waiting.request.text, waiting.since.milliseconds])
            guard noted == 1 else { return false }
            var detail: [JSONValue.Member] = []
            if let notice {
                try Self.enqueue(notice, at: now, db)
                detail.append(JSONValue.Member("notice", .string(notice.mail.messageID.text)))
            }
            try Self.audit(
                actor: "postern", action: "request.reminded", subject: "request \(waiting.request)", detail: detail,
                at: now, db)
            return true
        }
    }

    private func waiting(_ sql: String, _ arguments: StatementArguments) async throws(StoreFault) -> [WaitingRequest] {
        try await read { db in
            var found: [WaitingRequest] = []
            let rows = try db.rows(sql, arguments)
            while let row = try rows.next() {
                found.append(
                    WaitingRequest(
                        request: RoleRequestID(row[0]), account: AccountID(row[1]), since: Date(milliseconds: row[2]),
                        remindedAt: (row[3] as Int64?).map(Date.init(milliseconds:))))
            }
            return found
        }
    }
}

enum WaitingSQL {
    static let unreminded = """
        SELECT id, account, since, reminded_at FROM request INDEXED BY request_waiting
        WHERE status IN ('requested', 'prepared') AND since <= ? AND reminded_at IS NULL ORDER BY since LIMIT ?
        """
    static let overdue = """
        SELECT id, account, since, reminded_at FROM request INDEXED BY request_waiting
        WHERE status IN ('requested', 'prepared') AND since <= ? AND reminded_at <= ? ORDER BY since LIMIT ?
        """
    static let note = """
        UPDATE request SET reminded_at = ?1
        WHERE id = ?2 AND since = ?3 AND reminded_at IS NULL AND status IN ('requested', 'prepared')
        """
}
