import GRDB
import LookAlikes
import Mail
import Registry

/// Domains of the registry's mailboxes on their way into the table `known_domain`. One run of an import gathers them and
/// writes each once, in the order of the table.
final class KnownDomains {
    /// So many distinct domains are written before the end.
    private static let most = 200_000

    var isFull: Bool { waiting.count >= Self.most }

    private var waiting: Set<String> = []
    /// The one noted last: an export lists the people of one company one after the other.
    private var last = ""

    func note(_ entry: RegistryEntry) {
        switch entry {
        case .account(let it):
            note(it.mailbox.domain)
            for former in it.formerMailboxes { note(former.address.domain) }
        case .authority:
            for domain in entry.mailDomains { note(domain) }
        case .operator, .request, .role, .eori, .mandate, .delegation: return
        }
    }

    private func note(_ domain: String) {
        guard domain != last else { return }
        last = domain
        waiting.insert(domain)
    }

    func write(_ db: Database) throws {
        let rows = waiting.map { (DomainLook.key(of: $0), $0) }.sorted { $0 < $1 }
        for (look, domain) in rows { try db.run(KnownDomainSQL.add, [look, domain]) }
        waiting = []
        last = ""
    }

    /// Makes every look anew where they were made by other rules, or by tables of another version of Unicode: after an
    /// update of Postern or of the system.
    static func renew(_ db: Database) throws {
        let version = DomainLook.keyVersion
        let domains = KnownDomains()
        for sql in [
            KnownDomainSQL.mailboxes, KnownDomainSQL.formerMailboxes, KnownDomainSQL.formerOfficialMailboxes,
            KnownDomainSQL.domains,
        ] {
            let rows = try db.rows(sql)
            while let row = try rows.next() { domains.waiting.insert(Self.domain(of: row[0])) }
        }
        let rows = try db.rows(KnownDomainSQL.authorities)
        while let row = try rows.next() {
            let json: String = row[0]
            if let entry = RegistryEntry(json: Array(json.utf8)) { domains.note(entry) }
        }
        try db.run("DELETE FROM known_domain")
        try domains.write(db)
        try db.run("UPDATE known_domain_state SET version = ?", [version])
    }

    static func isUpToDate(_ db: Database) throws -> Bool {
        try db.first("SELECT version FROM known_domain_state") { $0[0] } == DomainLook.keyVersion
    }

    /// What stands behind the `@` of an ``EmailAddress/key``.
    private static func domain(of key: String) -> String {
        key.utf8.lastIndex(of: UInt8(ascii: "@")).map { String(key[key.utf8.index(after: $0)...]) } ?? key
    }
}

/// Finds for senders whom no account has the domains of the registry that theirs may be taken for.
struct NeighbourReader {
    let db: Database

    /// By the sender's key (``EmailAddress/key``); nothing for who has no neighbours.
    func neighbours(of senders: [EmailAddress]) throws -> [String: [Neighbour]] {
        guard !senders.isEmpty else { return [:] }
        let searches = Dictionary(
            senders.map { ($0.key, NeighbourSearch(for: $0)) }, uniquingKeysWith: { first, _ in first })
        let domains = try found(KnownDomainSQL.alike, Set(searches.values.flatMap(\.keys)))
        guard !domains.isEmpty else { return [:] }
        let chosen = searches.mapValues { search in search.chosen(from: search.keys.flatMap { domains[$0] ?? [] }) }
        let mailboxes = searches.flatMap { key, search in (chosen[key] ?? []).map(search.mailbox(at:)) }
        let accounts = try found(KnownDomainSQL.accounts, Set(mailboxes))
        return searches.reduce(into: [:]) { neighbours, search in
            neighbours[search.key] = chosen[search.key]?.map { domain in
                let ids = accounts[search.value.mailbox(at: domain)] ?? []
                return Neighbour(domain: domain, account: ids.map { AccountID($0) }.min())
            }
        }
    }

    private func found(_ sql: String, _ keys: Set<String>) throws -> [String: [String]] {
        guard !keys.isEmpty else { return [:] }
        let rows = try db.rows(sql, [JSONValue.array(keys.sorted().map(JSONValue.string)).text])
        var found: [String: [String]] = [:]
        while let row = try rows.next() { found[row[0], default: []].append(row[1]) }
        return found
    }
}

/// `?1` of the statements for senders is a JSON list of keys.
enum KnownDomainSQL {
    static let add = "INSERT OR IGNORE INTO known_domain (look, domain) VALUES (?, ?)"
    static let alike = """
        SELECT k.value, d.domain FROM json_each(?1) k CROSS JOIN known_domain d ON d.look = k.value
        """
    static let accounts = "SELECT k.value, a.id FROM json_each(?1) k CROSS JOIN account a ON a.mailbox = k.value"
    static let domains = "SELECT domain FROM known_domain"
    static let authorities = "SELECT entry FROM authority"
    static let mailboxes = "SELECT mailbox FROM account"
    static let formerMailboxes = "SELECT DISTINCT mailbox FROM former_mailbox"
    static let formerOfficialMailboxes = "SELECT mailbox FROM former_official_mailbox"
}
