import Foundation
import Testing

@testable import Registry

/// CSV files by a map: each row goes through the checks of a JSON line.
struct RegistryRowsTests {
    private static var operators: ColumnMap.Draft {
        var draft = ColumnMap.Draft()
        draft.type = "operator"
        draft.delimiter = ";"
        draft.columns = [
            ("id", "Operator ID"), ("name", "Name"), ("country", "Country"), ("identifiers.EORI", "EORI"),
            ("identifiers.VAT", "VAT"), ("activities", "Chapters"), ("address.city", "City"),
        ]
        return draft
    }

    private func read(_ file: [UInt8], _ draft: ColumnMap.Draft = operators, chunk: Int = 1 << 16) throws -> [String] {
        var reader = RegistryReader(.csv(try ColumnMap(draft)))
        var found: [String] = []
        let take: (RegistryLines.Item) -> Void = { item in
            switch item {
            case .entry(let line): found.append("\(line.number): \(line.json)")
            case .problem(let problem): found.append("\(problem.line)! \(problem.reason)")
            }
        }
        for start in stride(from: 0, to: file.count, by: chunk) {
            reader.read(Array(file[start..<min(start + chunk, file.count)]), take)
        }
        reader.finish(take)
        return found
    }

    private func read(_ file: String, _ draft: ColumnMap.Draft = operators) throws -> [String] {
        try read(Array(file.utf8), draft)
    }

    static let heading = "Operator ID;Name;Country;EORI;VAT;Chapters;City\n"

    @Test(arguments: [1, 2, 3, 7, 4096])
    func `a row becomes the line that it says`(chunk: Int) throws {
        let file =
            "\u{feff}" + Self.heading
            + "OP-1;\"Drvo; \"\"Sjever\"\"\";HR;HR1|HR2;HR99;imported-timber-products|x;Zagreb\n"
            + "OP-2; Šuma ;HR;;;;\r\n"
        #expect(
            try read(Array(file.utf8), chunk: chunk) == [
                #"2: {"type":"operator","id":"OP-1","name":"Drvo; \"Sjever\"","country":"HR","activities":["imported-timber-products","x"],"identifiers":[{"scheme":"EORI","value":"HR1"},{"scheme":"EORI","value":"HR2"},{"scheme":"VAT","value":"HR99"}],"address":{"city":"Zagreb"}}"#,
                #"3: {"type":"operator","id":"OP-2","name":"Šuma","country":"HR"}"#,
            ])
    }

    @Test func `dates, flags, words and constants are brought into the format`() throws {
        var draft = ColumnMap.Draft()
        draft.type = "request"
        draft.dates = "dd.MM.yyyy"
        draft.columns = [
            ("id", "id"), ("account", "who"), ("authority", "where"), ("additional", "more"), ("status", "state"),
            ("requestedAt", "when"),
        ]
        draft.constants = [("kind", ["customs-office"])]
        draft.values = [("status", ["Pending": "requested"]), ("additional", ["J": "true", "N": "false"])]
        let file =
            "id,who,where,more,state,when,junk\nR-1,A-1,CO,J,Pending,01.11.2026 09:30,x\nR-2,A-1,CO,x,Pending,1.1.26,\n"
        #expect(
            try read(file, draft) == [
                #"2: {"type":"request","id":"R-1","account":"A-1","kind":"customs-office","authority":"CO","additional":true,"status":"requested","requestedAt":"2026-11-01T09:30:00Z"}"#,
                "3! column 'more': 'x' is neither true nor false",
            ])
    }

    @Test func `an authority's mailbox may have its days`() throws {
        var draft = ColumnMap.Draft()
        draft.type = "authority"
        draft.columns = [
            ("id", "id"), ("name", "n"), ("country", "c"), ("mailbox.mailbox", "m"), ("mailbox.validTo", "to"),
            ("formerMailboxes", "old"),
        ]
        draft.constants = [("role", ["FMSCA"])]
        #expect(
            try read("id,n,c,m,to,old\nCA,N,SI,a@x.example,2026-12-31,b@x.example|c@x.example\nCB,N,SI,,,\n", draft)
                == [
                    #"2: {"type":"authority","id":"CA","role":"FMSCA","name":"N","country":"SI","mailbox":{"mailbox":"a@x.example","validTo":"2026-12-31"},"formerMailboxes":["b@x.example","c@x.example"]}"#,
                    #"3: {"type":"authority","id":"CB","role":"FMSCA","name":"N","country":"SI"}"#,
                ])
    }

    @Test(arguments: [
        ("OP-1;N;Croatia;;;;", "2! 'country': 'Croatia' is no country code (two capital letters) (column 'Country')"),
        (";N;HR;;;;", "2! 'id' is missing (column 'Operator ID')"),
        ("OP-1;N;HR", "2! 3 fields under 7 headings"),
        ("OP-1;N;HR;;;;;", "2! 8 fields under 7 headings"),
        (
            "OP-1;N;HR;1;;;",
            "2! 'identifiers': '1' is no EORI number (two capitals, then 1 to 15 capitals or digits) (column 'EORI', 'VAT')"
        ),
        ("OP-1;\"N\nM\";HR;;;;", "2! 'name' holds a control character (column 'Name')"),
        ("OP-1;N\0;HR;;;;", "2! column 'Name': holds a NUL byte"),
        (
            "OP-1;\"N;HR;;;;",
            "2! the quoted field that begins on line 2 never ends: a quotation mark is missing, or the file has been cut off"
        ),
    ])
    func `a row that can't be taken up is told by its line and column`(row: String, problem: String) throws {
        let whole = row.contains("\"N;")
        #expect(try read(Self.heading + row + "\nOP-2;M;SI;;;;\n").first == problem)
        #expect(try read(Self.heading + row + "\nOP-2;M;SI;;;;\n").count == (whole ? 1 : 2))
    }

    @Test func `a file that was cut in its last row says so`() throws {
        #expect(
            try read(Self.heading + "OP-1;N;HR;;;;\nOP-2;M;S").last
                == "3! 3 fields under 7 headings; the file may have been cut off here")
        // Whole rows need no line end behind the last (RFC 4180 §2.2).
        #expect(try read(Self.heading + "OP-1;N;HR;;;;").count == 1)
    }

    @Test func `the same row twice is one entry, another with its id is a problem`() throws {
        #expect(
            try read(Self.heading + "OP-1;N;HR;;;;\nOP-1;N;HR;;;;\nOP-1;M;HR;;;;\n").map { $0.prefix(2) } == [
                "2:", "3:", "4!",
            ]
        )
    }

    @Test(arguments: [
        ("", "1! the file is empty: there are no headings"),
        ("\n\n", "1! the file is empty: there are no headings"),
        (
            "Operator ID;Name;Country;EORI;VAT;City\nOP-1;N;HR;;;\n",
            "1! there is no column 'Chapters' (the headings are 'Operator ID', 'Name', 'Country', 'EORI', 'VAT', 'City')"
        ),
        (
            "Operator ID;Name;Country;EORI;VAT;Chapters;City;Name\nOP-1;N;HR;;;;;M\n",
            "1! the heading 'Name' stands there 2 times (the headings are 'Operator ID', 'Name', 'Country', 'EORI', 'VAT', 'Chapters', 'City', 'Name')"
        ),
        (
            "Operator ID;\"Name\nOP-1;N\n",
            "1! the quoted field that begins on line 1 never ends: a quotation mark is missing, or the file has been cut off"
        ),
    ])
    func `headings that don't fit end the matter`(file: String, problem: String) throws {
        #expect(try read(file) == [problem])
    }

    @Test func `a heading that no member uses may stand there twice`() throws {
        #expect(try read("x;x;" + Self.heading + "1;2;OP-1;N;HR;;;;\n").count == 1)
    }

    @Test(arguments: [1, 3, 4096])
    func `encodings are read as the map says`(chunk: Int) throws {
        var draft = Self.operators
        draft.encoding = "windows-1252"
        let bytes =
            Array(Self.heading.utf8) + Array("OP-1;M".utf8) + [0xfc] + Array("ller ".utf8) + [0x80]
            + Array(";DE;;;;\nOP-2;a".utf8) + [0x81] + Array("b;DE;;;;\nOP-3;c;DE;;;;\n".utf8)
        #expect(
            try read(bytes, draft, chunk: chunk) == [
                #"2: {"type":"operator","id":"OP-1","name":"Müller €","country":"DE"}"#,
                "3! column 'Name': the byte 0x81 means nothing in windows-1252",
                #"4: {"type":"operator","id":"OP-3","name":"c","country":"DE"}"#,
            ])
        draft.encoding = "utf-16"
        var wide: [UInt8] = [0xff, 0xfe]
        for unit in (Self.heading + "OP-1;Šuma;HR;;;;\n").utf16 { wide += [UInt8(unit & 0xff), UInt8(unit >> 8)] }
        #expect(
            try read(wide, draft, chunk: chunk) == [#"2: {"type":"operator","id":"OP-1","name":"Šuma","country":"HR"}"#]
        )
    }

    @Test(arguments: ["utf-16", "utf-16le", "UTF-16BE", "utf-32le"], [1, 3, 4096])
    func `a byte order mark belongs to no heading, whether or not the map names the order`(
        encoding: String, chunk: Int
    ) throws {
        var draft = Self.operators
        draft.encoding = encoding
        var bytes: [UInt8] = []
        for unit in ("\u{feff}" + Self.heading + "OP-1;Šuma;HR;;;;\n").utf16 {
            let pair = [UInt8(unit & 0xff), UInt8(unit >> 8)]
            switch encoding {
            case "UTF-16BE": bytes += pair.reversed()
            case "utf-32le": bytes += pair + [0, 0]
            default: bytes += pair
            }
        }
        #expect(
            try read(bytes, draft, chunk: chunk)
                == [#"2: {"type":"operator","id":"OP-1","name":"Šuma","country":"HR"}"#])
    }

    @Test func `bytes of another encoding than the map's are told`() throws {
        let latin = Array(Self.heading.utf8) + Array("OP-1;M".utf8) + [0xfc] + Array("ller;DE;;;;\n".utf8)
        #expect(try read(latin) == ["2! column 'Name': not UTF-8"])
        #expect(
            try read([0xff, 0xfe, 0x4f, 0, 0x50, 0]) == ["1! the file is marked as UTF-16, but the map says UTF-8"])
        var draft = Self.operators
        draft.encoding = "iso-8859-2"
        #expect(
            try read("\u{feff}" + Self.heading, draft) == [
                "1! the file is marked as UTF-8, but the map says iso-8859-2"
            ])
        draft.encoding = "shift_jis"
        #expect(
            try read(Array(Self.heading.utf8) + Array("OP-1;M;JP;;;;".utf8) + [0x83], draft)
                == ["2! column 'City': the byte 0x83 means nothing in shift_jis; the file may have been cut off here"])
    }

    struct Wrong: CustomTestStringConvertible {
        let key: String
        let reason: String
        let change: @Sendable (inout ColumnMap.Draft) -> Void
        var testDescription: String { "\(key) \(reason)" }
    }

    static let wrong = [
        Wrong(
            key: "type", reason: "must be one of account, operator, authority, request, role, eori, mandate, delegation"
        ) {
            $0.type = "spaceship"
        },
        Wrong(key: "delimiter", reason: "must be one ASCII character, and no quotation mark") { $0.delimiter = ";;" },
        Wrong(key: "delimiter", reason: "must be one ASCII character, and no quotation mark") { $0.delimiter = "\"" },
        Wrong(key: "encoding", reason: "'klingon' is not known to this system (iconv -l lists what is)") {
            $0.encoding = "klingon"
        },
        Wrong(key: "dates", reason: "must name day (d, dd), month (M, MM) and year (yyyy) once each") {
            $0.dates = "MM.yyyy"
        },
        Wrong(key: "list_separator", reason: "must be 1 to 10 bytes") { $0.listSeparator = "" },
        Wrong(key: "columns", reason: "must name at least one column") { $0.columns = [] },
        Wrong(key: "columns.name", reason: "must be a column's heading") { $0.columns = [("name", " ")] },
        Wrong(key: "columns.type", reason: "is settled by the map's 'type'") { $0.columns = [("type", "T")] },
        Wrong(key: "columns.a..b", reason: "is no member's name") { $0.columns = [("a..b", "T")] },
        Wrong(key: "columns.address", reason: "stands there twice, whole or in part") {
            $0.columns.append(("address", "A"))
        },
        Wrong(key: "constants.name", reason: "stands there twice, whole or in part") {
            $0.constants = [("name", ["A"])]
        },
        Wrong(key: "constants.x", reason: "must be one text") { $0.constants = [("x", ["A", "B"])] },
        Wrong(key: "values.status", reason: "is for no member of 'columns'") { $0.values = [("status", ["A": "B"])] },
    ]

    @Test("what is no map is told with its key", arguments: wrong)
    func draft(_ wrong: Wrong) {
        var draft = Self.operators
        wrong.change(&draft)
        do {
            _ = try ColumnMap(draft)
            Issue.record("it was taken")
        } catch {
            #expect(error.key == wrong.key)
            #expect(error.reason == wrong.reason)
        }
    }
}
