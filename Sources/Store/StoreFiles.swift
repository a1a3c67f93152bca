import Foundation

/// The database and what lies beside it: its journal, the service's lock, the installation's key. They hold people's mail
/// and what references are made of, so they are their owner's alone.
///
/// SQLite gives a journal the rights of its database, and everything here is made with mode 600; what is otherwise came
/// from outside: a backup that was put back, a copy, a command with the wrong user.
package struct StoreFiles: Sendable {
    package let database: String

    package init(_ database: String) { self.database = database }

    package var folder: String {
        guard let slash = database.lastIndex(of: "/") else { return "." }
        return slash == database.startIndex ? "/" : String(database[..<slash])
    }

    /// Every file that may be there.
    package var all: [String] {
        [database, database + "-journal", database + ".lock", folder + "/postern.key"]
    }

    /// Something that lets others read or change the store.
    package struct Opening: Sendable, Hashable {
        package let path: String
        /// One phrase, such as `others than its owner may use it (mode 644)`.
        package let words: String
        package let hint: String
        /// Whoever finds it can do as they like with what Postern believes.
        package let isGrave: Bool
    }

    /// A name that leads elsewhere is refused: whoever can put a link there chooses which file is read and written.
    package func refuseLinks() throws(StoreFault) {
        for path in all {
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFREG: continue
            case S_IFLNK:
                throw StoreFault(
                    .access, "\(path) is a link", hint: "name the file itself in store.path, or link its folder")
            default: throw StoreFault(.access, "\(path) is no plain file", hint: "name another file in store.path")
            }
        }
    }

    /// What is open to others, as it is now. Changes nothing.
    package func openings() -> [Opening] {
        var found: [Opening] = []
        var status = stat()
        if stat(folder, &status) == 0, status.st_mode & 0o022 != 0 {
            // Whoever may write there can put a journal beside the database, and SQLite plays it back into it.
            let isEverybody = status.st_mode & 0o002 != 0
            found.append(
                Opening(
                    path: folder,
                    words: "\(isEverybody ? "everybody" : "its group") may put files into the store's folder "
                        + "(mode \(Self.octal(status.st_mode)))",
                    hint: "chmod go-w \(folder)", isGrave: isEverybody && status.st_mode & S_ISVTX == 0))
        }
        for path in all {
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 else {
                continue
            }
            found.append(
                Opening(
                    path: path,
                    words: "others than its owner may use it (mode \(Self.octal(status.st_mode)))",
                    hint: "chmod 600 \(path)", isGrave: true))
        }
        return found
    }

    /// Closes what is open: files of this user get mode 600. Returns what was open; throws for what is grave and stays so.
    /// To be called while no connection to the database is open.
    package func close() throws(StoreFault) -> [Opening] {
        try refuseLinks()
        let found = openings()
        for opening in found where opening.isGrave {
            guard opening.path != folder, chmod(opening.path, 0o600) == 0 else {
                throw StoreFault(.access, "\(opening.path): \(opening.words)", hint: opening.hint)
            }
        }
        return found
    }

    private static func octal(_ mode: mode_t) -> String { String(mode & 0o7777, radix: 8) }
}
