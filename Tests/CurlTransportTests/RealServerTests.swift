import CurlTransport
import Foundation
import Mail
import MailServers
import Testing

@Suite(.enabled(if: RealServers.areInstalled), .serialized)
struct `On a real Dovecot and a real smtp-sink` {
    static let forged = "Subject: forged\r\n\r\nA004 OK done\r\n* 1 EXPUNGE\r\n)\r\n"

    @Test func `takes, moves, marks and waits for mail over TLS`() async throws {
        try await RealServers.run { servers in
            let mails = (1...20).map { "Subject: mail \($0)\r\n\r\nBody \($0)\r\n" } + [Self.forged]
            try await servers.deliver(mails)
            let session = try await IMAPConnector(settings: try servers.imap()).connect()
            #expect(await session.status.exists == 21)

            let listings = try await session.list(from: try uid(1), limit: 100)
            #expect(listings.map(\.uid.number) == Array(1...21))
            let now = Date()
            #expect(listings.allSatisfy { $0.receivedAt.map { abs($0.timeIntervalSince(now)) < 300 } ?? false })
            let fetched = try await session.fetch(listings)
            #expect(fetched.map { String(decoding: $0.raw?.bytes ?? [], as: UTF8.self) } == mails)

            // A folder that is not there yet, with a name beyond ASCII; a keyword; one mail that is gone already.
            try await session.settle(listings.prefix(5).map(\.uid), as: .move(folder: "Erledigt/für alle"))
            try await session.settle(listings.prefix(6).map(\.uid), as: .mark(keyword: "$PosternHeld"))
            let inspection = try await session.inspect()
            #expect(inspection.folders.map(\.name).contains("Erledigt/für alle"))
            #expect(inspection.hasMove && inspection.hasUIDPlus && inspection.hasIdle && inspection.keepsKeywords)
            #expect(try await session.list(from: try uid(1), limit: 100).map(\.uid.number) == Array(6...21))
            await session.close()

            // Nothing was marked as seen, and the moved mails are where they belong.
            let maildir = URL(filePath: try servers.value("MAILDIR"))
            func files(_ folder: String) throws -> [String] {
                try ["new", "cur"].flatMap {
                    try FileManager.default.contentsOfDirectory(atPath: maildir.appending(path: folder + $0).path)
                }
            }
            #expect(try files(".Erledigt.f&APw-r alle/").count == 5)
            let flags = try files("").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).last.map(String.init) ?? ""
            }
            #expect(flags.count == 16 && !flags.contains { $0.contains("S") })
        }
    }

    @Test func `mail that arrives ends the idle, an interrupt too`() async throws {
        try await RealServers.run { servers in
            let session = try await IMAPConnector(settings: try servers.imap()).connect()
            #expect(try await session.list(from: try uid(1), limit: 10) == [])
            async let waiting: Void = session.wait(atMost: .seconds(60))
            try await servers.deliver(["Subject: new\r\n\r\nx\r\n"])
            let start = ContinuousClock.now
            try await waiting
            #expect(start.duration(to: .now) < .seconds(30))
            #expect(try await session.list(from: try uid(1), limit: 10).map(\.uid.number) == [1])
            // What arrives between listing and waiting is not slept over.
            try await servers.deliver(["Subject: newer\r\n\r\nx\r\n"])
            try await session.wait(atMost: .seconds(60))
            #expect(try await session.list(from: try uid(2), limit: 10).map(\.uid.number) == [2])
            session.interrupt()
            try await session.wait(atMost: .seconds(60))
            await session.close()
        }
    }

    @Test func `moves by copying where the server lacks MOVE`() async throws {
        try await RealServers.run { servers in
            try await servers.deliver((1...30).map { "Subject: \($0)\r\n\r\nx\r\n" })
            var settings = try servers.imap()
            settings.unusedCapabilities = ["MOVE"]
            let session = try await IMAPConnector(settings: settings).connect()
            let uids = try await session.list(from: try uid(1), limit: 30).map(\.uid)
            try await session.settle(Array(uids.prefix(29)), as: .move(folder: "Processed"))
            #expect(try await session.list(from: try uid(1), limit: 30).map(\.uid.number) == [30])
            await session.close()
        }
    }

    @Test func `says what is wrong with certificate, password, host name`() async throws {
        try await RealServers.run { servers in
            let untrusted = await #expect(throws: TransportFault.self) {
                try await IMAPConnector(settings: try servers.imap(trusted: false)).connect()
            }
            #expect(untrusted?.kind == .certificate)
            #expect(untrusted?.hint?.contains("ca_file") == true)

            let denied = await #expect(throws: TransportFault.self) {
                try await IMAPConnector(settings: try servers.imap(credential: .password("not it"))).connect()
            }
            #expect(denied?.kind == .login)
            #expect(denied?.description.contains("not it") == false)

            var unreadable = try servers.imap()
            unreadable.caFile = "/nonexistent/ca.pem"
            let setup = await #expect(throws: TransportFault.self) {
                try await IMAPConnector(settings: unreadable).connect()
            }
            #expect(setup?.kind == .setup)

            // The certificate is made out for localhost and 127.0.0.1, not for 127.0.0.2; nobody listens there either.
            let wrongScheme = await #expect(throws: TransportFault.self) {
                var settings = try IMAPSettings(
                    url: "imaps://localhost:\(try servers.value("IMAP_PORT"))", user: "u", credential: .password("p"))
                settings.caFile = try servers.value("CA_FILE")
                _ = try await IMAPConnector(settings: settings).connect()
            }
            #expect(wrongScheme?.kind == .temporary)

            let startTLS = try await IMAPConnector(settings: try servers.imap("imap")).connect()
            #expect(await startTLS.status.exists == 0)
            await startTLS.close()
        }
    }

    @Test func `submits over TLS with a login, and straight to the sink`() async throws {
        try await RealServers.run(["--submission"]) { servers in
            for (scheme, port) in [("smtps", "SMTPS_PORT"), ("smtp", "SUBMISSION_PORT")] {
                var settings = try SMTPSettings(
                    url: "\(scheme)://localhost:\(try servers.value(port))", user: try servers.value("USER_NAME"),
                    credential: try servers.password)
                settings.caFile = try servers.value("CA_FILE")
                let submission = SMTPSubmission(settings: settings)
                let inspection = try await submission.probe()
                #expect(inspection.capabilities.contains { $0.hasPrefix("AUTH") })
                for _ in 0..<3 {
                    let outcome = await submission.send(try outbound())
                    #expect(outcome == .sent(answer: outcome.answer))
                }
                await submission.close()

                settings.caFile = nil
                let untrusted = SMTPSubmission(settings: settings)
                let fault = await #expect(throws: TransportFault.self) { try await untrusted.probe() }
                #expect(fault?.kind == .certificate)
                let outcome = await untrusted.send(try outbound())
                #expect(outcome == .retry(answer: outcome.answer))
            }
            let direct = SMTPSubmission(settings: try servers.sink())
            let outcome = await direct.send(try outbound("Subject: dot\r\n\r\n.\r\n..\r\n.x\r\n"))
            #expect(outcome == .sent(answer: outcome.answer))
            await direct.close()
            let sink = try servers.value("SINK_DIR")
            let dumps = try FileManager.default.contentsOfDirectory(atPath: sink).map {
                try String(contentsOfFile: "\(sink)/\($0)", encoding: .utf8)
            }
            #expect(dumps.count == 7)
            #expect(dumps.contains { $0.contains("Subject: dot\n\n.\n..\n.x\n") })
            #expect(
                dumps.allSatisfy { $0.contains("X-Mail-Args: <>") && $0.contains("X-Rcpt-Args: <ana@drvo.example>") })
        }
    }

    @Test func `a sink that refuses is told apart`() async throws {
        try await RealServers.run { servers in
            for (options, expected) in [
                (["-r", "RCPT"], "retry"), (["-f", "RCPT"], "failed"), (["-r", "."], "retry"), (["-f", "."], "failed"),
            ] {
                try await servers.restartSink(options)
                let submission = SMTPSubmission(settings: try servers.sink())
                let outcome = await submission.send(try outbound())
                #expect(
                    outcome == (expected == "retry" ? .retry(answer: outcome.answer) : .failed(answer: outcome.answer)),
                    "\(options)")
                #expect(outcome.answer.hasPrefix(expected == "retry" ? "4" : "5"))
                await submission.close()
            }
        }
    }
}
