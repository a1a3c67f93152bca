import Foundation
import GRDB

/// A copy of the database, whole and checked before it bears its name.
///
/// `VACUUM INTO` a draft beside the target, `integrity_check` of the draft, fsync, rename, fsync of the folder: after a crash
/// or a power cut there is the whole backup or none. A process that writes to the store meanwhile goes on; it waits with
/// its next commit until the copy is read.
package struct StoreBackup: Sendable {
    /// What was written.
    package struct Summary: Sendable, Hashable {
        package let path: String
        package let bytes: Int64
        /// How many migrations its tables have seen.
        package let tables: Int
    }

    private let store: String
    private let target: String
    private let replaces: Bool

    /// A backup of the database at `store`, which may be an older Postern's, as the file `target`. `replacing` lets it take
    /// the place of a file that is there.
    package init(of store: String, as target: String, replacing: Bool) {
        self.store = store
        self.target =
            target.hasPrefix("/") ? target : FileManager.default.currentDirectoryPath + "/" + target
        replaces = replacing
    }

    private var folder: String { StoreFiles(target).folder }
    private var draft: String { target + ".part" }

    /// Makes it. Blocks. Throws `busy` and `full` for what may pass; leaves nothing behind when it throws.
    package func make() throws(StoreFault) -> Summary {
        try checkTarget()
        let file = try openDraft()
        defer { close(file) }
        do {
            let tables = try copy()
            var status = stat()
            guard fchmod(file, 0o600) == 0, fsync(file) == 0, fstat(file, &status) == 0 else {
                throw Self.fault("can't write", target)
            }
            try putInPlace()
            return Summary(path: target, bytes: Int64(status.st_size), tables: tables)
        } catch {
            unlink(draft)
            unlink(draft + "-journal")
            throw StoreFault(error, path: target)
        }
    }

    private func checkTarget() throws(StoreFault) {
        try StoreFiles(store).refuseLinks()
        guard FileManager.default.fileExists(atPath: store) else {
            throw StoreFault(.access, "there is no database \(store)", hint: "check store.path")
        }
        var status = stat()
        guard lstat(target, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StoreFault(.access, "\(target) is there and is no plain file", hint: "name a file of its own")
        }
        for path in StoreFiles(store).all {
            var own = stat()
            guard lstat(path, &own) != 0 || own.st_dev != status.st_dev || own.st_ino != status.st_ino else {
                throw StoreFault(.access, "\(target) is the store itself", hint: "name another file")
            }
        }
        guard replaces else {
            throw StoreFault(.access, "\(target) is there already", hint: "name a new file, or give --force")
        }
    }

    /// The empty draft, held by a lock so that two backups don't write one file. What an earlier one left when it was killed
    /// is thrown away.
    private func openDraft() throws(StoreFault) -> Int32 {
        for _ in 0..<3 {
            let file = open(draft, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw Self.fault("can't make", draft) }
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
                Foundation.close(file)
                throw StoreFault(.busy, "another backup is being written to \(target)", hint: "try again")
            }
            var held = stat()
            var named = stat()
            if fstat(file, &held) == 0, lstat(draft, &named) == 0, held.st_ino == named.st_ino,
                held.st_dev == named.st_dev, held.st_size == 0, held.st_nlink == 1, held.st_mode & S_IFMT == S_IFREG,
                held.st_mode & 0o077 == 0, held.st_uid == geteuid()
            {
                // SQLite would play an old journal back into the new file.
                unlink(draft + "-journal")
                return file
            }
            unlink(draft)
            Foundation.close(file)
        }
        throw StoreFault(.access, "can't make \(draft): it does not go away", hint: "remove it")
    }

    /// Copies and checks; returns how many migrations the tables have seen.
    private func copy() throws -> Int {
        var options = Store.Options()
        options.busyTimeout = 60
        let source: DatabaseQueue
        do {
            source = try DatabaseQueue(path: store, configuration: Store.configuration(.read, options))
            _ = try source.read { db in try Store.version(db, path: store) }
        } catch {
            throw StoreFault(error, path: store)
        }
        do {
            try source.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [draft]) }
        } catch let error as DatabaseError
            where [.SQLITE_BUSY, .SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
        {
            throw StoreFault(error, path: store)
        }
        try source.close()
        var reading = Configuration()
        reading.readonly = true
        let copy = try DatabaseQueue(path: draft, configuration: reading)
        let tables = try copy.read { db in
            let said = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
            guard said == "ok" else {
                throw StoreFault(.damaged, "the copy is damaged: \(said ?? "no answer")", hint: "check both disks")
            }
            return try Store.version(db, path: draft)
        }
        try copy.close()
        return tables
    }

    /// Gives the draft its name, durably.
    private func putInPlace() throws(StoreFault) {
        if replaces {
            guard rename(draft, target) == 0 else { throw Self.fault("can't name", target) }
        } else if link(draft, target) == 0 {
            unlink(draft)
        } else if errno == EEXIST {
            throw StoreFault(.access, "\(target) is there already", hint: "name a new file, or give --force")
        } else {
            // A file system without hard links: nobody else had the name a moment ago.
            guard access(target, F_OK) != 0, rename(draft, target) == 0 else { throw Self.fault("can't name", target) }
        }
        let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard place >= 0 else { throw Self.fault("can't reach", folder) }
        defer { close(place) }
        guard fsync(place) == 0 else { throw Self.fault("can't write", folder) }
    }

    private static func fault(_ what: String, _ path: String) -> StoreFault {
        let number = errno
        let words = "\(what) \(path): \(String(cString: strerror(number)).lowercased())"
        return number == ENOSPC || number == EDQUOT
            ? StoreFault(.full, words, hint: "free space on its disk")
            : StoreFault(.access, words, hint: "check that the folder exists and that this user may write there")
    }
}
