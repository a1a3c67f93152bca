import GRDB

/// Why the store can't do what it was asked, and what the operator can do about it.
package struct StoreFault: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// Another process holds the database: the same may work a moment later.
        case busy
        /// No room on the disk, or the size that the settings allow is reached.
        case full
        /// The file is missing, can't be opened, or may not be written.
        case access
        /// The file is no database of Postern's, or a newer Postern's.
        case foreign
        /// The file is damaged, or the disk does not do what it is told.
        case damaged
        /// What was asked for can't be done with what is stored: no such row, or not in a state for it.
        case refused
        /// A fault in Postern.
        case bug
    }

    package let kind: Kind
    /// What happened, in one line.
    package let reason: String
    /// What the operator can do, in one line.
    package let hint: String?

    package init(_ kind: Kind, _ reason: String, hint: String? = nil) {
        self.kind = kind
        self.reason = reason
        self.hint = hint
    }

    /// Whether the same may work later without anybody changing Postern's input.
    package var isTemporary: Bool { kind == .busy || kind == .full }

    package var description: String { hint.map { "\(reason); \($0)" } ?? reason }
}

extension StoreFault {
    /// The fault that SQLite's error means for somebody who runs Postern. Never shows bound values: they hold mail.
    init(_ error: any Error, path: String) {
        switch error {
        case let fault as StoreFault: self = fault
        case let error as DatabaseError: self.init(error, path: path)
        default: self.init(.bug, "the database \(path): \(error)")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        let said = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, "another process holds the database \(path)", hint: "try again")
        case .SQLITE_FULL:
            self.init(.full, "no room left for the database \(path)", hint: "free space on its disk; nothing is lost")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            self.init(
                .access, "can't use the database \(path): \(said)",
                hint: "check that its folder exists and that this user may read and write both")
        case .SQLITE_NOTADB:
            self.init(.foreign, "\(path) is no database", hint: "name another file in store.path")
        case .SQLITE_CORRUPT:
            self.init(.damaged, "the database \(path) is damaged: \(said)", hint: "put back a backup")
        case .SQLITE_IOERR:
            self.init(.damaged, "the disk failed the database \(path): \(said)", hint: "check the disk and its space")
        default: self.init(.bug, "the database \(path): \(said)")
        }
    }
}
