package import Foundation
import GRDB
package import Judging
import Mail
import Registry

extension Store {
    /// What each key needs, in the keys' order, read at one moment with a dozen statements for all keys together.
    ///
    /// `recentReplies` counts what went to the sender's address and to the mailboxes of its accounts: replies to mail
    /// from a former mailbox go to the present one.
    package func views(for keys: [ViewKey], at now: Date) async throws(StoreFault) -> [SenderView] {
        let cache = cache
        return try await read { db in try Self.views(for: keys, at: now, cache, db) }
    }

    /// The same inside the caller's transaction, before it writes.
    static func views(
        for keys: [ViewKey], at now: Date, _ cache: RegistryCache, _ db: Database
    ) throws -> [SenderView] {
        var reader = ViewReader(db: db, cache: cache)
        return try reader.views(for: keys, at: now)
    }
}

/// Reads the views of one batch of mails. Each list of keys goes to SQLite as one JSON text.
private struct ViewReader {
    let db: Database
    let cache: RegistryCache

    private var accounts: [String: [Account]] = [:]
    private var requests: [AccountID: [RoleRequest]] = [:]
    private var operators: [OperatorID: Operator] = [:]
    private var authorities: [AuthorityID: Authority] = [:]
    private var roles: [AccountID: [RoleGrant]] = [:]
    private var mandates: [AccountID: [Mandate]] = [:]
    private var delegations: [String: [Delegation]] = [:]
    private var eoris: [String: EORI] = [:]
    private var replies: [String: [Verdict: Int]] = [:]
    private var threads: ThreadReader
    private var ages = RegistryAges()
    private var longerNames: [String: [String]] = [:]

    init(db: Database, cache: RegistryCache) {
        self.db = db
        self.cache = cache
        threads = ThreadReader(db: db)
    }

    mutating func views(for keys: [ViewKey], at now: Date) throws -> [SenderView] {
        cache.advance(to: try db.first("SELECT changes FROM registry_state") { $0[0] } ?? 0)
        let competentAuthorities = try cache.competentAuthorities { try readCompetentAuthorities() }
        let senders = Set(keys.compactMap { $0.sender?.key })
        try readAccounts(of: senders)
        try readOfAccounts(Set(accounts.values.joined().map(\.id.text)))
        try readReplies(to: senders.union(accounts.values.joined().map(\.mailbox.key)), around: now)
        try threads.read(keys)
        let allowance = try Store.allowance(db)
        return try keys.map { key in
            var view = view(of: key.sender?.key)
            view.competentAuthorities = competentAuthorities
            view.thread = try threads.context(of: key, in: view, ages: ages)
            let mailboxes = Set([key.sender?.key].compactMap { $0 } + view.accounts.map(\.mailbox.key))
            var counts: [Verdict: Int] = [:]
            for mailbox in mailboxes { counts.merge(replies[mailbox] ?? [:], uniquingKeysWith: +) }
            return SenderView(
                registry: view, recentReplies: counts, bounced: try bounced(by: key.report), allowance: allowance)
        }
    }

    private func view(of sender: String?) -> RegistryView {
        var view = RegistryView()
        guard let sender, let found = accounts[sender] else { return view }
        view.accounts = found
        for account in found {
            view.requests += requests[account.id] ?? []
            view.roles += roles[account.id] ?? []
            view.mandates += mandates[account.id] ?? []
        }
        for request in view.requests {
            if let id = request.operatorID { view.operators[id] = operators[id] }
            if let id = request.authorityID { view.authorities[id] = authorities[id] }
        }
        for name in view.operators.values.map(\.name) + view.authorities.values.map(\.name) {
            if let longer = longerNames[name], !longer.isEmpty { view.longerNames[name] = longer }
        }
        view.delegations = view.economicOperators.flatMap { delegations[$0] ?? [] }
        view.eoris = view.namedEORIs.compactMap { eoris[$0] }
        return view
    }

    /// Hands each row to `take`: first the key that it belongs to, then an entry's JSON text.
    private func each(_ sql: String, _ keys: Set<String>, _ take: (String, RegistryEntry, Row) throws -> Void) throws {
        guard !keys.isEmpty else { return }
        let list = JSONValue.array(keys.sorted().map(JSONValue.string)).text
        let rows = try db.rows(sql, [list])
        while let row = try rows.next() {
            let json = try row.withUnsafeData(atIndex: 1) { $0.map { [UInt8]($0) } ?? [] }
            guard let entry = RegistryEntry(json: json) else {
                throw StoreFault(.damaged, "the registry holds an entry that can't be read", hint: "import it again")
            }
            try take(row[0], entry, row)
        }
    }

    private mutating func readAccounts(of senders: Set<String>) throws {
        var found: [String: [AccountID: Account]] = [:]
        for sql in [ViewSQL.accounts, ViewSQL.formerAccounts] {
            try each(sql, senders) { sender, entry, row in
                guard case .account(var account) = entry, let state = Account.State(rawValue: row[3]) else { return }
                account.state = state
                if row.count > 4, row[4] == true, let mailbox = EmailAddress(sender) {
                    account.formerMailboxes.append(
                        DatedMailbox(mailbox, validTo: (row[5] as String?).flatMap(Day.init)))
                }
                found[sender, default: [:]][account.id] = account
                ages.accounts[account.id] = row[2]
            }
        }
        accounts = found.mapValues { $0.values.sorted { $0.id < $1.id } }
    }

    private mutating func readOfAccounts(_ ids: Set<String>) throws {
        guard !ids.isEmpty else { return }
        try each(ViewSQL.requests, ids) { _, entry, row in
            guard case .request(var request) = entry, let status = RoleRequest.Status(rawValue: row[2]) else { return }
            request.status = status
            request.round = row[4]
            requests[request.account, default: []].append(request)
            ages.requests[request.id] = row[3]
        }
        try each(ViewSQL.roles, ids) { _, entry, _ in
            if case .role(let role) = entry { roles[role.account, default: []].append(role) }
        }
        try each(ViewSQL.mandates, ids) { _, entry, _ in
            if case .mandate(let mandate) = entry { mandates[mandate.account, default: []].append(mandate) }
        }
        let all = requests.values.joined()
        try each(ViewSQL.operators, Set(all.compactMap(\.operatorID?.text))) { _, entry, row in
            guard case .operator(let it) = entry else { return }
            operators[it.id] = it
            ages.operators[it.id] = row[2]
        }
        try each(ViewSQL.authorities, Set(all.compactMap(\.authorityID?.text))) { _, entry, row in
            guard case .authority(let it) = entry else { return }
            authorities[it.id] = it
            ages.authorities[it.id] = row[2]
        }
        try readDelegations()
        for name in Set(operators.values.map(\.name) + authorities.values.map(\.name)) {
            longerNames[name] = try cache.longerNames(than: name) { try readLongerNames(than: name) }
        }
    }

    private mutating func readDelegations() throws {
        var whole = RegistryView(operators: operators, mandates: mandates.values.flatMap { $0 })
        try each(ViewSQL.delegations, Set(whole.economicOperators)) { _, entry, _ in
            guard case .delegation(let it) = entry else { return }
            delegations[it.economicOperator, default: []].append(it)
            whole.delegations.append(it)
        }
        try each(ViewSQL.eoris, Set(whole.namedEORIs)) { _, entry, _ in
            if case .eori(let it) = entry { eoris[it.number] = it }
        }
    }

    private func readCompetentAuthorities() throws -> [Authority] {
        var authorities: [Authority] = []
        try each(ViewSQL.competentAuthorities, [Authority.Role.memberStateCompetentAuthority.rawValue]) { _, entry, _ in
            if case .authority(let it) = entry { authorities.append(it) }
        }
        var noted: [String: [DatedMailbox]] = [:]
        let rows = try db.rows(ViewSQL.formerOfficialMailboxes)
        while let row = try rows.next() {
            guard let mailbox = EmailAddress(row[1] as String) else { continue }
            let until = (row[2] as String?).flatMap(Day.init)
            noted[row[0], default: []].append(DatedMailbox(mailbox, validTo: until))
        }
        for index in authorities.indices {
            authorities[index].formerMailboxes += noted[authorities[index].id.text] ?? []
        }
        return authorities
    }

    /// Names that hold the core of `name` word by word, then those of them whose mention reads as one of `name`.
    private func readLongerNames(than name: String) throws -> [String] {
        let words = NameWords(name)
        guard !words.core.isEmpty else { return [] }
        // A word's skeleton follows from the word, so the names that have the words are among those that have the skeletons.
        let phrase = "\"\(SearchName(words.core.joined(separator: " ")).words.joined(separator: " "))\""
        var longer: Set<String> = []
        for sql in [ViewSQL.operatorsWithWords, ViewSQL.authoritiesWithWords] {
            let rows = try db.rows(sql, [phrase])
            while let row = try rows.next() {
                let other: String = row[0]
                if NameWords(other).isLonger(than: words) { longer.insert(other) }
            }
        }
        return longer.sorted()
    }

    /// The reply that a report is about; nil for one that is not in the outbox, did not go out, or went to others.
    private func bounced(by report: DeliveryReport?) throws -> BouncedReply? {
        guard let report else { return nil }
        return try db.first(BounceSQL.reported, [report.messageID.text]) { row in
            let recipients = (row[1] as String).split(separator: " ").compactMap { EmailAddress($0) }
            return BouncedReply(OutboxID(row[0]), to: recipients, report: report)
        } ?? nil
    }

    /// Counts the replies of the last 24 hours. After the clock was set back they lie ahead of it, and count as well; but
    /// none from further ahead than a day, which a clock once wrongly set would otherwise hold against people for ever.
    private mutating func readReplies(to recipients: Set<String>, around now: Date) throws {
        guard !recipients.isEmpty else { return }
        let list = JSONValue.array(recipients.sorted().map(JSONValue.string)).text
        let day = 24 * 3600.0
        let rows = try db.rows(
            ViewSQL.replies,
            [list, now.addingTimeInterval(-day).milliseconds, now.addingTimeInterval(day).milliseconds])
        while let row = try rows.next() {
            guard let verdict = Verdict(rawValue: row[1]) else { continue }
            replies[row[0], default: [:]][verdict] = row[2]
        }
    }
}

/// The statements of a view. `?1` is a JSON list of keys; CROSS JOIN keeps SQLite from turning the loops round.
enum ViewSQL {
    static let accounts = """
        SELECT k.value, a.entry, a.changed, a.state FROM json_each(?1) k CROSS JOIN account a ON a.mailbox = k.value
        """
    static let formerAccounts = """
        SELECT k.value, a.entry, a.changed, a.state, f.noted, f.until
        FROM json_each(?1) k CROSS JOIN former_mailbox f ON f.mailbox = k.value
        CROSS JOIN account a ON a.id = f.account
        """
    static let requests = """
        SELECT k.value, r.entry, r.status, r.changed, r.round FROM json_each(?1) k
        CROSS JOIN request r ON r.account = k.value ORDER BY r.id
        """
    static let roles = """
        SELECT k.value, r.entry FROM json_each(?1) k CROSS JOIN role r ON r.account = k.value ORDER BY r.key
        """
    static let mandates = """
        SELECT k.value, m.entry FROM json_each(?1) k CROSS JOIN mandate m ON m.account = k.value ORDER BY m.key
        """
    static let operators = """
        SELECT k.value, o.entry, o.changed FROM json_each(?1) k CROSS JOIN operator o ON o.id = k.value
        """
    static let authorities = """
        SELECT k.value, a.entry, a.changed FROM json_each(?1) k CROSS JOIN authority a ON a.id = k.value
        """
    static let delegations = """
        SELECT k.value, d.entry FROM json_each(?1) k CROSS JOIN delegation d ON d.economic_operator = k.value
        ORDER BY d.key
        """
    static let eoris = "SELECT k.value, e.entry FROM json_each(?1) k CROSS JOIN eori e ON e.number = k.value"
    static let competentAuthorities = """
        SELECT k.value, a.entry FROM json_each(?1) k CROSS JOIN authority a ON a.role = k.value ORDER BY a.id
        """
    static let operatorsWithWords = """
        SELECT o.name FROM operator_search s CROSS JOIN operator o ON o.number = s.rowid WHERE s.words MATCH ?1
        """
    static let authoritiesWithWords = """
        SELECT a.name FROM authority_search s CROSS JOIN authority a ON a.number = s.rowid WHERE s.words MATCH ?1
        """
    static let formerOfficialMailboxes =
        "SELECT authority, mailbox, until FROM former_official_mailbox ORDER BY authority, mailbox"
    static let replies = """
        SELECT k.value, o.verdict, count(*) FROM json_each(?1) k
        CROSS JOIN outbox o ON o.recipient = k.value AND o.created_at > ?2 AND o.created_at <= ?3 GROUP BY k.value, o.verdict
        """
}
