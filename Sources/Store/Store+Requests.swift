package import Foundation
import GRDB
package import Judging
import Mail
package import Registry

// What people at the keyboard and the clock do to requests and accounts.

/// What came of making a request.
package enum RequestMaking: Sendable {
    case made(RegistryItem)
    /// Nothing was written.
    case refused([RequestObjection])
}

extension Store {
    /// What the registry knows around one account, as a mail from its mailbox would be judged against it; nil when there
    /// is no such account. Other accounts of the mailbox are left out.
    package func view(of account: AccountID, at now: Date) async throws(StoreFault) -> RegistryView? {
        let cache = cache
        return try await read { db in try Self.view(of: account, at: now, cache, db) }
    }

    private static func view(
        of account: AccountID, at now: Date, _ cache: RegistryCache, _ db: Database
    ) throws -> RegistryView? {
        guard case .account(let found) = try RegistryTables.item(.account, account.text, db)?.entry,
            var view = try views(for: [ViewKey(sender: found.mailbox, answers: [])], at: now, cache, db).first?
                .registry
        else { return nil }
        view.accounts.removeAll { $0.id != account }
        view.requests.removeAll { $0.account != account }
        view.roles.removeAll { $0.account != account }
        view.mandates.removeAll { $0.account != account }
        return view
    }

    /// How often the registry has changed: what is read after this number and decided while it is still the same rests
    /// on what is true.
    package func registryChanges() async throws(StoreFault) -> Int64 {
        try await read { db in try db.first("SELECT changes FROM registry_state") { $0[0] } ?? 0 }
    }

    /// Makes a request, under an id of ours where `id` is nil, unless something speaks against it: then nothing is
    /// written. Asked and written in one transaction, so that two people can't make the same at the same moment. Throws
    /// `refused` for an account, an operator or an authority that is not there.
    package func make(
        _ request: RoleRequest, id: String?, by procedure: Procedure, actor: String, at now: Date
    ) async throws(StoreFault) -> RequestMaking {
        let cache = cache
        return try await write { db in
            guard var view = try Self.view(of: request.account, at: now, cache, db) else {
                throw StoreFault(.refused, "there is no account '\(request.account)'")
            }
            if let id = request.operatorID {
                guard case .operator(let found) = try RegistryTables.item(.operator, id.text, db)?.entry else {
                    throw StoreFault(.refused, "there is no operator '\(id)'")
                }
                view.operators[id] = found
            }
            if let id = request.authorityID {
                guard case .authority(let found) = try RegistryTables.item(.authority, id.text, db)?.entry else {
                    throw StoreFault(.refused, "there is no authority '\(id)'")
                }
                view.authorities[id] = found
            }
            let objections = view.objections(to: request, by: procedure)
            guard objections.isEmpty else { return .refused(objections) }
            let item = try Self.create(
                { .request(request.with(id: RoleRequestID($0))) }, prefix: "R", id: id, action: "request.created",
                actor: actor, at: now, db)
            return .made(item)
        }
    }

    /// Makes the change, raises the round and queues the notice. Throws `refused` when the request is not in a status
    /// that allows it.
    package func change(_ change: RequestChange, actor: String, at now: Date) async throws(StoreFault) {
        try await write { db in
            if let seen = change.registry,
                try !db.exists("SELECT 1 FROM registry_state WHERE changes = ?", [seen])
            {
                throw StoreFault(.busy, "the registry has changed meanwhile", hint: "look again, then decide")
            }
            if let since = change.since,
                try !db.exists(
                    "SELECT 1 FROM request WHERE id = ? AND since = ?", [change.request.text, since.milliseconds])
            {
                throw StoreFault(.refused, "request '\(change.request)' has moved on meanwhile")
            }
            guard try Self.apply(Transition(change.move, of: change.request), at: now, db) else {
                throw try Self.refusal(of: change, db)
            }
            if let role = change.role { try Self.write(.role(role), at: now, db) }
            try Self.raiseChanges(db)
            var detail = [JSONValue.Member("status", .string(change.move.to.rawValue))]
            if let note = change.note { detail.append(JSONValue.Member("note", .string(note))) }
            if let notice = change.notice {
                try Self.enqueue(notice, at: now, db)
                detail.append(JSONValue.Member("notice", .string(notice.mail.messageID.text)))
            }
            try Self.audit(
                actor: actor, action: "request.\(change.move.to.rawValue)", subject: "request \(change.request)",
                detail: detail, at: now, db)
        }
    }

    /// Moves an account from one of the states to another. Throws `refused` when it is in none of them.
    package func setState(
        of account: AccountID, from states: [Account.State], to state: Account.State, note: String?, actor: String,
        at now: Date
    ) async throws(StoreFault) {
        try await write { db in
            let list = JSONValue.array(states.map { .string($0.rawValue) }).text
            let changed = try db.run(
                "UPDATE account SET state = ? WHERE id = ? AND state IN (SELECT value FROM json_each(?))",
                [state.rawValue, account.text, list])
            guard changed == 1 else {
                let now: String? = try db.first("SELECT state FROM account WHERE id = ?", [account.text]) { $0[0] }
                throw StoreFault(
                    .refused, now.map { "account '\(account)' is '\($0)'" } ?? "there is no account '\(account)'")
            }
            try Self.raiseChanges(db)
            let detail = note.map { [JSONValue.Member("note", .string($0))] } ?? []
            try Self.audit(
                actor: actor, action: "account.\(state.rawValue)", subject: "account \(account)", detail: detail,
                at: now,
                db)
        }
    }

    /// Queues a notice that changes nothing.
    package func queue(_ notice: QueuedNotice, actor: String, at now: Date) async throws(StoreFault) {
        try await write { db in try Self.queue(notice, actor: actor, at: now, db) }
    }

    /// The same inside the caller's transaction.
    static func queue(_ notice: QueuedNotice, actor: String, at now: Date, _ db: Database) throws {
        try enqueue(notice, at: now, db)
        try audit(
            actor: actor, action: notice.kind, subject: notice.about,
            detail: [JSONValue.Member("notice", .string(notice.mail.messageID.text))], at: now, db)
    }

    /// A notice whose Message-ID is in the outbox already is not queued a second time.
    static func enqueue(_ notice: QueuedNotice, at now: Date, _ db: Database) throws {
        let mail = notice.mail
        let queued = try db.run(
            """
            INSERT INTO outbox (about, recipient, recipients, envelope_from, message_id, verdict, state, next_attempt_at,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?) ON CONFLICT (message_id) DO NOTHING
            """,
            [
                notice.about, mail.recipients.first?.key ?? "", mail.recipients.map(\.text).joined(separator: " "),
                mail.envelopeFrom?.text, mail.messageID.text, notice.kind, now.milliseconds, now.milliseconds,
            ])
        guard queued == 1 else { return }
        if notice.about.hasPrefix("request ") { try noteMail(about: String(notice.about.dropFirst(8)), db) }
        try db.run("INSERT INTO outbox_mail VALUES (?, ?)", [db.lastInsertedRowID, Data(mail.bytes)])
    }

    private static func refusal(of change: RequestChange, _ db: Database) throws -> StoreFault {
        let status: String? = try db.first("SELECT status FROM request WHERE id = ?", [change.request.text]) { $0[0] }
        guard let status else { return StoreFault(.refused, "there is no request '\(change.request)'") }
        let allowed = change.move.from.map(\.rawValue).joined(separator: ", ")
        return StoreFault(
            .refused, "request '\(change.request)' is '\(status)'",
            hint: "\(change.move.rawValue) takes one that is \(allowed)")
    }

    private static func write(_ entry: RegistryEntry, at now: Date, _ db: Database) throws {
        let changes: Int64 = try db.first("SELECT changes FROM registry_state") { $0[0] } ?? 0
        let tables = RegistryTables(db: db, change: changes + 1, now: now)
        switch RegistryLines.parse(Array(entry.json.utf8), number: 1) {
        case .entry(let line): _ = try tables.write(line.entry, json: line.json)
        case .problem(let problem): throw StoreFault(.refused, problem.reason)
        }
    }

    private static func raiseChanges(_ db: Database) throws {
        try db.run("UPDATE registry_state SET changes = changes + 1")
    }
}

extension RoleRequest {
    fileprivate func with(id: RoleRequestID) -> RoleRequest {
        RoleRequest(
            id: id, account: account, kind: kind, operatorID: operatorID, authorityID: authorityID, actingAs: actingAs,
            additional: additional, requestedAt: requestedAt)
    }
}
