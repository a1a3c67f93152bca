import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import Replies

extension Sample {
    static let code = "PV-7K2M-9QXT-3FGH-ABCD"
    static let reference = "PR-7K2M-9QXT-3FGH-ABCD"
    static let note = "Seen by Ms Horvat: all in order."

    /// A notice with everything in it that its event may have.
    static func notice(
        _ event: Notice.Event, language: String? = "en", organisation: String = "Drvo Sjever d.o.o."
    ) throws -> Notice {
        var account = try account()
        account.language = language
        var request = request(status: status(after: event), organisation: organisation)
        request.reference = reference
        request.permits = ["licences.introduce", "licences.consult-own", "licences.consult-company", "no.such-key"]
        var notice = Notice(event, account: account, request: event == .validation ? nil : request)
        notice.authorityMailboxes = [try address("flegt@mps.example")]
        notice.note = event == .validation ? nil : note
        notice.code = event == .validation ? code : nil
        notice.lastDay = Day("2026-12-31")
        return notice
    }

    private static func status(after event: Notice.Event) -> RoleRequest.Status {
        switch event {
        case .granted: .granted
        case .refused: .refused
        case .withdrawn: .withdrawn
        case .expired: .expired
        case .reopened, .reminder, .validation: .requested
        }
    }
}

struct NoticeTests {
    private static let renderer = Result<ReplyRenderer, any Error> { try Sample.renderer() }

    private func compose(_ notice: Notice) throws -> OutboundMail {
        try Self.renderer.get().compose(notice, seed: "1", at: Sample.now)
    }

    @Test
    func `A granted role's notice reads as written here`() throws {
        let expected = """
            Dear Željko Šarić,

            Your role has been granted.

            The support team has granted the role that you requested.

            Your role request

            Number: R-1
            Role: FLEGT timber importer
            Organisation: Drvo Sjever d.o.o.
            Status: granted

            Note: Seen by Ms Horvat: all in order.

            What the role permits

            - introduce new FLEGT licences
            - consult the licences that you created
            - consult the licences that other users of your company created

            What happens next

            1. You need not do anything more. You will find the role in your TRACES profile.

            Kind regards,
            TRACES Support Team

            This message was sent automatically. If you need help, write to sante-traces@ec.europa.example.

            """
        #expect(try ReadBack(compose(Sample.notice(.granted)).bytes).text == expected)
    }

    @Test
    func `A validation reads as written here`() throws {
        let expected = """
            Dear Željko Šarić,

            Please confirm that this mailbox is yours.

            A TRACES account with this mailbox was created for Željko Šarić. It becomes active as soon as we have your answer.

            Code: PV-7K2M-9QXT-3FGH-ABCD
            Last day: 31 December 2026

            What happens next

            1. Answer this mail without changing its subject. Or open the prepared mail below and send it.
            2. If you did not ask for an account, you need not do anything: without an answer, the account stays inactive.

            A mail prepared for you

            Open the link from the mailbox of your TRACES account, check and complete the mail, then send it. Or copy the text below into a new mail.

            <mailto:sante-traces@ec.europa.example?subject=Validate%20your%20account%20%5BPV-7K2M-9QXT-3FGH-ABCD%5D&body=This%20mailbox%20is%20mine.%20Please%20validate%20my%20TRACES%20account%20with%20the%20code%20below.%0D%0A%0D%0APV-7K2M-9QXT-3FGH-ABCD>

            To: sante-traces@ec.europa.example
            Subject: Validate your account [PV-7K2M-9QXT-3FGH-ABCD]

            This mailbox is mine. Please validate my TRACES account with the code below.

            PV-7K2M-9QXT-3FGH-ABCD

            Kind regards,
            TRACES Support Team

            This message was sent automatically. If you need help, write to sante-traces@ec.europa.example.

            """
        #expect(try ReadBack(compose(Sample.notice(.validation)).bytes).text == expected)
    }

    @Test
    func `A notice has exactly these fields`() throws {
        var notice = try Sample.notice(.granted)
        // The account's own mailbox, the support team's, and one twice.
        notice.copies = try [
            "flegt@mps.example", "zeljko@drvo.example", "traces-support@ec.europa.example", "FLEGT@mps.example",
            "second@mps.example",
        ].map(Sample.address)
        let mail = try compose(notice)
        let read = try ReadBack(mail.bytes)
        let boundary = mail.messageID.text.split(separator: ".")[0]
        #expect(
            read.fields.map { "\($0.name): \($0.value)" } == [
                "Date: Sat, 21 Nov 2026 09:05:07 +0000",
                "From: TRACES Support Team <sante-traces@ec.europa.example>",
                "To: zeljko@drvo.example",
                "Cc: flegt@mps.example, second@mps.example",
                "Subject: Your role has been granted",
                "Message-ID: \(mail.messageID.bracketed)",
                "Auto-Submitted: auto-generated",
                "X-Auto-Response-Suppress: All",
                "X-Loop: sante-traces@ec.europa.example",
                "Content-Language: en",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative; boundary=\"=_postern_\(boundary)\"",
            ])
        #expect(mail.envelopeFrom == nil)
        #expect(
            mail.recipients
                == (try ["zeljko@drvo.example", "flegt@mps.example", "second@mps.example"].map(Sample.address)))
        #expect(read.lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(mail.messageID == (try Self.renderer.get().messageIDs.id(for: "1")))
    }

    @Test
    func `A validation's code goes to nobody else`() throws {
        var notice = try Sample.notice(.validation)
        notice.copies = [try Sample.address("flegt@mps.example")]
        let mail = try compose(notice)
        #expect(mail.recipients == [notice.account.mailbox])
        #expect(try ReadBack(mail.bytes).field("Cc") == nil)
    }

    @Test(arguments: WordingTests.languages)
    func `A validation's code is whole in subject, text and link of every language`(language: String) throws {
        let read = try ReadBack(compose(Sample.notice(.validation, language: language)).bytes)
        let subject = try #require(read.field("Subject"))
        #expect(subject.hasSuffix(" [\(Sample.code)]"), "one piece, not encoded")
        #expect(read.lines.contains { $0.hasSuffix(" [\(Sample.code)]") }, "not folded apart")
        // As whoever answers quotes it: on a line of its own.
        #expect(read.text.contains("\n\(Sample.code)\n"))
        #expect(ProofCode.all(in: try ReadBack.decodeWords(subject)).map(\.text) == [Sample.code])
        #expect(ProofCode.all(in: read.text).map(\.text) == [Sample.code])
        #expect(read.html.contains(Sample.code))
        #expect(read.text.contains("?subject=") && read.text.contains("%5B\(Sample.code)%5D&body="))
        #expect(!read.text.contains("cc="))
    }

    /// How each language writes the sample's last day.
    static let newYearsEve = [
        "bg": "31 декември 2026 г.", "cs": "31. prosince 2026",
        "da": "31. december 2026", "de": "31. Dezember 2026",
        "el": "31 Δεκεμβρίου 2026", "en": "31 December 2026",
        "es": "31 de diciembre de 2026", "et": "31. detsember 2026",
        "fi": "31. joulukuuta 2026", "fr": "31 décembre 2026",
        "ga": "31 Nollaig 2026", "hr": "31. prosinca 2026.",
        "hu": "2026. december 31.", "it": "31 dicembre 2026",
        "lt": "2026 m. gruodžio 31 d.", "lv": "2026. gada 31. decembris",
        "mt": "31 ta’ Diċembru 2026", "nl": "31 december 2026",
        "pl": "31 grudnia 2026 r.", "pt": "31 de dezembro de 2026",
        "ro": "31 decembrie 2026", "sk": "31. decembra 2026",
        "sl": "31. december 2026", "sv": "31 december 2026",
    ]

    @Test(arguments: [
        ("fr", "1er février 2027"), ("de", "1. Februar 2027"), ("hu", "2027. február 1."),
        ("lv", "2027. gada 1. februāris"),
    ])
    func `The first day of a month is written as the language does`(language: String, written: String) throws {
        let wording = try #require(try Sample.wordings().first { $0.language == language })
        #expect(wording.dates?.text(of: try #require(Day("2027-02-01"))) == written)
    }

    @Test(arguments: WordingTests.languages, Notice.Event.allCases)
    func `Every notice has every value in every language`(language: String, event: Notice.Event) throws {
        let notice = try Sample.notice(event, language: language)
        let read = try ReadBack(compose(notice).bytes)
        let wording = try #require(try Sample.wordings().first { $0.language == language })
        #expect(read.field("Content-Language") == language)
        let subject = try ReadBack.decodeWords(try #require(read.field("Subject")))
        let message = try #require(wording.notices[event.rawValue])
        // A header has plain spaces only.
        #expect(subject.hasPrefix(PlainLine.of(message.subjectLine)))
        var values = ["Željko Šarić", Sample.support, message.headline.words]
        switch event {
        case .validation:
            values += [Sample.code, try #require(Self.newYearsEve[language]), wording.labels.validationRequest.words]
        case .reminder:
            let day = try #require(Self.newYearsEve[language])
            values += ["\(wording.labels.lastDay.words): \(day)", Sample.reference, "flegt@mps.example"]
        case .reopened: values += [Sample.reference, "flegt@mps.example"]
        case .granted:
            values += ["licences.introduce", "licences.consult-own", "licences.consult-company"].compactMap {
                wording.permissions[$0]?.words
            }
        case .refused, .withdrawn, .expired: break
        }
        if let request = notice.request {
            values += [
                "\(wording.labels.number.words): R-1", wording.kinds["importer"]?.words ?? "?", "Drvo Sjever d.o.o.",
                wording.statuses[request.status.rawValue]?.words ?? "?",
                "\(wording.labels.note.words): \(Sample.note)",
            ]
        }
        for value in values { #expect(read.text.contains(value), "\(value)") }
        for value in values where !value.contains(": ") {
            #expect(read.html.contains(HTML.escaped(value)), "\(value)")
        }
        for half in [read.text, read.html] {
            #expect(!half.contains("{{") && !half.contains("}}") && !half.contains("\u{1}"))
            #expect(!half.contains("\n\n\n"))
        }
        #expect(read.text.contains("mailto:") == [.validation, .reopened, .reminder].contains(event))
        #expect(!read.text.contains("no.such-key"))
    }

    @Test(arguments: [(String?.none, "en"), ("xx", "en"), ("fr", "fr")])
    func `The language is the account's, else English`(language: String?, told: String) throws {
        let read = try ReadBack(compose(Sample.notice(.expired, language: language)).bytes)
        #expect(read.field("Content-Language") == told)
    }

    @Test
    func `A notice without note, day and permissions has no empty lines for them`() throws {
        var notice = try Notice(.granted, account: Sample.account(), request: Sample.request(status: .granted))
        notice.note = " \u{200B}\r\n"
        let read = try ReadBack(compose(notice).bytes)
        #expect(read.text.contains("\nStatus: granted\n\nWhat happens next\n"))
        #expect(!read.html.contains("<ul"))
    }

    @Test
    func `A notice that lacks what it is about is refused`() throws {
        let account = try Sample.account()
        #expect(throws: ReplyError.incompleteNotice(.granted, lacks: "a request")) {
            try compose(Notice(.granted, account: account))
        }
        #expect(throws: ReplyError.incompleteNotice(.validation, lacks: "a code")) {
            try compose(Notice(.validation, account: account))
        }
        var support = account
        support.mailbox = try Sample.address("TRACES-Support@ec.europa.example")
        #expect(throws: ReplyError.recipientIsSupport(support.mailbox)) {
            try compose(Notice(.granted, account: support, request: Sample.request()))
        }
    }

    @Test(arguments: HostileValueTests.names)
    func `Nothing in a notice can get out of its place`(value: String) throws {
        for event in [Notice.Event.validation, .reminder, .granted] {
            let hostile = try read(event, value)
            let tame = try read(event, "Ana")
            #expect(HostileValueTests.tags(hostile.html).subtracting(HostileValueTests.tags(tame.html)) == [])
            #expect(hostile.fields.map(\.name) == tame.fields.map(\.name))
            #expect(hostile.lines.prefix { !$0.isEmpty }.allSatisfy { $0.utf8.count <= 76 })
            for half in [hostile.text, hostile.html] {
                let strange = half.unicodeScalars.filter {
                    $0 != "\n"
                        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(
                            $0.properties.generalCategory)
                }
                #expect(strange.isEmpty, "\(strange.map(\.value))")
                #expect(half.utf8.count < 30_000)
            }
            #expect(!hostile.text.contains(": \n"), "no label without a value")
            guard event != .granted else { continue }
            let start = try #require(hostile.text.range(of: "<mailto:")?.upperBound)
            let link = hostile.text[start...].prefix { $0 != ">" }
            #expect(link.utf8.allSatisfy { $0.isASCIILetterOrDigit || ":@,?=&%-._~".utf8.contains($0) }, "\(link)")
            #expect(link.utf8.count < 2_000)
        }
    }

    /// A notice in which everything that may come from elsewhere is `value`.
    private func read(_ event: Notice.Event, _ value: String) throws -> ReadBack {
        var notice = try Sample.notice(event)
        let account = try Sample.account(firstName: value, lastName: value)
        var request = Sample.request(value, kind: value, organisation: value)
        request.reference = value
        request.eori = value
        request.permits = [value, "licences.clear"]
        var hostile = Notice(event, account: account, request: notice.request == nil ? nil : request)
        hostile.authorityMailboxes = notice.authorityMailboxes
        hostile.lastDay = notice.lastDay
        hostile.note = value
        // A code of nothing that can be shown is none.
        hostile.code = event == .validation ? "x" + value : nil
        notice = hostile
        return try ReadBack(compose(notice).bytes)
    }
}
