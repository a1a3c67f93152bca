package import Foundation
import GRDB
import Mail
package import Registry

extension Store {
    /// Takes up registry lines, in one transaction: all or nothing, unless `partial` keeps the good ones.
    /// Idempotent: an entry is told by its key, and a line that says what it said before changes nothing.
    ///
    /// A request's current status changes only when the line's `status` differs from the line imported before it. So the
    /// same export again, or one that changes another member, never sets a confirmed request back; an export that
    /// moves the status on (`granted`, `withdrawn`) is followed.
    ///
    /// - Parameters:
    ///   - format: how the file is written.
    ///   - strict: takes a line that is doubtful for a broken one.
    ///   - chunks: the file's bytes, read while the transaction is open; throws to stop the import.
    ///   - progress: is told the octets read so far, after each chunk.
    package func importRegistry(
        _ chunks: @escaping @Sendable () throws -> [UInt8]?, format: RegistryFormat = .lines, dryRun: Bool = false,
        partial: Bool = false, strict: Bool = false, actor: String, at now: Date,
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws(StoreFault) -> ImportSummary {
        try await writeOrRollBack(checksReferences: false) { db in
            // A large import touches many pages of many indexes: those that fall out of memory are written twice.
            try db.execute(sql: "PRAGMA cache_size = -65536")
            defer { try? db.execute(sql: "PRAGMA cache_size = \(Self.cacheSize)") }
            var run = try RegistryImport(db, format, isStrict: strict, at: now)
            var summary = try run.take(chunks, progress)
            summary.taken = !dryRun && (partial || summary.rejectedCount == 0)
            if summary.taken, summary.added + summary.changed > 0 {
                try db.run("UPDATE registry_state SET changes = changes + 1")
                try Self.audit(actor: actor, summary, at: now, db)
            }
            return (summary, summary.taken ? .commit : .rollback)
        }
    }

    /// The same for lines in memory.
    package func importRegistry(
        text: String, format: RegistryFormat = .lines, dryRun: Bool = false, partial: Bool = false,
        strict: Bool = false,
        actor: String, at now: Date
    ) async throws(StoreFault) -> ImportSummary {
        let source = OneChunk(Array(text.utf8))
        return try await importRegistry(
            { source.take() }, format: format, dryRun: dryRun, partial: partial, strict: strict, actor: actor, at: now)
    }

    private static func audit(actor: String, _ summary: ImportSummary, at now: Date, _ db: Database) throws {
        let counts = [
            ("added", summary.added), ("changed", summary.changed), ("unchanged", summary.unchanged),
            ("rejected", summary.rejectedCount), ("warnings", summary.warningCount),
        ]
        try audit(
            actor: actor, action: "registry.imported", subject: "registry",
            detail: counts.map { JSONValue.Member($0, .number(String($1))) }, at: now, db)
    }
}

/// One run of an import inside its transaction.
private struct RegistryImport {
    let db: Database
    let tables: RegistryTables
    let searchRows = SearchRows()
    let domains = KnownDomains()
    /// Tables that were empty when the import began: what comes there for the first time is new.
    private let empty: Set<RegistryEntry.EntityType>
    let format: RegistryFormat
    let isStrict: Bool
    /// Hashes of the accounts' mailboxes that this file brought.
    private var mailboxes: Set<Int> = []
    var summary = ImportSummary()

    init(_ db: Database, _ format: RegistryFormat, isStrict: Bool, at now: Date) throws {
        self.db = db
        self.format = format
        self.isStrict = isStrict
        let changes: Int64 = try db.first("SELECT changes FROM registry_state") { $0[0] } ?? 0
        tables = RegistryTables(db: db, change: changes + 1, now: now, searchRows: searchRows, domains: domains)
        empty = try Set(
            RegistryEntry.EntityType.allCases.filter { try !db.exists("SELECT 1 FROM \(RegistryTable($0).name)", []) })
        // Entries that come before what they refer to wait here, outside memory.
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS waiting_line (line INTEGER PRIMARY KEY, entry TEXT NOT NULL);
                DELETE FROM waiting_line;
                """)
    }

    mutating func take(
        _ chunks: @escaping @Sendable () throws -> [UInt8]?, _ progress: (Int) -> Void
    ) throws -> ImportSummary {
        let lines = RegistryReadAhead(chunks, format, change: tables.change)
        defer { lines.stop() }
        var octets = 0
        while let piece = try lines.next() {
            for (item, insertion) in piece.items { try take(item, insertion) }
            octets = piece.octets
            progress(octets)
        }
        try takeWaiting { progress(octets) }
        try searchRows.write(db)
        try domains.write(db)
        summary.rejected.sort { $0.line < $1.line }
        summary.warnings.sort { $0.line < $1.line }
        return summary
    }

    private mutating func take(_ item: RegistryLines.Item, _ insertion: RegistryInsertion?) throws {
        switch item {
        case .problem(let problem): summary.reject(problem)
        case .entry(let line):
            summary.note(unknownKeys: line.unknownKeys, of: line.entry.type)
            // A strict import may have turned down what the file holds.
            if isStrict || !line.hasReferences, try missing(line.entry) != nil {
                try db.run("INSERT INTO waiting_line VALUES (?, ?)", [line.number, line.json])
            } else {
                try write(line, insertion)
            }
        }
    }

    private func missing(_ entry: RegistryEntry) throws -> RegistryReference? {
        for reference in entry.references where try !tables.contains(reference) { return reference }
        return nil
    }

    private mutating func takeWaiting(_ progress: () -> Void) throws {
        var count = 0
        let rows = try db.rows("SELECT line, entry FROM waiting_line ORDER BY line")
        while let row = try rows.next() {
            let json = try row.withUnsafeData(atIndex: 1) { $0.map { [UInt8]($0) } ?? [] }
            count += 1
            if count % 1_000 == 0 { progress() }
            guard case .entry(let line) = RegistryLines.parse(json, number: row[0]) else { continue }
            if let missing = try missing(line.entry) {
                summary.reject(RegistryLineProblem(line: line.number, reason: "there is no \(missing)"))
            } else {
                try write(line)
            }
        }
        try db.run("DELETE FROM waiting_line")
    }

    private mutating func write(_ line: RegistryLine, _ insertion: RegistryInsertion? = nil) throws {
        if isStrict, try tables.json(line.entry.type, line.entry.key) != line.json,
            let doubt = try tables.doubts(line.entry).first
        {
            return summary.reject(RegistryLineProblem(line: line.number, reason: doubt))
        }
        let isNew = !line.isRepeated && empty.contains(line.entry.type)
        switch try tables.write(line.entry, json: line.json, isNew: isNew, insertion: insertion) {
        case .added: summary.added += 1
        case .changed: summary.changed += 1
        case .unchanged:
            summary.unchanged += 1
            return
        }
        guard !isStrict, mayBeDoubtful(line.entry) else { return }
        for doubt in try tables.doubts(line.entry) { summary.warn(line: line.number, doubt) }
    }

    /// False where nothing can be doubtful: spares the question whose mailbox it is, too, as long as every account comes
    /// from this file.
    private mutating func mayBeDoubtful(_ entry: RegistryEntry) -> Bool {
        guard case .account(let account) = entry, empty.contains(.account) else { return true }
        return !mailboxes.insert(account.mailbox.key.hashValue).inserted
            || RegistryTables.doubt(about: account.mailbox) != nil
    }
}
