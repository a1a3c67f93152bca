extension Schema {
    /// The domains of all mailboxes that the registry has or had, by how they look (`DomainLook.key`), so that for a sender
    /// whom nobody knows those are found at once that the sender's may be taken for.
    static let lookalikes = """
        CREATE TABLE known_domain (
            look TEXT NOT NULL,
            domain TEXT NOT NULL,                       -- A-labels
            PRIMARY KEY (look, domain)
        ) STRICT, WITHOUT ROWID;
        """
}
