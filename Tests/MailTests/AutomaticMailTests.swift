import Mail
import Testing

/// Header lines, part types and subject of a mail, and the sign expected in it.
struct AutomaticCase: Sendable, CustomTestStringConvertible {
    let lines: [String]
    let expected: String?
    var partTypes = ["text/plain"]
    var subject = "Role request"
    var messageID = "1@x.example"

    var testDescription: String { "\(lines) \(partTypes) \(subject)" }

    /// The mail: these lines, and a person's From where they hold none.
    var mail: InboundMail {
        let from = lines.contains { $0.hasPrefix("From:") } ? [] : ["From: Ana <ana@x.example>"]
        let text = (lines + from).map { "\($0)\r\n" }.joined() + "\r\n"
        return InboundMail(
            header: HeaderBlock.split(Array(text.utf8)).block, subject: subject, messageID: MessageID(messageID),
            contentType: partTypes[0], partTypes: partTypes)
    }
}

@Suite struct `Automatic mail` {
    private static func case_(_ line: String, _ code: String?) -> AutomaticCase { .init(lines: [line], expected: code) }

    static let fields: [AutomaticCase] = [
        case_("Return-Path: <ana@x.example>", nil),
        case_("Return-Path: <>", "automatic.null-return-path"),
        case_("Return-Path: < >", "automatic.null-return-path"),
        case_("Return-Path:", "automatic.null-return-path"),
        .init(
            lines: ["Return-Path: <ana@x.example>", "Return-Path: <ana@x.example>"],
            expected: "automatic.two-return-paths"),
        case_("Auto-Submitted: no", nil),
        case_("auto-submitted: No (written by hand)", nil),
        case_("Auto-Submitted: auto-replied", "automatic.auto-submitted"),
        case_("Auto-Submitted: auto-generated; owner-email=\"x@y.example\"", "automatic.auto-submitted"),
        case_("Auto-Submitted: auto-notified", "automatic.auto-submitted"),
        case_("Auto-Submitted: (by (my own) hand) no", nil),
        case_("Auto-Submitted: (no) auto-replied", "automatic.auto-submitted"),
        case_("Auto-Submitted: (no", "automatic.auto-submitted"),
        case_("Auto-Submitted: no;x=y", nil),
        case_("Auto-Submitted:", "automatic.auto-submitted"),
        case_("Auto-Submitted: nobody", "automatic.auto-submitted"),
        .init(lines: ["Auto-Submitted: no", "Auto-Submitted: auto-replied"], expected: "automatic.auto-submitted"),
        case_("Precedence: bulk", "automatic.precedence"),
        case_("Precedence: Junk", "automatic.precedence"),
        case_("Precedence: list", "automatic.precedence"),
        case_("Precedence: auto_reply", "automatic.precedence"),
        case_("Precedence: first-class", nil),
        case_("List-Id: <l.x.example>", "automatic.list"),
        case_("LIST-Unsubscribe: <mailto:u@x.example>", "automatic.list"),
        case_("List-Anything: x", "automatic.list"),
        case_("Listing: x", nil),
        case_("X-Loop: support@traces.example", "automatic.loop"),
        case_("X-Autoreply: yes", "automatic.machine-field"),
        case_("X-Autorespond: yes", "automatic.machine-field"),
        case_("Feedback-ID: 1:2:3", "automatic.machine-field"),
        case_("X-FC-Machinegenerated: true", "automatic.machine-field"),
        case_("X-Auto-Response-Suppress: All", nil),
        case_("X-Auto-Response-Suppress: DR, OOF, AutoReply", nil),
        .init(
            lines: ["X-Auto-Response-Suppress: All"], expected: "automatic.response-suppressed",
            subject: "Automatic reply: Role request"),
        .init(lines: [], expected: nil, subject: "Automatic reply: Role request"),
        .init(
            lines: ["X-Auto-Response-Suppress: DR, oof", "X-MS-Exchange-Inbox-Rules-Loop: a@x.example"],
            expected: "automatic.response-suppressed"),
        .init(
            lines: ["X-Auto-Response-Suppress: DR", "X-MS-Exchange-Inbox-Rules-Loop: a@x.example"], expected: nil),
        .init(lines: ["X-Auto-Response-Suppress: All", "Precedence: bulk"], expected: "automatic.precedence"),
    ]

    static let senders: [AutomaticCase] = [
        case_("From: Mail System <MAILER-DAEMON@x.example>", "automatic.robot-address"),
        case_("From: postmaster@x.example", "automatic.robot-address"),
        case_("From: no-reply@x.example", "automatic.robot-address"),
        case_("From: NoReply@x.example", "automatic.robot-address"),
        case_("From: noreply+77@x.example", "automatic.robot-address"),
        case_("From: do-not-reply@x.example", "automatic.robot-address"),
        case_("From: bounce@x.example", "automatic.robot-address"),
        case_("From: bounces+7=a@x.example", "automatic.robot-address"),
        case_("From: owner-flegt@x.example", "automatic.list"),
        case_("From: flegt-request@x.example", "automatic.list"),
        case_("Return-Path: <flegt-bounces@x.example>", "automatic.list"),
        case_("Return-Path: <flegt-bounces+ana=y.example@x.example>", "automatic.list"),
        case_("From: request@x.example", nil),
        case_("From: owner@x.example", nil),
        case_("From: eleanor.eply@x.example", nil),
        case_("Return-Path: <bounces-12@x.example>", "automatic.robot-address"),
        case_("From: TRACES <Support@traces.example>", "automatic.own-mail"),
        case_("Return-Path: <support@traces.example>", "automatic.own-mail"),
        .init(lines: [], expected: "automatic.own-mail", messageID: "abc@Postern.example"),
        .init(lines: [], expected: nil, messageID: "abc@notpostern.example"),
    ]

    static let types: [AutomaticCase] = [
        .init(lines: [], expected: nil, partTypes: ["multipart/alternative", "text/plain", "text/html"]),
        .init(lines: [], expected: "automatic.bounce", partTypes: ["multipart/report"]),
        .init(
            lines: [], expected: "automatic.bounce",
            partTypes: ["multipart/mixed", "text/plain", "message/delivery-status"]),
        .init(
            lines: [], expected: "automatic.receipt",
            partTypes: ["multipart/mixed", "message/disposition-notification"]),
        .init(
            lines: ["Return-Path: <>", "Auto-Submitted: auto-replied"], expected: "automatic.bounce",
            partTypes: ["multipart/report", "text/plain", "message/delivery-status", "message/rfc822"]),
        .init(
            lines: [], expected: "automatic.bounce",
            partTypes: ["multipart/report", "text/plain", "message/global-delivery-status", "message/global-headers"]),
        .init(
            lines: [], expected: "automatic.receipt",
            partTypes: ["multipart/report", "text/plain", "message/disposition-notification"]),
        .init(
            lines: [], expected: "automatic.receipt",
            partTypes: ["multipart/report", "text/plain", "message/global-disposition-notification"]),
        .init(
            lines: [], expected: "automatic.complaint",
            partTypes: ["multipart/report", "text/plain", "message/feedback-report", "message/rfc822"]),
        .init(
            lines: ["Auto-Submitted: auto-generated"], expected: "automatic.auto-submitted",
            partTypes: ["multipart/alternative", "text/plain", "text/calendar"]),
        .init(lines: [], expected: nil, partTypes: ["multipart/mixed", "text/plain", "message/rfc822"]),
        .init(lines: [], expected: "automatic.calendar", partTypes: ["multipart/alternative", "text/calendar"]),
    ]

    @Test(arguments: fields + senders + types)
    func `Each sign of automation alone is enough, and what a person sends shows none`(_ example: AutomaticCase) throws
    {
        let own = try #require(EmailAddress("support@traces.example"))
        let sign = AutomaticMail.detect(in: example.mail, ownAddresses: [own], ownMessageIDDomain: "postern.example")
        #expect(sign?.code == example.expected)
    }

    /// Headers as people's mail programs and servers write them.
    static let people: [AutomaticCase] = [
        // Exchange puts the first field on people's mail, too.
        .init(
            lines: [
                "Return-Path: <ana@x.example>", "X-MS-Has-Attach: ", "X-Auto-Response-Suppress: DR, OOF, AutoReply",
                "X-MS-Exchange-Organization-SCL: -1", "X-MS-TNEF-Correlator:", "Thread-Topic: Role request",
                "X-MS-Exchange-Transport-CrossTenantHeadersStamped: X", "X-OriginatorOrg: x.example",
            ], expected: nil),
        .init(
            lines: [
                "Auto-Submitted: no", "Precedence: normal", "Importance: high", "X-Priority: 1", "Sensitivity: private",
            ],
            expected: nil),
        .init(
            lines: [
                "X-Mailer: Apple Mail (2.3774)", "X-Google-Smtp-Source: x", "X-Gm-Message-State: y", "User-Agent: z",
                "Disposition-Notification-To: ana@x.example", "Return-Receipt-To: ana@x.example",
                "Sender: eva@x.example",
                "Organization: Drvo", "Autocrypt: addr=ana@x.example", "X-Autoresponder-Free: x", "Listen-To: me",
            ], expected: nil),
    ]

    @Test(arguments: people)
    func `What people's mail programs write is no sign`(_ example: AutomaticCase) {
        #expect(AutomaticMail.detect(in: example.mail, ownAddresses: []) == nil)
    }

    @Test(arguments: [
        "ana", "noreen.plymouth", "nora", "no", "reply", "reply.ana", "owner", "request", "requests", "role.request",
        "post.master", "master", "mailer", "daemon", "donald.otto", "listowner", "info", "support", "office",
        "bob.unce",
        "bernard.ounce", "customs-office", "importer+request", "automatic", "robot", "the-owner-office",
    ])
    func `Names that people have are no sign`(_ localPart: String) {
        for field in ["From", "Return-Path"] {
            let mail = AutomaticCase(lines: ["\(field): <\(localPart)@x.example>"], expected: nil).mail
            #expect(AutomaticMail.detect(in: mail, ownAddresses: []) == nil)
        }
    }

    /// Each sign's explanation names where the rule comes from; where no standard does, the field itself.
    @Test(arguments: [
        (AutomaticSign.nullReturnPath, "RFC 3834 §2"), (.twoReturnPaths, "RFC 5321 §4.4"),
        (.missingReturnPath, "RFC 5321 §4.4"), (.autoSubmitted, "RFC 3834 §5"), (.precedence, "RFC 3834 §2"),
        (.list, "RFC 2369"), (.responseSuppressed, "X-Auto-Response-Suppress"), (.loop, "X-Loop"),
        (.machineField, "Feedback-ID"), (.ownMail, "our Message-ID"), (.bounce, "RFC 3464"), (.complaint, "RFC 5965"),
        (.receipt, "RFC 8098"), (.calendar, "RFC 6047"), (.robotAddress, "RFC 3834 §2"), (.hops, "RFC 5321 §6.3"),
    ])
    func `Each sign says where its rule comes from`(_ sign: AutomaticSign, _ source: String) {
        #expect(sign.code.hasPrefix("automatic."))
        #expect(sign.explanation.contains(source))
    }

    @Test(arguments: [(50, nil), (51, "automatic.hops")])
    func `More than 50 hops are a loop`(_ hops: Int, _ expected: String?) {
        let mail = AutomaticCase(lines: Array(repeating: "Received: by a.example", count: hops), expected: nil).mail
        #expect(AutomaticMail.detect(in: mail, ownAddresses: [])?.code == expected)
    }

    @Test func `A missing Return-Path counts only where the server always writes one`() {
        let mail = AutomaticCase(lines: [], expected: nil).mail
        #expect(AutomaticMail.detect(in: mail, ownAddresses: []) == nil)
        #expect(AutomaticMail.detect(in: mail, ownAddresses: [], serverAddsReturnPath: true) == .missingReturnPath)
    }

    @Test func `Any predicate can tell our own Message-IDs`() {
        let detector = AutomaticMail(ownAddresses: []) { $0.text.hasPrefix("ours.") }
        #expect(
            detector.detect(in: AutomaticCase(lines: [], expected: nil, messageID: "ours.1@x.example").mail) == .ownMail
        )
        #expect(detector.detect(in: AutomaticCase(lines: [], expected: nil).mail) == nil)
    }
}

extension AutomaticMail {
    /// `detect(in:)` for callers that know whose Message-IDs are ours by their domain.
    fileprivate static func detect(
        in mail: InboundMail, ownAddresses: [EmailAddress], ownMessageIDDomain: String? = nil,
        serverAddsReturnPath: Bool = false
    ) -> AutomaticSign? {
        let domain = ownMessageIDDomain.map { "@" + $0.asciiLowercased }
        return AutomaticMail(ownAddresses: Set(ownAddresses), serverAddsReturnPath: serverAddsReturnPath) { id in
            domain.map { id.text.asciiLowercased.hasSuffix($0) } ?? false
        }.detect(in: mail)
    }
}
