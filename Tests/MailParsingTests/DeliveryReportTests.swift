import Mail
import Testing

@testable import MailParsing

/// A mail, and the delivery report that its structure holds.
struct ReportCase: Sendable, CustomTestStringConvertible {
    let name: String
    let mail: RawMail
    let expected: DeliveryReport?

    var testDescription: String { name }
}

struct DeliveryReportTests {
    static let messageID = "tok.mark@postern.example"

    /// A report with these parts; the machine-readable one as lines.
    static func report(
        _ status: [String], type: String = "message/delivery-status", returned: [String]? = nil,
        container: String = "multipart/report; report-type=delivery-status", closes: Bool = true
    ) -> RawMail {
        let part = [
            "--b", "Content-Type: text/plain", "", "I'm afraid I wasn't able to deliver your message.", "--b",
            "Content-Type: \(type)", "",
        ]
        let last =
            returned ?? [
                "Content-Type: message/rfc822", "", "From: support@traces.example", "Message-ID: <\(messageID)>",
                "Subject: Re: Role request", "", "Validated.",
            ]
        return MailFixtures.mail(
            [
                "Return-Path: <>", "From: MAILER-DAEMON@mx.drvo.example (Mail Delivery System)",
                "To: support@traces.example", "Subject: Undelivered Mail Returned to Sender",
                "Message-ID: <1@mx.drvo.example>", "MIME-Version: 1.0", "Content-Type: \(container); boundary=b", "",
            ] + part + status + (last.isEmpty ? [] : ["--b"] + last) + (closes ? ["--b--", ""] : []))
    }

    static func group(
        _ recipient: String = "rfc822; ana@drvo.example", action: String = "failed", status: String = "5.1.1",
        more: [String] = []
    ) -> [String] {
        ["Final-Recipient: \(recipient)", "Action: \(action)", "Status: \(status)"] + more
    }

    static let perMessage = ["Reporting-MTA: dns; mx.drvo.example", "Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0000", ""]

    static func found(_ recipients: [DeliveryReport.Recipient]) throws -> DeliveryReport {
        DeliveryReport(messageID: try #require(MessageID(messageID)), recipients: recipients)
    }

    static func failed(
        _ addresses: [String] = ["ana@drvo.example"], status: String? = "5.1.1", diagnostic: String = ""
    ) throws -> DeliveryReport.Recipient {
        DeliveryReport.Recipient(
            addresses: try addresses.map { try #require(EmailAddress($0)) }, action: .failed, status: status,
            diagnostic: diagnostic)
    }

    @Test func `Postfix's report says who did not get it, and why, on one line`() throws {
        let mail = Self.report(
            [
                "Reporting-MTA: dns; mx.drvo.example", "X-Postfix-Queue-ID: 4D0C32",
                "X-Postfix-Sender: rfc822; s@t.example",
                "Arrival-Date: Mon,  2 Nov 2026 10:00:00 +0000 (UTC)", "",
                "Final-Recipient: rfc822; ana@drvo.example", "Original-Recipient: rfc822;Ana.Kovac@les.example",
                "Action: failed", "Status: 5.1.1", "Remote-MTA: dns; in.drvo.example",
                "Diagnostic-Code: smtp; 550 5.1.1 <ana@drvo.example>: Recipient address", "    rejected:\tuser unknown",
            ],
            returned: [
                "Content-Description: Undelivered Message Headers", "Content-Type: text/rfc822-headers", "",
                "Return-Path: <support@traces.example>", "Message-ID:", " <\(Self.messageID)>", "Subject: Re: x",
            ])
        let expected = try Self.found([
            Self.failed(
                ["ana@drvo.example", "Ana.Kovac@les.example"],
                diagnostic: "smtp; 550 5.1.1 <ana@drvo.example>: Recipient address rejected: user unknown")
        ])
        #expect(try MailFixtures.parse(mail).deliveryReport == expected)
    }

    @Test func `Exchange's report, its words as text and HTML, its fields in small letters, is the same`() throws {
        let fields = Self.mimeHeader("multipart/report; report-type=delivery-status; boundary=\"_outer\"")
        let mail = MailFixtures.mail(
            fields + [
                "--_outer", "Content-Type: multipart/alternative; differences=Content-Type; boundary=\"_inner\"", "",
                "--_inner", "Content-Type: text/plain; charset=us-ascii", "Content-Transfer-Encoding: quoted-printable",
                "",
                "Delivery has failed to these recipients.", "", "--_inner",
                "Content-Type: text/html; charset=us-ascii", "", "<p>Delivery has failed.</p>", "", "--_inner--", "",
                "--_outer", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns;EX01.drvo.example",
                "Received-From-MTA: dns;out.traces.example", "", "Final-recipient: RFC822; <Ana@drvo.example>",
                "Action: failed", "Status: 5.1.10",
                "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound", "X-Display-Name: Ana", "",
                "--_outer",
                "Content-Type: message/rfc822", "", "Message-ID: <\(Self.messageID)>",
                "Content-Type: multipart/alternative; boundary=\"x\"", "", "--x", "Content-Type: text/plain", "", "hi",
                "--x--", "", "--_outer--", "",
            ])
        let expected = try Self.found([
            Self.failed(
                ["Ana@drvo.example"], status: "5.1.10", diagnostic: "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound")
        ])
        #expect(try MailFixtures.parse(mail).deliveryReport == expected)
    }

    @Test func `An internationalised report (RFC 6533) in base64 is read`() throws {
        // "Reporting-MTA: dns; a.example\r\n\r\nFinal-Recipient: utf-8; ana@drvo.example\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        let encoded = [
            "UmVwb3J0aW5nLU1UQTogZG5zOyBhLmV4YW1wbGUNCg0KRmluYWwtUmVjaXBpZW50OiB1dGYtODsg",
            "YW5hQGRydm8uZXhhbXBsZQ0KQWN0aW9uOiBmYWlsZWQNClN0YXR1czogNS4yLjINCg==",
        ]
        let mail = Self.report(
            encoded, type: "message/global-delivery-status\r\nContent-Transfer-Encoding: base64",
            returned: ["Content-Type: message/global-headers", "", "Message-ID: <\(Self.messageID)>", "Subject: č"])
        #expect(try MailFixtures.parse(mail).deliveryReport == (try Self.found([Self.failed(status: "5.2.2")])))
    }

    @Test(arguments: [
        ("failed", DeliveryReport.Action.failed), ("FAILED", .failed), ("failed (expired)", .failed),
        ("delayed", .delayed), ("delivered", .delivered), ("relayed", .relayed), ("expanded", .expanded),
    ])
    func `Only what failed tells of a failure`(written: String, action: DeliveryReport.Action) throws {
        let mail = Self.report(Self.perMessage + Self.group(action: written))
        let report = try #require(try MailFixtures.parse(mail).deliveryReport)
        #expect(report.recipients.map(\.action) == [action])
        #expect(report.tellsOfFailure == (action == .failed))
        let ana = try #require(EmailAddress("ana@drvo.example"))
        #expect((report.failure(for: [ana]) != nil) == (action == .failed))
        #expect(report.failure(for: [try #require(EmailAddress("eva@drvo.example"))]) == nil)
    }

    @Test func `Of several recipients each has a group of its own`() throws {
        let mail = Self.report(
            Self.perMessage + Self.group("rfc822; eva@les.example", action: "delivered", status: "2.0.0") + ["", ""]
                + Self.group(more: ["Will-Retry-Until: never"]))
        let report = try #require(try MailFixtures.parse(mail).deliveryReport)
        #expect(report.recipients.map(\.action) == [.delivered, .failed])
        let addresses = try ["flegt@mps.example", "ana@drvo.example"].map { try #require(EmailAddress($0)) }
        #expect(report.failure(for: addresses)?.address == addresses[1])
    }

    static let perMessageAndGroup = perMessage + group()

    /// Reports that are about no mail, or can't be told apart from one that is about another.
    static let worthless: [ReportCase] = [
        .init(name: "no returned part", mail: report(perMessageAndGroup, returned: []), expected: nil),
        .init(
            name: "a returned header without Message-ID",
            mail: report(perMessageAndGroup, returned: ["Content-Type: text/rfc822-headers", "", "Subject: x"]),
            expected: nil),
        .init(
            name: "two Message-IDs in the returned header",
            mail: report(
                perMessageAndGroup,
                returned: [
                    "Content-Type: text/rfc822-headers", "", "Message-ID: <a@b.example>", "Message-ID: <\(messageID)>",
                ]), expected: nil),
        .init(
            name: "two Message-IDs in one field",
            mail: report(
                perMessageAndGroup,
                returned: ["Content-Type: text/rfc822-headers", "", "Message-ID: <a@b.example> <\(messageID)>"]),
            expected: nil),
        .init(
            name: "the Message-ID only in the returned mail's body",
            mail: report(
                perMessageAndGroup,
                returned: ["Content-Type: message/rfc822", "", "Subject: x", "", "Message-ID: <\(messageID)>"]),
            expected: nil),
        .init(
            name: "two returned parts",
            mail: report(
                perMessageAndGroup,
                returned: [
                    "Content-Type: text/rfc822-headers", "", "Message-ID: <\(messageID)>", "--b",
                    "Content-Type: message/rfc822", "", "Message-ID: <\(messageID)>", "", "x",
                ]), expected: nil),
        .init(
            name: "two status parts",
            mail: report(
                perMessageAndGroup + ["--b", "Content-Type: message/delivery-status", ""] + perMessageAndGroup),
            expected: nil),
        .init(
            name: "not a report by its own type",
            mail: report(perMessageAndGroup, container: "multipart/mixed"), expected: nil),
        .init(
            name: "a read receipt",
            mail: report(
                [
                    "Final-Recipient: rfc822; ana@drvo.example", "Original-Message-ID: <\(messageID)>",
                    "Disposition: manual-action/MDN-sent-manually; displayed",
                ],
                type: "message/disposition-notification",
                container: "multipart/report; report-type=disposition-notification"), expected: nil),
        .init(
            name: "a complaint",
            mail: report(
                ["Feedback-Type: abuse", "User-Agent: x/1", "Version: 1"], type: "message/feedback-report",
                container: "multipart/report; report-type=feedback-report"), expected: nil),
        .init(name: "cut off", mail: report(perMessageAndGroup, closes: false), expected: nil),
        .init(name: "only fields about the mail", mail: report(perMessage), expected: nil),
        .init(
            name: "no action",
            mail: report(perMessage + ["Final-Recipient: rfc822; ana@drvo.example", "Status: 5.1.1"]),
            expected: nil),
        .init(name: "an action that there is not", mail: report(perMessage + group(action: "lost")), expected: nil),
        .init(
            name: "two actions", mail: report(perMessage + group(action: "delivered") + ["Action: failed"]),
            expected: nil),
        .init(
            name: "two final recipients",
            mail: report(perMessage + group() + ["Final-Recipient: rfc822; eva@drvo.example"]), expected: nil),
        .init(
            name: "a recipient of another kind", mail: report(perMessage + group("x400; /s=ana/c=hr/")), expected: nil),
        .init(
            name: "a recipient that is no plain address",
            mail: report(perMessage + group("rfc822; \"ana\" <ana@drvo.example>")), expected: nil),
        .init(
            name: "Exim's own form: words for people, and the header behind them",
            mail: MailFixtures.mail(
                [
                    "From: Mail Delivery System <Mailer-Daemon@mx.drvo.example>", "Auto-Submitted: auto-replied",
                    "X-Failed-Recipients: ana@drvo.example",
                    "Subject: Mail delivery failed: returning message to sender", "",
                    "A message that you sent could not be delivered:", "", "  ana@drvo.example", "    user unknown", "",
                    "------ This is a copy of the message, including all the headers. ------", "",
                    "Message-ID: <\(messageID)>", "",
                ]), expected: nil),
        .init(
            name: "a person who forwards a report",
            mail: MailFixtures.mail(
                mimeHeader("multipart/mixed; boundary=f") + [
                    "--f", "Content-Type: text/plain", "", "See below.", "--f",
                    "Content-Type: message/rfc822", "",
                ]
                    + String(decoding: report(perMessageAndGroup).bytes, as: UTF8.self).split(
                        separator: "\r\n", omittingEmptySubsequences: false
                    ).map(String.init) + ["--f--", ""]), expected: nil),
    ]

    @Test(arguments: worthless)
    func `A report that is about no one mail for certain is none`(example: ReportCase) throws {
        #expect(try MailFixtures.parse(example.mail).deliveryReport == example.expected)
    }

    @Test(arguments: [
        ("5.1.1", "5.1.1"), ("4.4.1 (persistent transient failure)", "4.4.1"), ("5.999.999", "5.999.999"), ("5.1", nil),
        ("3.1.1", nil), ("5.1.1111", nil), ("5..1", nil), ("x", nil), ("", nil),
    ])
    func `A status code is three numbers or none (RFC 3463)`(written: String, expected: String?) throws {
        let mail = Self.report(Self.perMessage + Self.group(status: written))
        #expect(try MailFixtures.parse(mail).deliveryReport?.recipients.map(\.status) == [expected])
    }

    @Test(arguments: [
        ("smtp; 550 no\u{1B}[2J\u{7}such", "smtp; 550 no[2Jsuch"), ("a\u{202E}b\u{200B}c", "abc"),
        ("  a \t b  ", "a b"),
        (String(repeating: "x", count: 400), String(repeating: "x", count: 300) + "…"), ("č\u{9B}ž", "čž"),
    ])
    func `A server's words can't act on a terminal, and are cut`(written: String, expected: String) throws {
        let mail = Self.report(Self.perMessage + Self.group(more: ["Diagnostic-Code: \(written)"]))
        #expect(try MailFixtures.parse(mail).deliveryReport?.recipients.map(\.diagnostic) == [expected])
        #expect(ServerWords.line(Array(written.utf8)) == expected)
    }

    @Test func `Octets that are no UTF-8 do not harm`() {
        #expect(ServerWords.line([0xff, 0x41, 0x00, 0xc3]) == "\u{FFFD}A\u{FFFD}")
        #expect(DeliveryStatusFields([0x3a, 0x0a, 0x20, 0xff, 0x0a, 0x0a, 0x0d]).recipients.isEmpty)
        #expect(DeliveryStatusFields([]).recipients.isEmpty)
    }

    @Test func `A status part of a thousand recipients is read to its bound, a long one not at all`() throws {
        let many = Self.perMessage + (0..<600).flatMap { Self.group("rfc822; a\($0)@b.example") + [""] }
        #expect(DeliveryStatusFields(Array(many.joined(separator: "\r\n").utf8)).recipients.count == 500)
        let long = Self.report(Self.perMessage + Self.group() + ["", "X: " + String(repeating: "y", count: 70_000)])
        #expect(try MailFixtures.parse(long).deliveryReport == nil)
    }

    @Test func `No report, however it is bent, ends in anything but a report or none`() throws {
        let whole = Self.report(Self.perMessageAndGroup).bytes
        let ours = try #require(MessageID(Self.messageID))
        var dice = Dice(state: 7)
        for _ in 0..<1_500 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                switch Int.random(in: 0..<4, using: &dice) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: bytes[place..<min(place + 30, bytes.count)], at: place)
                default: bytes.removeLast(min(20, bytes.count - place - 1))
                }
            }
            guard let report = try? MailFixtures.parse(RawMail(bytes: bytes)).deliveryReport else { continue }
            #expect(report.messageID == ours || !report.messageID.text.isEmpty)
            #expect(report.recipients.allSatisfy { !$0.addresses.isEmpty && $0.diagnostic.utf8.count <= 1_300 })
        }
    }

    static func mimeHeader(_ type: String) -> [String] {
        [
            "Return-Path: <>", "From: postmaster@drvo.example", "To: support@traces.example",
            "Subject: Undeliverable: Re: Role request", "Message-ID: <2@drvo.example>", "MIME-Version: 1.0",
            "Content-Type: \(type)", "",
        ]
    }
}
