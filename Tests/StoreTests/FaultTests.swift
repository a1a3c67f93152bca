import Foundation
import GRDB
import Judging
import Mail
import Registry
import Store
import Testing

struct FaultTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func fault(_ mode: Store.Mode = .write, _ options: Store.Options = Store.Options()) -> StoreFault? {
        do {
            _ = try scratch.store(mode, options)
            return nil
        } catch {
            return error as? StoreFault
        }
    }

    @Test func `a new file is its owner's alone, and is Postern's`() throws {
        _ = try scratch.store()
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let raw = try RawDatabase(scratch.path)
        #expect(try raw.text("PRAGMA application_id") == String(0x5073_746e))
        #expect(try raw.text("PRAGMA user_version") == "6")
        #expect(fault(.read) == nil)
    }

    @Test func `reading needs a database that is there`() {
        #expect(fault(.read)?.kind == .access)
        #expect(!FileManager.default.fileExists(atPath: scratch.path))
    }

    @Test func `a folder that is missing is named`() throws {
        #expect(throws: StoreFault.self) { try Store(path: scratch.folder.path + "/no/such.db") }
    }

    @Test func `another program's database is refused and left as it is`() throws {
        let raw = try RawDatabase(scratch.path)
        try raw.execute("CREATE TABLE theirs (x)")
        #expect(fault()?.kind == .foreign)
        #expect(try raw.text("SELECT count(*) FROM sqlite_schema") == "1")
        try raw.execute("PRAGMA application_id = 77")
        #expect(fault()?.reason == "\(scratch.path) is a database, but not Postern's")
    }

    @Test func `a newer Postern's database is refused`() throws {
        _ = try scratch.store()
        try RawDatabase(scratch.path).execute("PRAGMA user_version = 99")
        #expect(fault()?.reason == "the database \(scratch.path) is of a newer Postern (tables 99, known 6)")
        #expect(fault(.read)?.kind == .foreign)
    }

    @Test func `a file that is no database is refused`() throws {
        try Data(repeating: 0x41, count: 5000).write(to: URL(filePath: scratch.path))
        #expect(fault()?.reason == "\(scratch.path) is no database")
    }

    @Test func `a damaged file is found when it is checked`() async throws {
        let store = try await Sample.store(scratch)
        try await Sample.deliver(50, to: store)
        var options = Store.Options()
        options.quickCheck = true
        #expect(fault(.write, options) == nil)
        var bytes = try Data(contentsOf: URL(filePath: scratch.path))
        for place in stride(from: 3 * 4096, to: bytes.count, by: 4096) { bytes[place] = 0x77 }
        try bytes.write(to: URL(filePath: scratch.path))
        #expect(fault(.write, options)?.kind == .damaged)
    }

    @Test func `a full disk is told, and nothing of the transaction stays`() async throws {
        do {
            let store = try await Sample.store(scratch)
            try await Sample.deliver(1, to: store)
        }
        let size = try FileManager.default.attributesOfItem(atPath: scratch.path)[.size] as? Int
        var options = Store.Options()
        options.largestSize = try #require(size) + 8 * 4096
        let store = try scratch.store(.write, options)
        let mails = try (10...200).map { try Sample.mail($0, String(repeating: "x", count: 2000) + "\($0)") }
        await #expect(
            throws: StoreFault(
                .full, "no room left for the database \(scratch.path)", hint: "free space on its disk; nothing is lost")
        ) {
            try await store.store(mails, in: "INBOX", cursor: Sample.cursor(201), at: Sample.noon)
        }
        #expect(try await store.allMessages().count == 1)
        #expect(try await store.cursor(of: "INBOX") == Sample.cursor(2))
        let lines = (1...3000).map { #"{"type":"operator","id":"X-\#($0)","name":"Firma \#($0)","country":"HR"}"# }
        await #expect(throws: StoreFault.self) {
            try await store.importRegistry(
                text: lines.joined(separator: "\n"), partial: true, actor: "test", at: Sample.noon)
        }
        #expect(try await store.entry(.operator, "X-1") == nil)
        // The store goes on working: what fits is taken.
        #expect(try await store.store([mails[0]], in: "INBOX", cursor: Sample.cursor(11), at: Sample.noon) == 1)
    }

    @Test func `a process that dies in the middle of a transaction leaves the state before it`() async throws {
        let store = try await Sample.store(scratch)
        try await Sample.deliver(20, to: store)
        let copy = try Scratch()
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1")
        }
        // A second connection writes with a tiny cache, so that half the transaction is in the file already when the
        // files are copied: what a dead process leaves behind.
        let dying = try DatabaseQueue(path: scratch.path, configuration: configuration)
        try await dying.writeWithoutTransaction { [scratch] db in
            try db.inTransaction(.immediate) {
                try db.execute(sql: "UPDATE journal SET verdict = 'held', reason = 'x', decided_at = 1")
                try db.execute(sql: "UPDATE request SET status = 'confirmed'")
                try db.execute(sql: "DELETE FROM journal_mail")
                for suffix in ["", "-journal"] {
                    try FileManager.default.copyItem(atPath: scratch.path + suffix, toPath: copy.path + suffix)
                }
                return .rollback
            }
        }
        let journal = try FileManager.default.attributesOfItem(atPath: copy.path + "-journal")[.size] as? Int
        try #require(journal ?? 0 > 512)
        #expect(try Data(contentsOf: URL(filePath: copy.path)) != Data(contentsOf: URL(filePath: scratch.path)))
        var options = Store.Options()
        options.quickCheck = true
        let after = try copy.store(.write, options)
        #expect(try await after.allMessages().allSatisfy { $0.verdict == nil })
        #expect(try await after.status(of: "R-1") == .requested)
        #expect(try await after.rawMail(JournalID(20)) == Sample.mail(20, "20").raw?.bytes)
    }

    @Test func `a store opened for reading changes nothing`() async throws {
        let store = try await Sample.store(scratch)
        try await Sample.deliver(1, to: store)
        let reader = try scratch.store(.read)
        #expect(try await reader.allMessages().count == 1)
        await #expect(throws: StoreFault.self) { try await reader.claimUndecided(limit: 1, bytes: 1) }
        await #expect(throws: StoreFault.self) {
            try await reader.importRegistry(text: Sample.registry, actor: "x", at: Sample.noon)
        }
    }

    @Test func `commands read and write while the service writes`() async throws {
        let service = try await Sample.store(scratch)
        let reader = try scratch.store(.read)
        let command = try scratch.store()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 0..<20 as Range<UInt32> {
                    let mails = try (1...20).map { try Sample.mail(round * 20 + $0, "\(round) \($0)") }
                    _ = try await service.store(
                        mails, in: "INBOX", cursor: Sample.cursor(round * 20 + 21), at: Sample.noon)
                    let claimed = try await service.claimUndecided(limit: 20, bytes: 1 << 20)
                    _ = try await service.record(claimed.map { Sample.ruling($0.id) }, at: Sample.noon)
                }
            }
            group.addTask {
                for _ in 0..<40 {
                    // Mails come in twenties, so any other count would be half a transaction.
                    let status = try await reader.status(since: Sample.noon)
                    #expect((status.backlog + (status.verdicts[.incomplete] ?? 0)) % 20 == 0)
                }
            }
            group.addTask {
                for number in 1...20 {
                    _ = try await command.importRegistry(
                        text: #"{"type":"operator","id":"N-\#(number)","name":"Nova \#(number)","country":"HR"}"#,
                        actor: "eva", at: Sample.noon)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await service.status(since: Sample.noon).verdicts == [.incomplete: 400])
        #expect(try await service.entry(.operator, "N-20") != nil)
    }

    @Test func `a database that another process holds is a fault that passes`() async throws {
        let store = try await Sample.store(scratch)
        var options = Store.Options()
        options.busyTimeout = 0.01
        let waiting = try scratch.store(.write, options)
        let holder = try RawDatabase(scratch.path)
        try await holder.queue.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
        }
        let fault = await #expect(throws: StoreFault.self) { try await waiting.claimUndecided(limit: 1, bytes: 1) }
        #expect(fault?.kind == .busy)
        #expect(fault?.isTemporary == true)
        try await holder.queue.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        #expect(try await waiting.claimUndecided(limit: 1, bytes: 1).isEmpty)
        _ = store
    }
}
