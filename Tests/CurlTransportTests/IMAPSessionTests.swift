import CurlTransport
import Foundation
import Mail
import Synchronization
import Testing

struct `An IMAP session` {
    static let three: [(uid: UInt32, content: String)] = [
        (4, "A: 1\r\n\r\n"), (7, "A: 22\r\n\r\n"), (9, "A: 333\r\n\r\n"),
    ]

    @Test(arguments: [
        (first: UInt32(1), limit: 10, found: [UInt32(4), 7, 9]), (5, 10, [7, 9]), (1, 2, [4, 7]), (9, 1, [9]),
        // `10:*` names the last mail, 9, which is none of those asked for.
        (10, 10, []), (4_294_967_295, 10, []), (1, 0, []),
    ])
    func `lists mails from a UID on`(first: UInt32, limit: Int, found: [UInt32]) async throws {
        try await FakeIMAP(mails: Self.three).run { connector, _ in
            let session = try await connector.connect()
            #expect(session.mailbox == "INBOX")
            #expect(await session.status == MailboxStatus(validity: UIDValidity(7), nextUID: try uid(10), exists: 3))
            let listings = try await session.list(from: try uid(first), limit: limit)
            #expect(listings.map(\.uid.number) == found)
            await session.close()
        }
    }

    @Test func `searches a thin, large mailbox in windows that grow`() async throws {
        let select = "* 30000 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 500001] next\r\nTAG OK\r\n"
        let server = FakeIMAP(
            mails: [(3, "a"), (150_000, "b"), (499_999, "c")], behaviours: ["SELECT": [.answer(select)]])
        try await server.run { connector, log in
            let session = try await connector.connect()
            let found = try await session.list(from: try uid(1), limit: 10)
            #expect(found.map(\.uid.number) == [3, 150_000, 499_999])
            #expect(
                log.all.filter { $0.contains("SEARCH") } == [
                    "UID SEARCH UID 1:20000", "UID SEARCH UID 20001:40000", "UID SEARCH UID 40001:80000",
                    "UID SEARCH UID 80001:160000", "UID SEARCH UID 160001:180000", "UID SEARCH UID 180001:220000",
                    "UID SEARCH UID 220001:300000", "UID SEARCH UID 300001:460000", "UID SEARCH UID 460001:*",
                ])
            // Enough found: no further windows.
            #expect(try await session.list(from: try uid(3), limit: 1).map(\.uid.number) == [3])
            #expect(log.all.last { $0.contains("SEARCH") } == "UID SEARCH UID 3:20002")
        }
    }

    @Test(arguments: [
        ("IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN", "AUTHENTICATE PLAIN"),
        ("IMAP4rev1 AUTH=LOGIN", "AUTHENTICATE LOGIN"),
        ("IMAP4rev1", "LOGIN"),
        // What an Exchange offers: Kerberos and its kin would need more than a password.
        ("IMAP4rev1 SASL-IR AUTH=GSSAPI AUTH=NTLM AUTH=DIGEST-MD5 AUTH=CRAM-MD5 AUTH=PLAIN", "AUTHENTICATE PLAIN"),
    ])
    func `logs in with a password by the plainest way`(_ capabilities: String, _ way: String) async throws {
        try await FakeIMAP(capabilities: capabilities).run { connector, log in
            var settings = try IMAPSettings(
                url: "imap://127.0.0.1:\(connector.settings.address.port)", user: "support@x.example",
                credential: .password("p\"w"), allowPlaintext: true)
            settings.commandDeadline = .seconds(20)
            let session = try await IMAPConnector(settings: settings).connect()
            await session.close()
            #expect(
                log.all.filter { $0.hasPrefix("AUTH") || $0.hasPrefix("LOGIN") }.map { $0.hasPrefix(way) } == [true])
        }
    }

    @Test(arguments: [
        (TokenMechanism.any, "AUTH=XOAUTH2", "XOAUTH2"),
        (.any, "AUTH=GSSAPI AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER", "OAUTHBEARER"),
        (.xoauth2, "AUTH=XOAUTH2 AUTH=OAUTHBEARER", "XOAUTH2"),
        (.oauthBearer, "AUTH=OAUTHBEARER AUTH=XOAUTH2", "OAUTHBEARER"),
    ])
    func `logs in with a token`(_ mechanism: TokenMechanism, _ offered: String, _ used: String) async throws {
        try await FakeIMAP(capabilities: "IMAP4rev1 SASL-IR \(offered)").run { connector, log in
            var settings = try IMAPSettings(
                url: "imap://127.0.0.1:\(connector.settings.address.port)", user: "support@x.example",
                credential: .token(mechanism) { "t0ken" }, allowPlaintext: true)
            settings.commandDeadline = .seconds(20)
            let session = try await IMAPConnector(settings: settings).connect()
            await session.close()
            let words = log.all.first { $0.hasPrefix("AUTHENTICATE") }?.split(separator: " ") ?? []
            #expect(words.dropFirst().first == Substring(used))
            let said = Data(base64Encoded: String(words.last ?? "")).map { String(decoding: $0, as: UTF8.self) } ?? ""
            #expect(said.contains("auth=Bearer t0ken\u{1}"))
        }
    }

    @Test func `leaves large mails on the server and splits what it asks for`() async throws {
        let mails = (1...7).map { (uid: UInt32($0), content: String(repeating: "x", count: $0 == 4 ? 101 : 40)) }
        try await FakeIMAP(mails: mails).run(adjust: {
            $0.sizeLimit = 100
            $0.batchOctets = 80
        }) { connector, log in
            let session = try await connector.connect()
            let fetched = try await session.fetch(try await session.list(from: try uid(1), limit: 10))
            #expect(fetched.map { $0.raw?.bytes.count } == [40, 40, 40, nil, 40, 40, 40])
            #expect(fetched[3].listing.size == 101)
            #expect(
                log.all.filter { $0.contains("PEEK") }.map { $0.split(separator: " ")[2] } == ["1:2", "3,5", "6:7"])
        }
    }

    @Test func `a mail that is gone is left out, one that lied about its size comes without bytes`() async throws {
        let sizes =
            "* 1 FETCH (UID 4 RFC822.SIZE 8 INTERNALDATE \" 1-Nov-2026 09:00:00 +0000\")\r\n"
            + "* 2 FETCH (UID 7 RFC822.SIZE 9)\r\n* 3 FETCH (UID 9 RFC822.SIZE 10)\r\nTAG OK\r\n"
        let bodies =
            "* 1 FETCH (UID 4 BODY[] {300}\r\n\(String(repeating: "y", count: 300)))\r\n"
            + "* 3 FETCH (UID 9 BODY[] NIL)\r\nTAG OK\r\n"
        let server = FakeIMAP(mails: Self.three, behaviours: ["UID FETCH": [.answer(sizes), .answer(bodies)]])
        try await server.run(adjust: { $0.sizeLimit = 100 }) { connector, _ in
            let session = try await connector.connect()
            let fetched = try await session.fetch(try await session.list(from: try uid(1), limit: 10))
            #expect(fetched.map(\.listing.uid.number) == [4, 9])
            #expect(fetched.map(\.listing.size) == [300, 10])
            #expect(fetched.allSatisfy { $0.raw == nil })
        }
    }

    @Test func `one mail that the server cannot read hides no other`() async throws {
        let server = FakeIMAP(
            mails: Self.three,
            behaviours: [
                "UID FETCH": [
                    .before(""), .answer("TAG NO cannot read some\r\n"), .before(""), .answer("TAG NO cannot read\r\n"),
                ]
            ])
        try await server.run { connector, log in
            let session = try await connector.connect()
            let fetched = try await session.fetch(try await session.list(from: try uid(1), limit: 10))
            #expect(fetched.map(\.listing.uid.number) == [4, 7, 9])
            #expect(fetched.map { $0.raw?.bytes.count } == [8, 9, nil])
            #expect(
                log.all.filter { $0.contains("PEEK") }.map { $0.split(separator: " ")[2] } == ["4,7,9", "4,7", "9"])
        }
    }

    struct Way: Sendable, CustomTestStringConvertible {
        let capabilities: String
        let commands: [String]
        var testDescription: String { capabilities }
    }

    @Test(arguments: [
        Way(capabilities: "MOVE UIDPLUS", commands: ["UID MOVE 4,7 \"Done\""]),
        Way(
            capabilities: "UIDPLUS",
            commands: [
                "UID COPY 4,7 \"Done\"", "UID STORE 4,7 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 4,7",
            ]),
        Way(capabilities: "", commands: ["UID STORE 4,7 +FLAGS.SILENT (Postern-Done)"]),
    ])
    func `moves mails in the safest way that the server has`(_ way: Way) async throws {
        let server = FakeIMAP(
            capabilities: "IMAP4rev1 AUTH=PLAIN \(way.capabilities)", mails: Self.three, folders: ["INBOX", "Done"])
        try await server.run { connector, log in
            let session = try await connector.connect()
            try await session.settle([try uid(7), try uid(4)], as: .move(folder: "Done"))
            #expect(await session.canMove == !way.capabilities.isEmpty)
            #expect(log.afterOpening.filter { !$0.hasPrefix("LIST") } == way.commands)
        }
    }

    @Test func `makes a folder that vanished, and asks for each folder once`() async throws {
        let server = FakeIMAP(
            mails: Self.three, folders: ["Done"],
            behaviours: [
                "UID MOVE": [.answer("TAG NO [TRYCREATE] gone\r\n"), .before("")],
                "LIST": [.before(""), .answer("TAG OK\r\n")],
            ])
        try await server.run { connector, log in
            let session = try await connector.connect()
            try await session.settle([try uid(4)], as: .move(folder: "Done"))
            try await session.settle([try uid(7)], as: .move(folder: "Done"))
            #expect(
                log.afterOpening == [
                    "LIST \"\" \"Done\"", "UID MOVE 4 \"Done\"", "LIST \"\" \"Done\"", "CREATE \"Done\"",
                    "UID MOVE 4 \"Done\"", "UID MOVE 7 \"Done\"",
                ])
        }
    }

    @Test func `marks with keywords that are atoms only`() async throws {
        try await FakeIMAP(mails: Self.three).run { connector, log in
            let session = try await connector.connect()
            try await session.settle([try uid(4), try uid(5)], as: .mark(keyword: "$Held"))
            let fault = await #expect(throws: TransportFault.self) {
                try await session.settle([try uid(4)], as: .mark(keyword: "a)\r\nA9 LOGOUT"))
            }
            #expect(fault?.kind == .setup)
            #expect(log.afterOpening == ["UID STORE 4:5 +FLAGS.SILENT ($Held)"])
        }
    }

    @Test func `quotes folder names so that none can end the command`() async throws {
        try await FakeIMAP(mails: Self.three).run { connector, log in
            let session = try await connector.connect()
            try await session.settle([try uid(4)], as: .move(folder: "Erledigt \"für\" \\ alle\r\nA9 LOGOUT"))
            #expect(
                log.afterOpening.last
                    == "UID MOVE 4 \"Erledigt \\\"f&APw-r\\\" \\\\ alle&AA0ACg-A9 LOGOUT\"")
        }
    }

    @Test func `idles until news come`() async throws {
        try await FakeIMAP(mails: Self.three, idleNews: "* 1 FETCH (FLAGS ())\r\n* 4 EXISTS\r\n").run {
            connector, log in
            let session = try await connector.connect()
            try await session.wait(atMost: .seconds(600))
            #expect(log.afterOpening == ["IDLE", "DONE"])
        }
    }

    @Test func `an interrupt ends an idle at once`() async throws {
        let began = AsyncStream<Void>.makeStream()
        let server = FakeIMAP(onIdle: { began.continuation.yield() })
        try await server.run { connector, log in
            let session = try await connector.connect()
            async let waiting: Void = session.wait(atMost: .seconds(600))
            for await _ in began.stream { break }
            session.interrupt()
            try await waiting
            #expect(log.afterOpening == ["IDLE", "DONE"])
        }
    }

    @Test(arguments: [true, false])
    func `an interrupt before the wait ends it, and only one`(idle: Bool) async throws {
        let server = FakeIMAP(capabilities: idle ? "IMAP4rev1 AUTH=PLAIN IDLE" : "IMAP4rev1 AUTH=PLAIN")
        try await server.run { connector, log in
            let session = try await connector.connect()
            session.interrupt()
            try await session.wait(atMost: .seconds(600))
            #expect(log.afterOpening == [])
            try await session.wait(atMost: .milliseconds(50))
            #expect(log.afterOpening == (idle ? ["IDLE", "DONE"] : ["NOOP"]))
        }
    }

    @Test func `renews an idle before the server tires of it`() async throws {
        try await FakeIMAP().run(adjust: { $0.idleRenewal = .milliseconds(30) }) { connector, log in
            let session = try await connector.connect()
            try await session.wait(atMost: .milliseconds(200))
            #expect(log.afterOpening.count { $0 == "IDLE" } >= 2)
            #expect(log.afterOpening.last == "DONE")
        }
    }

    @Test func `looks from time to time where idling does not work`() async throws {
        let server = FakeIMAP(
            behaviours: ["IDLE": [.answer("TAG NO not today\r\n")], "NOOP": [.before(""), .before("* 1 EXISTS\r\n")]])
        try await server.run(adjust: { $0.pollInterval = .milliseconds(20) }) { connector, log in
            let session = try await connector.connect()
            try await session.wait(atMost: .seconds(600))
            #expect(log.afterOpening == ["IDLE", "NOOP", "NOOP"])
        }
    }

    @Test func `a BYE or a lost connection shows during a wait`() async throws {
        for capabilities in ["IMAP4rev1 AUTH=PLAIN IDLE", "IMAP4rev1 AUTH=PLAIN"] {
            let server = FakeIMAP(
                capabilities: capabilities,
                behaviours: ["IDLE": [.answer("+ \r\n* BYE timeout\r\n")], "NOOP": [.close]])
            try await server.run(adjust: { $0.pollInterval = .milliseconds(20) }) { connector, _ in
                let session = try await connector.connect()
                let fault = await #expect(throws: TransportFault.self) { try await session.wait(atMost: .seconds(600)) }
                #expect(fault?.kind == .temporary)
            }
        }
    }

    @Test func `tells the doctor what the server has`() async throws {
        let server = FakeIMAP(capabilities: "IMAP4rev1 AUTH=PLAIN UIDPLUS", folders: ["INBOX", "Ignored"])
        try await server.run { connector, _ in
            let session = try await connector.connect()
            let inspection = try await session.inspect()
            #expect(inspection.capabilities == ["AUTH=PLAIN", "IMAP4REV1", "UIDPLUS"])
            #expect(inspection.folders.map(\.name) == ["INBOX", "Ignored"])
            #expect(!inspection.hasMove && inspection.hasUIDPlus && !inspection.hasIdle && inspection.keepsKeywords)
        }
    }
}
