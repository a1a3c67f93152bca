import Foundation
import Logging
import Operations
import ServiceLifecycle
import Synchronization
import Testing

@testable import Service

/// Takes exports up as their first line says: `bad` rejects, `unusable`, `away` and `broken` throw.
private final class FakeIntake: RegistryIntake {
    let taken = Mutex<[String]>([])
    let partial = Mutex<[Bool]>([])
    /// Called while an export is read.
    let whileReading = Mutex<(@Sendable () -> Void)?>(nil)

    func takeUp(_ export: DroppedExport, partial: Bool, at now: Date) async throws -> ExportReport {
        var bytes: [UInt8] = []
        while let piece = try export.next() {
            bytes += piece
            whileReading.withLock { $0 }?()
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.hasPrefix("unusable") { throw UnusableExport(reason: "no map") }
        if text.hasPrefix("away") { throw StoreAway(isTemporary: true) }
        taken.withLock { $0.append("\(export.name): \(text)") }
        self.partial.withLock { $0.append(partial) }
        let isBad = text.hasPrefix("bad")
        return ExportReport(
            isTaken: !isBad || partial, rejected: isBad ? 1 : 0, text: Array("report on \(export.name)\n".utf8))
    }
}

/// Keeps what is logged.
private struct LogKeeper: LogHandler {
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func withLock<Value>(_ body: (inout sending [String]) -> sending Value) -> Value { lines.withLock(body) }
    }

    let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let about = event.metadata?["file"].map { " \($0)" } ?? ""
        lines.withLock { $0.append("\(event.metadata?["event"].map { "\($0)" } ?? "")\(about)") }
    }
}

struct InboxTests {
    private let path: String
    private let intake = FakeIntake()
    private let log = LogKeeper()
    private let watchdog = Watchdog()
    private let inbox: RegistryInbox

    init() throws { try self.init(isPartial: false) }

    private init(isPartial: Bool) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "postern-inbox-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let log = log
        inbox = RegistryInbox(
            folder: DropFolder(path: path), intake: intake, isPartial: isPartial, clock: StillClock(),
            watchdog: watchdog, logger: Logger(label: "test") { _ in log })
    }

    private func drop(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }

    private func files(_ folder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? [])
            .filter { !["done", "failed"].contains($0) }.sorted()
    }

    private func content(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    private func tidy() { try? FileManager.default.removeItem(atPath: path) }

    @Test func `a file that stays as it is is taken up at the second look and moved with its report`() async throws {
        defer { tidy() }
        try drop("a.jsonl", "one")
        await inbox.look()
        #expect(intake.taken.withLock { $0 }.isEmpty)
        #expect(files() == ["a.jsonl"])
        await inbox.look()
        #expect(intake.taken.withLock { $0 } == ["a.jsonl: one"])
        #expect(files().isEmpty)
        #expect(files("done") == ["20261101T120000Z-a.jsonl", "20261101T120000Z-a.jsonl.report.json"])
        #expect(try content("done/20261101T120000Z-a.jsonl") == "one")
        #expect(try content("done/20261101T120000Z-a.jsonl.report.json") == "report on a.jsonl\n")
        await inbox.look()
        #expect(intake.taken.withLock { $0.count } == 1)
        #expect(log.lines.withLock { $0 } == ["inbox.taken a.jsonl"])
    }

    @Test func `a file that grows is left until it is still`() async throws {
        defer { tidy() }
        try drop("a.csv", "one")
        await inbox.look()
        try drop("a.csv", "one two")
        await inbox.look()
        #expect(intake.taken.withLock { $0 }.isEmpty)
        await inbox.look()
        #expect(intake.taken.withLock { $0 } == ["a.csv: one two"])
    }

    @Test func `a name that comes again overwrites nothing`() async throws {
        defer { tidy() }
        for text in ["one", "two", "three"] {
            try drop("a.jsonl", text)
            await inbox.look()
            await inbox.look()
        }
        #expect(
            files("done").filter { !$0.hasSuffix(".report.json") } == [
                "20261101T120000Z-1-a.jsonl", "20261101T120000Z-2-a.jsonl", "20261101T120000Z-a.jsonl",
            ])
        #expect(try content("done/20261101T120000Z-2-a.jsonl") == "three")
    }

    @Test func `hidden and unfinished files are left alone, links, folders and pipes are told once`() async throws {
        defer { tidy() }
        try drop("real", "elsewhere")
        for name in [".hidden.jsonl", "a.jsonl.part", "b.csv.tmp", "notes.txt"] { try drop(name, "x") }
        try FileManager.default.createSymbolicLink(atPath: "\(path)/link.jsonl", withDestinationPath: "\(path)/real")
        try FileManager.default.createDirectory(atPath: "\(path)/folder.csv", withIntermediateDirectories: false)
        #expect(mkfifo("\(path)/pipe.csv", 0o600) == 0)
        for _ in 0..<3 { await inbox.look() }
        #expect(intake.taken.withLock { $0 }.isEmpty)
        #expect(files().count == 8)
        #expect(
            log.lines.withLock { $0.sorted() } == [
                "inbox.fault folder.csv", "inbox.fault link.jsonl", "inbox.fault pipe.csv",
            ])
    }

    @Test func `a name that is not UTF-8 is told once`() async throws {
        defer { tidy() }
        let file = Array("\(path)/b\u{1}".utf8) + [0xE4] + Array("r.CSV".utf8)
        let other = Array("\(path)/n".utf8) + [0xFC] + Array(".txt".utf8)
        for name in [file, other] {
            let descriptor = (name + [0]).withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { creat($0, 0o600) } ?? -1 }
            }
            #expect(descriptor >= 0)
            close(descriptor)
        }
        for _ in 0..<3 { await inbox.look() }
        #expect(log.lines.withLock { $0 } == [#"inbox.fault b\x01\xE4r.CSV"#])
        (file + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { name in
                if let start = name.baseAddress { unlink(start) }
            }
        }
        await inbox.look()
        #expect(log.lines.withLock { $0.count } == 1)
    }

    @Test func `what is rejected or unusable goes to failed, each with its report`() async throws {
        defer { tidy() }
        try drop("bad.jsonl", "bad")
        try drop("nomap.csv", "unusable")
        await inbox.look()
        await inbox.look()
        #expect(files().isEmpty && files("done").isEmpty)
        #expect(
            files("failed") == [
                "20261101T120000Z-bad.jsonl", "20261101T120000Z-bad.jsonl.report.json", "20261101T120000Z-nomap.csv",
                "20261101T120000Z-nomap.csv.report.json",
            ])
        #expect(
            try content("failed/20261101T120000Z-nomap.csv.report.json")
                == #"{"file":"nomap.csv","taken":false,"problem":"no map"}"# + "\n")
        #expect(log.lines.withLock { $0.sorted() } == ["inbox.refused bad.jsonl", "inbox.refused nomap.csv"])
    }

    @Test func `with partial the good lines count as taken up`() async throws {
        let other = try InboxTests(isPartial: true)
        defer {
            tidy()
            other.tidy()
        }
        try other.drop("bad.jsonl", "bad")
        await other.inbox.look()
        await other.inbox.look()
        #expect(other.intake.partial.withLock { $0 } == [true])
        #expect(other.files("done").count == 2)
    }

    @Test func `while the store is away the file stays, and that is told once`() async throws {
        defer { tidy() }
        try drop("a.jsonl", "away")
        await inbox.look()
        #expect(await inbox.look())
        #expect(await inbox.look())
        #expect(files() == ["a.jsonl"])
        #expect(log.lines.withLock { $0 } == ["inbox.fault a.jsonl"])
        try drop("a.jsonl", "back")
        await inbox.look()
        #expect(await !inbox.look())
        #expect(files("done").count == 2)
    }

    @Test func `a folder that is missing is told once, and again after it was there`() async throws {
        tidy()
        for _ in 0..<3 { await inbox.look() }
        #expect(log.lines.withLock { $0 } == ["inbox.fault "])
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        await inbox.look()
        tidy()
        await inbox.look()
        #expect(log.lines.withLock { $0 } == ["inbox.fault ", "inbox.fault "])
    }

    @Test func `a file that can't be moved is taken up once, and moved when that works`() async throws {
        defer { tidy() }
        try drop("done", "a file in the folder's place")
        try drop("a.jsonl", "one")
        for _ in 0..<4 { await inbox.look() }
        #expect(intake.taken.withLock { $0 } == ["a.jsonl: one"])
        #expect(log.lines.withLock { $0 } == ["inbox.taken a.jsonl", "inbox.fault a.jsonl"])
        try FileManager.default.removeItem(atPath: "\(path)/done")
        await inbox.look()
        #expect(files().isEmpty)
        #expect(files("done").count == 2)
        #expect(intake.taken.withLock { $0.count } == 1)
    }

    @Test func `a file put in the place of one that is taken up stays for the next look`() async throws {
        defer { tidy() }
        try drop("a.jsonl", "one")
        await inbox.look()
        let file = "\(path)/a.jsonl"
        intake.whileReading.withLock {
            $0 = { try? Data("longer".utf8).write(to: URL(filePath: file), options: .atomic) }
        }
        await inbox.look()
        #expect(files() == ["a.jsonl"])
        #expect(try content("done/20261101T120000Z-a.jsonl") == "one")
        intake.whileReading.withLock { $0 = nil }
        await inbox.look()
        await inbox.look()
        #expect(intake.taken.withLock { $0 } == ["a.jsonl: one", "a.jsonl: longer"])
        #expect(try content("done/20261101T120000Z-1-a.jsonl") == "longer")
    }

    @Test func `nothing is taken up of a file that is written into while it is read`() async throws {
        defer { tidy() }
        try drop("a.jsonl", "one")
        await inbox.look()
        let handle = try #require(FileHandle(forWritingAtPath: "\(path)/a.jsonl"))
        intake.whileReading.withLock {
            $0 = { if (try? handle.seekToEnd()) == 3 { try? handle.write(contentsOf: Data(" two".utf8)) } }
        }
        await inbox.look()
        #expect(intake.taken.withLock { $0 }.isEmpty)
        #expect(files() == ["a.jsonl"])
        await inbox.look()
        await inbox.look()
        #expect(intake.taken.withLock { $0 } == ["a.jsonl: one two"])
    }

    @Test func `while a file is read it has a hidden name, and is given back beside nothing it would replace`()
        async throws
    {
        defer { tidy() }
        try drop("a.jsonl", "away")
        await inbox.look()
        let seen = Mutex<[String]>([])
        intake.whileReading.withLock {
            $0 = { [self] in
                seen.withLock { $0 = files() }
                try? drop("a.jsonl", "newer")
            }
        }
        await inbox.look()
        intake.whileReading.withLock { $0 = nil }
        #expect(seen.withLock { $0 } == [".taking-20261101T120000Z-a.jsonl"])
        #expect(files() == [".taking-20261101T120000Z-a.jsonl", "a.jsonl"])
        #expect(try content("a.jsonl") == "newer")
        await inbox.look()
        await inbox.look()
        #expect(intake.taken.withLock { $0 } == ["a.jsonl: newer"])
        #expect(try content(".taking-20261101T120000Z-a.jsonl") == "away")
    }

    @Test(arguments: [".taking-20261101T115900Z-a-b.jsonl", ".taking-20261101T115900Z.7-a-b.jsonl"])
    func `what a crash left half taken up is taken up under its own name`(file: String) async throws {
        defer { tidy() }
        try drop(file, "one")
        await inbox.look()
        await inbox.look()
        #expect(intake.taken.withLock { $0 } == ["a-b.jsonl: one"])
        #expect(files().isEmpty)
        #expect(
            files("done") == ["20261101T120000Z-a-b.jsonl", "20261101T120000Z-a-b.jsonl.report.json"])
    }

    @Test func `a report that a crash left without its file goes, one whose file was moved is put beside it`()
        async throws
    {
        defer { tidy() }
        for folder in ["done", "failed"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: false)
            try drop("\(folder)/moved.csv", "one")
            try drop("\(folder)/.moved.csv.report.json", "report")
            try drop("\(folder)/.lost.csv.report.json", "report")
        }
        await inbox.look()
        #expect(files("done") == ["moved.csv", "moved.csv.report.json"])
        #expect(files("failed") == ["moved.csv", "moved.csv.report.json"])
    }

    @Test func `a link in the place of a folder leads no file elsewhere`() async throws {
        defer { tidy() }
        try FileManager.default.createDirectory(atPath: "\(path)/other", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: "\(path)/done", withDestinationPath: "other")
        try drop("a.jsonl", "one")
        await inbox.look()
        await inbox.look()
        #expect(files("other").isEmpty)
        #expect(files() == [".taking-20261101T120000Z-a.jsonl", "other"])
        #expect(log.lines.withLock { $0.last } == "inbox.fault a.jsonl")
    }

    @Test func `a stop gives up the import under way and leaves the file`() async throws {
        defer { tidy() }
        try drop("a.jsonl", "one")
        await inbox.look()
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: inbox, successTerminationBehavior: .ignore)],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        intake.whileReading.withLock { hook in
            hook = { [self] in
                // The stop comes while the first piece is in hand.
                Task { await group.triggerGracefulShutdown() }
                while !inbox.isStopping { sched_yield() }
            }
        }
        try await group.run()
        #expect(intake.taken.withLock { $0 }.isEmpty)
        #expect(files() == ["a.jsonl"])
        #expect(files("done").isEmpty && files("failed").isEmpty)
    }
}
