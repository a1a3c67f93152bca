import Foundation
import Mail

/// One mail that was named on the command line.
struct MailFile: Sendable, Equatable {
    /// What output calls it: the path below the folder that was named, the file's own name, or `-`.
    let label: String
    /// Nil is standard input.
    let path: String?

    /// The mail's bytes as a mail server would give them; nil when there are more than `limit`.
    func bytes(limit: Int) throws(FileBytes.Unreadable) -> [UInt8]? {
        let descriptor = try path.map(FileBytes.open) ?? STDIN_FILENO
        defer { if path != nil { close(descriptor) } }
        do {
            return Self.withMailLineEnds(try FileBytes.read(descriptor, limit: limit))
        } catch {
            if error.isTooLarge { return nil }
            throw error
        }
    }

    /// Files on disk often end their lines with LF alone, and mail servers that keep such files give CRLF out. A file
    /// whose first line ends with a bare LF is taken for one of those; in any other, a bare LF stays what it is.
    static func withMailLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        let (cr, lf) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
        guard let first = bytes.firstIndex(of: lf), first == 0 || bytes[first - 1] != cr else { return bytes }
        var mail: [UInt8] = []
        mail.reserveCapacity(bytes.count + bytes.count / 32 + 16)
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == lf, previous != cr { mail.append(cr) }
            mail.append(byte)
            previous = byte
        }
        return mail
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
            if stat(argument, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                files += try mails(in: argument)
            } else {
                // One that is missing is told when its turn comes, like any other that can't be read.
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
