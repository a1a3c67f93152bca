import Mail
import Registry
import Testing

struct DatedMailboxTests {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    private func authority(_ members: String) throws -> Authority {
        let line = #"{"type":"authority","id":"X","role":"FMSCA","name":"N","country":"SI",\#(members)}"#
        guard case .authority(let authority)? = RegistryEntry(json: Array(line.utf8)) else { throw Unread() }
        return authority
    }
    private struct Unread: Error {}

    @Test func `texts and objects with dates may stand side by side`() throws {
        let authority = try authority(
            #""mailbox":["a@x.example",{"mailbox":"b@x.example","validFrom":"2024-01-01","validTo":"2025-06-30"}],"formerMailboxes":"c@x.example""#
        )
        #expect(authority.mailboxes.map(\.text) == ["a@x.example", "b@x.example"])
        #expect(authority.mailboxes.map(\.validFrom) == [nil, Day("2024-01-01")])
        #expect(authority.mailboxes.map(\.validTo) == [nil, Day("2025-06-30")])
        #expect(authority.formerMailboxes.map(\.text) == ["c@x.example"])
    }

    @Test(arguments: [
        ("2023-12-31", [], []), ("2024-01-01", ["a@x.example"], []), ("2025-06-30", ["a@x.example"], []),
        ("2025-07-01", [], ["a@x.example"]),
    ])
    func `a mailbox is official from its first day to its last, then a former one`(
        _ date: String, official: [String], former: [String]
    ) throws {
        let authority = try authority(
            #""mailbox":{"mailbox":"a@x.example","validFrom":"2024-01-01","validTo":"2025-06-30"}"#)
        #expect(authority.officialMailboxes(on: try day(date)).map(\.text) == official)
        #expect(authority.formerMailboxes(on: try day(date)).map(\.text) == former)
    }

    @Test func `a mailbox that is official again is no former one`() throws {
        let authority = try authority(
            #""mailbox":["a@x.example",{"mailbox":"A@x.example","validTo":"2020-01-01"}],"formerMailboxes":["A@X.example",{"mailbox":"b@x.example","validFrom":"2030-01-01"}]"#
        )
        #expect(authority.officialMailboxes(on: try day("2026-01-01")).map(\.text) == ["a@x.example"])
        #expect(authority.formerMailboxes(on: try day("2026-01-01")).isEmpty)
    }

    @Test(arguments: [
        (#"{"validTo":"2025-06-30"}"#, "'formerMailboxes': 'mailbox' is missing"),
        (
            #"{"mailbox":"a@x.example","validFrom":"2025-06-31"}"#,
            "'formerMailboxes': 'validFrom': '2025-06-31' is no date (YYYY-MM-DD)"
        ),
        (
            #"{"mailbox":"a@x.example","validFrom":"2025-06-30","validTo":"2025-06-29"}"#,
            "'formerMailboxes': 'validTo' lies before 'validFrom'"
        ),
        ("7", "'formerMailboxes' must be a text"),
    ])
    func `what is no dated mailbox is told`(_ value: String, reason: String) {
        let line =
            #"{"type":"account","id":"A","firstName":"F","lastName":"L","mailbox":"z@x.example","formerMailboxes":[\#(value)]}"#
        guard case .problem(let problem) = RegistryLines.parse(Array(line.utf8), number: 1) else {
            Issue.record("it was taken")
            return
        }
        #expect(problem.reason == reason)
    }
}
