import Foundation
import Registry
import Store
import Testing

/// What an import says of doubtful and broken files, in both formats.
struct BadInputTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try scratch.store()
    }

    private func take(
        _ bytes: [UInt8], _ format: RegistryFormat = .lines, partial: Bool = false, strict: Bool = false
    ) async throws -> ImportSummary {
        let file = scratch.folder.appending(path: UUID().uuidString)
        try Data(bytes).write(to: file)
        let chunks = try FileChunks(path: file.path, size: 7)
        return try await store.importRegistry(
            { try chunks.next() }, format: format, partial: partial, strict: strict, actor: "eva", at: Sample.noon)
    }

    private func take(_ text: String, partial: Bool = false, strict: Bool = false) async throws -> ImportSummary {
        try await take(Array(text.utf8), partial: partial, strict: strict)
    }

    private static func map() throws -> RegistryFormat {
        var draft = ColumnMap.Draft()
        draft.type = "operator"
        draft.columns = [("id", "ID"), ("name", "Name"), ("country", "Country")]
        return .csv(try ColumnMap(draft))
    }

    private static let doubtful = """
        {"type":"account","id":"A-1","firstName":"F","lastName":"L","mailbox":"a@x.example"}
        {"type":"account","id":"A-2","firstName":"F","lastName":"L","mailbox":"A@x.example"}
        {"type":"authority","id":"CA-1","role":"FMSCA","name":"N","country":"SI"}
        {"type":"authority","id":"CO-1","role":"CO","name":"N","country":"SI"}
        {"type":"operator","id":"OP-1","name":"d.o.o.","country":"SI"}
        {"type":"operator","id":"OP-2","name":"Drvo d.o.o.","country":"SI"}
        {"type":"delegation","economicOperator":"SI1","representative":"SI1","level":1}
        {"type":"delegation","economicOperator":"SI2","representative":"SI3","level":1}
        {"type":"delegation","economicOperator":"SI3","representative":"SI4","level":1}
        {"type":"delegation","economicOperator":"SI4","representative":"SI2","level":2}
        {"type":"delegation","economicOperator":"SI5","level":2}
        """

    private static let doubts = [
        "2: the mailbox A@x.example is that of account 'A-1', too",
        "3: the competent authority has no mailbox: no mail can have it in Cc",
        "5: the name 'd.o.o.' is empty but for the legal form",
        "7: the representative is the economic operator itself",
        "10: the delegation closes a circle: 3 of them lead back to SI4",
    ]

    @Test func `what is doubtful is told by line and taken up`() async throws {
        let summary = try await take(Self.doubtful)
        #expect(summary.taken && summary.added == 11 && summary.rejectedCount == 0)
        #expect(summary.warnings.map { "\($0.line): \($0.reason)" } == Self.doubts)
        #expect(summary.warningCount == 5)
        let again = try await take(Self.doubtful)
        #expect(again.warnings.isEmpty && again.unchanged == 11)
    }

    @Test func `a doubt beside what is in the store already is told as well`() async throws {
        _ = try await take(Self.doubtful)
        let summary = try await take(
            #"{"type":"account","id":"A-0","firstName":"F","lastName":"L","mailbox":"a@x.example"}"#)
        #expect(summary.warnings.map(\.reason) == ["the mailbox a@x.example is that of account 'A-1', too"])
    }

    @Test func `strict takes doubts for faults`() async throws {
        let all = try await take(Self.doubtful, strict: true)
        #expect(!all.taken)
        #expect(all.rejected.map { "\($0.line): \($0.reason)" } == Self.doubts)
        let good = try await take(Self.doubtful, partial: true, strict: true)
        #expect(good.taken && good.added == 6 && good.warningCount == 0)
        #expect(try await store.entry(.account, "A-2") == nil)
    }

    @Test func `a file of ten thousand delegations in a row is followed to a bound`() async throws {
        let lines = (1...10_000).map {
            #"{"type":"delegation","economicOperator":"SI\#($0)","representative":"SI\#($0 + 1)","level":1}"#
        }
        let summary = try await take(lines.joined(separator: "\n"))
        #expect(summary.added == 10_000 && summary.warningCount == 0)
    }

    struct Broken: CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let rejected: [String]
        var testDescription: String { name }
    }

    private static let good = #"{"type":"operator","id":"OP-1","name":"Drvo","country":"SI"}"#

    static let broken = [
        Broken(
            name: "cut in the middle",
            bytes: Array((good + "\n" + good.replacing("OP-1", with: "OP-2").dropLast(9)).utf8),
            rejected: ["2: broken JSON at byte 52: a string has no end; the file may have been cut off here"]),
        Broken(
            name: "UTF-16",
            bytes: [0xff, 0xfe] + good.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] as [UInt8] },
            rejected: ["1: the file is UTF-16, and must be UTF-8 (iconv -f UTF-16 -t UTF-8)"]),
        Broken(
            name: "Latin-1", bytes: Array((good + "\n").utf8) + [0x7b, 0xe9, 0x7d, 0x0a], rejected: ["2: not UTF-8"]),
        Broken(name: "NUL", bytes: Array((good + "\n{\0}\n").utf8), rejected: ["2: holds a NUL byte"]),
        Broken(
            name: "CR line ends", bytes: Array((good + "\r" + good + "\r").utf8),
            rejected: [
                "1: a carriage return stands inside: lines end in LF or CRLF; the file may have been cut off here"
            ]),
    ]

    @Test("a broken file of JSON Lines is told by line, and nothing of it is taken up", arguments: broken)
    func lines(_ broken: Broken) async throws {
        let summary = try await take(broken.bytes)
        #expect(!summary.taken)
        #expect(summary.rejected.map { "\($0.line): \($0.reason)" } == broken.rejected)
        #expect(try await store.entry(.operator, "OP-1") == nil)
    }

    @Test func `CSV goes through the same checks, by the line on which the row begins`() async throws {
        let file =
            "ID,Name,Country\nOP-1,\"Drvo\n\",SI\nOP-2,Drvo,SI\nOP-2,Other,SI\nOP-3,d.o.o.,SI\nOP-4,Drvo,Slovenia"
        let summary = try await take(Array(file.utf8), try Self.map(), partial: true)
        #expect(
            summary.rejected.map { "\($0.line): \($0.reason)" } == [
                "2: 'name' holds a control character (column 'Name')",
                "5: operator 'OP-2' stands on line 4 already, with other content",
                "7: 'country': 'Slovenia' is no country code (two capital letters) (column 'Country'); the file may have been cut off here",
            ])
        #expect(
            summary.warnings.map { "\($0.line): \($0.reason)" } == [
                "6: the name 'd.o.o.' is empty but for the legal form"
            ])
        #expect(summary.added == 2 && summary.taken)
        #expect(
            try await store.entry(.operator, "OP-2")?.json
                == #"{"type":"operator","id":"OP-2","name":"Drvo","country":"SI"}"#)
    }

    @Test func `CSV and JSON Lines of the same entries are the same import`() async throws {
        _ = try await take(Self.good)
        let summary = try await take(Array("Name,ID,Country\r\nDrvo,OP-1,SI\r\n".utf8), try Self.map())
        #expect(summary.unchanged == 1 && summary.added == 0 && summary.changed == 0)
    }

    @Test(arguments: [false, true])
    func `a disk that fills in the middle of an import leaves nothing half taken up`(isCSV: Bool) async throws {
        _ = try await take(Self.good)
        let size = try FileManager.default.attributesOfItem(atPath: scratch.path)[.size] as? Int
        var options = Store.Options()
        options.largestSize = try #require(size) + 16 * 4096
        let small = try scratch.store(.write, options)
        let lines =
            isCSV
            ? ["ID,Name,Country"] + (1...3000).map { "X-\($0),Firma \($0),HR" }
            : (1...3000).map { #"{"type":"operator","id":"X-\#($0)","name":"Firma \#($0)","country":"HR"}"# }
        for partial in [false, true] {
            let fault = await #expect(throws: StoreFault.self) {
                try await small.importRegistry(
                    text: lines.joined(separator: "\n"), format: isCSV ? Self.map() : .lines, partial: partial,
                    actor: "eva", at: Sample.noon)
            }
            #expect(fault?.kind == .full)
        }
        var keys: [String] = []
        try await small.entries(.operator) { keys += $0.map(\.entry.key) }
        #expect(keys == ["OP-1"])
        #expect(try await small.allAudit().count == 1)
        // What fits is taken up afterwards.
        let summary = try await small.importRegistry(
            text: lines.prefix(5).joined(separator: "\n"), format: isCSV ? Self.map() : .lines, actor: "eva",
            at: Sample.noon)
        #expect(summary.taken)
    }
}
