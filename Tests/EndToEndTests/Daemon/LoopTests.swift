import Foundation
import Testing

/// Postern and programs that answer every mail, on real servers: each loop ends.
@Suite(.serialized) struct LoopTests {
    /// A request without its copy to the authority: it gets an answer.
    private static func request(_ number: Int) -> ArrivedMail {
        ArrivedMail(
            from: "ana\(number)@drvo.example", subject: "Role request: FLEGT timber importer",
            body: """
                I ask for the role of FLEGT timber importer.
                My name is Ana Kovač, the company is Drvo \(number) d.o.o.
                """)
    }

    private static func responder(
        _ name: String, _ number: Int, reasons: [String],
        _ change: @escaping @Sendable (SentMail, inout ArrivedMail) -> Void
    ) -> AutoResponder {
        let address = "ana\(number)@drvo.example"
        return AutoResponder(
            name: name, address: address,
            answer: { mail in
                var answer = ArrivedMail(
                    from: address, subject: mail.field("Subject") ?? "",
                    fields: ["In-Reply-To: \(mail.field("Message-ID") ?? "")"],
                    body: "Thank you for your message. I am away until Monday and shall answer then.")
                change(mail, &answer)
                return answer
            }, reasons: reasons)
    }

    /// Those that say what they are, by one sign at least, get one reply.
    private static let polite = [
        responder("as RFC 3834 wants it", 1, reasons: ["automatic.null-return-path"]) { mail, answer in
            answer.returnPath = ""
            answer.subject = "Auto: \(answer.subject)"
            answer.fields.append("Auto-Submitted: auto-replied")
        },
        responder("Auto-Submitted alone", 2, reasons: ["automatic.auto-submitted"]) { _, answer in
            answer.fields.append("Auto-Submitted: auto-replied (vacation)")
        },
        responder("the null return path alone", 3, reasons: ["automatic.null-return-path"]) { $1.returnPath = "" },
        responder("Precedence alone", 4, reasons: ["automatic.precedence"]) { $1.fields.append("Precedence: bulk") },
        responder("a subject that says so", 5, reasons: ["automatic.subject"]) { _, answer in
            answer.subject = "Automatski odgovor: \(answer.subject)"
        },
    ]

    /// Nothing tells the mails of these from a person's who writes again and again and mends nothing: the limit on one
    /// outcome ends it, and a person looks.
    private static let rude = [
        responder("keeps our subject", 11, reasons: limited) { _, _ in },
        responder("says something else each time", 12, reasons: limited) { _, answer in
            answer.body += "\nTicket \(UUID().uuidString) was opened."
            answer.fields = []
        },
        responder("quotes us under another subject", 13, reasons: limited) { mail, answer in
            answer.subject = "We have your message"
            answer.fields = []
            answer.body =
                "Your message is important to us.\n\nOn Sunday, TRACES Support Team wrote:\n"
                + mail.text.map { "> \($0)" }.joined(separator: "\n")
        },
        responder("sends our words back as its own", 14, reasons: limited) { mail, answer in
            answer.subject = "We have your message"
            answer.fields = []
            answer.body = mail.text.joined(separator: "\n")
        },
    ]
    private static let limited = ["cc.missing", "cc.missing", "limit.same-outcome"]

    @Test func `Each loop with a program that answers every mail ends after one reply, or after three`() async throws {
        let responders = Self.polite + Self.rude
        try await MailRoom.open { room in
            var sent: [String: [SentMail]] = [:]
            try await room.withDaemon { _ in
                sent = try await room.exchange(with: responders) { responder in
                    Self.request(Int(responder.address.filter(\.isNumber)) ?? 0)
                }
            }
            let mails = try await room.json(["messages", "list"])
            for responder in responders {
                let reasons = mails.filter { $0["sender"] == responder.address }.compactMap { $0["reason"] }
                #expect(reasons == ["cc.missing"] + responder.reasons, "\(responder.name)")
                let expected = responder.reasons.count == 1 ? 1 : 3
                #expect(sent[responder.address]?.count == expected, "\(responder.name)")
            }
            // None of them has moved anything.
            #expect(try await room.json(["request", "list"]).allSatisfy { $0["status"] == "requested" })
        }
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
        let count = FloodTests.size(300)
        try await MailRoom.open { room in
            let status = ArrivedMail(
                from: "ana1@drvo.example", subject: "Status", body: "What is the status of my role request?")
            try await room.deliver((0..<count).map { $0.isMultiple(of: 2) ? Self.request(1).text : status.text })
            let pass = try await Program.run(["serve", "--once", "--config", room.settings])
            #expect(pass.status == 0, "\(pass.errors)")
            let mails = try await room.json(["messages", "list"])
            #expect(
                Dictionary(grouping: mails.compactMap { $0["reason"] }, by: \.self).mapValues(\.count) == [
                    "cc.missing": 3, "status.inquiry": 3, "limit.same-outcome": count - 6,
                ])
            #expect(try room.received().count == 6)
            #expect((pass.output + pass.errors).contains("reply.limit"))

            // What went out counts for everybody, also after the program has ended.
            try await room.deliver((2...4).map { Self.request($0).text })
            let second = try await Program.run(
                ["serve", "--once", "--config", room.settings],
                environment: [
                    "POSTERN_REPLIES_LIMITS_GLOBAL_BURST": "6", "POSTERN_REPLIES_LIMITS_GLOBAL_PER_HOUR": "1",
                ])
            #expect(second.status == 0, "\(second.errors)")
            let held = try await room.json(["messages", "list", "--limit", "3"])
            #expect(held.map { $0["reason"] } == ["limit.global", "limit.global", "limit.global"])
            #expect((second.output + second.errors).contains("reply.limit"))
            #expect(try room.received().count == 6)
        }
    }
}
