import Testing

@testable import Registry

struct CSVReaderTests {
    /// `line: field|field`, or `line! problem`.
    private func rows(_ bytes: [UInt8], cutAt places: [Int] = [], delimiter: UInt8 = 0x2c) -> [String] {
        var reader = CSVReader(delimiter: delimiter)
        var found: [String] = []
        let take: (CSVReader.Item) -> Void = { item in
            switch item {
            case .row(let row):
                let fields = (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) }
                found.append("\(row.line): \(fields.joined(separator: "|"))")
            case .problem(let problem): found.append("\(problem.line)! \(problem.reason)")
            }
        }
        var start = 0
        for place in places + [bytes.count] {
            reader.read(Array(bytes[start..<place]), take)
            start = place
        }
        reader.finish(take)
        return found
    }

    struct Case: CustomTestStringConvertible {
        let file: String
        let rows: [String]
        var testDescription: String { file.debugDescription }

        init(_ file: String, _ rows: [String]) {
            self.file = file
            self.rows = rows
        }
    }

    static let cases = [
        Case("", []),
        Case("a", ["1: a"]),
        Case("a,b\n", ["1: a|b"]),
        Case("a,b\r\nc,d\r\n", ["1: a|b", "2: c|d"]),
        Case("a,b\rc,d", ["1: a|b", "2: c|d"]),
        Case("a\n\r\n\n  \nb", ["1: a", "5: b"]),
        Case(",\n,,\n", ["1: |", "2: ||"]),
        Case("a,", ["1: a|"]),
        Case("\"\"\n\"\",\"\"\n", ["1: ", "2: |"]),
        Case("\"a,b\",c\n", ["1: a,b|c"]),
        Case("\"a\"\"b\",\"\"\"\"\n", ["1: a\"b|\""]),
        Case("\"a\r\nb\rc\nd\",e\r\nf,g", ["1: a\r\nb\rc\nd|e", "5: f|g"]),
        Case("é,\"ü\n\"\n", ["1: é|ü\n"]),
        Case(
            "a\"b,c\nd,e\n", ["1! a quotation mark stands inside a field that has none at its beginning", "2: d|e"]),
        Case(
            "\"a\" ,c\nd,e\n", ["1! something stands behind the closing quotation mark of a field", "2: d|e"]),
        Case(
            "a,b\nc,\"d\ne,f\n",
            [
                "1: a|b",
                "2! the quoted field that begins on line 2 never ends: a quotation mark is missing, or the file has been cut off",
            ]),
        Case("\"a\"", ["1: a"]),
        Case(
            "\"",
            [
                "1! the quoted field that begins on line 1 never ends: a quotation mark is missing, or the file has been cut off"
            ]
        ),
    ]

    @Test("rows are cut the same wherever the file is split", arguments: cases)
    func split(_ one: Case) {
        let bytes = Array(one.file.utf8)
        #expect(rows(bytes) == one.rows)
        for first in 0...bytes.count {
            #expect(rows(bytes, cutAt: [first]) == one.rows, "split at \(first)")
            for second in first...bytes.count {
                #expect(rows(bytes, cutAt: [first, second]) == one.rows, "split at \(first) and \(second)")
            }
        }
        #expect(rows(bytes, cutAt: Array(0...bytes.count)) == one.rows)
    }

    @Test func `another delimiter leaves commas alone`() {
        #expect(rows(Array("a,b;c\n".utf8), delimiter: UInt8(ascii: ";")) == ["1: a,b|c"])
        #expect(rows(Array("a,b\tc".utf8), delimiter: UInt8(ascii: "\t")) == ["1: a,b|c"])
    }

    @Test func `a row without end is told and costs no more memory`() {
        let long = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
        #expect(rows(long + long + Array("\na\n".utf8)) == ["1! longer than 1048576 bytes", "2: a"])
        #expect(
            rows(Array("a\n\"".utf8) + long + long + Array("\"\nb\n".utf8)) == [
                "1: a", "2! longer than 1048576 bytes; the quotation mark on line 2 may have no counterpart", "3: b",
            ])
        let commas = Array(repeating: UInt8(ascii: ","), count: 20_000)
        #expect(rows(commas + Array("\na\n".utf8)) == ["1! more than 10000 fields", "2: a"])
    }
}
