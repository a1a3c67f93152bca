import GRDB
import Registry

/// Writes what organisations are found by, inside the caller's transaction.
struct SearchIndex {
    let db: Database
    /// Where rows wait, for whoever writes many entries and calls ``SearchRows/write(_:)`` at the end; nil writes at once.
    var waiting: SearchRows?

    /// `table` is `operator` or `authority`.
    func replace(_ table: String, _ number: Int64, old: SearchText?, with new: SearchText) throws {
        guard old?.text != new.text else { return }
        let rows = waiting ?? SearchRows()
        rows.add(table, number, old: old, with: new)
        if waiting == nil || rows.isFull { try rows.write(db) }
    }

    /// Fills the tables from the entries that are there.
    static func fill(_ db: Database) throws {
        let index = SearchIndex(db: db, waiting: SearchRows())
        for table in ["operator", "authority"] {
            let rows = try db.rows("SELECT number, entry FROM \(table) ORDER BY number")
            while let row = try rows.next() {
                let json: String = row[1]
                guard let text = RegistryEntry(json: Array(json.utf8)).flatMap({ SearchText($0) }) else { continue }
                try index.replace(table, row[0], old: nil, with: text)
            }
        }
        try index.waiting?.write(db)
    }
}

/// Rows for the search tables that are written together, in the order of their numbers, and how often words occur.
///
/// FTS5 gathers rows in memory and writes them out as a segment whenever a number comes that is smaller than the one
/// before, and whenever another statement opens a savepoint, as each upsert does. Row by row among an import's other
/// statements, every row would become a segment, and merging them most of the work.
final class SearchRows {
    private struct Change {
        let number: Int64
        let old: String?
        let new: String
    }

    /// So many octets of text are written before the end.
    private static let mostOctets = 48 * 1024 * 1024
    private static let mostWords = 300_000
    /// From so many rows on FTS5 gathers more octets before it writes a segment, and merges them all at the end.
    private static let many = 10_000
    private static let largeHash = 16 * 1024 * 1024
    /// FTS5's own.
    private static let usualHash = 1024 * 1024
    private static let usualMerge = 4

    private var changes: [String: [Change]] = [:]
    private var octets = 0
    private var words: [String: Int] = [:]

    var isFull: Bool { octets > Self.mostOctets || words.count > Self.mostWords }

    func add(_ table: String, _ number: Int64, old: SearchText?, with new: SearchText) {
        changes[table, default: []].append(Change(number: number, old: old?.text, new: new.text))
        octets += new.text.utf8.count + (old?.text.utf8.count ?? 0) + 64
        for word in new.words { words[word, default: 0] += 1 }
        if let old { for word in old.words { words[word, default: 0] -= 1 } }
    }

    func write(_ db: Database) throws {
        for (table, changes) in changes.sorted(by: { $0.key < $1.key }) {
            let delete = SearchSQL.delete(table)
            let insert = SearchSQL.insert(table)
            let isLarge = changes.count > Self.many
            if isLarge {
                try configure(table, "hashsize", Self.largeHash, db)
                try configure(table, "automerge", 0, db)
            }
            for change in changes.sorted(by: { $0.number < $1.number }) {
                if let old = change.old { try db.run(delete, [change.number, old]) }
                try db.run(insert, [change.number, change.new])
            }
            if isLarge {
                try configure(table, "hashsize", Self.usualHash, db)
                try configure(table, "automerge", Self.usualMerge, db)
                // One segment: each further one is looked into by every search.
                try db.run(SearchSQL.optimize(table))
            }
        }
        for (word, difference) in words.sorted(by: { $0.key < $1.key }) where difference != 0 {
            try db.run(SearchSQL.countWord, [word, difference])
        }
        changes = [:]
        words = [:]
        octets = 0
    }

    private func configure(_ table: String, _ option: String, _ value: Int, _ db: Database) throws {
        try db.run(SearchSQL.configure(table), [option, value])
    }
}
