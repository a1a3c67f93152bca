import Foundation
import GRDB
import Store
import Testing

struct StoreBackupTests {
    private let scratch: Scratch
    private let target: String

    init() throws {
        scratch = try Scratch()
        target = scratch.folder.appending(path: "copy.db").path
    }

    private func fault(_ target: String? = nil, replacing: Bool = false) -> StoreFault? {
        do {
            _ = try StoreBackup(of: scratch.path, as: target ?? self.target, replacing: replacing).make()
            return nil
        } catch {
            return error
        }
    }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)) ?? []).filter {
            $0.hasPrefix("copy")
        }
        .sorted()
    }

    @Test func `the copy is whole, its owner's alone, and a store`() async throws {
        let store = try await Sample.store(scratch)
        try await Sample.deliver(40, to: store)
        let summary = try StoreBackup(of: scratch.path, as: target, replacing: false).make()
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int64 == summary.bytes)
        #expect(names == ["copy.db"])
        let copy = try Store(path: target)
        #expect(try await copy.status(since: .distantPast) == store.status(since: .distantPast))
        // The first goes on.
        try await Sample.deliver(1, to: store)
    }

    @Test func `a file that is there is left alone, unless it may be replaced`() throws {
        _ = try scratch.store()
        try Data("precious".utf8).write(to: URL(filePath: target))
        #expect(fault()?.reason == "\(target) is there already")
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "precious")
        #expect(fault(replacing: true) == nil)
        #expect(try Store(path: target, mode: .read).path == target)
    }

    @Test func `neither the store itself nor a link nor a folder is written over`() throws {
        _ = try scratch.store()
        #expect(fault(scratch.path, replacing: true)?.reason == "\(scratch.path) is the store itself")
        let lock = scratch.path + ".lock"
        try Data().write(to: URL(filePath: lock))
        #expect(fault(lock, replacing: true)?.reason == "\(lock) is the store itself")
        try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: scratch.path)
        #expect(fault(replacing: true)?.reason == "\(target) is there and is no plain file")
        #expect(fault(scratch.folder.path, replacing: true)?.reason.hasSuffix("is no plain file") == true)
        #expect(fault(scratch.folder.path + "/no/copy.db")?.kind == .access)
        #expect(names == ["copy.db"])
    }

    @Test(arguments: ["half a database", ""]) func `what a killed backup left is thrown away`(_ rest: String) throws {
        _ = try scratch.store()
        for name in [".part", ".part-journal"] {
            try Data((rest + rest).utf8).write(to: URL(filePath: target + name))
            chmod(target + name, 0o666)
        }
        #expect(fault() == nil)
        #expect(names == ["copy.db"])
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a link in the draft's place leads nowhere`() throws {
        _ = try scratch.store()
        let victim = scratch.folder.appending(path: "victim").path
        try Data("precious".utf8).write(to: URL(filePath: victim))
        try FileManager.default.createSymbolicLink(atPath: target + ".part", withDestinationPath: victim)
        #expect(fault()?.kind == .access)
        #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
    }

    @Test func `a damaged store is no backup`() async throws {
        let store = try await Sample.store(scratch)
        try await Sample.deliver(50, to: store)
        var bytes = try Data(contentsOf: URL(filePath: scratch.path))
        for place in stride(from: 3 * 4096, to: bytes.count, by: 4096) { bytes[place] = 0x77 }
        try bytes.write(to: URL(filePath: scratch.path))
        #expect(fault()?.kind == .damaged)
        #expect(names == [])
    }

    @Test func `another program's database and a missing one are refused`() throws {
        #expect(fault()?.reason == "there is no database \(scratch.path)")
        try RawDatabase(scratch.path).execute("CREATE TABLE theirs (x)")
        #expect(fault()?.kind == .foreign)
        #expect(names == [])
    }

    @Test func `a writer in the middle of its transaction is not waited for, and not copied`() throws {
        _ = try scratch.store()
        let raw = try RawDatabase(scratch.path)
        try raw.queue.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN IMMEDIATE; CREATE TABLE unfinished (x)")
            #expect(fault() == nil)
            try db.execute(sql: "COMMIT")
        }
        #expect(try RawDatabase(target).text("SELECT count(*) FROM sqlite_schema WHERE name = 'unfinished'") == "0")
    }
}
