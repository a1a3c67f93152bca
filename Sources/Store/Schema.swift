import GRDB

/// The tables, as migrations. One that has been released is never changed: a new one is added below it.
enum Schema {
    /// `PRAGMA application_id`: "Pstn".
    static let applicationID: Int32 = 0x5073_746e
    /// `PRAGMA user_version`: how many migrations a database has seen.
    static let version = 7

    static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 mail and registry") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: mail)
            try db.execute(sql: registry)
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        migrator.registerMigration("2 threads") { db in
            try db.execute(sql: threads)
            try db.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("3 registry by hand") { db in
            try db.execute(sql: byHand)
            try db.execute(sql: "PRAGMA user_version = 3")
        }
        migrator.registerMigration("4 search") { db in
            try db.execute(sql: search)
            try SearchIndex.fill(db)
            try db.execute(sql: "PRAGMA user_version = 4")
        }
        migrator.registerMigration("5 automatic mail") { db in
            try db.execute(sql: automatic)
            try db.execute(sql: "PRAGMA user_version = 5")
        }
        migrator.registerMigration("6 words of operators") { db in
            try db.execute(sql: operatorWords)
            try db.execute(sql: "PRAGMA user_version = 6")
        }
        migrator.registerMigration("7 lookalikes") { db in
            try db.execute(sql: lookalikes)
            try KnownDomains.renew(db)
            try db.execute(sql: "PRAGMA user_version = 7")
        }
        return migrator
    }

    /// Moments are milliseconds since 1970 UTC. Raw bytes have tables of their own, so that a change of state rewrites
    /// a small row only. Indexes that serve a queue hold the rows that wait and nothing else.
    private static let mail = """
        CREATE TABLE mailbox (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            uidvalidity INTEGER,
            next_uid INTEGER,
            polled_at INTEGER
        ) STRICT;

        CREATE TABLE journal (
            id INTEGER PRIMARY KEY,
            mailbox INTEGER NOT NULL REFERENCES mailbox(id),
            uidvalidity INTEGER NOT NULL,
            uid INTEGER NOT NULL,
            sha256 BLOB,                        -- NULL: too large, never downloaded
            size INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            stored_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            round INTEGER NOT NULL DEFAULT 0,   -- how often it was put back to be judged again
            verdict TEXT,                       -- NULL: undecided
            reason TEXT,
            request TEXT,
            sender TEXT,                        -- lower case
            authentication TEXT,
            message_id TEXT,
            subject TEXT,
            findings TEXT,                      -- JSON
            facts INTEGER,                      -- bits: 1 kind, 2 first name, 4 last name, 8 organisation
            language TEXT,
            profile TEXT,
            decided_at INTEGER,
            settled INTEGER NOT NULL DEFAULT 0, -- 1: shown on the server
            UNIQUE (mailbox, uidvalidity, uid)
        ) STRICT;
        CREATE INDEX journal_sha256 ON journal(sha256) WHERE sha256 IS NOT NULL;
        CREATE INDEX journal_undecided ON journal(id) WHERE verdict IS NULL;
        CREATE INDEX journal_unsettled ON journal(mailbox, uidvalidity, id) WHERE settled = 0 AND verdict IS NOT NULL;
        CREATE INDEX journal_verdict ON journal(verdict, decided_at) WHERE verdict IS NOT NULL;
        CREATE INDEX journal_facts ON journal(request, sender) WHERE facts > 0;

        CREATE TABLE journal_mail (
            id INTEGER PRIMARY KEY REFERENCES journal(id),
            bytes BLOB NOT NULL
        ) STRICT;

        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            journal INTEGER NOT NULL REFERENCES journal(id),
            recipient TEXT NOT NULL,            -- lower case: replies are counted by it
            recipients TEXT NOT NULL,           -- as written, a space between them
            envelope_from TEXT,                 -- NULL: the null reverse-path
            message_id TEXT NOT NULL UNIQUE,
            verdict TEXT NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            resent INTEGER NOT NULL DEFAULT 0,  -- 1: sent again after an answer was lost
            next_attempt_at INTEGER,            -- NULL: not waiting
            last_answer TEXT,
            created_at INTEGER NOT NULL,
            sent_at INTEGER
        ) STRICT;
        CREATE INDEX outbox_due ON outbox(next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
        CREATE INDEX outbox_state ON outbox(state) WHERE state != 'sent';
        CREATE INDEX outbox_recipient ON outbox(recipient, created_at);
        CREATE INDEX outbox_journal ON outbox(journal);

        CREATE TABLE outbox_mail (
            id INTEGER PRIMARY KEY REFERENCES outbox(id),
            bytes BLOB NOT NULL
        ) STRICT;

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL                -- JSON
        ) STRICT;
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit only grows'); END;
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit only grows'); END;
        """

    /// `entry` is the line as last imported, in its canonical writing with unknown members; the columns beside it are
    /// what is searched by. A request's `status` is the current one and may be further on than the line's.
    private static let registry = """
        CREATE TABLE registry_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            changes INTEGER NOT NULL            -- raised with every change, so that caches know
        ) STRICT;
        INSERT INTO registry_state VALUES (1, 0);

        CREATE TABLE account (
            id TEXT PRIMARY KEY NOT NULL,
            mailbox TEXT NOT NULL,              -- lower case
            entry TEXT NOT NULL
        ) STRICT;
        CREATE INDEX account_mailbox ON account(mailbox);

        CREATE TABLE former_mailbox (
            mailbox TEXT NOT NULL,              -- lower case
            account TEXT NOT NULL REFERENCES account(id),
            PRIMARY KEY (mailbox, account)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX former_mailbox_account ON former_mailbox(account);

        CREATE TABLE operator (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            country TEXT NOT NULL,
            entry TEXT NOT NULL
        ) STRICT;

        CREATE TABLE authority (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL,
            name TEXT NOT NULL,
            country TEXT NOT NULL,
            entry TEXT NOT NULL
        ) STRICT;
        CREATE INDEX authority_role ON authority(role, country);

        CREATE TABLE request (
            id TEXT PRIMARY KEY NOT NULL,
            account TEXT NOT NULL REFERENCES account(id),
            operator TEXT REFERENCES operator(id),
            authority TEXT REFERENCES authority(id),
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            entry TEXT NOT NULL
        ) STRICT;
        CREATE INDEX request_account ON request(account);

        CREATE TABLE role (
            key TEXT PRIMARY KEY NOT NULL,
            account TEXT NOT NULL REFERENCES account(id),
            role TEXT NOT NULL,
            authority TEXT REFERENCES authority(id),
            operator TEXT REFERENCES operator(id),
            status TEXT NOT NULL,
            entry TEXT NOT NULL
        ) STRICT;
        CREATE INDEX role_account ON role(account);

        CREATE TABLE eori (
            number TEXT PRIMARY KEY NOT NULL,
            valid_from TEXT NOT NULL,
            valid_to TEXT,
            entry TEXT NOT NULL
        ) STRICT;

        CREATE TABLE mandate (
            key TEXT PRIMARY KEY NOT NULL,
            account TEXT NOT NULL REFERENCES account(id),
            economic_operator TEXT NOT NULL,
            entry TEXT NOT NULL
        ) STRICT;
        CREATE INDEX mandate_account ON mandate(account);

        CREATE TABLE delegation (
            key TEXT PRIMARY KEY NOT NULL,
            economic_operator TEXT NOT NULL,
            entry TEXT NOT NULL
        ) STRICT;
        CREATE INDEX delegation_economic_operator ON delegation(economic_operator);

        -- The words of the organisations' names, to find names that contain another. The words come folded
        -- already, and this tokenizer leaves all that is not ASCII alone. A rowid is twice the organisation's
        -- number, plus one for an authority.
        CREATE VIRTUAL TABLE name_words USING fts5(words, content = '', tokenize = 'ascii');
        """

    /// Facts that a mail gave count in its own thread only, and as long as the registry says what they rest on.
    ///
    /// `thread` is the journal's number of the mail that the thread began with; NULL in rows of before. `registry` is
    /// the count of changes that the mail was judged at; NULL there too, so that nothing is taken for true that may
    /// not be. `changed` is the count of changes that an entry's line last changed with.
    private static let threads = """
        ALTER TABLE journal ADD COLUMN thread INTEGER;
        ALTER TABLE journal ADD COLUMN registry INTEGER;
        DROP INDEX journal_facts;
        CREATE INDEX journal_thread ON journal(thread, sender) WHERE facts > 0;
        -- Finds a mail again that has no hash, as it was never downloaded.
        CREATE INDEX journal_unhashed ON journal(mailbox, size, received_at) WHERE sha256 IS NULL;

        ALTER TABLE account ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE operator ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE authority ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE request ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        """

    /// What people at the keyboard, mails and the clock do to the registry, beside what its lines say.
    ///
    /// A request's `round` counts the changes of its status: a reference is good for one round. `since` is the moment from
    /// which its waiting counts. An account's `state` is the current one and may be further on than its line's. A former
    /// mailbox is `noted` when we saw it go, not the line; `until` is the last day that it was good, where that is known.
    private static let byHand = """
        ALTER TABLE account ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
        UPDATE account SET state = coalesce(entry ->> '$.state', 'active');
        ALTER TABLE account ADD COLUMN validated_at INTEGER;

        ALTER TABLE request ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE request ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE request ADD COLUMN reminded_at INTEGER;
        UPDATE request SET since = coalesce(unixepoch(entry ->> '$.requestedAt') * 1000, 0);
        CREATE INDEX request_waiting ON request(reminded_at, since) WHERE status IN ('requested', 'prepared');

        -- Which place of the queue stands for which message is no longer always a mail's: a notice answers none.
        CREATE TABLE outbox_new (
            id INTEGER PRIMARY KEY,
            journal INTEGER REFERENCES journal(id),     -- NULL: a notice
            about TEXT,                                 -- of a notice: 'request R-1', 'account A-1'
            recipient TEXT NOT NULL,
            recipients TEXT NOT NULL,
            envelope_from TEXT,
            message_id TEXT NOT NULL UNIQUE,
            verdict TEXT NOT NULL,                      -- of a notice: 'notice.granted' and the like
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            resent INTEGER NOT NULL DEFAULT 0,
            next_attempt_at INTEGER,
            last_answer TEXT,
            created_at INTEGER NOT NULL,
            sent_at INTEGER
        ) STRICT;
        INSERT INTO outbox_new SELECT id, journal, NULL, recipient, recipients, envelope_from, message_id, verdict, state,
            attempts, resent, next_attempt_at, last_answer, created_at, sent_at FROM outbox;
        CREATE TABLE outbox_mail_new (id INTEGER PRIMARY KEY REFERENCES outbox_new(id), bytes BLOB NOT NULL) STRICT;
        INSERT INTO outbox_mail_new SELECT id, bytes FROM outbox_mail;
        DROP TABLE outbox_mail;
        DROP TABLE outbox;
        ALTER TABLE outbox_new RENAME TO outbox;
        ALTER TABLE outbox_mail_new RENAME TO outbox_mail;
        CREATE INDEX outbox_due ON outbox(next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
        CREATE INDEX outbox_state ON outbox(state) WHERE state != 'sent';
        CREATE INDEX outbox_recipient ON outbox(recipient, created_at);
        CREATE INDEX outbox_journal ON outbox(journal) WHERE journal IS NOT NULL;

        ALTER TABLE former_mailbox ADD COLUMN until TEXT;
        ALTER TABLE former_mailbox ADD COLUMN noted INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE former_official_mailbox (
            mailbox TEXT NOT NULL,                      -- lower case
            authority TEXT NOT NULL REFERENCES authority(id),
            until TEXT,
            PRIMARY KEY (authority, mailbox)
        ) STRICT, WITHOUT ROWID;

        -- The next number for an id that we give: 'A', 'OP', 'R'.
        CREATE TABLE numbering (prefix TEXT PRIMARY KEY NOT NULL, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """
}
