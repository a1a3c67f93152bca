package import Foundation
import GRDB
package import Judging
import Mail
package import Registry

extension Store {
    /// Adds one entry that a person asked for, the same way as an import takes up a line: checked as a line is, its
    /// references there, one transaction, one row in the audit trail.
    ///
    /// - Parameters:
    ///   - make: the entry with the id that it is to have; called inside the transaction.
    ///   - prefix: of ids that we give, `OP` for `OP-L1`, `OP-L2`, …; the next that nobody has.
    ///   - id: the id that the person chose; refused where an entry of the type has it.
    ///   - action: for the audit trail, `operator.created`.
    ///   - detail: more for the audit trail, which keeps it for ever: no personal data.
    ///   - telling: the notice that belongs to the entry; queued with it or neither.
    package func create(
        _ make: @escaping @Sendable (String) -> RegistryEntry, prefix: String, id: String? = nil, action: String,
        detail: [JSONValue.Member] = [], actor: String, at now: Date,
        telling: (@Sendable (RegistryEntry) throws(StoreFault) -> QueuedNotice?)? = nil
    ) async throws(StoreFault) -> RegistryItem {
        try await write { db in
            let item = try Self.create(
                make, prefix: prefix, id: id, action: action, detail: detail, actor: actor, at: now, db)
            if let notice = try telling?(item.entry) { try Self.queue(notice, actor: actor, at: now, db) }
            return item
        }
    }

    /// The same inside the caller's transaction.
    static func create(
        _ make: (String) -> RegistryEntry, prefix: String, id: String?, action: String,
        detail: [JSONValue.Member] = [], actor: String, at now: Date, _ db: Database
    ) throws -> RegistryItem {
        let change: Int64 = try db.first("SELECT changes + 1 FROM registry_state") { $0[0] } ?? 1
        let tables = RegistryTables(db: db, change: change, now: now)
        let entry: RegistryEntry
        if let id {
            entry = make(id)
            guard try tables.json(entry.type, entry.key) == nil else { throw isThere(entry) }
        } else {
            entry = try numbered(prefix, make, tables)
        }
        let line: RegistryLine
        switch RegistryLines.parse(Array(entry.json.utf8), number: 1) {
        case .entry(let read): line = read
        case .problem(let problem): throw StoreFault(.refused, problem.reason)
        }
        for reference in line.entry.references where try !tables.contains(reference) {
            throw StoreFault(.refused, "there is no \(reference)")
        }
        try requireOwnMailbox(line.entry, db)
        _ = try tables.write(line.entry, json: line.json)
        try db.run("UPDATE registry_state SET changes = changes + 1")
        try audit(
            actor: actor, action: action, subject: "\(entry.type.rawValue) \(entry.readableKey)", detail: detail,
            at: now, db)
        return RegistryItem(entry: line.entry, json: line.json)
    }

    /// Changes members of an entry that is there, the same way as an import of the changed line would. The other members
    /// stay, also those that Postern doesn't know. Throws `refused` for an unknown entry or a value that no line may have.
    ///
    /// - Parameters:
    ///   - state: of an account: what it is from now on; nil leaves it.
    ///   - note: why, for the audit trail.
    ///   - telling: the notice that belongs to the changed entry; queued with the change or neither.
    package func revise(
        _ type: RegistryEntry.EntityType, _ key: String, setting members: [JSONValue.Member],
        state: Account.State? = nil, note: String? = nil, action: String, actor: String, at now: Date,
        telling: (@Sendable (RegistryEntry) throws(StoreFault) -> QueuedNotice?)? = nil
    ) async throws(StoreFault) {
        try await write { db in
            let change: Int64 = try db.first("SELECT changes + 1 FROM registry_state") { $0[0] } ?? 1
            let tables = RegistryTables(db: db, change: change, now: now)
            guard let old = try tables.json(type, key), var value = try? JSONValue(parsing: Array(old.utf8)) else {
                throw StoreFault(.refused, "there is no \(type.rawValue) '\(key)'")
            }
            for member in members { value = value.setting(member.name, to: member.value) }
            switch RegistryLines.parse(Array(value.text.utf8), number: 1) {
            case .problem(let problem): throw StoreFault(.refused, problem.reason)
            case .entry(let line):
                guard line.entry.key == key else { throw StoreFault(.refused, "a key can't be changed") }
                try Self.requireOwnMailbox(line.entry, db)
                _ = try tables.write(line.entry, json: line.json)
            }
            if let state { try db.run("UPDATE account SET state = ? WHERE id = ?", [state.rawValue, key]) }
            if let telling, let item = try RegistryTables.item(type, key, db), let notice = try telling(item.entry) {
                try Self.queue(notice, actor: actor, at: now, db)
            }
            try db.run("UPDATE registry_state SET changes = changes + 1")
            let names = members.map(\.name).joined(separator: ", ")
            var detail = [JSONValue.Member("changed", .string(names))]
            if let state { detail.append(JSONValue.Member("state", .string(state.rawValue))) }
            if let note { detail.append(JSONValue.Member("note", .string(note))) }
            try Self.audit(
                actor: actor, action: action, subject: "\(type.rawValue) \(key)", detail: detail, at: now, db)
        }
    }

    /// The entry under the next number that nobody has: an import may have brought ids that look like ours.
    private static func numbered(
        _ prefix: String, _ make: (String) -> RegistryEntry, _ tables: RegistryTables
    ) throws -> RegistryEntry {
        let db = tables.db
        var number: Int64 = try db.first("SELECT next FROM numbering WHERE prefix = ?", [prefix]) { $0[0] } ?? 1
        var entry = make("\(prefix)-L\(number)")
        while try tables.json(entry.type, entry.key) != nil {
            number += 1
            let next = make("\(prefix)-L\(number)")
            // Roles and their like have no id: their key stays what it is.
            guard next.key != entry.key else { throw isThere(entry) }
            entry = next
        }
        try db.run(
            "INSERT INTO numbering (prefix, next) VALUES (?1, ?2) ON CONFLICT (prefix) DO UPDATE SET next = ?2",
            [prefix, number + 1])
        return entry
    }

    /// Accounts are personal. An export may say otherwise, and is told of; nobody at the keyboard does so by mistake.
    private static func requireOwnMailbox(_ entry: RegistryEntry, _ db: Database) throws {
        guard case .account(let account) = entry else { return }
        let holder: String? = try db.first(
            "SELECT id FROM account WHERE mailbox = ? AND id != ?", [account.mailbox.key, account.id.text]
        ) { $0[0] }
        guard let holder else { return }
        throw StoreFault(
            .refused, "account '\(holder)' has the mailbox \(account.mailbox) already: accounts are personal")
    }

    private static func isThere(_ entry: RegistryEntry) -> StoreFault {
        StoreFault(
            .refused, "there is \(entry.type.withArticle) '\(entry.readableKey)' already",
            hint: "choose another id, or leave it to Postern")
    }
}

extension RegistryEntry.EntityType {
    fileprivate var withArticle: String {
        switch self {
        case .account, .operator, .authority, .eori: "an \(rawValue)"
        case .request, .role, .mandate, .delegation: "a \(rawValue)"
        }
    }
}
