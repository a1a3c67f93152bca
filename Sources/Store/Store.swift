import Foundation
import GRDB
import Registry

/// Everything that Postern remembers, in one SQLite file: the journal of mails, the outbox, the audit trail and the
/// registry.
///
/// One process writes as the service, over one connection with a rollback journal (SQLite 3.40's WAL can corrupt a
/// file when two connections write at once); commands may read and write beside it, each over a connection of its own,
/// and wait for each other. Database work runs on GRDB's own queue, never on Swift's shared pool.
package final class Store: Sendable {
    /// What a process wants of the store.
    package enum Mode: Sendable {
        /// Makes the file where it is missing, brings its tables up to date, reads and writes.
        case write
        /// Reads an existing, up-to-date database and changes nothing, while another process may write.
        case read
    }

    package struct Options: Sendable {
        /// How long to wait for another process, in seconds.
        package var busyTimeout = 10.0
        /// Reads through the whole file before anything else; takes about a second for every gigabyte.
        package var quickCheck = false
        /// Refuses to grow beyond this many octets; nil leaves it to the disk.
        package var largestSize: Int?

        package init() {}
    }

    /// `PRAGMA cache_size`, in KiB below zero.
    static let cacheSize = -16_384

    package let path: String
    private let mode: Mode
    let queue: DatabaseQueue
    let cache = RegistryCache()

    /// Opens the database at `path`. The folder must exist; a new file is readable by its owner alone.
    package init(path: String, mode: Mode = .write, options: Options = Options()) throws(StoreFault) {
        self.path = path
        self.mode = mode
        do {
            try StoreFiles(path).refuseLinks()
            if mode == .write { try Self.makeFile(path) }
            guard FileManager.default.fileExists(atPath: path) else {
                throw StoreFault(
                    .access, "there is no database \(path)", hint: "run 'postern import' or 'postern serve' first")
            }
            queue = try DatabaseQueue(path: path, configuration: Self.configuration(mode, options))
            let queue = queue
            if options.quickCheck { try Self.quickCheck(queue, path: path) }
            let version = try queue.read { db in try Self.version(db, path: path) }
            switch mode {
            case .write:
                if version < Schema.version { try Self.migrate(queue, path: path) }
                try Self.renewKnownDomains(queue)
            case .read:
                guard version == Schema.version else {
                    throw StoreFault(
                        .foreign, "the database \(path) is of an older Postern",
                        hint: "start the service once, it brings the tables up to date")
                }
            }
        } catch {
            throw StoreFault(error, path: path)
        }
    }

    static func configuration(_ mode: Mode, _ options: Options) -> Configuration {
        var configuration = Configuration()
        configuration.label = "postern.store"
        configuration.busyMode = .timeout(options.busyTimeout)
        configuration.foreignKeysEnabled = true
        configuration.observesSuspensionNotifications = false
        configuration.publicStatementArguments = false
        let largestSize = options.largestSize
        configuration.prepareDatabase { db in
            // PERSIST ends a transaction by overwriting the journal's header: as durable as DELETE, and
            // about a quarter quicker, as no file is made, cut or unlinked.
            try db.execute(
                sql: """
                    PRAGMA journal_mode = PERSIST;
                    PRAGMA journal_size_limit = 8388608;
                    PRAGMA synchronous = EXTRA;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA cache_size = \(cacheSize);
                    """)
            if let largestSize {
                let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
                try db.execute(sql: "PRAGMA max_page_count = \(max(1, largestSize / max(1, pageSize)))")
            }
        }
        return configuration
    }

    /// SQLite would make the file with the umask's rights. A file that is there already is left alone, also one that
    /// another process made a moment ago.
    private static func makeFile(_ path: String) throws {
        let file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if file >= 0 {
            close(file)
        } else if errno != EEXIST {
            throw StoreFault(
                .access, "can't make the database \(path): \(String(cString: strerror(errno)))",
                hint: "check that its folder exists and that this user may write there")
        }
    }

    /// Brings the tables up to date. A daemon and a command may begin with the same new file: a migration that fails because
    /// the other process was quicker is gone on with from where that one left the tables.
    private static func migrate(_ queue: DatabaseQueue, path: String) throws {
        var known = try queue.read { db in try version(db, path: path) }
        while known < Schema.version {
            do {
                try Schema.migrator().migrate(queue)
            } catch {
                let reached = try queue.read { db in try version(db, path: path) }
                guard reached > known else { throw error }
                known = reached
                continue
            }
            return
        }
    }

    /// See ``KnownDomains/renew(_:)``; looks first, as it is rarely needed.
    private static func renewKnownDomains(_ queue: DatabaseQueue) throws {
        guard try !queue.read({ db in try KnownDomains.isUpToDate(db) }) else { return }
        try queue.inDatabase { db in
            try db.inTransaction(.immediate) {
                if try !KnownDomains.isUpToDate(db) { try KnownDomains.renew(db) }
                return .commit
            }
        }
    }

    /// How many migrations the database has seen, zero for an empty file. Throws for a database of something else.
    static func version(_ db: Database, path: String) throws -> Int {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        // Another process may just be making the tables; the list of migrations comes first.
        let foreign = "SELECT count(*) FROM sqlite_schema WHERE tbl_name != 'grdb_migrations'"
        if application == 0, version == 0, try Int.fetchOne(db, sql: foreign) == 0 { return 0 }
        guard application == Schema.applicationID else {
            throw StoreFault(
                .foreign, "\(path) is a database, but not Postern's", hint: "name another file in store.path")
        }
        guard version <= Schema.version else {
            throw StoreFault(
                .foreign, "the database \(path) is of a newer Postern (tables \(version), known \(Schema.version))",
                hint: "run the newer version")
        }
        return version
    }

    private static func quickCheck(_ queue: DatabaseQueue, path: String) throws {
        let said = try queue.read { db in try String.fetchOne(db, sql: "PRAGMA quick_check(1)") }
        guard said == "ok" else {
            throw StoreFault(
                .damaged, "the database \(path) is damaged: \(said ?? "no answer")", hint: "put back a backup")
        }
    }

    /// Reads through the whole file; throws when anything in it is damaged.
    package func check() async throws(StoreFault) {
        let path = path
        try await read { db in
            let said = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
            guard said == "ok" else {
                throw StoreFault(
                    .damaged, "the database \(path) is damaged: \(said ?? "no answer")", hint: "put back a backup")
            }
        }
    }

    /// All of `body` sees one moment.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreFault) -> Value {
        try await transaction(.deferred) { db in (try body(db), .commit) }
    }

    /// One transaction that begins as a writing one: all of `body` or nothing.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreFault) -> Value {
        try await writeOrRollBack { db in (try body(db), .commit) }
    }

    /// The same, where `body` says whether its work is to stay.
    ///
    /// `checksReferences` off is for who has checked them all already: SQLite looks each of them up once more.
    func writeOrRollBack<Value: Sendable>(
        checksReferences: Bool = true,
        _ body: @escaping @Sendable (Database) throws -> (Value, Database.TransactionCompletion)
    ) async throws(StoreFault) -> Value {
        try requireWriting()
        return try await transaction(.immediate, checksReferences: checksReferences, body)
    }

    /// Not interrupted when the caller's task is cancelled: what a server answered must be written down in any case.
    private func transaction<Value: Sendable>(
        _ kind: Database.TransactionKind, checksReferences: Bool = true,
        _ body: @escaping @Sendable (Database) throws -> (Value, Database.TransactionCompletion)
    ) async throws(StoreFault) -> Value {
        let queue = queue
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                continuation.resume(
                    returning: Result {
                        var value: Value?
                        // Has an effect between transactions only.
                        if !checksReferences { try db.execute(sql: "PRAGMA foreign_keys = OFF") }
                        defer { if !checksReferences { try? db.execute(sql: "PRAGMA foreign_keys = ON") } }
                        try db.inTransaction(kind) {
                            let (made, completion) = try body(db)
                            value = made
                            return completion
                        }
                        guard let value else { throw StoreFault(.bug, "a transaction came to nothing") }
                        return value
                    })
            }
        }
        do { return try result.get() } catch { throw StoreFault(error, path: path) }
    }
}

extension Store {
    /// A store opened for reading changes nothing, whatever is called.
    func requireWriting() throws(StoreFault) {
        guard mode == .write else { throw StoreFault(.refused, "the database \(path) was opened for reading") }
    }
}

extension Database {
    /// Runs one statement, prepared once for the connection. Returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try cachedStatement(sql: sql).execute(arguments: arguments)
        return changesCount
    }

    /// What `read` makes of the first row; nil without one. The row is gone when `read` returns.
    func first<Value>(
        _ sql: String, _ arguments: StatementArguments = [], _ read: (Row) throws -> Value?
    ) throws -> Value? {
        let rows = try rows(sql, arguments)
        // The cursor's end resets the statement, and the row with it.
        return try withExtendedLifetime(rows) { try rows.next().flatMap(read) }
    }

    func exists(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try first(sql, arguments) { _ in true } ?? false
    }

    /// The rows of one statement, prepared once for the connection, to be read in a loop to the end. Only one cursor of
    /// the same text at a time; a row lasts until the next one and no longer than the cursor.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> RowCursor {
        try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
    }
}
