import Foundation
import Registry

/// The folder in which exports of TRACES are dropped, with `done` and `failed` in it. The only code that touches it.
///
/// One process works on a folder at a time: the one that holds the store's lock.
package struct DropFolder: Sendable {
    /// A dropped file as one look found it. Another size, time or inode is another drop.
    package struct Drop: Sendable, Hashable {
        package let name: String
        let inode: UInt64
        let size: Int64
        /// Seconds and nanoseconds of the last change.
        let changed: [Int]
    }

    /// Where a file goes when it is dealt with.
    package enum Outcome: String, Sendable { case done, failed }

    /// What can't be done with the folder or a file in it, in one line.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String

        init(_ description: String) { self.description = description }

        /// What the system says of the last call.
        init(of path: String) { self.init("\(path): \(String(cString: strerror(errno)).lowercased())") }
    }

    /// A report is cut off this list: together they stay within the 255 bytes of a file's name.
    private static let longestName = 200

    package let path: String

    package init(path: String) { self.path = path }

    /// What lies there to be taken up, oldest first: plain files called `*.jsonl` or `*.csv`. Links, hidden files and
    /// names that end otherwise (`*.part`, `*.tmp`) are left alone.
    func drops() throws(Fault) -> [Drop] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            guard access(path, R_OK | X_OK) == 0 else { throw Fault(of: path) }
            throw Fault("\(path): can't be read")
        }
        let found = names.filter { name in
            let small = name.lowercased()
            return !name.hasPrefix(".") && (small.hasSuffix(".jsonl") || small.hasSuffix(".csv"))
        }.compactMap(drop)
        return found.sorted {
            $0.changed == $1.changed ? $0.name < $1.name : $0.changed.lexicographicallyPrecedes($1.changed)
        }
    }

    /// The file of this name as it is now; nil when there is none, or no plain one.
    private func drop(_ name: String) -> Drop? {
        var status = stat()
        guard lstat("\(path)/\(name)", &status) == 0 else { return nil }
        return Drop(name, status)
    }

    /// Whether the file is still the one that the look found.
    func isUnchanged(_ drop: Drop) -> Bool { self.drop(drop.name) == drop }

    /// Opens the file for reading; nil when it is another one by now.
    func open(_ drop: Drop) throws(Fault) -> OpenDrop? {
        let file = "\(path)/\(drop.name)"
        // A pipe that takes the file's place meanwhile must not block.
        let descriptor = Foundation.open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ELOOP { return nil }
            throw Fault(of: file)
        }
        let opened = OpenDrop(drop, descriptor: descriptor, file: file)
        var status = stat()
        guard fstat(descriptor, &status) == 0, Drop(drop.name, status) == drop else { return nil }
        return opened
    }

    /// Writes the report beside the place where the file goes, and then moves the file there. Both are durable when this
    /// returns; a crash in between leaves the file where it was. Returns the file's new name, without folder.
    func settle(_ drop: Drop, as outcome: Outcome, report: [UInt8], at now: Date) throws(Fault) -> String {
        let folder = "\(path)/\(outcome.rawValue)"
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Fault(of: folder) }
        // Whoever may drop files must not lead ours elsewhere.
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw Fault("\(folder): is no folder")
        }
        let name = try freeName(for: drop.name, in: folder, at: now)
        try write(report, to: "\(folder)/\(name).report.json")
        guard isUnchanged(drop) else {
            unlink("\(folder)/\(name).report.json")
            throw Fault("\(path)/\(drop.name): was changed while it was taken up; it will be taken up again")
        }
        guard rename("\(path)/\(drop.name)", "\(folder)/\(name)") == 0 else {
            let fault = Fault(of: "\(path)/\(drop.name)")
            unlink("\(folder)/\(name).report.json")
            throw fault
        }
        synchronize(folder)
        synchronize(path)
        return name
    }

    /// `20261121T120000Z-operators.csv`, with a number behind the time where that is taken.
    private func freeName(for name: String, in folder: String, at now: Date) throws(Fault) -> String {
        let stamp = Timestamp.text(now).filter { $0 != "-" && $0 != ":" }
        var end = name
        while end.utf8.count > Self.longestName { end.removeFirst() }
        for number in 0..<1_000 {
            let tried = number == 0 ? "\(stamp)-\(end)" : "\(stamp)-\(number)-\(end)"
            var status = stat()
            if lstat("\(folder)/\(tried)", &status) != 0, lstat("\(folder)/\(tried).report.json", &status) != 0 {
                return tried
            }
        }
        throw Fault("\(folder): no free name for \(name)")
    }

    private func write(_ bytes: [UInt8], to file: String) throws(Fault) {
        let draft = file + ".tmp"
        unlink(draft)
        let descriptor = Foundation.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Fault(of: draft) }
        var rest = bytes[...]
        var isWritten = true
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                isWritten = false
                break
            }
        }
        isWritten = isWritten && fsync(descriptor) == 0
        let fault = Fault(of: draft)
        close(descriptor)
        guard isWritten, rename(draft, file) == 0 else {
            unlink(draft)
            throw fault
        }
        synchronize(Self.folder(of: file))
    }

    private static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    }

    private func synchronize(_ folder: String) {
        let descriptor = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

extension DropFolder.Drop {
    fileprivate init?(_ name: String, _ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(
            name: name, inode: UInt64(status.st_ino), size: Int64(status.st_size),
            changed: [status.st_mtim.tv_sec, status.st_mtim.tv_nsec])
    }
}

/// A dropped file, open for reading as long as the value lives.
final class OpenDrop: Sendable {
    private let drop: DropFolder.Drop
    private let descriptor: Int32
    private let file: String

    init(_ drop: DropFolder.Drop, descriptor: Int32, file: String) {
        self.drop = drop
        self.descriptor = descriptor
        self.file = file
    }

    deinit { close(descriptor) }

    /// The next piece; nil at the end. Throws there when the file was written into meanwhile: nobody can say what of it
    /// was read.
    func next() throws(DropFolder.Fault) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 262_144)
        while true {
            let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                piece.removeLast(piece.count - count)
                guard piece.isEmpty else { return piece }
                var status = stat()
                guard fstat(descriptor, &status) == 0, DropFolder.Drop(drop.name, status) == drop else {
                    throw DropFolder.Fault("\(file): was changed while it was read; it will be taken up again")
                }
                return nil
            }
            if errno != EINTR { throw DropFolder.Fault(of: file) }
        }
    }
}
