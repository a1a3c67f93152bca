package import Foundation
import GRDB
package import Judging
import Mail
import Registry

// Decisions that one operator prepares and another submits. What is submitted is done by the same transactions as what
// somebody does at once; each of them ends the prepared decision with it.

extension Store {
    /// Writes a prepared decision down. Throws `refused` where another about the same thing is open.
    package func prepare(_ draft: DecisionDraft, at now: Date) async throws(StoreFault) -> PreparedID {
        try await write { db in
            let open = try db.first(
                "SELECT id, actor FROM decision WHERE subject = ? AND ended_at IS NULL", [draft.subject]
            ) { row in (id: row[0] as Int64, actor: row[1] as String) }
            if let open {
                throw StoreFault(
                    .refused, "decision \(open.id) about \(draft.subject), prepared by \(open.actor), is open",
                    hint: "'postern decision show \(open.id)'; it must be submitted or dropped first")
            }
            try db.run(
                "INSERT INTO decision (at, actor, person, subject, round, command, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    now.milliseconds, draft.actor, draft.person, draft.subject, draft.round, draft.command, draft.note,
                ])
            let id = PreparedID(db.lastInsertedRowID)
            try Self.audit(
                actor: draft.actor, action: "decision.prepared", subject: draft.subject,
                detail: [JSONValue.Member("decision", .number(String(id.number)))]
                    + (draft.note.map { [JSONValue.Member("note", .string($0))] } ?? []), at: now, db)
            return id
        }
    }

    /// Prepared decisions, oldest first, page by page; `all` has those that are submitted or dropped, too.
    package func decisions(
        all: Bool = false, limit: Int? = nil, _ take: ([PreparedDecision]) throws -> Void
    ) async throws {
        try await pages(
            "FROM decision", id: "id", all ? [] : ["ended_at IS NULL"], [], columns: Self.decisionColumns,
            limit: limit, Self.decision, take)
    }

    /// One prepared decision; nil when there is none of this number.
    package func decision(_ id: PreparedID) async throws(StoreFault) -> PreparedDecision? {
        try await read { db in
            try db.first("SELECT \(Self.decisionColumns) FROM decision WHERE id = ?", [id.number], Self.decision)
        }
    }

    /// The open decision about something; nil when there is none.
    package func openDecision(about subject: String) async throws(StoreFault) -> PreparedDecision? {
        try await read { db in
            try db.first(
                "SELECT \(Self.decisionColumns) FROM decision WHERE subject = ? AND ended_at IS NULL", [subject],
                Self.decision)
        }
    }

    /// Gives an open decision up. Throws `refused` for one that is not open.
    package func drop(_ id: PreparedID, actor: String, note: String?, at now: Date) async throws(StoreFault) {
        try await write { db in
            let subject: String? = try db.first("SELECT subject FROM decision WHERE id = ?", [id.number]) { $0[0] }
            _ = try Self.end(id, as: .dropped, subject: subject, actor: actor, at: now, db)
            try Self.audit(
                actor: actor, action: "decision.dropped", subject: subject ?? "",
                detail: [JSONValue.Member("decision", .number(String(id.number)))]
                    + (note.map { [JSONValue.Member("note", .string($0))] } ?? []), at: now, db)
        }
    }

    /// Ends an open decision about `subject`, in the caller's transaction, and returns who prepared it.
    private static func end(
        _ id: PreparedID, as outcome: PreparedDecision.Outcome, subject: String?, actor: String, at now: Date,
        _ db: Database
    ) throws -> String {
        let changed = try db.run(
            """
            UPDATE decision SET outcome = ?, ended_at = ?, ended_by = ?
            WHERE id = ? AND subject IS ? AND ended_at IS NULL
            """, [outcome.rawValue, now.milliseconds, actor, id.number, subject])
        let known = try db.first("SELECT \(decisionColumns) FROM decision WHERE id = ?", [id.number], decision)
        guard let known else { throw StoreFault(.refused, "there is no decision \(id)") }
        guard changed == 1 else {
            let fate = known.outcome.map { "is \($0.rawValue) already, by \(known.endedBy ?? "somebody")" }
            throw StoreFault(.refused, "decision \(id) \(fate ?? "is about \(known.subject)")")
        }
        return known.actor
    }

    /// Ends the prepared decision that an act carries out, if any, and returns what the audit trail tells of both.
    static func carryOut(
        _ act: OperatorAct, about subject: String, at now: Date, _ db: Database
    ) throws -> (preparedBy: String?, detail: [JSONValue.Member]) {
        var detail: [JSONValue.Member] = []
        var preparedBy: String?
        if let prepared = act.prepared {
            let author = try end(prepared, as: .submitted, subject: subject, actor: act.actor, at: now, db)
            preparedBy = author
            detail.append(JSONValue.Member("decision", .number(String(prepared.number))))
            detail.append(JSONValue.Member("preparedBy", .string(author)))
        }
        if let note = act.note { detail.append(JSONValue.Member("note", .string(note))) }
        return (preparedBy, detail)
    }

    private static let decisionColumns = """
        id, at, actor, person, subject, round, command, note, outcome, ended_at, ended_by
        """

    private static func decision(_ row: Row) -> PreparedDecision {
        PreparedDecision(
            id: PreparedID(row[0]), at: Date(milliseconds: row[1]), actor: row[2], person: row[3], subject: row[4],
            round: row[5], command: row[6], note: row[7],
            outcome: (row[8] as String?).flatMap(PreparedDecision.Outcome.init(rawValue:)),
            endedAt: (row[9] as Int64?).map(Date.init(milliseconds:)), endedBy: row[10])
    }
}
