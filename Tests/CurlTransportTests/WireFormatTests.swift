import CurlTransport
import Mail
import Testing

struct `The small formats of the wire` {
    @Test(
        arguments: [
            ([1], "1"), ([1, 2, 3], "1:3"), ([9, 3, 1, 2, 3], "1:3,9"),
            ([4_294_967_294, 4_294_967_295], "4294967294:4294967295"),
            ([2, 4, 6], "2,4,6"),
        ] as [([UInt32], String)])
    func `UIDs become ranges`(_ numbers: [UInt32], _ text: String) {
        let sets = UIDSet.sets(of: numbers.compactMap { UID($0) })
        #expect(sets.map(\.text) == [text])
    }

    @Test func `a long row of UIDs is split by count and by length`() {
        let odd = (0..<3_000).compactMap { UID(UInt32(1_000_001 + 2 * $0)) }
        let sets = UIDSet.sets(of: odd)
        #expect(sets.flatMap(\.uids) == odd)
        #expect(sets.allSatisfy { $0.text.utf8.count <= 4_000 && $0.uids.count <= 1_000 })
        #expect(
            UIDSet.sets(of: (1...2_500).compactMap { UID($0) }).map(\.text) == ["1:1000", "1001:2000", "2001:2500"])
        #expect(UIDSet.sets(of: []).isEmpty)
    }

    @Test(arguments: [
        ("INBOX", "INBOX"), ("Entwürfe", "Entw&APw-rfe"), ("A & B", "A &- B"), ("日本語", "&ZeVnLIqe-"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"), ("😀", "&2D3eAA-"), ("a\r\nb", "a&AA0ACg-b"),
    ])
    func `mailbox names travel as modified UTF-7`(_ name: String, _ wire: String) {
        #expect(ModifiedUTF7.encode(name) == wire)
        #expect(ModifiedUTF7.decode(wire) == name)
    }

    @Test(arguments: ["&", "a&b", "&*-", "&AA-", "&2D0-", "ü", "&APx-"])
    func `what is no modified UTF-7 does not decode`(_ wire: String) {
        #expect(ModifiedUTF7.decode(wire) == nil)
    }

    @Test(arguments: [
        ("imaps://imap.example.org/INBOX", "imap.example.org", 993, ConnectionSecurity.implicitTLS, "INBOX"),
        ("imaps://imap.example.org", "imap.example.org", 993, .implicitTLS, "INBOX"),
        ("IMAPS://imap.example.org:1993/inbox", "imap.example.org", 1_993, .implicitTLS, "INBOX"),
        (
            "imap://imap.example.org/Role%20requests/f%C3%BCr%2Funs", "imap.example.org", 143, .requiredStartTLS,
            "Role requests/für/uns"
        ),
        ("imap://localhost/", "localhost", 143, .plaintext, "INBOX"),
        ("imap://127.1.2.3", "127.1.2.3", 143, .plaintext, "INBOX"),
        ("imap://[::1]:99/x", "::1", 99, .plaintext, "x"),
        ("imap://[2001:db8::1]", "2001:db8::1", 143, .requiredStartTLS, "INBOX"),
        ("imap://127.0.0.1.example.org", "127.0.0.1.example.org", 143, .requiredStartTLS, "INBOX"),
        ("imap://localhost.example.org", "localhost.example.org", 143, .requiredStartTLS, "INBOX"),
    ])
    func `URLs of mailboxes`(
        _ url: String, _ host: String, _ port: Int, _ security: ConnectionSecurity, _ mailbox: String
    ) throws {
        let settings = try IMAPSettings(url: url, user: "u", credential: .password("p"), allowPlaintext: true)
        #expect(settings.address.host == host && settings.address.port == port)
        #expect(settings.address.security == security)
        #expect(settings.mailbox == mailbox)
    }

    @Test(arguments: [
        "", "imap.example.org", "http://imap.example.org", "imaps://", "imaps:///INBOX", "imaps://a b", "imaps://h:0",
        "imaps://h:x",
        "imaps://h:99999", "imaps://h:", "imaps://user:pass@h/INBOX", "imaps://[::1", "imaps://[x]", "imaps://[::1]x",
        "imaps://h/a%2",
        "imaps://h/a%zz", "imaps://h/%FF", "imaps://h/a%0Ab", "imaps://h/INBOX;UID=1", "imaps://h/INBOX?ALL",
        "imaps://h/INBOX#x",
        "imaps://h\r\nx/INBOX", "imaps://müller.example",
    ])
    func `URLs that are none are refused with a hint, without repeating them`(_ url: String) {
        let fault = #expect(throws: TransportFault.self) {
            try IMAPSettings(url: url, user: "u", credential: .password("p"), allowPlaintext: true)
        }
        #expect(fault?.kind == .setup)
        #expect(fault?.hint == "write it as imaps://host[:port]/…")
        #expect(fault?.description.contains("pass@") == false)
    }

    @Test func `plaintext is for loopback hosts with leave only`() throws {
        #expect(try SMTPSettings(url: "smtp://localhost").address.security == .requiredStartTLS)
        #expect(try SMTPSettings(url: "smtp://localhost", allowPlaintext: true).address.security == .plaintext)
        #expect(
            try SMTPSettings(url: "smtp://mx.example.org", allowPlaintext: true).address.security == .requiredStartTLS)
        #expect(try SMTPSettings(url: "smtps://mx.example.org").address.port == 465)
        #expect(try SMTPSettings(url: "smtp://mx.example.org").address.port == 587)
        #expect(throws: TransportFault.self) { try SMTPSettings(url: "smtp://mx.example.org", user: "u") }
        #expect(throws: TransportFault.self) { try SMTPSettings(url: "smtp://mx.example.org/x") }
    }

    @Test func `codes of a newer libcurl survive`() {
        let code = CurlCode(rawValue: 4_711)
        #expect(code.rawValue == 4_711)
        #expect(code.description == "curl code 4711")
        #expect(CurlCode.couldNotConnect.description == "Couldn't connect to server")
        #expect(CurlError(.timedOut, detail: "after 30 s").description == "after 30 s")
    }

    struct Case: Sendable {
        let code: CurlCode
        let response: Int
        let ended: Bool
        let outcome: SubmissionOutcome
        init(_ code: CurlCode, _ response: Int, _ ended: Bool, _ outcome: SubmissionOutcome) {
            self.code = code
            self.response = response
            self.ended = ended
            self.outcome = outcome
        }
    }

    @Test(arguments: [
        Case(.ok, 250, true, .sent(answer: "line")),
        Case(.weirdServerReply, 451, true, .retry(answer: "line")),
        Case(.weirdServerReply, 550, true, .failed(answer: "line")),
        Case(.receiveError, 354, true, .unknown(answer: "no answer behind the final dot: detail")),
        Case(.timedOut, 354, true, .unknown(answer: "no answer behind the final dot: detail")),
        Case(CurlCode(rawValue: 4_711), 354, true, .unknown(answer: "no answer behind the final dot: detail")),
        Case(.receiveError, 354, false, .retry(answer: "detail")),
        Case(.timedOut, 354, false, .retry(answer: "detail")),
        Case(.sendError, 354, false, .retry(answer: "detail")), Case(.sendError, 250, false, .retry(answer: "detail")),
        Case(.sendError, 550, false, .failed(answer: "line")), Case(.sendError, 450, false, .retry(answer: "line")),
        Case(.sendError, 530, false, .retry(answer: "line")),
        Case(.weirdServerReply, 554, false, .retry(answer: "line")),
        Case(.loginDenied, 535, false, .retry(answer: "line")),
        Case(.couldNotConnect, 0, false, .retry(answer: "detail")),
        Case(.peerVerification, 0, false, .retry(answer: "detail")),
        Case(CurlCode(rawValue: 4_711), 0, false, .retry(answer: "detail")),
    ])
    func `what an attempt to send came to`(_ row: Case) {
        let result = SMTPResult(
            code: row.code, responseCode: row.response, uploadEnded: row.ended, lastLine: "line", detail: "detail")
        #expect(result.outcome == row.outcome)
    }
}
