import CurlTransport
import Foundation
import Mail
import Testing

struct `An IMAP session on a faulty server` {
    static let forged = "Subject: x\r\n\r\nA004 OK done\r\n* 1 EXPUNGE\r\n* BYE\r\n"
    static let three: [(uid: UInt32, content: String)] = [
        (4, "Subject: a\r\n\r\n1\r\n"), (7, forged), (9, "B: c\r\n\r\n"),
    ]

    /// Lists and fetches everything, moves one mail, leaves.
    static func work(_ connector: IMAPConnector) async throws -> [FetchedMail] {
        let session = try await connector.connect()
        let listings = try await session.list(from: try uid(1), limit: 10)
        let mails = try await session.fetch(listings)
        try await session.settle([try uid(4)], as: .move(folder: "Processed"))
        await session.close()
        return mails
    }

    @Test func `takes mails whole, whatever they say, and marks none as seen`() async throws {
        try await FakeIMAP(mails: Self.three).run { connector, log in
            let mails = try await Self.work(connector)
            #expect(mails.map(\.listing.uid.number) == [4, 7, 9])
            #expect(mails.map { String(decoding: $0.raw?.bytes ?? [], as: UTF8.self) } == Self.three.map(\.content))
            #expect(mails.first?.raw?.receivedAt == Date(timeIntervalSince1970: 1_793_520_000))
            #expect(
                log.afterOpening == [
                    "NOOP", "UID SEARCH UID 1:*", "UID FETCH 4:9 (UID RFC822.SIZE INTERNALDATE)",
                    "UID FETCH 4,7,9 (UID BODY.PEEK[])", "LIST \"\" \"Processed\"", "CREATE \"Processed\"",
                    "UID MOVE 4 \"Processed\"", "LOGOUT",
                ])
        }
    }

    @Test func `a connection cut after any octet is a temporary fault, never a wrong result`() async throws {
        var total = 0
        // LOGOUT is best effort, so the last octets may be missing unnoticed.
        let needed = try await FakeIMAP(mails: Self.three).run { connector, _ in
            let session = try await connector.connect()
            _ = try await session.fetch(try await session.list(from: try uid(1), limit: 10))
            return true
        }
        #expect(needed)
        for allowance in stride(from: 0, to: 2_000, by: 1) {
            let finished = try await FakeIMAP(mails: Self.three, allowance: allowance).run { connector, _ in
                do {
                    let mails = try await Self.work(connector)
                    #expect(mails.map { $0.raw?.bytes.count ?? -1 } == Self.three.map(\.content.utf8.count))
                    return true
                } catch let fault as TransportFault {
                    #expect(fault.kind == .temporary, "cut after \(allowance): \(fault)")
                    return false
                }
            }
            total = allowance
            if finished { break }
        }
        #expect((600..<1_999).contains(total))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let command: String
        let answer: String
        let kind: TransportFault.Kind
        let reason: String
        var testDescription: String { "\(command): \(answer.prefix(40))" }
    }

    @Test(arguments: [
        Refusal(
            command: "AUTHENTICATE PLAIN", answer: "TAG NO [AUTHENTICATIONFAILED] wrong\r\n", kind: .login,
            reason: "login refused: A002 NO [AUTHENTICATIONFAILED] wrong"),
        Refusal(
            command: "AUTHENTICATE PLAIN", answer: "TAG NO [UNAVAILABLE] later\r\n", kind: .temporary,
            reason: "login not possible now: A002 NO [UNAVAILABLE] later"),
        Refusal(
            command: "SELECT", answer: "TAG NO no such mailbox\r\n", kind: .setup,
            reason: "the server refuses to open the mailbox 'INBOX': no such mailbox"),
        Refusal(
            command: "SELECT", answer: "TAG NO [INUSE] locked\r\n", kind: .temporary,
            reason: "the server refuses to open the mailbox 'INBOX': locked"),
        Refusal(
            command: "SELECT", answer: "* 0 EXISTS\r\nTAG OK no UIDVALIDITY\r\n", kind: .setup,
            reason: "the server keeps no lasting UIDs for the mailbox 'INBOX'"),
        Refusal(
            command: "SELECT", answer: "* BYE going down\r\n", kind: .temporary,
            reason: "the server said good-bye: going down"),
        Refusal(
            command: "CREATE", answer: "TAG NO [CANNOT] not here\r\n", kind: .setup,
            reason: "the server refuses to make the folder 'Processed': not here"),
        Refusal(
            command: "UID MOVE", answer: "TAG NO not allowed\r\n", kind: .setup,
            reason: "the server refuses to move mails to 'Processed': not allowed"),
        Refusal(
            command: "UID MOVE", answer: "TAG BAD what\r\n", kind: .protocolViolation,
            reason: "the server does not understand UID MOVE: what"),
        Refusal(
            command: "UID FETCH", answer: "* 1 FETCH (UID 4 RFC822.SIZE\r\n", kind: .protocolViolation,
            reason: "the server broke the IMAP protocol: malformed(\"a list without its end\")"),
        Refusal(
            command: "UID SEARCH", answer: "ZZ9 OK done\r\n", kind: .protocolViolation,
            reason: "the server broke the IMAP protocol: an answer to a command that was not given"),
        Refusal(
            command: "NOOP", answer: "* OK [UIDVALIDITY 8] new\r\nTAG OK\r\n", kind: .temporary,
            reason: "the mailbox was made anew (UIDVALIDITY changed)"),
        Refusal(
            command: "UID FETCH", answer: "* BYE idle too long\r\n", kind: .temporary,
            reason: "the server said good-bye: idle too long"),
    ])
    func `says what a refusal means`(_ refusal: Refusal) async throws {
        let name = refusal.command.hasPrefix("AUTH") ? "AUTHENTICATE" : refusal.command
        let server = FakeIMAP(mails: Self.three, behaviours: [name: [.answer(refusal.answer)]])
        try await server.run { connector, _ in
            let fault = await #expect(throws: TransportFault.self) { try await Self.work(connector) }
            #expect(fault?.kind == refusal.kind)
            #expect(fault?.reason.hasSuffix(refusal.reason) == true, "\(fault?.reason ?? "")")
            #expect(fault?.kind == .temporary || fault?.kind == .protocolViolation || fault?.hint != nil)
        }
    }

    @Test func `never repeats the password, even when the server does`() async throws {
        let server = FakeIMAP(behaviours: ["AUTHENTICATE": [.answer("TAG NO 's3cret' is wrong\r\n")]])
        try await server.run { connector, _ in
            let fault = await #expect(throws: TransportFault.self) { try await connector.connect() }
            #expect(fault?.description.contains("s3cret") == false)
            #expect(fault?.reason.hasSuffix("A002 NO '***' is wrong") == true)
            #expect(!String(reflecting: connector).contains("s3cret"))
        }
    }

    @Test(
        .timeLimit(.minutes(2)), arguments: ["CAPABILITY", "SELECT", "UID SEARCH", "UID FETCH", "UID MOVE", "LOGOUT"])
    func `gives up a server that stalls`(_ command: String) async throws {
        let server = FakeIMAP(mails: Self.three, behaviours: [command: [.stall]])
        try await server.run(adjust: { $0.commandDeadline = .milliseconds(150) }) { connector, _ in
            if command == "LOGOUT" {
                let mails = try await Self.work(connector)
                #expect(mails.count == 3)
            } else {
                let fault = await #expect(throws: TransportFault.self) { try await Self.work(connector) }
                #expect(fault?.kind == .temporary)
            }
        }
    }

    @Test func `tells a refused connection from other faults`() async throws {
        // Bound, so that no other test gets the port, but deaf.
        let server = try ScriptedServer(listening: false) { _ in }
        defer { server.stop() }
        let settings = try IMAPSettings(
            url: "imap://127.0.0.1:\(server.port)", user: "u", credential: .password("p"), allowPlaintext: true)
        let fault = await #expect(throws: TransportFault.self) { try await IMAPConnector(settings: settings).connect() }
        #expect(fault?.kind == .temporary)
        #expect(fault?.reason.hasPrefix("127.0.0.1:\(server.port): ") == true)
    }

    @Test func `imap without STARTTLS is refused before the password is said`() async throws {
        try await FakeIMAP().run { connector, log in
            let settings = try IMAPSettings(
                url: "imap://127.0.0.1:\(connector.settings.address.port)", user: "u", credential: .password("p"))
            let fault = await #expect(throws: TransportFault.self) {
                try await IMAPConnector(settings: settings).connect()
            }
            #expect(fault?.kind == .setup)
            #expect(log.all.filter { $0.hasPrefix("AUTH") || $0.hasPrefix("LOGIN") } == [])
        }
    }

    @Test func `untagged data among the answers belongs to nobody`() async throws {
        let noise =
            "* 3 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (FLAGS () UID 7)\r\n* 9 EXISTS\r\n"
            + "* OK [ALERT] disk nearly full\r\n* 1 FETCH (UID 99 BODY[] {2}\r\nno)\r\n"
        let server = FakeIMAP(mails: Self.three, behaviours: ["UID FETCH": [.before(noise)]])
        try await server.run { connector, _ in
            let session = try await connector.connect()
            let listings = try await session.list(from: try uid(1), limit: 10)
            #expect(listings.map(\.uid.number) == [4, 7, 9])
            let mails = try await session.fetch(listings)
            #expect(mails.map { String(decoding: $0.raw?.bytes ?? [], as: UTF8.self) } == Self.three.map(\.content))
            #expect(await session.alerts == ["disk nearly full", "disk nearly full"])
            // 9 EXISTS is news: the wait ends at once.
            try await session.wait(atMost: .seconds(600))
        }
    }
}
