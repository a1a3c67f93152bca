import Foundation
import Testing

/// Postern and programs that answer every mail, on real servers: each loop ends.
@Suite(.serialized) struct LoopTests {
    /// A request without its copy to the authority: it gets an answer.
    private static let request = ArrivedMail(
        from: "ana1@drvo.example", subject: "Role request: FLEGT timber importer",
        body: "I ask for the role of FLEGT timber importer.\nMy name is Ana Kovač, the company is Drvo 1 d.o.o.")

    private func exchange(
        first: ArrivedMail = request, _ answer: @escaping (SentMail) -> ArrivedMail?
    ) async throws -> (sent: [SentMail], reasons: [String]) {
        var result: (sent: [SentMail], reasons: [String]) = ([], [])
        try await MailRoom.open { room in
            try await room.withDaemon { daemon in
                let (sent, delivered) = try await AutoResponder(room: room, answer: answer).run(
                    first: first, with: daemon)
                let mails = try await room.json(["messages", "list"])
                #expect(mails.count == delivered)
                result = (sent, mails.map { $0["reason"] ?? "" })
            }
        }
        return result
    }

    @Test func `A responder that says what it is gets one reply`() async throws {
        let (sent, reasons) = try await exchange { mail in
            ArrivedMail(
                from: "ana1@drvo.example", returnPath: "", subject: "Auto: \(mail.field("Subject") ?? "")",
                fields: ["Auto-Submitted: auto-replied", "In-Reply-To: \(mail.field("Message-ID") ?? "")"],
                body: "I am away until Monday.")
        }
        #expect(sent.count == 1)
        #expect(reasons == ["cc.missing", "automatic.null-return-path"])
    }

    @Test func `So does one that keeps an envelope of its own, by its Auto-Submitted alone`() async throws {
        let (sent, reasons) = try await exchange { mail in
            ArrivedMail(
                from: "ana1@drvo.example", subject: mail.field("Subject") ?? "",
                fields: ["Auto-Submitted: auto-replied (vacation)"], body: "I am away until Monday.")
        }
        #expect(sent.count == 1)
        #expect(reasons == ["cc.missing", "automatic.auto-submitted"])
    }

    @Test func `One that gives itself away by its subject alone gets one reply, and a person looks`() async throws {
        let (sent, reasons) = try await exchange { mail in
            ArrivedMail(
                from: "ana1@drvo.example", subject: "Automatski odgovor: \(mail.field("Subject") ?? "")",
                body: "Nisam u uredu.")
        }
        #expect(sent.count == 1)
        #expect(reasons == ["cc.missing", "automatic.subject"])
    }

    /// Nothing tells its mails from a person's, who writes again and again without mending what is missing.
    @Test func `One that hides what it is, under our own subject, is stopped by the limit on one outcome`() async throws
    {
        let (sent, reasons) = try await exchange { mail in
            ArrivedMail(
                from: "ana1@drvo.example", subject: mail.field("Subject") ?? "",
                fields: ["In-Reply-To: \(mail.field("Message-ID") ?? "")"],
                body: "Thank you for your message. I am away until Monday and shall answer then.")
        }
        #expect(sent.count == 3)
        #expect(reasons == ["cc.missing", "cc.missing", "cc.missing", "limit.same-outcome"])
    }

    @Test func `One that quotes us under a subject of its own is stopped in the same way`() async throws {
        let (sent, reasons) = try await exchange { mail in
            ArrivedMail(
                from: "ana1@drvo.example", subject: "We have your message",
                body: "Your message is important to us.\n\nOn Sunday, TRACES Support Team wrote:\n"
                    + mail.text.map { "> \($0)" }.joined(separator: "\n"))
        }
        #expect(sent.count <= 3)
        #expect(reasons.count == sent.count + 1)
        #expect(reasons.last == "limit.same-outcome" || sent.count == 1)
    }

    @Test func `One that sends our words back as its own is stopped, too, and moves no request`() async throws {
        let (sent, reasons) = try await exchange { mail in
            ArrivedMail(
                from: "ana1@drvo.example", cc: nil, subject: "We have your message",
                body: mail.text.joined(separator: "\n"))
        }
        #expect(sent.count <= 3)
        #expect(reasons.count == sent.count + 1)
        #expect(!reasons.contains("ok"))
    }

    @Test func `Two Posterns that write to each other exchange one reply`() async throws {
        try await MailRoom.open { one in
            try await MailRoom.open { other in
                try await one.withDaemon { daemon in
                    // The first request seems to come from the other support mailbox.
                    let first = ArrivedMail(
                        from: "support@other.example", subject: "Role request: FLEGT timber importer",
                        body: "I ask for the role of FLEGT timber importer.")
                    try await one.deliver([first.text])
                    try await one.await("the first one answers") { try one.received().count == 1 }
                }
                let reply = try #require(try one.received().map(SentMail.init).first)
                let border = [
                    "Return-Path: <support@traces.example>",
                    "Authentication-Results: mx.traces.example; dmarc=pass header.from=traces.example",
                    "Received: from out.traces.example by mx.traces.example with ESMTPS; Sun, 1 Nov 2026 10:00:00 +0000",
                ]
                try await other.deliver([(border + [reply.bytes]).joined(separator: "\r\n")])
                let pass = try await Program.run(
                    ["serve", "--once", "--config", other.settings],
                    environment: ["POSTERN_SUPPORT_ADDRESSES": "support@other.example"])
                #expect(pass.status == 0, "\(pass.errors)")
                let mails = try await other.json(["messages", "list"])
                #expect(mails.map { $0["reason"] } == ["automatic.auto-submitted"])
                #expect(try other.received().isEmpty)
            }
        }
    }

    /// Some mails here ask how things stand, some are a request that lacks its copy.
    @Test func `A flood of one sender gets the stated replies and no more`() async throws {
        let count = ProcessInfo.processInfo.environment["POSTERN_FLOOD"].flatMap(Int.init) ?? 600
        try await MailRoom.open { room in
            let status = ArrivedMail(
                from: "ana1@drvo.example", subject: "Status", body: "What is the status of my role request?")
            try await room.deliver((0..<count).map { $0.isMultiple(of: 2) ? Self.request.text : status.text })
            let pass = try await Program.run(["serve", "--once", "--config", room.settings])
            #expect(pass.status == 0, "\(pass.errors)")
            let mails = try await room.json(["messages", "list"])
            #expect(
                Dictionary(grouping: mails.compactMap { $0["reason"] }, by: \.self).mapValues(\.count) == [
                    "cc.missing": 3, "status.inquiry": 3, "limit.same-outcome": count - 6,
                ])
            #expect(try room.received().count == 6)
        }
    }
}
