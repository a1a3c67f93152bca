import Crypto
package import Foundation
import GRDB
package import Judging
package import Mail

// The port `Journal`: taking mails in, handing them out, noting what lies where.

extension Store {
    /// How far `mailbox` is taken over; nil at the very first.
    package func cursor(of mailbox: String) async throws(StoreFault) -> MailboxCursor? {
        try await read { db in
            try db.first("SELECT uidvalidity, next_uid FROM mailbox WHERE name = ?", [mailbox]) { row in
                guard let validity = row[0] as UInt32?, let next = (row[1] as UInt32?).flatMap(UID.init) else {
                    return nil
                }
                return MailboxCursor(validity: UIDValidity(validity), next: next)
            }
        }
    }

    /// Stores mails and moves the cursor, in one transaction. Returns how many mails are new.
    ///
    /// Bytes known under an older UID generation, or from another mailbox, only get their new place (and count as
    /// unsettled there); bytes known in this generation are stored as `ignored`, reason `duplicate`. A place that is
    /// stored already is left as it is.
    package func store(
        _ mails: [FetchedMail], in mailbox: String, cursor: MailboxCursor, at now: Date
    ) async throws(StoreFault) -> Int {
        // Hashing is the dearest part: it happens before the database is held.
        let hashes = mails.map { mail in mail.raw.map { Data(SHA256.hash(data: $0.bytes)) } }
        return try await write { db in
            let box = try Self.mailboxNumber(mailbox, db)
            var new = 0
            for (mail, hash) in zip(mails, hashes) {
                if try Self.store(mail, hash: hash, box: box, validity: cursor.validity, at: now, db) { new += 1 }
            }
            try db.run(
                "UPDATE mailbox SET uidvalidity = ?, next_uid = ? WHERE id = ?",
                [cursor.validity.number, cursor.next.number, box])
            return new
        }
    }

    private static func mailboxNumber(_ name: String, _ db: Database) throws -> Int64 {
        if let known: Int64 = try db.first("SELECT id FROM mailbox WHERE name = ?", [name], { $0[0] }) { return known }
        try db.run("INSERT INTO mailbox (name) VALUES (?)", [name])
        return db.lastInsertedRowID
    }

    private static func store(
        _ mail: FetchedMail, hash: Data?, box: Int64, validity: UIDValidity, at now: Date, _ db: Database
    ) throws -> Bool {
        let uid = mail.listing.uid.number
        var isDuplicate = false
        if let hash {
            var older: Int64?
            let known = try db.rows(JournalSQL.known, [hash])
            while let row = try known.next() {
                let isHere = row[1] as Int64 == box && row[2] as UInt32 == validity.number
                if isHere, row[3] as UInt32 == uid { return false }
                if isHere { isDuplicate = true } else if older == nil { older = row[0] }
            }
            if let older {
                try db.run(
                    "UPDATE OR IGNORE journal SET mailbox = ?, uidvalidity = ?, uid = ?, settled = 0 WHERE id = ?",
                    [box, validity.number, uid, older])
                return false
            }
        }
        if mail.raw == nil, try movePlace(of: mail.listing, box: box, validity: validity, db) { return false }
        let received = mail.raw?.receivedAt ?? mail.listing.receivedAt ?? now
        let stored = try db.run(
            """
            INSERT INTO journal (mailbox, uidvalidity, uid, sha256, size, received_at, stored_at, verdict, reason, decided_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            [
                box, validity.number, uid, hash, mail.raw?.bytes.count ?? mail.listing.size, received.milliseconds,
                now.milliseconds, isDuplicate ? Verdict.ignored.rawValue : nil, isDuplicate ? "duplicate" : nil,
                isDuplicate ? now.milliseconds : nil,
            ])
        guard stored == 1 else { return false }
        if let raw = mail.raw, !isDuplicate {
            try db.run("INSERT INTO journal_mail VALUES (?, ?)", [db.lastInsertedRowID, Data(raw.bytes)])
        }
        return !isDuplicate
    }

    /// Gives a mail that was never downloaded, and so has no hash, its new place if a row of an older UID generation has
    /// its size and its moment of arrival. Two such mails of one generation are two mails: they are never duplicates.
    private static func movePlace(
        of listing: MailboxListing, box: Int64, validity: UIDValidity, _ db: Database
    ) throws -> Bool {
        guard let received = listing.receivedAt else { return false }
        let older: Int64? = try db.first(
            JournalSQL.unhashed, [box, listing.size, received.milliseconds, validity.number]
        ) { $0[0] }
        guard let older else { return false }
        try db.run(
            "UPDATE OR IGNORE journal SET uidvalidity = ?, uid = ?, settled = 0 WHERE id = ?",
            [validity.number, listing.uid.number, older])
        return true
    }

    /// Raises `attempts` of up to `limit` undecided mails of together about `bytes` octets, commits, and returns them,
    /// oldest first. An entry that was tried before comes alone, so that a mail that kills the process takes no other
    /// with it. `after` is the last entry of a batch that is still in hand; only later ones are claimed.
    package func claimUndecided(
        limit: Int, bytes: Int, after: JournalID? = nil
    ) async throws(StoreFault) -> [JournalEntry] {
        try await write { db in
            var claimed: [JournalEntry] = []
            var octets = 0
            let rows = try db.rows(
                JournalSQL.undecided, [after?.number ?? 0, max(0, limit)])
            while let row = try rows.next() {
                let earlier: Int = row[2]
                let size: Int = row[1]
                // What a server claims of a size may be anything.
                let weight = min(max(0, size), 1 << 40)
                if !claimed.isEmpty, earlier > 0 || octets + weight > bytes { break }
                let received = Date(milliseconds: row[3])
                let raw = try row.withUnsafeData(atIndex: 4) { data in
                    data.map { RawMail(bytes: [UInt8]($0), receivedAt: received) }
                }
                claimed.append(
                    JournalEntry(
                        id: JournalID(row[0]), raw: raw, size: size, earlierAttempts: earlier, round: row[5],
                        receivedAt: received, vouch: Self.vouch(for: raw, sender: row[6], hash: row[7])))
                octets += weight
                if earlier > 0 { break }
            }
            guard let first = claimed.first, let last = claimed.last else { return [] }
            // The claimed ones follow each other among the undecided, so a range names them all and nobody else.
            try db.run(
                JournalSQL.raise, [first.id.number, last.id.number])
            return claimed
        }
    }

    /// An operator's word about a mail's sender: good for the very bytes that it was given for.
    private static func vouch(for raw: RawMail?, sender: String?, hash: Data?) -> Vouch? {
        guard let raw, let hash, let sender = sender.flatMap({ EmailAddress($0) }),
            Data(SHA256.hash(data: raw.bytes)) == hash
        else { return nil }
        return Vouch(sender: sender)
    }

    /// Takes back the attempt of entries that were claimed and not judged for a reason that lies not in them, in one
    /// transaction. An entry that was decided meanwhile keeps its count.
    package func giveBack(_ entries: [JournalID]) async throws(StoreFault) {
        guard !entries.isEmpty else { return }
        try await write { db in
            for entry in entries { try db.run(JournalSQL.giveBack, [entry.number]) }
        }
    }

    /// Judged mails of one UID generation that still lie where they arrived, oldest first.
    package func unsettled(
        in mailbox: String, validity: UIDValidity, limit: Int
    ) async throws(StoreFault) -> [UnsettledMail] {
        try await read { db in
            var mails: [UnsettledMail] = []
            let rows = try db.rows(
                JournalSQL.unsettled, [mailbox, validity.number, max(0, limit)])
            while let row = try rows.next() {
                guard let uid = UID(row[1]), let verdict = Verdict(rawValue: row[2]) else { continue }
                mails.append(
                    UnsettledMail(
                        entry: JournalID(row[0]), uid: uid, verdict: verdict, reason: Reason(row[3] ?? ""),
                        isAgain: row[4] as Int > 0))
            }
            return mails
        }
    }

    package func markSettled(_ entries: [JournalID]) async throws(StoreFault) {
        guard !entries.isEmpty else { return }
        try await write { db in
            for entry in entries { try db.run("UPDATE journal SET settled = 1 WHERE id = ?", [entry.number]) }
        }
    }

    /// Notes a successful look into the mailbox, for `status`.
    package func notePoll(of mailbox: String, at now: Date) async throws(StoreFault) {
        try await write { db in
            let box = try Self.mailboxNumber(mailbox, db)
            try db.run("UPDATE mailbox SET polled_at = ? WHERE id = ?", [now.milliseconds, box])
        }
    }
}

/// The journal's statements that run again and again.
enum JournalSQL {
    static let known = "SELECT id, mailbox, uidvalidity, uid FROM journal WHERE sha256 = ? ORDER BY id"
    static let undecided = """
        SELECT j.id, j.size, j.attempts, j.received_at, m.bytes, j.round, w.sender, w.sha256
        FROM journal j INDEXED BY journal_undecided LEFT JOIN journal_mail m ON m.id = j.id
        LEFT JOIN operator_word w ON w.journal = j.id AND w.round = j.round AND w.action = 'verified'
            AND w.used_at IS NULL
        WHERE j.verdict IS NULL AND j.id > ? ORDER BY j.id LIMIT ?
        """
    static let raise = """
        UPDATE journal INDEXED BY journal_undecided SET attempts = attempts + 1
        WHERE id BETWEEN ? AND ? AND verdict IS NULL
        """
    static let giveBack = "UPDATE journal SET attempts = max(0, attempts - 1) WHERE id = ? AND verdict IS NULL"
    static let unhashed = """
        SELECT id FROM journal INDEXED BY journal_unhashed
        WHERE sha256 IS NULL AND mailbox = ? AND size = ? AND received_at = ? AND uidvalidity != ? ORDER BY id LIMIT 1
        """
    static let unsettled = """
        SELECT j.id, j.uid, j.verdict, j.reason, j.round FROM mailbox b
        CROSS JOIN journal j INDEXED BY journal_unsettled ON j.mailbox = b.id
        WHERE b.name = ? AND j.uidvalidity = ? AND j.settled = 0 AND j.verdict IS NOT NULL
        ORDER BY j.id LIMIT ?
        """
}
