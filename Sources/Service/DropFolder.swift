import Foundation
import Registry

/// The folder in which exports of TRACES are dropped, with `done` and `failed` in it. The only code that touches it.
///
/// One process works on a folder at a time: the one that holds the store's lock.
package struct DropFolder: Sendable {
    /// A dropped file as one look found it. Another size, time or inode is another drop.
    package struct Drop: Sendable, Hashable {
        /// The name under which it was dropped.
        package let name: String
        /// The name under which it lies in the folder: a hidden one while it is taken up.
        let file: String
        let inode: UInt64
        let size: Int64
        /// Seconds and nanoseconds of the last change.
        let changed: [Int]
    }

    /// What one look found.
    struct Content: Sendable {
        /// What can be taken up, oldest first.
        var drops: [Drop] = []
        /// What is called like an export but can't be taken up.
        var oddities: [Oddity] = []
    }

    /// Something called like an export that can't be taken up.
    struct Oddity: Sendable, Hashable {
        /// Bytes that are no UTF-8 stand as `\xE4`.
        let name: String
        let reason: String
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

    /// Longer names lose their beginning, so that with what is put around them they stay within the 255 bytes of a
    /// file's name.
    private static let longestName = 200
    private static let takingMark = ".taking-"
    private static let reportEnd = ".report.json"

    package let path: String

    package init(path: String) { self.path = path }

    /// What lies there called `*.jsonl` or `*.csv`, and what an earlier run left half taken up. Hidden files and names
    /// that end otherwise (`*.part`, `*.tmp`) are left alone; links, folders and pipes are oddities.
    func content() throws(Fault) -> Content {
        var content = Content()
        for bytes in try Self.names(in: path) {
            guard let file = String(validating: bytes, as: UTF8.self) else {
                if bytes.first != UInt8(ascii: "."), Self.isExport(String(decoding: bytes, as: UTF8.self)) {
                    content.oddities.append(Oddity(name: Self.shown(bytes), reason: "its name is not UTF-8"))
                }
                continue
            }
            guard let name = Self.droppedName(of: file) else { continue }
            var status = stat()
            guard lstat("\(path)/\(file)", &status) == 0 else { continue }
            if let drop = Drop(name, file: file, status) {
                content.drops.append(drop)
            } else {
                content.oddities.append(Oddity(name: file, reason: "is \(Self.kind(status)), no plain file"))
            }
        }
        content.drops.sort {
            $0.changed == $1.changed ? $0.file < $1.file : $0.changed.lexicographicallyPrecedes($1.changed)
        }
        return content
    }

    /// Takes the file out of the way of others, under a hidden name, and opens it; nil when it is another one by now.
    /// What is put in its place from then on is another drop.
    func take(_ drop: Drop, at now: Date) throws(Fault) -> (drop: Drop, file: OpenDrop)? {
        let file = "\(path)/\(drop.file)"
        // A pipe that takes the file's place meanwhile must not block.
        let descriptor = Foundation.open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ELOOP { return nil }
            throw Fault(of: file)
        }
        let found = OpenDrop(drop, descriptor: descriptor, file: "\(path)/\(drop.name)")
        var status = stat()
        guard fstat(descriptor, &status) == 0, drop.isFile(status) else { return nil }
        if drop.file != drop.name { return (drop, found) }
        let hidden = try hiddenName(for: drop.name, at: now)
        guard rename(file, "\(path)/\(hidden)") == 0 else {
            if errno == ENOENT { return nil }
            throw Fault(of: file)
        }
        let taken = drop.called(hidden)
        guard lstat("\(path)/\(hidden)", &status) == 0, drop.isFile(status) else {
            giveBack(taken)
            return nil
        }
        return (taken, found)
    }

    /// Puts the file back under its own name. Where another one lies there by now, it keeps the hidden name, under which
    /// the next look finds it.
    func giveBack(_ drop: Drop) {
        guard drop.file != drop.name else { return }
        // Unlike a rename, a link replaces nothing.
        guard link("\(path)/\(drop.file)", "\(path)/\(drop.name)") == 0 else { return }
        unlink("\(path)/\(drop.file)")
    }

    /// Moves the file to its place and puts the report beside it. Both are durable when this returns; of a crash in
    /// between, ``finishReports()`` mends what is left. Returns the file's new name, without folder.
    func settle(_ drop: Drop, as outcome: Outcome, report: [UInt8], at now: Date) throws(Fault) -> String {
        let folder = "\(path)/\(outcome.rawValue)"
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Fault(of: folder) }
        // Whoever may drop files must not lead ours elsewhere.
        guard Self.isFolder(folder) else { throw Fault("\(folder): is no folder") }
        let name = try freeName(for: drop.name, in: folder, at: now)
        let draft = "\(folder)/.\(name)\(Self.reportEnd)"
        try write(report, to: draft)
        guard rename("\(path)/\(drop.file)", "\(folder)/\(name)") == 0 else {
            let fault = Fault(of: "\(path)/\(drop.file)")
            unlink(draft)
            throw fault
        }
        guard rename(draft, "\(folder)/\(name)\(Self.reportEnd)") == 0 else { throw Fault(of: draft) }
        synchronize(folder)
        synchronize(path)
        return name
    }

    /// Puts in place the reports whose files an earlier run had moved when it broke off, and removes the other drafts.
    func finishReports() {
        for outcome in [Outcome.done, .failed] {
            let folder = "\(path)/\(outcome.rawValue)"
            guard Self.isFolder(folder), let names = try? Self.names(in: folder) else { continue }
            for draft in names.compactMap({ String(validating: $0, as: UTF8.self) })
            where draft.hasPrefix(".") && draft.hasSuffix(Self.reportEnd) {
                let name = String(draft.dropFirst().dropLast(Self.reportEnd.count))
                var status = stat()
                if lstat("\(folder)/\(name)", &status) == 0 {
                    rename("\(folder)/\(draft)", "\(folder)/\(name)\(Self.reportEnd)")
                } else {
                    unlink("\(folder)/\(draft)")
                }
            }
        }
    }

    /// `.taking-20261121T120000Z-operators.csv`, with a number behind the time where that is taken.
    private func hiddenName(for name: String, at now: Date) throws(Fault) -> String {
        try free(name, in: path) { number in
            "\(Self.takingMark)\(Self.stamp(now))\(number.map { ".\($0)" } ?? "")-\(Self.end(of: name))"
        }
    }

    /// `20261121T120000Z-operators.csv`, with a number behind the time where that is taken.
    private func freeName(for name: String, in folder: String, at now: Date) throws(Fault) -> String {
        try free(name, in: folder) { number in
            "\(Self.stamp(now))-\(number.map { "\($0)-" } ?? "")\(Self.end(of: name))"
        }
    }

    private func free(_ name: String, in folder: String, _ form: (Int?) -> String) throws(Fault) -> String {
        for number in 0..<1_000 {
            let tried = form(number == 0 ? nil : number)
            var status = stat()
            if lstat("\(folder)/\(tried)", &status) != 0,
                lstat("\(folder)/\(tried)\(Self.reportEnd)", &status) != 0
            {
                return tried
            }
        }
        throw Fault("\(folder): no free name for \(name)")
    }

    private func write(_ bytes: [UInt8], to file: String) throws(Fault) {
        unlink(file)
        let descriptor = Foundation.open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Fault(of: file) }
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
        let fault = Fault(of: file)
        close(descriptor)
        guard isWritten else {
            unlink(file)
            throw fault
        }
    }

    private func synchronize(_ folder: String) {
        let descriptor = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

extension DropFolder {
    /// The names in a folder as the system keeps them, in bytes, in no order.
    private static func names(in folder: String) throws(Fault) -> [[UInt8]] {
        guard let stream = opendir(folder) else { throw Fault(of: folder) }
        defer { closedir(stream) }
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { throw Fault("\(folder): can't be read") }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            // An entry is only as long as its name: never copy it whole.
            let name = UnsafeRawPointer(entry) + offset
            names.append(
                Array(UnsafeRawBufferPointer(start: name, count: strlen(name.assumingMemoryBound(to: CChar.self)))))
        }
        guard errno == 0 else { throw Fault(of: folder) }
        return names
    }

    /// The name under which a file was dropped; nil for a file that is not to be taken up.
    private static func droppedName(of file: String) -> String? {
        var name = file[...]
        if name.hasPrefix(takingMark) {
            guard let dash = name.dropFirst(takingMark.count).firstIndex(of: "-") else { return nil }
            name = name[name.index(after: dash)...]
        }
        return !name.hasPrefix(".") && isExport(String(name)) ? String(name) : nil
    }

    private static func isExport(_ name: String) -> Bool {
        let small = name.lowercased()
        return small.hasSuffix(".jsonl") || small.hasSuffix(".csv")
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func kind(_ status: stat) -> String {
        switch status.st_mode & S_IFMT {
        case S_IFLNK: "a link"
        case S_IFDIR: "a folder"
        case S_IFIFO: "a pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }

    /// A name that is no UTF-8, for people.
    private static func shown(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            (0x20..<0x7F).contains(byte)
                ? String(UnicodeScalar(byte))
                : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func stamp(_ now: Date) -> String { Timestamp.text(now).filter { $0 != "-" && $0 != ":" } }

    private static func end(of name: String) -> String {
        var end = name
        while end.utf8.count > longestName { end.removeFirst() }
        return end
    }
}

extension DropFolder.Drop {
    fileprivate init?(_ name: String, file: String, _ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(
            name: name, file: file, inode: UInt64(status.st_ino), size: Int64(status.st_size),
            changed: [status.st_mtim.tv_sec, status.st_mtim.tv_nsec])
    }

    /// Whether this is what the system says of the file, whatever it is called.
    func isFile(_ status: stat) -> Bool { Self(name, file: file, status) == self }

    fileprivate func called(_ file: String) -> Self {
        Self(name: name, file: file, inode: inode, size: size, changed: changed)
    }
}
