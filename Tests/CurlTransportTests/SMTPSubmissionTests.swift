import CurlTransport
import Foundation
import Mail
import Synchronization
import Testing

struct `Sending mail over SMTP` {
    @Test func `says the envelope, stuffs dots, keeps the connection`() async throws {
        try await FakeSMTP().run { submission, log in
            let first = await submission.send(try outbound())
            let second = await submission.send(
                try outbound(from: "desk@postern.example", to: ["a@x.example", "b@y.example"]))
            #expect(first == .sent(answer: "250 2.0.0 queued as 1"))
            #expect(second == .sent(answer: "250 2.0.0 queued as 2"))
            await submission.close()
            #expect(log.connections == 1)
            let data = ["DATA", "> Subject: x", "> ", "> ..dot", "> end"]
            #expect(
                log.all == ["EHLO client.example", "MAIL FROM:<> SIZE=25", "RCPT TO:<ana@drvo.example>"] + data
                    + ["MAIL FROM:<desk@postern.example> SIZE=25", "RCPT TO:<a@x.example>", "RCPT TO:<b@y.example>"]
                    + data
                    + ["QUIT"])
        }
    }

    struct Step: Sendable, CustomTestStringConvertible {
        let step: String
        let behaviour: FakeSMTP.Behaviour
        let outcome: SubmissionOutcome
        var testDescription: String { "\(step): \(behaviour)" }
        init(_ step: String, _ behaviour: FakeSMTP.Behaviour, _ outcome: SubmissionOutcome) {
            self.step = step
            self.behaviour = behaviour
            self.outcome = outcome
        }
    }

    @Test(arguments: [
        Step("GREETING", .answer("421 4.3.2 busy\r\n"), .retry(answer: "421 4.3.2 busy")),
        Step("GREETING", .answer("554 5.3.2 no service\r\n"), .retry(answer: "554 5.3.2 no service")),
        Step("AUTH", .answer("535 5.7.8 wrong\r\n"), .retry(answer: "535 5.7.8 wrong")),
        Step("AUTH", .answer("454 4.7.0 later\r\n"), .retry(answer: "454 4.7.0 later")),
        Step("MAIL", .answer("451 4.3.0 later\r\n"), .retry(answer: "451 4.3.0 later")),
        Step("MAIL", .answer("553 5.1.8 no null sender\r\n"), .failed(answer: "553 5.1.8 no null sender")),
        Step("MAIL", .answer("530 5.7.0 log in first\r\n"), .retry(answer: "530 5.7.0 log in first")),
        Step("MAIL", .answer("421 4.4.2 idle too long\r\n"), .retry(answer: "421 4.4.2 idle too long")),
        Step("RCPT", .answer("450 4.2.0 greylisted\r\n"), .retry(answer: "450 4.2.0 greylisted")),
        Step("RCPT", .answer("550 5.1.1 unknown\r\n"), .failed(answer: "550 5.1.1 unknown")),
        Step("RCPT", .answer("550-5.1.1 first\r\n550 5.1.1 last\r\n"), .failed(answer: "550 5.1.1 last")),
        Step("DATA", .answer("452 4.3.1 full\r\n"), .retry(answer: "452 4.3.1 full")),
        Step("DATA", .answer("554 5.5.1 no\r\n"), .failed(answer: "554 5.5.1 no")),
        Step("DOT", .answer("451 4.3.0 later\r\n"), .retry(answer: "451 4.3.0 later")),
        Step("DOT", .answer("421 4.3.0 going down\r\n"), .retry(answer: "421 4.3.0 going down")),
        Step("DOT", .answer("550 5.7.1 spam\r\n"), .failed(answer: "550 5.7.1 spam")),
        Step("DOT", .answer("251 forwarded\r\n"), .sent(answer: "251 forwarded")),
    ])
    func `tells each answer's meaning at each step`(_ step: Step) async throws {
        var server = FakeSMTP(behaviours: [step.step: [step.behaviour, .answer("")]])
        server.capabilities.append("AUTH PLAIN")
        try await server.run(user: "support", credential: .password("s3cret")) { submission, _ in
            let outcome = await submission.send(try outbound())
            #expect(outcome == step.outcome)
            // The next mail finds a working connection.
            let next = await submission.send(try outbound())
            #expect(next == .sent(answer: next.answer))
        }
    }

    @Test(arguments: ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"], [FakeSMTP.Behaviour.close, .stall])
    func `a connection lost before the final dot means try again`(_ step: String, _ behaviour: FakeSMTP.Behaviour)
        async throws
    {
        try await FakeSMTP(behaviours: [step: [behaviour]]).run(adjust: { $0.responseTimeout = .seconds(1) }) {
            submission, _ in
            let outcome = await submission.send(try outbound())
            #expect(outcome == .retry(answer: outcome.answer))
            #expect(!outcome.answer.isEmpty)
        }
    }

    @Test(arguments: [
        FakeSMTP.Behaviour.close, .stall, .answer("250-half an answer\r\n250"), .answer("what?\r\n"),
        .answer("354 again\r\n"),
    ])
    func `an answer lost behind the final dot means nobody knows`(_ behaviour: FakeSMTP.Behaviour) async throws {
        var row = [behaviour]
        if case .answer = behaviour { row.append(.close) }
        let server = FakeSMTP(behaviours: ["DOT": row, "MAIL": [.answer(""), .close]])
        try await server.run(adjust: { $0.responseTimeout = .seconds(1) }) { submission, _ in
            let outcome = await submission.send(try outbound())
            #expect(outcome == .unknown(answer: outcome.answer))
            #expect(outcome.answer.hasPrefix("no answer behind the final dot: "))
        }
    }

    @Test func `a mail cut in its middle was not taken`() async throws {
        // More than the socket buffers of both sides hold, so that the upload cannot have ended.
        let line = String(repeating: "x", count: 998) + "\r\n"
        let mail = try outbound("Subject: x\r\n\r\n" + String(repeating: line, count: 20_000))
        try await FakeSMTP(linesOfData: 3).run { submission, _ in
            let outcome = await submission.send(mail)
            #expect(outcome == .retry(answer: outcome.answer))
        }
    }

    @Test func `every cut of the server's words is told apart`() async throws {
        var outcomes: [String] = []
        for allowance in 0..<1_000 {
            let outcome = try await FakeSMTP(allowance: allowance).run { submission, _ in
                await submission.send(try outbound())
            }
            switch outcome {
            case .retry: outcomes.append("retry")
            case .unknown: outcomes.append("unknown")
            case .sent: outcomes.append("sent")
            case .failed: outcomes.append("failed")
            }
            if outcomes.last == "sent" { break }
        }
        // "354 go ahead" ends the part before the mail; "250 2.0.0 queued as 1" is the part behind it.
        let unknown = outcomes.count { $0 == "unknown" }
        #expect(
            unknown == "250 2.0.0 queued as 1\r\n".utf8.count || unknown == "250 2.0.0 queued as 1\r".utf8.count + 1)
        let retry = outcomes.count { $0 == "retry" }
        #expect(outcomes[..<retry].allSatisfy { $0 == "retry" } && retry > 100)
        #expect(outcomes[retry..<(retry + unknown)].allSatisfy { $0 == "unknown" })
        #expect(retry + unknown + 1 == outcomes.count)
        #expect(outcomes.last == "sent")
    }

    @Test(arguments: [
        "Subject: x\n\r\n", "Subject: x\r\n\r\na\rb\r\n", "Subject: x\r\n\r\nno end", "Subject: x\r\n\r\nx\r\n.\n",
        "Subject: x\r\n\r\nx\r", "",
    ])
    func `bare line ends never leave the house`(_ text: String) async throws {
        try await FakeSMTP().run { submission, log in
            let outcome = await submission.send(try outbound(text))
            #expect(outcome == .failed(answer: "not sent: the mail holds a bare CR or LF, or its last line has no end"))
            #expect(log.connections == 0)
        }
    }

    @Test func `a mail for nobody is refused`() async throws {
        try await FakeSMTP().run { submission, _ in
            let outcome = await submission.send(try outbound(to: []))
            #expect(outcome == .failed(answer: "not sent: the mail has no recipient"))
        }
    }

    @Test func `smtp without STARTTLS says no mail and no password`() async throws {
        var server = FakeSMTP()
        server.capabilities.append("AUTH PLAIN")
        try await server.run { submission, log in
            let strict = SMTPSubmission(
                settings: try SMTPSettings(
                    url: "smtp://127.0.0.1:\(submission.settings.address.port)", user: "u", credential: .password("p")))
            let outcome = await strict.send(try outbound())
            #expect(outcome == .retry(answer: outcome.answer))
            #expect(log.all.filter { !$0.hasPrefix("EHLO") && !$0.hasPrefix("QUIT") } == [])
            let fault = await #expect(throws: TransportFault.self) { try await strict.probe() }
            #expect(fault?.kind == .setup)
        }
    }

    @Test(arguments: [
        [FakeSMTP.Behaviour.answer(""), .close, .answer("")],
        [.answer(""), .answer("421 4.4.2 idle too long\r\n"), .answer("")],
    ])
    func `a connection that the server closed meanwhile costs no mail its turn`(_ row: [FakeSMTP.Behaviour])
        async throws
    {
        try await FakeSMTP(behaviours: ["MAIL": row]).run { submission, log in
            let mail = try outbound()
            for number in 1...3 {
                #expect(await submission.send(mail) == .sent(answer: "250 2.0.0 queued as \(number)"))
            }
            #expect(log.connections == 2)
        }
    }

    @Test func `a token that ran out is fetched anew, once`() async throws {
        var server = FakeSMTP(behaviours: [
            // The first login works; the second, behind a lost connection, does not; the third does.
            "AUTH": [.answer(""), .answer("535 5.7.8 expired\r\n"), .answer("")],
            "MAIL": [.answer(""), .close, .answer("")],
        ])
        server.capabilities.append("AUTH XOAUTH2 OAUTHBEARER")
        let tokens = Mutex(0)
        let credential = Credential.token {
            tokens.withLock { $0 += 1 }
            return Secret("token\(tokens.withLock { $0 })")
        }
        try await server.run(user: "support@x.example", credential: credential) { submission, log in
            let mail = try outbound()
            #expect(await submission.send(mail) == .sent(answer: "250 2.0.0 queued as 1"))
            #expect(await submission.send(mail) == .sent(answer: "250 2.0.0 queued as 2"))
            #expect(tokens.withLock { $0 } == 2)
            #expect(
                log.all.filter { $0.hasPrefix("AUTH") }.map { $0.split(separator: " ")[1] }.allSatisfy {
                    $0 == "OAUTHBEARER"
                })
            #expect(log.all.filter { $0.hasPrefix("AUTH") }.count == 3)
        }
    }

    @Test func `a token that cannot be had is a reason to try again, without the secret`() async throws {
        struct Broken: Error {}
        try await FakeSMTP().run(user: "u", credential: .token { throw Broken() }) { submission, log in
            let outcome = await submission.send(try outbound())
            #expect(outcome == .retry(answer: "no access token: Broken(); run token_command by hand, as the same user"))
            #expect(log.connections == 0)
        }
    }

    @Test func `sends over several connections at once, and over no more`() async throws {
        try await FakeSMTP().run(adjust: { $0.connections = 3 }) { submission, log in
            let mail = try outbound()
            let sent = await withTaskGroup { group in
                for _ in 0..<60 { group.addTask { await submission.send(mail) } }
                return await group.reduce(into: 0) { if case .sent = $1 { $0 += 1 } }
            }
            #expect(sent == 60)
            #expect((1...3).contains(log.connections))
        }
    }

    @Test func `shows the doctor what the server says of itself`() async throws {
        var server = FakeSMTP()
        server.capabilities.append("AUTH PLAIN")
        try await server.run(user: "u", credential: .password("p")) { submission, log in
            let inspection = try await submission.probe()
            #expect(inspection.greeting == "220 sink.example ESMTP")
            #expect(inspection.capabilities == ["PIPELINING", "SIZE 10240000", "8BITMIME", "AUTH PLAIN"])
            #expect(!log.all.contains { $0.hasPrefix("MAIL") })
        }
        var refusing = FakeSMTP(behaviours: ["AUTH": [.answer("535 5.7.8 'p4ssword' is wrong\r\n")]])
        refusing.capabilities.append("AUTH PLAIN")
        try await refusing.run(user: "u", credential: .password("p4ssword")) { submission, _ in
            let fault = await #expect(throws: TransportFault.self) { try await submission.probe() }
            #expect(fault?.kind == .login)
            #expect(fault?.reason.hasSuffix("login refused: 535 5.7.8 '***' is wrong") == true)
        }
    }
}
