import Foundation
import Mail
import Registry
import Testing

/// Lines of the exchange format, with the accounts that they name.
let contractLines = """
    {"type":"authority","id":"CA-HR","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo poljoprivrede","country":"HR","mailbox":"flegt@mps.example"}
    {"type":"authority","id":"CO-HR","role":"CO","code":"HR000101","name":"Carinski ured Zagreb","country":"HR"}
    {"type":"operator","id":"OP-1","name":"Drvo Sjever d.o.o.","country":"HR","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"HR12345678901"}]}
    {"type":"account","id":"A-1","firstName":"Željko","lastName":"Šarić","mailbox":"zeljko@drvo.example","language":"hr","state":"active"}
    {"type":"account","id":"A-2","firstName":"Ana","lastName":"Horvat","mailbox":"ana@mps.example"}
    {"type":"account","id":"A-3","firstName":"Ivo","lastName":"Babić","mailbox":"ivo@agent.example","formerMailboxes":["ivo@old.example"]}
    {"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}
    {"type":"request","id":"R-2","account":"A-2","kind":"customs-office","authority":"CO-HR","additional":true,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}
    {"type":"role","account":"A-2","role":"FMSCA","authority":"CA-HR","status":"granted"}
    {"type":"eori","number":"HR12345678901","validFrom":"2020-01-01","validTo":null}
    {"type":"mandate","account":"A-3","economicOperator":"HR12345678901","profile":"administrative","representative":"DE1234567"}
    {"type":"delegation","economicOperator":"HR12345678901","representative":"DE1234567","level":1,"kind":"direct","scope":"full","validFrom":"2026-01-01","validTo":null}

    """

private func file(_ text: String, chunk: Int = 1 << 16) -> RegistryFile {
    let bytes = Array(text.utf8)
    return RegistryFile(
        chunks: stride(from: 0, to: bytes.count, by: chunk).map { Array(bytes[$0..<min($0 + chunk, bytes.count)]) })
}

private func reason(_ line: String) -> String? {
    if case .problem(let problem) = RegistryLines.parse(Array(line.utf8), number: 7) { problem.reason } else { nil }
}

struct RegistryLinesTests {
    @Test(arguments: [1, 7, 100, 1 << 16])
    func `the contract's lines read back as they stand, however the file is cut into chunks`(chunk: Int) {
        let file = file(contractLines, chunk: chunk)
        #expect(file.problems == [])
        #expect(file.lines.map(\.json).joined(separator: "\n") + "\n" == contractLines)
        #expect(file.lines.map(\.number) == Array(1...12))
        #expect(file.lines.allSatisfy { $0.unknownKeys.isEmpty })
    }

    @Test func `a request's members are read`() throws {
        let request = RoleRequest(
            id: RoleRequestID("R-2"), account: AccountID("A-2"), kind: RoleRequest.Kind("customs-office"),
            authorityID: AuthorityID("CO-HR"), additional: true,
            requestedAt: try #require(ISO8601DateFormatter().date(from: "2026-11-01T09:00:00Z")))
        #expect(file(contractLines).lines[7].entry == .request(request))
    }

    @Test func `an authority's mailbox may be one or a list`() throws {
        let line =
            #"{"type":"authority","id":"X","role":"FMSCA","name":"N","country":"SI","mailbox":["a@x.example","b@x.example"]}"#
        guard case .entry(let read) = RegistryLines.parse(Array(line.utf8), number: 1),
            case .authority(let authority) = read.entry
        else { throw Unexpected() }
        #expect(authority.mailboxes.map(\.text) == ["a@x.example", "b@x.example"])
    }

    /// Lines with U-labels, as they are kept.
    @Test(arguments: [
        (
            #"{"type":"account","id":"A","firstName":"F","lastName":"Š","mailbox":"a@šuma.example","formerMailboxes":["b@ШУМА.example",{"mailbox":"c@faß.example","validTo":"2026-01-01"}]}"#,
            #"{"type":"account","id":"A","firstName":"F","lastName":"Š","mailbox":"a@xn--uma-zza.example","formerMailboxes":["b@xn--80axut.example",{"mailbox":"c@xn--fa-hia.example","validTo":"2026-01-01"}]}"#
        ),
        (
            #"{"mailbox":"a@\u0161uma.example","type":"account","id":"A","firstName":"F","lastName":"L"}"#,
            #"{"type":"account","id":"A","firstName":"F","lastName":"L","mailbox":"a@xn--uma-zza.example"}"#
        ),
        (
            #"{"type":"operator","id":"O","name":"Šuma","country":"HR","contact":{"name":"š@š","mailbox":"a@šuma.example"}}"#,
            #"{"type":"operator","id":"O","name":"Šuma","country":"HR","contact":{"name":"š@š","mailbox":"a@xn--uma-zza.example"}}"#
        ),
        (
            #"{"type":"authority","id":"C","role":"FMSCA","name":"Š","country":"HR","mailbox":["a@x.example","b@šuma.example"]}"#,
            #"{"type":"authority","id":"C","role":"FMSCA","name":"Š","country":"HR","mailbox":["a@x.example","b@xn--uma-zza.example"]}"#
        ),
    ])
    func `mailboxes in U-labels are kept in A-labels`(line: String, kept: String) throws {
        guard case .entry(let read) = RegistryLines.parse(Array(line.utf8), number: 1) else { throw Unexpected() }
        #expect(read.json == kept)
        guard case .entry(let again) = RegistryLines.parse(Array(kept.utf8), number: 1) else { throw Unexpected() }
        #expect(again.entry == read.entry && again.json == kept)
    }

    @Test(arguments: ["aš@x.example", "a@š uma.example", "a@š_.example", "a@\u{200d}š.example", "a@אa.example"])
    func `what UTS 46 takes for no domain is no mailbox`(mailbox: String) {
        let line = #"{"type":"account","id":"A","firstName":"F","lastName":"L","mailbox":"\#(mailbox)"}"#
        guard case .problem(let problem) = RegistryLines.parse(Array(line.utf8), number: 1) else {
            Issue.record("taken for a mailbox")
            return
        }
        #expect(problem.reason == "'mailbox': '\(mailbox)' is not a plain mail address (local@domain, ASCII)")
    }

    @Test func `unknown members are kept and named, and the writing is one`() throws {
        let line =
            #" { "zoo" : {"b":1.50, "a":[true,null]} , "number":"HR1", "type":"eori", "validFrom":"2020-01-01", "note":"caf\u00e9 \ud83d\ude00 \"\n" } "#
        guard case .entry(let read) = RegistryLines.parse(Array(line.utf8), number: 1) else { throw Unexpected() }
        #expect(read.unknownKeys == ["note", "zoo"])
        #expect(
            read.json
                == #"{"type":"eori","number":"HR1","validFrom":"2020-01-01","note":"café 😀 \"\n","zoo":{"b":1.50,"a":[true,null]}}"#
        )
    }

    @Test(arguments: [
        ("", "broken JSON at byte 1: it ends where a value should stand"),
        ("[]", "not a JSON object"),
        ("{}", "'type' is missing"),
        (#"{"type":"spaceship"}"#, "'type' can't be 'spaceship'"),
        (#"{"type":"eori""#, "broken JSON at byte 15: a comma or } is missing"),
        (#"{"type":"eori"} x"#, "broken JSON at byte 17: something stands after the value"),
        (#"{"type":"eori","type":"eori"}"#, "broken JSON at byte 22: the member 'type' stands twice"),
        (#"{"type":"eori","number":"\ud83d"}"#, "broken JSON at byte 32: half of a surrogate pair"),
        (#"{"type":"eori","number":01}"#, "broken JSON at byte 27: not a number"),
        (
            #"{"type":"eori","number":"hr1","validFrom":"2020-01-01"}"#,
            "'number': 'hr1' is no EORI number (two capitals, then 1 to 15 capitals or digits)"
        ),
        (
            #"{"type":"eori","number":"HR1","validFrom":"2020-02-30"}"#,
            "'validFrom': '2020-02-30' is no date (YYYY-MM-DD)"
        ),
        (
            #"{"type":"eori","number":"HR1","validFrom":"2020-02-03","validTo":"2019-01-01"}"#,
            "'validTo' lies before 'validFrom'"
        ),
        (#"{"type":"eori","number":12,"validFrom":"2020-02-03"}"#, "'number' must be a text"),
        (
            #"{"type":"account","id":"A","firstName":"F","lastName":"L","mailbox":"a b@x.example"}"#,
            "'mailbox': 'a b@x.example' is not a plain mail address (local@domain, ASCII)"
        ),
        (
            #"{"type":"account","id":"A","firstName":"F","lastName":"L\nBcc: x","mailbox":"a@x.example"}"#,
            "'lastName' holds a control character"
        ),
        (
            #"{"type":"account","id":"A","firstName":"F","lastName":"L","mailbox":"a@x.example","state":"gone"}"#,
            "'state' can't be 'gone'"
        ),
        (#"{"type":"account","id":"","firstName":"F","lastName":"L","mailbox":"a@x.example"}"#, "'id' is empty"),
        (
            #"{"type":"operator","id":"O","name":"N","country":"hr"}"#,
            "'country': 'hr' is no country code (two capital letters)"
        ),
        (
            #"{"type":"operator","id":"O","name":"N","country":"HR","identifiers":[{"scheme":"EORI","value":"1"}]}"#,
            "'identifiers': '1' is no EORI number (two capitals, then 1 to 15 capitals or digits)"
        ),
        (
            #"{"type":"authority","id":"C","role":"CO","code":"HR00010","name":"N","country":"HR"}"#,
            "'code': 'HR00010' is no customs office code (two capitals, then six capitals or digits)"
        ),
        (#"{"type":"authority","id":"C","role":"KING","name":"N","country":"HR"}"#, "'role' can't be 'KING'"),
        (
            #"{"type":"request","id":"R","account":"A","kind":"importer","status":"requested","requestedAt":"2026-11-01T09:00:00Z"}"#,
            "a request names either an 'operator' or an 'authority'"
        ),
        (
            #"{"type":"request","id":"R","account":"A","kind":"importer","operator":"O","requestedAt":"yesterday"}"#,
            "'requestedAt': 'yesterday' is no time (ISO 8601, such as 2026-11-01T09:00:00Z)"
        ),
        (#"{"type":"delegation","economicOperator":"HR1","level":1.5}"#, "'level' must be a whole number"),
    ])
    func `a line that can't be taken says why`(line: String, expected: String) {
        #expect(reason(line) == expected)
    }

    @Test func `depth and length of a line are bounded`() {
        #expect(reason(String(repeating: "[", count: 100_000))?.hasSuffix("values nest more than 32 deep") == true)
        let endless = String(repeating: "x", count: RegistryLines.longestLine + 1)
        let problems = file("\(endless)\n{}\n").problems
        #expect(problems.map(\.reason) == ["longer than 1048576 bytes", "'type' is missing"])
        #expect(problems.map(\.line) == [1, 2])
    }

    @Test func `bytes that are no UTF-8 are named by line`() {
        var bytes = Array("{\"type\":\"eori\",\"number\":\"HR1\",\"validFrom\":\"2020-01-01\"}\n{\"x\":\"".utf8)
        bytes += [0xc3, 0x28]
        bytes += Array("\"}\n".utf8)
        let file = RegistryFile(chunks: [bytes])
        #expect(file.problems == [RegistryLineProblem(line: 2, reason: "not UTF-8")])
        #expect(file.lines.count == 1)
    }

    @Test func `a file cut in its last line says so, and a whole last line needs no line end`() {
        let whole = String(contractLines.dropLast())
        #expect(file(whole).problems == [])
        let cut = file(String(whole.dropLast(9))).problems
        #expect(cut.map(\.line) == [12])
        #expect(cut.first?.reason.hasSuffix("; the file may have been cut off here") == true)
    }

    @Test func `blank lines, a byte order mark and CRLF don't matter, and numbers count them`() {
        let file = file("\u{feff}{\"type\":\"eori\",\"number\":\"HR1\",\"validFrom\":\"2020-01-01\"}\r\n\r\n  \n{}\r\n")
        #expect(file.lines.map(\.number) == [1])
        #expect(file.problems.map(\.line) == [4])
    }

    @Test func `the same key with other content is a problem, with the same content it is not`() {
        let one = #"{"type":"eori","number":"HR1","validFrom":"2020-01-01"}"#
        let same = #"{ "number":"HR1", "type":"eori", "validFrom":"2020-01-01"}"#
        let other = #"{"type":"eori","number":"HR1","validFrom":"2021-01-01"}"#
        #expect(file("\(one)\n\(same)\n").problems == [])
        #expect(
            file("\(one)\n\(other)\n").problems
                == [RegistryLineProblem(line: 2, reason: "eori 'HR1' stands on line 1 already, with other content")])
    }

    @Test func `references resolve within the file in any order, and else are named`() {
        let account = #"{"type":"account","id":"A-1","firstName":"F","lastName":"L","mailbox":"a@x.example"}"#
        let request =
            #"{"type":"request","id":"R","account":"A-1","kind":"importer","operator":"OP-9","requestedAt":"2026-11-01T09:00:00Z"}"#
        #expect(
            file("\(request)\n\(account)\n").problems == [
                RegistryLineProblem(line: 1, reason: "there is no operator 'OP-9'")
            ])
        let bytes = Array("\(request)\n\(account)\n".utf8)
        #expect(RegistryFile(chunks: [bytes], isKnown: { $0.id == "OP-9" && $0.type == .operator }).problems == [])
    }
}

struct Unexpected: Error {}

struct TimestampTests {
    @Test(arguments: [
        ("2026-11-01T09:00:00Z", 1_793_523_600.0),
        ("2026-11-01T09:00:00.250Z", 1_793_523_600.25),
        ("2026-11-01T10:00:00+01:00", 1_793_523_600.0),
        ("2026-11-01T03:30:00-0530", 1_793_523_600.0),
        ("2026-11-01 09:00", 1_793_523_600.0),
        ("2026-11-01T09:00:00", 1_793_523_600.0),
        ("2026-11-01", 1_793_491_200.0),
        ("2024-02-29T00:00:00Z", 1_709_164_800.0),
        ("1969-12-31T23:59:59Z", -1.0),
        ("2016-12-31T23:59:60Z", 1_483_228_800.0),
    ])
    func `ISO 8601 in its usual forms`(text: String, seconds: Double) {
        #expect(Timestamp.date(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-29", "2026-11-01T", "2026-11-01T24:00:00Z", "2026-11-01T09:60:00Z",
        "2026-11-01T09:00:00.Z", "2026-11-01T09:00:00Zx", "2026-11-01T09:00:00+1", "02026-11-01", "2026-1-01",
        "٢٠٢٦-11-01", "0000-01-01",
    ])
    func `what is no moment is none`(text: String) {
        #expect(Timestamp.date(text) == nil)
    }

    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00Z"), (1_793_523_600.25, "2026-11-01T09:00:00.250Z"),
        (-1.0, "1969-12-31T23:59:59Z"), (1_709_164_799.0, "2024-02-28T23:59:59Z"),
        (951_782_400.0, "2000-02-29T00:00:00Z"), (-62_135_596_800.0, "0001-01-01T00:00:00Z"),
        (1e30, "9999-12-31T23:59:59.999Z"), (-.infinity, "0001-01-01T00:00:00Z"),
    ])
    func `written in UTC`(seconds: Double, text: String) {
        #expect(Timestamp.text(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `every day of eight centuries reads back as written`() throws {
        for day in stride(from: -146_097, through: 146_097, by: 1) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            try #require(Timestamp.date(Timestamp.text(date)) == date)
        }
    }
}
