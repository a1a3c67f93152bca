import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import Replies

/// Whatever mails, registry and settings hold: a mail of ours has the fields that it always has, each once.
struct HostileHeaderTests {
    static let texts = [
        "x\r\nBcc: all@evil.example", "x\nBcc: all@evil.example", "x\rBcc: all@evil.example", "\r\n\r\n<b>body</b>",
        "x\u{0}y", "x\u{85}Bcc: a@evil.example", "x\u{2028}Bcc: a@evil.example", "x\u{b}\u{c}y", "\r\n ", "\r\n\tfold",
        "=?UTF-8?Q?=0D=0ABcc:_a@evil.example?=", "=?utf-8?B?DQpCY2M6IGFAZXZpbC5leGFtcGxl?=", "\"\r\n\"",
        "<a@evil.example>,",
        "a@evil.example, b", String(repeating: "long ", count: 2_000), String(repeating: "ж", count: 5_000),
        String(repeating: "x", count: 5_000),
    ]

    /// Names of the fields, in their order; and that nothing in the header could be read as another field.
    private func fields(_ mail: OutboundMail) throws -> [String] {
        let text = String(decoding: mail.bytes, as: UTF8.self)
        let end = try #require(text.firstRange(of: "\r\n\r\n")?.lowerBound)
        let header = text[..<end]
        // A lone CR or LF would make a line of its own in some reader.
        #expect(
            header.split(separator: "\r\n", omittingEmptySubsequences: false).allSatisfy { line in
                line.utf8.allSatisfy { (0x20...0x7e).contains($0) } && line.utf8.count <= 998 && !line.utf8.isEmpty
            })
        let split = HeaderBlock.split(mail.bytes)
        #expect(split.problems == [])
        #expect(split.block.fields.allSatisfy { field in HeaderName.allCases.contains { $0.rawValue == field.name } })
        return split.block.fields.map(\.name)
    }

    static let replyFields = [
        "Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "X-Auto-Response-Suppress", "X-Loop", "Content-Language", "MIME-Version", "Content-Type",
    ]

    @Test(arguments: texts)
    func `A mail's subject can't get out of the reply's`(text: String) throws {
        for plan in [
            try Sample.plan(account: Sample.account(), references: ["r@x.example"], subject: text),
            try Sample.plan(account: nil, references: ["r@x.example"], subject: text),
        ] {
            let verdict: Verdict = plan.person == nil ? .unmatched : .accepted
            let decision = try Sample.decision(verdict, findings: Sample.allPassed, plan: plan)
            let mail = try Sample.renderer().compose(decision, seed: "1", at: Sample.now)
            #expect(try fields(mail) == Self.replyFields)
            #expect(mail.recipients.map(\.text) == ["zeljko@drvo.example"])
        }
    }

    @Test(arguments: texts)
    func `Nor can what the registry and the settings hold`(text: String) throws {
        let renderer = try Sample.renderer { $0.displayName = text }
        let account = Account(
            id: AccountID(text), firstName: text, lastName: text, mailbox: try Sample.address("zeljko@drvo.example"),
            language: text)
        var request = Sample.request(text, kind: text, organisation: text)
        request.reference = text
        request.eori = text
        request.permits = [text]
        let plan = ReplyPlan.person(
            .init(
                account: account, requests: [request],
                answering: AnsweredMail(
                    messageID: try Sample.messageID("m@x.example"), references: [try Sample.messageID("r@x.example")])))
        let decision = Decision(
            verdict: .accepted, reason: Reason(text), findings: Sample.allPassed, request: request.id,
            sender: SenderFinding(address: account.mailbox, authentication: .pass), language: text, reply: plan)
        #expect(try fields(renderer.compose(decision, seed: text, at: Sample.now)) == Self.replyFields)

        for event in Notice.Event.allCases {
            var notice = Notice(event, account: account, request: request)
            notice.note = text
            notice.code = "PV-\(text)"
            notice.copies = [try Sample.address("flegt@mps.example")]
            let mail = try renderer.compose(notice, seed: text, at: Sample.now)
            let expected = Self.replyFields.filter { $0 != "In-Reply-To" && $0 != "References" }
            #expect(try fields(mail).filter { $0 != "Cc" } == expected)
            #expect(mail.recipients.map(\.text).filter { $0 != "flegt@mps.example" } == ["zeljko@drvo.example"])
        }
    }

    /// These types are the only ones that reach a header from outside, and none holds what ends a line.
    @Test(
        arguments: texts + [
            "a@b\r\nBcc: x", "a@b.example\n", "a@b.example\r\nBcc: c@d.example", "a b@c.example", "a@b\u{0}",
        ])
    func `Neither an address nor a Message-ID can hold a line end`(text: String) {
        #expect(EmailAddress(text) == nil)
        #expect(EmailAddress("a@\(text)") == nil)
        #expect(MessageID("a@\(text)\r\n") == nil)
        #expect(MessageID(text).map { $0.text.utf8.allSatisfy { (0x21...0x7e).contains($0) } } ?? true)
        for value in [
            HeaderValue(fixed: text), HeaderValue(unstructured: text), HeaderValue(unstructured: text, code: text),
        ] {
            #expect(value.pieces.allSatisfy { $0.utf8.allSatisfy { (0x21...0x7e).contains($0) } })
        }
    }

    @Test func `A thread of a thousand mails leaves References short, the first and the newest in it`() throws {
        let references = (1...1_000).map { "\($0).\(String(repeating: "x", count: 400))@x.example" }
        let plan = try Sample.plan(account: Sample.account(), references: references)
        let decision = try Sample.decision(.accepted, findings: Sample.allPassed, plan: plan)
        let mail = try Sample.renderer().compose(decision, seed: "1", at: Sample.now)
        #expect(try fields(mail) == Self.replyFields)
        let header = try #require(HeaderBlock.split(mail.bytes).block.first("References"))
        let ids = header.text.split(whereSeparator: \.isWhitespace).map { String($0.prefix(6)) }
        #expect(ids == ["<1.xxx"] + (983...1_000).map { "<\($0).xxxxxx".prefix(6) }.map(String.init) + ["<mail-"])
    }
}
