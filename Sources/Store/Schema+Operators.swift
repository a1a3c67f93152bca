extension Schema {
    /// What operators say about mails, and decisions that one prepares and another submits.
    ///
    /// An `operator_word` belongs to the round of judging that it began. A vouch in it is good for that round and for the
    /// bytes of that hash, and for one verdict: `used_at` is the moment of that. A `decision` is open while `ended_at` is
    /// NULL, and only one about the same thing can be. `round` is its subject's when it was prepared: once that is another,
    /// what was looked at is not what would be decided on.
    static let operatorWords = """
        CREATE TABLE operator_word (
            journal INTEGER NOT NULL REFERENCES journal(id),
            round INTEGER NOT NULL,
            action TEXT NOT NULL,               -- released, verified, refused, ignored
            sender TEXT,                        -- of 'verified': whose mail it is said to be, lower case
            sha256 BLOB,                        -- of 'verified'
            actor TEXT NOT NULL,
            prepared_by TEXT,                   -- NULL: nobody else prepared it
            note TEXT,
            at INTEGER NOT NULL,
            used_at INTEGER,
            PRIMARY KEY (journal, round)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE decision (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            person TEXT NOT NULL,               -- the Unix user that counted: whoever it is may drop it
            subject TEXT NOT NULL,              -- 'message 7', 'request R-1'
            round INTEGER NOT NULL,
            command TEXT NOT NULL,              -- JSON
            note TEXT,
            outcome TEXT,                       -- submitted, dropped; NULL: open
            ended_at INTEGER,
            ended_by TEXT
        ) STRICT;
        CREATE UNIQUE INDEX decision_open ON decision(subject) WHERE ended_at IS NULL;
        """
}
