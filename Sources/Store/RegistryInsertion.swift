import GRDB
import Mail
import Registry

/// The statements that add one entry to tables that don't have it, with their values. Made of the entry alone, so that an
/// import can make them beside the database's thread.
struct RegistryInsertion: Sendable {
    struct Statement: Sendable {
        let sql: String
        let arguments: StatementArguments
    }

    let statement: Statement
    /// Rows that refer to the first.
    let further: [Statement]
    /// What an organisation is found by.
    let search: SearchText?

    /// `json` is the entry's line in its canonical writing, `change` the count of the registry's changes.
    init(_ entry: RegistryEntry, json: String, change: Int64) {
        var further: [Statement] = []
        var search: SearchText?
        switch entry {
        case .account(let it):
            statement = Statement(
                sql: "INSERT INTO account (id, mailbox, entry, changed, state) VALUES (?, ?, ?, ?, ?)",
                arguments: [it.id.text, it.mailbox.key, json, change, it.state.rawValue])
            further = it.formerMailboxes.map { Self.former($0, of: it) }
        case .operator(let it):
            statement = Statement(
                sql: "INSERT INTO operator (id, name, country, entry, changed) VALUES (?, ?, ?, ?, ?)",
                arguments: [it.id.text, it.name, it.country, json, change])
            search = SearchText(it)
        case .authority(let it):
            statement = Statement(
                sql: "INSERT INTO authority (id, role, name, country, entry, changed) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [it.id.text, it.role.rawValue, it.name, it.country, json, change])
            search = SearchText(it)
        case .request(let it):
            statement = Statement(
                sql: """
                    INSERT INTO request (id, account, operator, authority, kind, status, entry, changed, since)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    it.id.text, it.account.text, it.operatorID?.text, it.authorityID?.text, it.kind.text,
                    it.status.rawValue, json, change, it.requestedAt.milliseconds,
                ])
        case .role(let it):
            statement = Statement(
                sql: """
                    INSERT INTO role (key, account, role, authority, operator, status, entry)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.key, it.account.text, it.role, it.authority?.text, it.operatorID?.text, it.status.rawValue,
                    json,
                ])
        case .eori(let it):
            statement = Statement(
                sql: "INSERT INTO eori (number, valid_from, valid_to, entry) VALUES (?, ?, ?, ?)",
                arguments: [it.number, it.validFrom.text, it.validTo?.text, json])
        case .mandate(let it):
            statement = Statement(
                sql: "INSERT INTO mandate (key, account, economic_operator, entry) VALUES (?, ?, ?, ?)",
                arguments: [entry.key, it.account.text, it.economicOperator, json])
        case .delegation(let it):
            statement = Statement(
                sql: "INSERT INTO delegation (key, economic_operator, entry) VALUES (?, ?, ?)",
                arguments: [entry.key, it.economicOperator, json])
        }
        self.further = further
        self.search = search
    }

    /// A mailbox that the account's line calls former.
    static func former(_ mailbox: DatedMailbox, of account: Account) -> Statement {
        Statement(
            sql: "INSERT OR REPLACE INTO former_mailbox (mailbox, account, until) VALUES (?, ?, ?)",
            arguments: [mailbox.key, account.id.text, mailbox.validTo?.text])
    }
}
