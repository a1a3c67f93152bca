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
    /// Where domains wait, for whoever writes many entries and calls ``KnownDomains/write(_:)`` at the end; nil writes at once.
    var domains: KnownDomains?

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
    /// can be no entry with this key; `insertion` is the entry's own, where it is made already.
    func write(
        _ entry: RegistryEntry, json: String, isNew: Bool = false, insertion: RegistryInsertion? = nil
    ) throws -> Change {
        guard let old = isNew ? nil : try self.json(entry.type, entry.key) else {
            try add(insertion ?? RegistryInsertion(entry, json: json, change: change), to: entry.type)
            try noteDomains(of: entry)
            return .added
        }
        if old == json { return .unchanged }
        let earlier = RegistryEntry(json: Array(old.utf8))
        var json = json
        if let member = entry.currentMember {
            guard let now = try Self.item(entry.type, entry.key, db) else { return .unchanged }
            if now.json == json { return .unchanged }
            json = Self.withoutEcho(json, of: entry, current: now.entry, earlier: earlier, member)
        }
        switch entry {
        case .account(let it): try update(it, json, earlier)
        case .operator(let it):
            try db.run(
                "UPDATE operator SET name = ?2, country = ?3, entry = ?4, changed = ?5 WHERE id = ?1",
                [it.id.text, it.name, it.country, json, change])
            try findAgain(entry, earlier, id: it.id.text)
        case .authority(let it):
            try db.run(
                "UPDATE authority SET role = ?2, name = ?3, country = ?4, entry = ?5, changed = ?6 WHERE id = ?1",
                [it.id.text, it.role.rawValue, it.name, it.country, json, change])
            try findAgain(entry, earlier, id: it.id.text)
            try noteFormer(of: it, earlier)
        case .request(let it): try update(it, json, earlier)
        case .role(let it):
            try db.run(
                "UPDATE role SET status = ?2, entry = ?3 WHERE key = ?1", [entry.key, it.status.rawValue, json])
        case .eori(let it):
            try db.run(
                "UPDATE eori SET valid_from = ?2, valid_to = ?3, entry = ?4 WHERE number = ?1",
                [it.number, it.validFrom.text, it.validTo?.text, json])
        case .mandate: try db.run("UPDATE mandate SET entry = ?2 WHERE key = ?1", [entry.key, json])
        case .delegation: try db.run("UPDATE delegation SET entry = ?2 WHERE key = ?1", [entry.key, json])
        }
        try noteDomains(of: entry)
        return .changed
    }

    private func noteDomains(of entry: RegistryEntry) throws {
        let domains = self.domains ?? KnownDomains()
        domains.note(entry)
        if self.domains == nil || domains.isFull { try domains.write(db) }
    }

    /// A line whose status is the current one and not that of the line before repeats what mails or people here brought
    /// about: our own export, edited, or TRACES catching up. Then the earlier line's status stays the system of
    /// record's last word; else an older export, which still says it, would look like a change and undo a decision.
    private static func withoutEcho(
        _ json: String, of entry: RegistryEntry, current: RegistryEntry, earlier: RegistryEntry?, _ member: String
    ) -> String {
        guard let earlier, let word = entry.currentWord, word == current.currentWord, let before = earlier.currentWord,
            before != word, let value = try? JSONValue(parsing: Array(json.utf8))
        else { return json }
        return value.setting(member, to: .string(before)).text
    }

    private func add(_ insertion: RegistryInsertion, to type: RegistryEntry.EntityType) throws {
        try db.run(insertion.statement.sql, insertion.statement.arguments)
        if let search = insertion.search {
            let index = SearchIndex(db: db, waiting: searchRows)
            try index.replace(type.rawValue, db.lastInsertedRowID, old: nil, with: search)
        }
        for statement in insertion.further { try db.run(statement.sql, statement.arguments) }
    }

    /// Writes what an operator or authority is found by where that changed.
    private func findAgain(_ entry: RegistryEntry, _ earlier: RegistryEntry?, id: String) throws {
        let table = entry.type.rawValue
        let number: Int64? = try db.first("SELECT number FROM \(table) WHERE id = ?", [id]) { $0[0] }
        guard let number, let search = SearchText(entry) else { return }
        let index = SearchIndex(db: db, waiting: searchRows)
        try index.replace(table, number, old: earlier.flatMap { SearchText($0) }, with: search)
    }

    /// Whether the line says of status or state what the line before said.
    private func keeps(_ entry: RegistryEntry, _ earlier: RegistryEntry?) -> Bool {
        earlier?.currentWord == entry.currentWord
    }

    /// As a request's status, the current state follows the line only where the line's state is another than before: an
    /// export that still says `unvalidated` doesn't undo a validation.
    private func update(_ account: Account, _ json: String, _ earlier: RegistryEntry?) throws {
        let keepsState = keeps(RegistryEntry.account(account), earlier)
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
        for mailbox in account.formerMailboxes {
            let statement = RegistryInsertion.former(mailbox, of: account)
            try db.run(statement.sql, statement.arguments)
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
    private func update(_ request: RoleRequest, _ json: String, _ earlier: RegistryEntry?) throws {
        let keepsStatus = keeps(RegistryEntry.request(request), earlier)
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
    private func noteFormer(of authority: Authority, _ earlier: RegistryEntry?) throws {
        let today = Day(of: now)
        let listed = Set((authority.mailboxes + authority.formerMailboxes).map(\.key))
        for mailbox in listed {
            try db.run(
                "DELETE FROM former_official_mailbox WHERE authority = ? AND mailbox = ?", [authority.id.text, mailbox])
        }
        guard case .authority(let before) = earlier else { return }
        for mailbox in before.mailboxes where mailbox.hasBegun(on: today) && !listed.contains(mailbox.key) {
            let until = mailbox.hasEnded(on: today) ? mailbox.validTo ?? today : today
            try db.run(
                "INSERT OR REPLACE INTO former_official_mailbox (mailbox, authority, until) VALUES (?, ?, ?)",
                [mailbox.key, authority.id.text, until.text])
        }
    }
}

extension RegistryEntry {
    /// The member that mails and people change beside the lines; nil where there is none.
    fileprivate var currentMember: String? {
        switch self {
        case .account: "state"
        case .request: "status"
        default: nil
        }
    }

    /// What stands in it.
    fileprivate var currentWord: String? {
        switch self {
        case .account(let it): it.state.rawValue
        case .request(let it): it.status.rawValue
        default: nil
        }
    }
}
