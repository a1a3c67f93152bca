import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

/// What the store notes when a line no longer says it. The clock stands at 2026-11-20.
struct FormerMailboxTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private func take(_ line: String, daysOn: Double = 0) async throws {
        let summary = try await store.importRegistry(
            text: line, actor: "test", at: Sample.noon.addingTimeInterval(daysOn * 86_400))
        try #require(summary.taken)
    }

    private func account(_ mailbox: String, _ more: String = "") -> String {
        #"{"type":"account","id":"A-1","firstName":"Željko","lastName":"Šarić","mailbox":"\#(mailbox)"\#(more)}"#
    }

    private func authority(_ mailbox: String, _ more: String = "") -> String {
        #"{"type":"authority","id":"CA-SI","role":"FMSCA","name":"Ministrstvo","country":"SI","mailbox":\#(mailbox)\#(more)}"#
    }

    private func former(of sender: String) async throws -> [DatedMailbox] {
        let key = ViewKey(sender: EmailAddress(sender), answers: [])
        return try await store.views(for: [key], at: Sample.noon)[0].registry.accounts.flatMap(\.formerMailboxes)
    }

    private func dated(_ address: String, to day: String? = nil) throws -> DatedMailbox {
        DatedMailbox(try #require(EmailAddress(address)), validTo: day.flatMap(Day.init))
    }

    @Test func `a mailbox that changes is noted as a former one until that day`() async throws {
        try await take(account("new@drvo.example"))
        #expect(try await former(of: "ZELJKO@drvo.example") == [dated("zeljko@drvo.example", to: "2026-11-20")])
        #expect(
            try await store.entry(.account, "A-1")?.json
                == account(
                    "new@drvo.example",
                    #","formerMailboxes":[{"mailbox":"zeljko@drvo.example","validTo":"2026-11-20"}]"#))
        try await take(account("newer@drvo.example"), daysOn: 3)
        #expect(try await former(of: "new@drvo.example") == [dated("new@drvo.example", to: "2026-11-23")])
        #expect(try await former(of: "zeljko@drvo.example") == [dated("zeljko@drvo.example", to: "2026-11-20")])
    }

    @Test func `what the line itself lists is the line's`() async throws {
        try await take(account("new@drvo.example", #","formerMailboxes":["zeljko@drvo.example"]"#))
        #expect(try await former(of: "zeljko@drvo.example") == [dated("zeljko@drvo.example")])
        try await take(account("new@drvo.example"))
        #expect(try await former(of: "zeljko@drvo.example").isEmpty)
    }

    @Test func `a noted mailbox that is in use again is noted no more`() async throws {
        try await take(account("new@drvo.example"))
        try await take(account("zeljko@drvo.example"))
        #expect(
            try await store.entry(.account, "A-1")?.json
                == account(
                    "zeljko@drvo.example",
                    #","formerMailboxes":[{"mailbox":"new@drvo.example","validTo":"2026-11-20"}]"#
                ))
        #expect(try await former(of: "new@drvo.example") == [dated("new@drvo.example", to: "2026-11-20")])
    }

    @Test func `another member that changes leaves what is noted`() async throws {
        try await take(account("new@drvo.example"))
        try await take(account("new@drvo.example", #","language":"hr""#))
        #expect(try await former(of: "zeljko@drvo.example") == [dated("zeljko@drvo.example", to: "2026-11-20")])
    }

    @Test func `an official mailbox that is dropped is noted, one that lay ahead is not`() async throws {
        try await take(authority(#"["new@mkg.example",{"mailbox":"x@mkg.example","validFrom":"2027-01-01"}]"#))
        try await take(authority(#""newest@mkg.example""#), daysOn: 1)
        let views = try await store.views(for: [ViewKey(sender: nil, answers: [])], at: Sample.noon)
        let found = try #require(views[0].registry.competentAuthorities.first { $0.id.text == "CA-SI" })
        #expect(
            found.formerMailboxes == [
                try dated("flegt@mkg.example", to: "2026-11-20"), try dated("new@mkg.example", to: "2026-11-21"),
            ])
        let json = try #require(try await store.entry(.authority, "CA-SI")?.json)
        #expect(
            json
                == authority(
                    #""newest@mkg.example""#,
                    #","formerMailboxes":[{"mailbox":"flegt@mkg.example","validTo":"2026-11-20"},{"mailbox":"new@mkg.example","validTo":"2026-11-21"}]"#
                ))
        try await take(authority(#""flegt@mkg.example""#, #","formerMailboxes":"new@mkg.example""#))
        #expect(
            try await store.entry(.authority, "CA-SI")?.json
                == authority(
                    #""flegt@mkg.example""#,
                    #","formerMailboxes":["new@mkg.example",{"mailbox":"newest@mkg.example","validTo":"2026-11-20"}]"#))
    }

    @Test func `one whose last day is over keeps that day when it is dropped`() async throws {
        try await take(authority(#"{"mailbox":"flegt@mkg.example","validTo":"2025-12-31"}"#))
        try await take(authority(#""new@mkg.example""#))
        let json = try #require(try await store.entry(.authority, "CA-SI")?.json)
        #expect(json.hasSuffix(#","formerMailboxes":[{"mailbox":"flegt@mkg.example","validTo":"2025-12-31"}]}"#))
    }
}
