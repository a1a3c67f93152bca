import Foundation
import Testing

/// A reply that comes back, from the mail server's report to what the support team sees.
@Suite(.serialized) struct BounceRoomTests {
    private static func report(on messageID: String, to recipient: String, action: String = "failed") -> ArrivedMail {
        ArrivedMail(
            from: "MAILER-DAEMON@mx.drvo.example", returnPath: "", subject: "Undelivered Mail Returned to Sender",
            fields: [
                "Auto-Submitted: auto-replied",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"B.1/mx\"",
            ],
            body: """
                --B.1/mx
                Content-Type: text/plain; charset=us-ascii

                I'm sorry to have to inform you that your message could not be delivered.

                --B.1/mx
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.drvo.example
                Arrival-Date: Sun,  1 Nov 2026 10:00:00 +0000 (UTC)

                Final-Recipient: rfc822; \(recipient)
                Action: \(action)
                Status: 5.2.2
                Diagnostic-Code: smtp; 552 5.2.2 mailbox full\u{1B}[2J

                --B.1/mx
                Content-Type: text/rfc822-headers

                From: support@traces.example
                Message-ID: \(messageID)

                --B.1/mx--
                """)
    }

    @Test func `A reply that comes back turns bounced, and everybody who asks is told`() async throws {
        try await MailRoom.open(["--submission"]) { room in
            try await room.withDaemon { daemon in
                try await room.deliver([MailRoom.roleRequest(1)])
                try await room.await("the reply is out") {
                    try await room.json(["outbox", "list"]).map { $0["state"] } == ["sent"]
                }
                let reply = try #require(try room.received().map(SentMail.init).first)
                // Reports come only to where the envelope says.
                #expect(reply.field("X-Mail-Args")?.contains("<traces-support@postern.example>") == true)
                let messageID = try #require(reply.field("Message-ID"))
                // A delay, another recipient, a mail that was never ours: none of them is it.
                try await room.deliver([
                    Self.report(on: messageID, to: "ana1@drvo.example", action: "delayed").text,
                    Self.report(on: messageID, to: "ana2@drvo.example").text,
                    Self.report(on: messageID.replacing("@", with: "x@"), to: "ana1@drvo.example").text,
                    Self.report(on: messageID, to: "ana1@drvo.example").text,
                    Self.report(on: messageID, to: "ana1@drvo.example").text,
                ])
                try await room.await("the report is matched") {
                    try await room.json(["messages", "list"]).filter { $0["verdict"] == "ignored" }.count == 5
                }
                #expect(daemon.logText.contains("reply.bounced"))
            }
            let mails = try await room.json(["messages", "list"])
            let reasons = mails.dropFirst().map { $0["reason"] ?? "" }
            #expect(
                Array(reasons) == Array(repeating: "automatic.bounce", count: 3) + [
                    "automatic.bounce-matched", "automatic.bounce",
                ])

            let answer = "returned: 5.2.2 smtp; 552 5.2.2 mailbox full[2J"
            let row = try #require(try await room.json(["outbox", "list", "--state", "bounced"]).first)
            #expect(row["lastAnswer"] == answer)
            #expect(row["bounceStatus"] == "5.2.2")
            func lines(_ arguments: String...) async throws -> [String] {
                try await Program.run(arguments + ["--config", room.settings]).lines
            }
            #expect(
                try await lines("messages", "show", "1").contains {
                    $0.hasPrefix("reply 1: bounced, to ana1@drvo.example, reported ") && $0.hasSuffix(answer)
                })
            #expect(
                try await lines("request", "show", "R-1").contains {
                    $0.hasPrefix("bounced: ") && $0.hasSuffix(answer) && $0.contains("reply 1 to ana1@drvo.example")
                })
            #expect(try await lines("request", "show", "R-2").contains { $0.hasPrefix("bounced") } == false)
            #expect(try await lines("status").contains { $0.hasPrefix("outbox:") && $0.hasSuffix("1 bounced") })
            let requests = try await room.json(["request", "list"])
            #expect(requests.filter { $0["bounced"] != nil }.map { $0["id"] } == ["R-1"])
            // The report moved nothing else.
            #expect(requests.first { $0["id"] == "R-1" }?["status"] == "confirmed")
            #expect(try await room.json(["audit"]).filter { $0["action"] == "reply.bounced" }.count == 1)

            #expect(try await lines("outbox", "retry", "1") == ["reply 1 is due now"])
            let pass = try await Program.run(["serve", "--once", "--config", room.settings])
            #expect(pass.status == 0, "\(pass.errors)")
            #expect(try room.received().count == 2)
            #expect(try await room.json(["request", "list"]).allSatisfy { $0["bounced"] == nil })
        }
    }
}
