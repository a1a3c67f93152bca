extension Schema {
    /// What comes back of replies, and how many may go out.
    ///
    /// `bounced_at` and `bounce_status` say when a delivery report came and with which status code; they count while the
    /// row is `bounced`. A request's `last_mail` is the newest reply or notice about it. `reply_allowance` is the token
    /// bucket of the global limit.
    static let automatic = """
        ALTER TABLE outbox ADD COLUMN bounced_at INTEGER;
        ALTER TABLE outbox ADD COLUMN bounce_status TEXT;
        ALTER TABLE request ADD COLUMN last_mail INTEGER;   -- the outbox's number
        UPDATE request SET last_mail = newest.id FROM (
            SELECT coalesce(j.request, substr(o.about, 9)) AS request, max(o.id) AS id
            FROM outbox o LEFT JOIN journal j ON j.id = o.journal
            WHERE j.request IS NOT NULL OR o.about LIKE 'request %' GROUP BY 1
        ) AS newest WHERE newest.request = request.id;

        CREATE TABLE reply_allowance (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            taken REAL NOT NULL,                -- replies that time has not made up for yet
            moment INTEGER NOT NULL             -- when that was so
        ) STRICT;
        """
}
