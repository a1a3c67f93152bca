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

    /// Fills the table from the entries that are there.
    static func fill(_ db: Database) throws {
        let domains = KnownDomains()
        for sql in [KnownDomainSQL.mailboxes, KnownDomainSQL.formerMailboxes, KnownDomainSQL.formerOfficialMailboxes] {
            let rows = try db.rows(sql)
            while let row = try rows.next() {
                guard let mailbox = EmailAddress(row[0] as String) else { continue }
                domains.note(mailbox.domain)
                if domains.isFull { try domains.write(db) }
            }
        }
        let rows = try db.rows("SELECT entry FROM authority")
        while let row = try rows.next() {
            let json: String = row[0]
            if let entry = RegistryEntry(json: Array(json.utf8)) { domains.note(entry) }
        }
        try domains.write(db)
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
    static let mailboxes = "SELECT mailbox FROM account"
    static let formerMailboxes = "SELECT DISTINCT mailbox FROM former_mailbox"
    static let formerOfficialMailboxes = "SELECT mailbox FROM former_official_mailbox"
}
