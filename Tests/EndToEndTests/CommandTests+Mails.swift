import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

/// `postern messages`, `outbox`, `audit` and `status` on a store with three mails and two replies.
@Suite struct MailCommandTests {
    /// 2026-11-20 12:00 UTC.
    static let noon = Date(timeIntervalSince1970: 1_795_176_000)

    /// Runs commands on such a store.
    struct Desk {
        let shop: Workshop
        let settings: String

        func run(_ arguments: String...) async throws -> Program.Result {
            try await Program.run(arguments + ["--config", settings])
        }

        func lines(_ arguments: String...) async throws -> [String] {
            let result = try await Program.run(arguments + ["--config", settings])
            #expect(result.status == 0, "\(arguments): \(result.errors)")
            return result.lines
        }
    }

    static func open(_ body: (Desk) async throws -> Void) async throws {
        try await Workshop.with { shop in
            let settings = try shop.settings()
            let store = try Store(path: shop.path("postern.db"))
            _ = try await store.importRegistry(text: CheckCommandTests.registry, actor: "test", at: noon)
            try await fill(store)
            try await body(Desk(shop: shop, settings: settings))
        }
    }

    /// Mail 1 is accepted and its reply queued, mail 2 held, mail 3 undecided.
    private static func fill(_ store: Store) async throws {
        let mails = try ["accepted", "held \u{202e}\u{1b}[2J", "new"].enumerated().map { index, subject in
            let bytes = Array("From: zeljko@drvo.example\r\nSubject: \(subject)\r\n\r\nText \(index)\u{1b}[2J\r\n".utf8)
            let uid = try #require(UID(UInt32(index + 1)))
            return FetchedMail(
                listing: MailboxListing(uid: uid, size: bytes.count, receivedAt: noon),
                raw: RawMail(bytes: bytes, receivedAt: noon))
        }
        let next = try #require(UID(4))
        _ = try await store.store(
            mails, in: "INBOX", cursor: MailboxCursor(validity: UIDValidity(7), next: next), at: noon)
        let claimed = try await store.claimUndecided(limit: 3, bytes: .max)
        try #require(claimed.map(\.id.number) == [1, 2, 3])
        let sender = SenderFinding(address: EmailAddress("zeljko@drvo.example"), authentication: .pass)
        let recipient = try #require(EmailAddress("zeljko@drvo.example"))
        let messageID = try #require(MessageID("reply-1@traces.example"))
        let reply = OutboundMail(
            messageID: messageID, envelopeFrom: nil, recipients: [recipient],
            bytes: Array("Message-ID: <reply-1@traces.example>\r\n\r\nValidated.\r\n".utf8))
        let accepted = Decision(
            verdict: .accepted, reason: "ok", findings: [Finding(.cc, .pass, seen: ["flegt@mps.example"])],
            request: RoleRequestID("R-1"),
            transition: Transition(request: RoleRequestID("R-1"), from: [.requested], to: .confirmed), sender: sender,
            language: "hr", profile: .submission)
        let held = Decision(verdict: .held, reason: "authentication.missing", sender: sender)
        let overtaken = try await store.record(
            [
                Ruling(
                    entry: JournalID(1), decision: accepted, messageID: MessageID("m1@drvo.example"),
                    subject: "accepted",
                    reply: reply),
                Ruling(
                    entry: JournalID(2), decision: held, messageID: nil, subject: "held \u{202e}\u{1b}[2J", reply: nil),
            ], at: noon)
        try #require(overtaken.isEmpty)
    }

    @Test func `Mails are listed with the fields of the contract`() async throws {
        try await Self.open { desk in
            let lines = try await desk.lines("messages", "list", "--json")
            #expect(lines.count == 3)
            let first = try #require(lines.first)
            #expect(first.hasPrefix(#"{"id":1,"mailbox":"INBOX","uid":1,"uidValidity":7,"messageID":""#))
            #expect(
                first.contains(
                    #""receivedAt":"2026-11-20T12:00:00Z","verdict":"accepted","reason":"ok","request":"R-1""#))
            #expect(lines.last?.contains(#""verdict":null,"reason":null,"request":null"#) == true)
            #expect(try await desk.lines("messages", "list", "--held", "--json").count == 1)
            #expect(try await desk.lines("messages", "list", "--undecided", "--json").count == 1)
            #expect(try await desk.lines("messages", "list", "--limit", "2", "--json").count == 2)
            #expect(try await desk.lines("messages", "list", "--since", "2026-11-21", "--json").isEmpty)
            #expect(try await desk.run("messages", "list", "--held", "--verdict", "accepted").status == 2)
        }
    }

    @Test func `What a mail says can't act on the terminal`() async throws {
        try await Self.open { desk in
            for arguments in [["list"], ["list", "--json"], ["show", "2"], ["show", "2", "--json"]] {
                let result = try await Program.run(["messages"] + arguments + ["--config", desk.settings])
                #expect(result.status == 0)
                #expect(!result.output.unicodeScalars.contains("\u{1b}"))
                #expect(!result.output.unicodeScalars.contains("\u{202e}"))
            }
            let shown = try await desk.lines("messages", "show", "2")
            #expect(shown.contains("reason:         authentication.missing"))
            #expect(shown.contains("| Text 1\\u{1b}[2J"))
        }
    }

    @Test func `Raw bytes come out as they came in`() async throws {
        try await Self.open { desk in
            let result = try await desk.run("messages", "raw", "1")
            #expect(result.output == "From: zeljko@drvo.example\r\nSubject: accepted\r\n\r\nText 0\u{1b}[2J\r\n")
        }
    }

    @Test func `Only a held mail is released, any decided one is judged again`() async throws {
        try await Self.open { desk in
            let accepted = try await desk.run("messages", "release", "1")
            #expect(accepted.status == 2)
            #expect(accepted.errorLines == ["postern: mail 1 is 'accepted', not held"])
            #expect(try await desk.lines("messages", "release", "2") == ["mail 2 waits to be judged again"])
            #expect(try await desk.lines("messages", "replay", "1", "--json") == [#"{"id":1,"verdict":null}"#])
            #expect(try await desk.lines("messages", "list", "--undecided", "--json").count == 3)
            let replies = try await desk.lines("outbox", "list", "--json")
            #expect(replies.count == 1)
            #expect(replies[0].contains(#""state":"abandoned""#))
            let again = try await desk.run("messages", "replay", "1")
            #expect(again.status == 2)
            let audit = try await desk.lines("audit", "--json", "--subject", "message 2")
            #expect(audit.filter { $0.contains("mail.released") }.count == 1)
        }
    }

    @Test func `Replies are shown, given up and made due again`() async throws {
        try await Self.open { desk in
            let listed = try await desk.lines("outbox", "list", "--json")
            #expect(
                listed == [
                    #"{"id":1,"message":1,"about":null,"recipient":"zeljko@drvo.example","recipients":["zeljko@drvo.example"],"messageID":"<reply-1@traces.example>","verdict":"accepted","state":"queued","attempts":0,"lastAnswer":null,"createdAt":"2026-11-20T12:00:00Z","nextAttemptAt":"2026-11-20T12:00:00Z","sentAt":null,"bouncedAt":null,"bounceStatus":null}"#
                ])
            #expect(try await desk.lines("outbox", "show", "1").contains("Validated."))
            #expect(try await desk.lines("outbox", "abandon", "1") == ["reply 1 is given up"])
            let twice = try await desk.run("outbox", "abandon", "1")
            #expect(twice.status == 2)
            #expect(twice.errorLines == ["postern: reply 1 is 'abandoned'"])
            #expect(try await desk.lines("outbox", "retry", "1", "--json") == [#"{"id":1,"state":"retry"}"#])
            #expect(try await desk.lines("outbox", "list", "--state", "retry", "--json").count == 1)
        }
    }

    @Test func `The status is one object`() async throws {
        try await Self.open { desk in
            let lines = try await desk.lines("status", "--json")
            #expect(lines.count == 1)
            let object = try #require(
                JSONSerialization.jsonObject(with: Data((lines.first ?? "").utf8)) as? [String: Any])
            #expect(object["backlog"] as? Int == 1)
            #expect(object["held"] as? Int == 1)
            #expect((object["outbox"] as? [String: Int])?["queued"] == 1)
            #expect(object["oldestUndecided"] as? String == "2026-11-20T12:00:00Z")
            #expect(object["lastPoll"] is NSNull)
            #expect(try await desk.lines("status").contains("outbox:                        1 queued"))
        }
    }

    @Test func `The request's status is the current one`() async throws {
        try await Self.open { desk in
            let all = try await desk.lines("request", "list", "--json")
            #expect(all.first?.contains(#""status":"confirmed""#) == true)
            let requested = try await desk.lines("request", "list", "--status", "requested", "--json")
            #expect(requested.isEmpty)
        }
    }
}
