package import Foundation
import GRDB
package import Judging
package import Mail
import Registry

// What operators do to mails that wait for a person. Each is one transaction, and changes nothing when the mail is no
// longer what the operator looked at.

extension Store {
    /// Puts a held mail back to be judged again. With a vouch its sender counts as proven in that one judging; a mail that
    /// was refused because its authentication failed can be put back with one, too.
    ///
    /// Throws `refused` when the mail is not held any more, or in another round than the one looked at.
    package func release(
        _ id: JournalID, round: Int, vouch: Vouch? = nil, by act: OperatorAct, at now: Date
    ) async throws(StoreFault) {
        let source = vouch == nil ? "verdict = 'held'" : HeldSQL.mayBeVouchedFor
        try await write { db in
            try Self.refuseWhileSending(id, db)
            try Self.expect(id, round: round, source, db)
            try Self.putBack(id, db)
            try Self.note(
                vouch == nil ? .released : .verified, about: id, vouch: vouch, by: act,
                action: vouch == nil ? "mail.released" : "mail.verified", at: now, db)
        }
    }

    /// Refuses or ignores a mail that is held or has no verdict yet, for good: nobody is answered.
    ///
    /// Throws `refused` when the mail has another verdict by now, or is in another round than the one looked at.
    package func decide(
        _ id: JournalID, round: Int, as verdict: Verdict, by act: OperatorAct, at now: Date
    ) async throws(StoreFault) {
        let action: OperatorWord.Action = verdict == .refused ? .refused : .ignored
        try await write { db in
            try Self.expect(id, round: round, "(verdict IS NULL OR verdict = 'held')", db)
            try db.run(
                """
                UPDATE journal SET verdict = ?, reason = ?, facts = 0, decided_at = ?, settled = 0, round = round + 1
                WHERE id = ?
                """,
                [
                    action.rawValue, "operator.\(action.rawValue)", now.milliseconds, id.number,
                ])
            try Self.note(
                action, about: id, vouch: nil, by: act, action: "mail.\(action.rawValue)", at: now, db)
        }
    }

    /// What operators said about a mail, oldest first.
    package func operatorWords(about id: JournalID) async throws(StoreFault) -> [OperatorWord] {
        try await read { db in
            var words: [OperatorWord] = []
            let rows = try db.rows(
                """
                SELECT round, action, sender, actor, prepared_by, note, at, used_at FROM operator_word
                WHERE journal = ? ORDER BY round
                """, [id.number])
            while let row = try rows.next() {
                guard let action = OperatorWord.Action(rawValue: row[1]) else { continue }
                words.append(
                    OperatorWord(
                        round: row[0], action: action, sender: row[2], actor: row[3], preparedBy: row[4], note: row[5],
                        at: Date(milliseconds: row[6]), usedAt: (row[7] as Int64?).map(Date.init(milliseconds:))))
            }
            return words
        }
    }

    /// Throws unless the mail is in that round and as `condition` says.
    private static func expect(_ id: JournalID, round: Int, _ condition: String, _ db: Database) throws {
        if try db.exists("SELECT 1 FROM journal WHERE id = ? AND round = ? AND \(condition)", [id.number, round]) {
            return
        }
        let state = try db.first("SELECT verdict, round, reason FROM journal WHERE id = ?", [id.number]) { row in
            (verdict: row[0] as String? ?? "undecided", round: row[1] as Int, reason: row[2] as String? ?? "")
        }
        guard let state else { throw StoreFault(.refused, "there is no mail \(id)") }
        guard state.round == round else {
            let word: String? = try db.first(
                "SELECT action || ' by ' || actor FROM operator_word WHERE journal = ? AND round = ?",
                [id.number, state.round]
            ) { $0[0] }
            throw StoreFault(
                .refused, "mail \(id) was \(word ?? "judged again") meanwhile", hint: "look at it again, then decide")
        }
        throw StoreFault(
            .refused, "mail \(id) is '\(state.verdict)'\(state.reason.isEmpty ? "" : " (\(state.reason))"), not held")
    }

    static func refuseWhileSending(_ id: JournalID, _ db: Database) throws {
        if try db.exists("SELECT 1 FROM outbox WHERE journal = ? AND state = 'sending'", [id.number]) {
            throw StoreFault(.refused, "a reply to message \(id) is being sent", hint: "try again in a moment")
        }
    }

    /// Makes a decided mail undecided, in a new round, and gives up replies to it that are not under way. Returns whether
    /// it was decided.
    @discardableResult
    static func putBack(_ id: JournalID, _ db: Database) throws -> Bool {
        let changed = try db.run(
            """
            UPDATE journal SET verdict = NULL, reason = NULL, request = NULL, findings = NULL, facts = NULL,
                registry = NULL, language = NULL, profile = NULL, decided_at = NULL, attempts = 0,
                settled = 0, round = round + 1
            WHERE id = ? AND verdict IS NOT NULL AND NOT (verdict = 'ignored' AND reason = 'duplicate')
            """, [id.number])
        guard changed == 1 else { return false }
        try db.run(
            """
            UPDATE outbox SET state = 'abandoned', next_attempt_at = NULL
            WHERE journal = ? AND state IN ('queued', 'retry', 'unknown')
            """, [id.number])
        return true
    }

    /// Writes down who said what, beside the mail and in the audit trail; ends the prepared decision, if there was one.
    static func note(
        _ word: OperatorWord.Action, about id: JournalID, vouch: Vouch?, by act: OperatorAct, action: String,
        at now: Date, _ db: Database
    ) throws {
        let subject = "message \(id)"
        let (preparedBy, told) = try carryOut(act, about: subject, at: now, db)
        try db.run(
            """
            INSERT INTO operator_word (journal, round, action, sender, sha256, actor, prepared_by, note, at)
            SELECT id, round, ?2, ?3, CASE WHEN ?3 IS NULL THEN NULL ELSE sha256 END, ?4, ?5, ?6, ?7 FROM journal WHERE id = ?1
            """,
            [
                id.number, word.rawValue, vouch?.sender.key, act.actor, preparedBy, act.note, now.milliseconds,
            ])
        let sender = vouch.map { [JSONValue.Member("sender", .string($0.sender.text))] } ?? []
        try audit(actor: act.actor, action: action, subject: subject, detail: sender + told, at: now, db)
    }
}

enum HeldSQL {
    /// Mails that an operator may vouch for: held ones whose sender is not proven, and those whose authentication failed.
    static let mayBeVouchedFor = """
        sha256 IS NOT NULL AND authentication IS NOT 'pass'
            AND (verdict = 'held' OR verdict = 'refused' AND reason = 'authentication.dmarc-fail')
        """
}
