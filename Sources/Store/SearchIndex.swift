import GRDB
import Registry

/// How often words occur in names, gathered over many entries and written at once.
final class SearchWordCounts {
    private var changes: [String: Int] = [:]
    /// More different words are written before the end.
    private static let most = 200_000

    func count(_ words: Set<String>, by difference: Int, _ db: Database) throws {
        for word in words { changes[word, default: 0] += difference }
        if changes.count > Self.most { try write(db) }
    }

    func write(_ db: Database) throws {
        for (word, difference) in changes.sorted(by: { $0.key < $1.key }) where difference != 0 {
            try db.run(SearchSQL.countWord, [word, difference])
        }
        changes = [:]
    }
}

/// Writes what organisations are found by, inside the caller's transaction.
struct SearchIndex {
    let db: Database
    /// Gathers the words' counts for whoever writes many entries and calls ``SearchWordCounts/write(_:)`` at the end; nil
    /// writes them at once.
    var counts: SearchWordCounts?

    /// `table` is `operator` or `authority`.
    func replace(_ table: String, _ number: Int64, old: SearchText?, with new: SearchText) throws {
        guard old?.text != new.text else { return }
        if let old {
            try db.run(
                "INSERT INTO \(table)_search (\(table)_search, rowid, words) VALUES ('delete', ?, ?)",
                [number, old.text])
        }
        try db.run("INSERT INTO \(table)_search (rowid, words) VALUES (?, ?)", [number, new.text])
        try count(new.words.subtracting(old?.words ?? []), by: 1)
        if let old { try count(old.words.subtracting(new.words), by: -1) }
    }

    private func count(_ words: Set<String>, by difference: Int) throws {
        if let counts { return try counts.count(words, by: difference, db) }
        for word in words.sorted() { try db.run(SearchSQL.countWord, [word, difference]) }
    }

    /// Fills the tables from the entries that are there.
    static func fill(_ db: Database) throws {
        let counts = SearchWordCounts()
        let index = SearchIndex(db: db, counts: counts)
        for table in ["operator", "authority"] {
            let rows = try db.rows("SELECT number, entry FROM \(table) ORDER BY number")
            while let row = try rows.next() {
                let json: String = row[1]
                let text: SearchText
                switch RegistryEntry(json: Array(json.utf8)) {
                case .operator(let it)?: text = SearchText(it)
                case .authority(let it)?: text = SearchText(it)
                default: continue
                }
                try index.replace(table, row[0], old: nil, with: text)
            }
        }
        try counts.write(db)
    }
}
