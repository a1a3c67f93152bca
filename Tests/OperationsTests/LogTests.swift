import Foundation
import Logging
import Testing

@testable import Operations

@Suite struct `The log` {
    static let judged = Event("mail.judged", "0123456789abcdef0123456789abcdef", .info, "Mail judged")

    private func logger(
        _ sink: LogSink, level: Logger.Level = .debug, redaction: Redaction = .none
    ) -> Logger {
        Logger(label: "") { _ in
            PosternLogHandler(label: "", level: level, redaction: redaction, sink: sink) {
                Date(timeIntervalSince1970: 1_793_613_600.25)
            }
        }
    }

    private func line(_ format: LogFormat, _ event: Event, _ values: [String: LogValue]) -> String {
        let stream = FakeStream()
        logger(LogSink(format, stream: stream.descriptor, environment: [:])).event(event, values)
        return stream.text
    }

    @Test func `journald gets one datagram with the event's fields`() throws {
        let journal = try FakeReceiver()
        let sink = LogSink(.journal, stream: 2, environment: [:], journalAddress: journal.address)
        logger(sink).event(Self.judged, ["uid": 7, "verdict": "accepted", "reason-code": "cc missing"])
        #expect(
            journal.nextText() == """
                MESSAGE=Mail judged reason-code="cc missing" uid=7 verdict=accepted
                PRIORITY=6
                SYSLOG_IDENTIFIER=postern
                MESSAGE_ID=0123456789abcdef0123456789abcdef
                POSTERN_EVENT=mail.judged
                POSTERN_REASON_CODE=cc missing
                POSTERN_UID=7
                POSTERN_VERDICT=accepted

                """)
        #expect(journal.next() == nil)
    }

    @Test func `a value with a line end goes to journald in the form that can't forge a field`() throws {
        let journal = try FakeReceiver()
        let sink = LogSink(.journal, stream: 2, environment: [:], journalAddress: journal.address)
        logger(sink).event(Self.judged, ["subject": "a\nPRIORITY=0\n"])
        let expected =
            Array("MESSAGE=Mail judged subject=\"a\\nPRIORITY=0\\n\"\n".utf8)
            + Array("PRIORITY=6\nSYSLOG_IDENTIFIER=postern\n".utf8)
            + Array("MESSAGE_ID=0123456789abcdef0123456789abcdef\nPOSTERN_EVENT=mail.judged\n".utf8)
            + Array("POSTERN_SUBJECT\n".utf8) + [13, 0, 0, 0, 0, 0, 0, 0] + Array("a\nPRIORITY=0\n".utf8) + [10]
        #expect(journal.next() == expected)
    }

    @Test(arguments: [
        (Logger.Level.trace, "7"), (.debug, "7"), (.info, "6"), (.notice, "5"), (.warning, "4"), (.error, "3"),
        (.critical, "2"),
    ])
    func `levels become syslog's severities`(level: Logger.Level, priority: String) throws {
        let journal = try FakeReceiver()
        let sink = LogSink(.journal, stream: 2, environment: [:], journalAddress: journal.address)
        logger(sink, level: .trace).log(level: level, "x")
        #expect(journal.nextText() == "MESSAGE=x\nPRIORITY=\(priority)\nSYSLOG_IDENTIFIER=postern\n")
    }

    @Test func `where journald is not there the message goes to the stream`() {
        let stream = FakeStream()
        let sink = LogSink(
            .journal, stream: stream.descriptor, environment: [:], journalAddress: "/nowhere/socket")
        logger(sink).event(Self.judged)
        #expect(
            stream.text == """
                {"time":"2026-11-02T10:00:00.250Z","level":"info","event":"mail.judged",\
                "eventID":"0123456789abcdef0123456789abcdef","message":"Mail judged"}

                """)
    }

    @Test func `JSON lines keep numbers, and a field can't pass for one of the line's own`() {
        #expect(
            line(.json, Self.judged, ["uid": 7, "message": "forged", "subject": "a\"\\\n\u{1b}[31m\u{202e}č"]) == """
                {"time":"2026-11-02T10:00:00.250Z","level":"info","event":"mail.judged",\
                "eventID":"0123456789abcdef0123456789abcdef","message":"Mail judged","_message":"forged",\
                "subject":"a\\"\\\\\\n\\u001b[31m\\u202eč","uid":7}

                """)
    }

    @Test(arguments: [
        ("plain", "plain"),
        ("", "\"\""),
        ("two words", "\"two words\""),
        ("a=b", "\"a=b\""),
        ("say \"x\"", "\"say \\\"x\\\"\""),
        ("a\r\nb", "a\\r\\nb"),
        ("a\\b", "a\\\\b"),
        ("\u{1b}[2J\u{7}", "\\u{1b}[2J\\u{7}"),
        ("\u{9b}31m", "\\u{9b}31m"),
        ("\u{202e}txt\u{2028}\u{feff}", "\\u{202e}txt\\u{2028}\\u{feff}"),
        ("Šarić", "Šarić"),
    ])
    func `no control character reaches a text line`(value: String, shown: String) {
        #expect(
            line(.text, Self.judged, ["v": .text(value)])
                == "2026-11-02T10:00:00.250Z info mail.judged: Mail judged v=\(shown)\n")
    }

    @Test func `messages without an event are escaped too and bear their label`() {
        let stream = FakeStream()
        let sink = LogSink(.text, stream: stream.descriptor, environment: [:])
        let handler = PosternLogHandler(label: "lib", level: .info, redaction: .none, sink: sink) {
            Date(timeIntervalSince1970: 0)
        }
        Logger(label: "") { _ in handler }.warning("a\nb", metadata: ["k y=": ["x", ["y": "z"]]])
        #expect(stream.text == "1970-01-01T00:00:00.000Z warning [lib]: a\\nb k_y_=\"[x, [y: z]]\"\n")
    }

    @Test func `long values are cut`() {
        let text = line(.text, Self.judged, ["v": .text(String(repeating: "x", count: 100_000))])
        #expect(text.utf8.count < 2_200)
        #expect(text.hasSuffix("x…\n"))
    }

    @Test(arguments: [
        (Redaction.none, Logger.Level.info, "from=-"),
        (.none, .debug, "from=Ana@x.example"),
        (.plain, .info, "from=Ana@x.example"),
        (.hashed(key: Array("key".utf8)), .info, "from=#fee4cdada382"),
        (.hashed(key: Array("key".utf8)), .debug, "from=Ana@x.example"),
    ])
    func `addresses show as the policy says`(redaction: Redaction, level: Logger.Level, shown: String) {
        let stream = FakeStream()
        let sink = LogSink(.text, stream: stream.descriptor, environment: [:])
        let event = Event("mail.judged", Self.judged.uuid, level, "Mail judged")
        logger(sink, redaction: redaction).event(event, ["from": .address("Ana@x.example")])
        #expect(stream.text.hasSuffix("Mail judged \(shown)\n"), "\(stream.text)")
    }

    @Test func `addresses are redacted wherever they stand in the metadata`() {
        let stream = FakeStream()
        let sink = LogSink(.json, stream: stream.descriptor, environment: [:])
        logger(sink).info(
            "x", metadata: ["list": .array([.dictionary(["a": .stringConvertible(LoggedAddress("ana@x.example"))])])])
        #expect(stream.text.contains("\"list\":\"[[a: -]]\""))
    }

    @Test func `a hash hides the case and depends on the key`() {
        let one = Redaction.hashed(key: [1])
        #expect(one.show("ana@x.example", at: .info) == one.show("ANA@X.example", at: .info))
        #expect(one.show("ana@x.example", at: .info) != one.show("ane@x.example", at: .info))
        #expect(one.show("ana@x.example", at: .info) != Redaction.hashed(key: [2]).show("ana@x.example", at: .info))
    }

    @Test func `other handlers learn no address`() {
        #expect("\(LoggedAddress("ana@x.example"))" == "(address)")
    }

    @Test func `the format follows the stream`() throws {
        let stream = FakeStream()
        let identity = try #require(LogFormat.identity(of: stream.descriptor))
        let auto = LogFormat.auto
        #expect(auto.resolved(environment: ["JOURNAL_STREAM": identity], stream: stream.descriptor) == .journal)
        #expect(auto.resolved(environment: ["JOURNAL_STREAM": "1:2"], stream: stream.descriptor) == .json)
        #expect(auto.resolved(environment: [:], stream: stream.descriptor) == .json)
        #expect(LogFormat.text.resolved(environment: ["JOURNAL_STREAM": identity], stream: 2) == .text)
    }

    @Test func `every event has an id and a UUID of its own`() {
        #expect(Set(Event.all.map(\.id)).count == Event.all.count)
        #expect(Set(Event.all.map(\.uuid)).count == Event.all.count)
        for event in Event.all {
            #expect(event.uuid.count == 32 && event.uuid.allSatisfy { "0123456789abcdef".contains($0) }, "\(event)")
            #expect(event.id.split(separator: ".").count == 2 && event.id == event.id.lowercased(), "\(event)")
            #expect(!event.summary.isEmpty)
        }
    }
}
