import Foundation
import Mail

/// One mail that was named on the command line.
struct MailFile: Sendable, Equatable {
    /// What output calls it: the path below the folder that was named, the file's own name, or `-`.
    let label: String
    /// Nil is standard input.
    let path: String?

    /// The mail's bytes, one more at most than `limit`; that one tells a mail that is too large.
    func bytes(limit: Int) throws(FileBytes.Unreadable) -> [UInt8] {
        guard let path else { return try FileBytes.read(STDIN_FILENO, limit: limit) }
        return try FileBytes.read(path, limit: limit)
    }
}

/// The mails that the arguments of a command name, in order; a folder's `.eml` files come sorted by their paths' bytes.
enum MailFiles {
    static func list(_ arguments: [String]) throws(CommandFailure) -> [MailFile] {
        var files: [MailFile] = []
        for argument in arguments {
            if argument == "-" {
                guard !files.contains(where: { $0.path == nil }) else {
                    throw .unusable("-: standard input can be read only once")
                }
                files.append(MailFile(label: "-", path: nil))
                continue
            }
            var status = stat()
            guard stat(argument, &status) == 0 else {
                throw .unusable("\(argument): \(CommandFailure.systemWords(for: errno))")
            }
            if status.st_mode & S_IFMT == S_IFDIR {
                files += try mails(in: argument)
            } else {
                files.append(MailFile(label: String(argument.split(separator: "/").last ?? "-"), path: argument))
            }
        }
        return files
    }

    private static func mails(in folder: String) throws(CommandFailure) -> [MailFile] {
        var names: [String] = []
        // Folders yet to be read, as paths below `folder`; symbolic links to folders are not followed.
        var waiting = [""]
        while let inner = waiting.popLast() {
            let path = inner.isEmpty ? folder : Paths.join(folder, inner)
            guard let stream = opendir(path) else {
                throw .unusable("\(path): \(CommandFailure.systemWords(for: errno))")
            }
            defer { closedir(stream) }
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                let below = inner.isEmpty ? name : "\(inner)/\(name)"
                var status = stat()
                guard lstat(Paths.join(folder, below), &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR {
                    waiting.append(below)
                } else if name.lowercased().hasSuffix(".eml") {
                    names.append(below)
                }
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { MailFile(label: $0, path: Paths.join(folder, $0)) }
    }
}
