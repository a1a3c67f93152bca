import Foundation
import GRDB
import Mail
import Registry

/// Where an entity's entries lie: table and key column.
struct RegistryTable {
    let name: String
    let key: String

    init(_ type: RegistryEntry.EntityType) {
        name = type.rawValue
        key =
            switch type {
            case .account, .operator, .authority, .request: "id"
            case .eori: "number"
            case .role, .mandate, .delegation: "key"
            }
    }
}

/// Writes entries into the registry's tables, inside the caller's transaction.
struct RegistryTables {
    enum Change { case added, changed, unchanged }

    let db: Database
    /// The count of the registry's changes that these writes belong to.
    let change: Int64
    let now: Date
    /// See ``SearchIndex/waiting``.
    var searchRows: SearchRows?

    func contains(_ reference: RegistryReference) throws -> Bool {
        let table = RegistryTable(reference.type)
        return try db.exists("SELECT 1 FROM \(table.name) WHERE \(table.key) = ?", [reference.id])
    }

    /// The entry's JSON text as last imported.
    func json(_ type: RegistryEntry.EntityType, _ key: String) throws -> String? {
        let table = RegistryTable(type)
        return try db.first("SELECT entry FROM \(table.name) WHERE \(table.key) = ?", [key]) { $0[0] }
    }

    /// Adds the entry or replaces the one with its key. `json` is the line in its canonical writing; `isNew` says that there
    /// can be no entry with this key; `search` is the entry's own, where it is made already.
    func write(
        _ entry: RegistryEntry, json: String, isNew: Bool = false, search: SearchText? = nil
    ) throws -> Change {
        let old = isNew ? nil : try self.json(entry.type, entry.key)
        if old == json { return .unchanged }
        // Our own export says what is current. It must not pass for the system of record's word: that would make its next
        // export, which repeats the older status, look like a change.
        if old != nil, entry.type == .account || entry.type == .request,
            try Self.item(entry.type, entry.key, db)?.json == json
        {
            return .unchanged
        }
        switch entry {
        case .account(let it): try write(it, json, old: old)
        case .operator(let it):
            try writeOrganisation(
                "operator", id: it.id.text, search ?? SearchText(it), old: old,
                insert: "INSERT INTO operator (id, name, country, entry, changed) VALUES (?1, ?2, ?3, ?4, ?5)",
                update: "UPDATE operator SET name = ?2, country = ?3, entry = ?4, changed = ?5 WHERE id = ?1",
                [it.id.text, it.name, it.country, json, change])
        case .authority(let it):
            try writeOrganisation(
                "authority", id: it.id.text, search ?? SearchText(it), old: old,
                insert:
                    "INSERT INTO authority (id, role, name, country, entry, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                update: """
                    UPDATE authority SET role = ?2, name = ?3, country = ?4, entry = ?5, changed = ?6 WHERE id = ?1
                    """, [it.id.text, it.role.rawValue, it.name, it.country, json, change])
            if let old { try noteFormer(of: it, old: old) }
        case .request(let it): try write(it, json, old: old)
        case .role(let it):
            if old != nil {
                let sql = "UPDATE role SET status = ?2, entry = ?3 WHERE key = ?1"
                try db.run(sql, [entry.key, it.status.rawValue, json])
                break
            }
            try db.run(
                """
                INSERT INTO role (key, account, role, authority, operator, status, entry) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    entry.key, it.account.text, it.role, it.authority?.text, it.operatorID?.text, it.status.rawValue,
                    json,
                ])
        case .eori(let it):
            try db.run(
                old == nil
                    ? "INSERT INTO eori (number, valid_from, valid_to, entry) VALUES (?1, ?2, ?3, ?4)"
                    : "UPDATE eori SET valid_from = ?2, valid_to = ?3, entry = ?4 WHERE number = ?1",
                [it.number, it.validFrom.text, it.validTo?.text, json])
        case .mandate(let it):
            try db.run(
                old == nil
                    ? "INSERT INTO mandate (key, account, economic_operator, entry) VALUES (?1, ?2, ?3, ?4)"
                    : "UPDATE mandate SET account = ?2, economic_operator = ?3, entry = ?4 WHERE key = ?1",
                [entry.key, it.account.text, it.economicOperator, json])
        case .delegation(let it):
            try db.run(
                old == nil
                    ? "INSERT INTO delegation (key, economic_operator, entry) VALUES (?1, ?2, ?3)"
                    : "UPDATE delegation SET economic_operator = ?2, entry = ?3 WHERE key = ?1",
                [entry.key, it.economicOperator, json])
        }
        return old == nil ? .added : .changed
    }

    /// As a request's status, the current state follows the line only where the line's state is another than before: an
    /// export that still says `unvalidated` doesn't undo a validation.
    private func write(_ account: Account, _ json: String, old: String?) throws {
        let earlier = old.flatMap { RegistryEntry(json: Array($0.utf8)) }
        if old == nil {
            try db.run(
                "INSERT INTO account (id, mailbox, entry, changed, state) VALUES (?, ?, ?, ?, ?)",
                [account.id.text, account.mailbox.key, json, change, account.state.rawValue])
        } else {
            let keepsState = if case .account(let it) = earlier { it.state == account.state } else { false }
            try db.run(
                """
                UPDATE account SET mailbox = ?2, entry = ?3, changed = ?4, state = CASE WHEN ?6 THEN state ELSE ?5 END
                WHERE id = ?1
                """,
                [account.id.text, account.mailbox.key, json, change, account.state.rawValue, keepsState])
            // Ours stay, unless the mailbox is in use again or the line has taken it over.
            try db.run(
                "DELETE FROM former_mailbox WHERE account = ? AND (noted = 0 OR mailbox = ?)",
                [account.id.text, account.mailbox.key])
        }
        for mailbox in account.formerMailboxes {
            try db.run(
                "INSERT OR REPLACE INTO former_mailbox (mailbox, account, until) VALUES (?, ?, ?)",
                [mailbox.key, account.id.text, mailbox.validTo?.text])
        }
        guard case .account(let before) = earlier, before.mailbox != account.mailbox,
            !account.hadMailbox(before.mailbox)
        else { return }
        try db.run(
            "INSERT OR REPLACE INTO former_mailbox (mailbox, account, until, noted) VALUES (?, ?, ?, 1)",
            [before.mailbox.key, account.id.text, Day(of: now).text])
    }

    /// The current status follows the line only where the *line's* status is another than in the line imported before:
    /// an export that still says `requested` must not undo what a mail brought about, also when it changes another
    /// member. A new request has waited since it was made; one that a line sets to another status, since that import.
    private func write(_ request: RoleRequest, _ json: String, old: String?) throws {
        guard let old else {
            try db.run(
                """
                INSERT INTO request (id, account, operator, authority, kind, status, entry, changed, since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    request.id.text, request.account.text, request.operatorID?.text, request.authorityID?.text,
                    request.kind.text, request.status.rawValue, json, change, request.requestedAt.milliseconds,
                ])
            return
        }
        let earlier = RegistryEntry(json: Array(old.utf8))
        let keepsStatus = if case .request(let it) = earlier { it.status == request.status } else { false }
        try db.run(
            """
            UPDATE request SET account = ?2, operator = ?3, authority = ?4, kind = ?5, entry = ?7, changed = ?9,
                since = CASE WHEN ?8 OR status = ?6 THEN since ELSE ?10 END,
                round = CASE WHEN ?8 OR status = ?6 THEN round ELSE round + 1 END,
                reminded_at = CASE WHEN ?8 OR status = ?6 THEN reminded_at END,
                status = CASE WHEN ?8 THEN status ELSE ?6 END
            WHERE id = ?1
            """,
            [
                request.id.text, request.account.text, request.operatorID?.text, request.authorityID?.text,
                request.kind.text, request.status.rawValue, json, keepsStatus, change, now.milliseconds,
            ])
    }

    /// Notes which mailboxes were official until now and are in the line no more, and forgets those that are in it again.
    private func noteFormer(of authority: Authority, old: String) throws {
        let today = Day(of: now)
        let listed = Set((authority.mailboxes + authority.formerMailboxes).map(\.key))
        for mailbox in listed {
            try db.run(
                "DELETE FROM former_official_mailbox WHERE authority = ? AND mailbox = ?", [authority.id.text, mailbox])
        }
        guard case .authority(let before) = RegistryEntry(json: Array(old.utf8)) else { return }
        for mailbox in before.mailboxes where mailbox.hasBegun(on: today) && !listed.contains(mailbox.key) {
            let until = mailbox.hasEnded(on: today) ? mailbox.validTo ?? today : today
            try db.run(
                "INSERT OR REPLACE INTO former_official_mailbox (mailbox, authority, until) VALUES (?, ?, ?)",
                [mailbox.key, authority.id.text, until.text])
        }
    }

    /// Writes an operator or authority, and what it is found by where that changed.
    private func writeOrganisation(
        _ table: String, id: String, _ text: SearchText, old: String?, insert: String, update: String,
        _ arguments: StatementArguments
    ) throws {
        try db.run(old == nil ? insert : update, arguments)
        let index = SearchIndex(db: db, waiting: searchRows)
        guard let old else { return try index.replace(table, db.lastInsertedRowID, old: nil, with: text) }
        let number: Int64? = try db.first("SELECT number FROM \(table) WHERE id = ?", [id]) { $0[0] }
        guard let number else { return }
        let earlier = RegistryEntry(json: Array(old.utf8)).flatMap { SearchText($0) }
        try index.replace(table, number, old: earlier, with: text)
    }
}
