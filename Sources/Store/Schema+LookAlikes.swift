extension Schema {
    /// The domains of all mailboxes that the registry has or had, by how they look (`DomainLook.key`), so that for a sender
    /// whom nobody knows those are found at once that the sender's may be taken for.
    static let lookalikes = """
        CREATE TABLE known_domain (
            look TEXT NOT NULL,
            domain TEXT NOT NULL,                       -- A-labels
            PRIMARY KEY (look, domain)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE known_domain_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            version INTEGER NOT NULL                    -- DomainLook.keyVersion of every look
        ) STRICT;
        INSERT INTO known_domain_state VALUES (1, 0);
        """
}
