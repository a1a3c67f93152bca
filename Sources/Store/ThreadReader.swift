import GRDB
import Judging
import Mail
import Registry

/// Tells which thread a mail belongs to and what its sender gave earlier in it.
///
/// A thread is made of the mails that our replies answered and that answer our replies. Mail programs may cut
/// References, so each row of the journal knows the mail that its thread began with.
struct ThreadReader {
    /// A mail of ours that a mail answers: a reply, or a notice, with which no thread began.
    private struct Answered {
        let thread: Int64?
        let request: RoleRequestID?
    }

    /// As many references as a mail's thread needs; a hostile mail can name thousands.
    private static let mostAnswers = 20
    /// As many mails of one sender as one thread needs, the newest.
    private static let mostMails = 100

    private let db: Database
    private var answered: [String: Answered] = [:]

    init(db: Database) { self.db = db }

    /// The thread that a judged mail belongs to: that of the newest reply of ours that it refers to, else its own.
    ///
    /// Only mails that came before it can begin its thread, so threads never run in a circle.
    static func thread(of ruling: Ruling, _ db: Database) throws -> Int64 {
        let references = ruling.decision.reply?.answered.references ?? []
        guard !references.isEmpty else { return ruling.entry.number }
        let newestFirst = references.reversed().prefix(mostAnswers).map { JSONValue.string($0.text) }
        return try db.first(ThreadSQL.thread, [JSONValue.array(newestFirst).text, ruling.entry.number]) { $0[0] }
            ?? ruling.entry.number
    }

    /// Reads which of the mails that the keys answer are ours.
    mutating func read(_ keys: [ViewKey]) throws {
        let messageIDs = Set(keys.flatMap { $0.answers.prefix(Self.mostAnswers).map(\.text) })
        guard !messageIDs.isEmpty else { return }
        let list = JSONValue.array(messageIDs.sorted().map(JSONValue.string)).text
        let rows = try db.rows(ThreadSQL.answered, [list])
        while let row = try rows.next() {
            answered[row[0]] = Answered(thread: row[1], request: (row[2] as String?).map { RoleRequestID($0) })
        }
    }

    /// The newest of our mails that the key answers and that is about one request says which. What the same sender gave
    /// in the same thread counts, about that request or about none, unless the registry changed under it.
    func context(of key: ViewKey, in view: RegistryView, ages: RegistryAges) throws -> ThreadContext? {
        let found = key.answers.prefix(Self.mostAnswers).compactMap { answered[$0.text] }
        guard !found.isEmpty else { return nil }
        let request = found.lazy.compactMap(\.request).first
        var earlier = EarlierFacts()
        guard let sender = key.sender?.key else { return ThreadContext(request: request, earlier: earlier) }
        let ofRequest = request.flatMap { ages.newest(of: $0, in: view) }
        let ofAll = ages.newest(in: view)
        for thread in Set(found.compactMap(\.thread)) {
            let rows = try db.rows(ThreadSQL.facts, [thread, sender, Self.mostMails])
            while let row = try rows.next() {
                let about = row[0] as String?
                guard about == nil || about == request?.text, let newest = about == nil ? ofAll : ofRequest,
                    let judgedAt = row[2] as Int64?, judgedAt >= newest
                else { continue }
                earlier = earlier.union(EarlierFacts(bits: row[1]))
            }
        }
        return ThreadContext(request: request, earlier: earlier)
    }
}

/// With which count of the registry's changes the entries of a view last changed.
struct RegistryAges {
    var accounts: [AccountID: Int64] = [:]
    var requests: [RoleRequestID: Int64] = [:]
    var operators: [OperatorID: Int64] = [:]
    var authorities: [AuthorityID: Int64] = [:]

    /// The last change of what a request's facts rest on: the request, its account, its organisation. Nil when the
    /// request is not the sender's.
    func newest(of id: RoleRequestID, in view: RegistryView) -> Int64? {
        guard let request = view.requests.first(where: { $0.id == id }) else { return nil }
        return [
            requests[id], accounts[request.account], request.operatorID.flatMap { operators[$0] },
            request.authorityID.flatMap { authorities[$0] },
        ].compactMap { $0 }.max()
    }

    /// The last change of anything that a mail about no one request may rest on.
    func newest(in view: RegistryView) -> Int64 {
        (view.accounts.compactMap { accounts[$0.id] } + view.requests.compactMap { newest(of: $0.id, in: view) })
            .max() ?? 0
    }
}

/// The statements about threads. `?1` is a JSON list of Message-IDs, or a thread.
enum ThreadSQL {
    static let answered = """
        SELECT k.value, coalesce(j.thread, j.id),
            coalesce(j.request, CASE WHEN o.about LIKE 'request %' THEN substr(o.about, 9) END)
        FROM json_each(?1) k CROSS JOIN outbox o ON o.message_id = k.value LEFT JOIN journal j ON j.id = o.journal
        """
    static let thread = """
        SELECT coalesce(j.thread, j.id) FROM json_each(?1) k
        CROSS JOIN outbox o ON o.message_id = k.value CROSS JOIN journal j ON j.id = o.journal
        WHERE j.id < ?2 ORDER BY k.key LIMIT 1
        """
    static let facts = """
        SELECT request, facts, registry FROM journal WHERE thread = ?1 AND sender = ?2 AND facts > 0
        ORDER BY id DESC LIMIT ?3
        """
}
