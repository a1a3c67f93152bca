import Foundation
import Testing

@testable import postern

/// The values that commands are built from.
@Suite struct CommandValueTests {
    @Test(
        "A server's address says host, port and security",
        arguments: [
            (
                "imaps://imap.example", ServerURL.Service.imap, "imap.example", 993, ServerURL.Security.implicitTLS,
                "INBOX"
            ),
            ("imap://imap.example/Support%20box", .imap, "imap.example", 143, .startTLS, "Support box"),
            ("imaps://imap.example:1993/a/b", .imap, "imap.example", 1993, .implicitTLS, "a/b"),
            ("smtps://smtp.example", .smtp, "smtp.example", 465, .implicitTLS, ""),
            ("smtp://smtp.example:2587", .smtp, "smtp.example", 2587, .startTLS, ""),
            ("smtp://[::1]:25", .smtp, "::1", 25, .startTLS, ""),
        ])
    func address(
        _ text: String, _ service: ServerURL.Service, _ host: String, _ port: Int, _ security: ServerURL.Security,
        _ mailbox: String
    ) throws {
        let url = try ServerURL(text, service: service, allowsPlaintext: false)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.security == security)
        #expect(url.mailbox == mailbox)
    }

    @Test(
        "Plaintext needs the setting and a loopback address",
        arguments: [
            ("imap://127.0.0.1:1143", true, ServerURL.Security.plaintext),
            ("imap://localhost", true, .plaintext),
            ("imap://[::1]", true, .plaintext),
            ("imap://127.0.0.1:1143", false, .startTLS),
            ("imap://imap.example", true, .startTLS),
            ("imap://127.0.0.1.example", true, .startTLS),
            ("imap://128.0.0.1", true, .startTLS),
            ("imaps://127.0.0.1", true, .implicitTLS),
        ])
    func plaintext(_ text: String, _ isAllowed: Bool, _ security: ServerURL.Security) throws {
        #expect(try ServerURL(text, service: .imap, allowsPlaintext: isAllowed).security == security)
    }

    @Test(
        "An address that can't be used is refused",
        arguments: [
            "", "imap.example", "imaps://", "imaps://imap.example:0", "imaps://imap.example:99999",
            "imaps://u@imap.example", "imaps://imap.example?x", "imaps://imap .example", "smtps://imap.example",
            "imaps://imap.example/a\r\nb",
        ])
    func unusable(_ text: String) {
        #expect(throws: ServerURL.Unusable.self) {
            try ServerURL(text, service: .imap, allowsPlaintext: false)
        }
    }

    @Test(
        "Text is cut to its columns, wide characters counted",
        arguments: [
            ("postern", 10, "postern"), ("postern", 7, "postern"), ("postern", 6, "poste…"), ("postern", 1, "…"),
            ("postern", 0, ""), ("木材輸入", 8, "木材輸入"), ("木材輸入", 7, "木材輸…"), ("木材輸入", 6, "木材…"),
            ("Zˇeljko", 7, "Zˇeljko"), ("Z\u{30c}eljko", 6, "Z\u{30c}eljko"),
        ])
    func fit(_ text: String, _ columns: Int, _ shown: String) {
        #expect(DisplayWidth.fit(text, into: columns) == shown)
    }

    @Test(
        "What could move the cursor or reorder a line is shown as what it is",
        arguments: [
            ("plain Šarić", "plain Šarić"), ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"), ("a\r\nb\tc", "a\\r\\nb\\tc"),
            ("\u{202e}gpj.exe", "\\u{202e}gpj.exe"), ("a\u{200b}b", "a\\u{200b}b"), ("\u{9b}1m", "\\u{9b}1m"),
        ])
    func visible(_ text: String, _ shown: String) {
        #expect(text.visible == shown)
    }

    @Test func `A table gives way in the columns that yield`() {
        var table = Table([
            Table.Column(heading: "ID", atRight: true), Table.Column(heading: "SUBJECT", yields: true),
            Table.Column(heading: "VERDICT"),
        ])
        table.add(["7", "Role request FLEGT importer", "accepted"])
        table.add(["12", "a\u{1b}b", "held"])
        #expect(
            table.lines(width: nil) == [
                "ID  SUBJECT                      VERDICT",
                " 7  Role request FLEGT importer  accepted",
                "12  a\\u{1b}b                     held",
            ])
        #expect(
            table.lines(width: 30) == [
                "ID  SUBJECT           VERDICT",
                " 7  Role request FL…  accepted",
                "12  a\\u{1b}b          held",
            ])
    }

    @Test func `JSON keeps the order of keys and leaves slashes alone`() {
        let value: JSON = [
            "b": "x/y \"q\" \\ \u{7} \u{2028} ž", "a": [1, true, nil], "c": [:],
        ]
        #expect(value.line == #"{"b":"x/y \"q\" \\ \u0007 \u2028 ž","a":[1,true,null],"c":{}}"#)
    }

    @Test(
        "A typed name is near another by letters added, left out or changed",
        arguments: [("kitten", "sitting", 3), ("", "abc", 3), ("same", "same", 0)])
    func distance(_ one: String, _ other: String, _ wanted: Int) {
        #expect(Spelling.distance(one, other) == wanted)
    }

    @Test func `A progress bar shows share and count`() {
        #expect(ProgressBar.text("import", 1, of: 4) == "import ██████░░░░░░░░░░░░░░░░░░ 25 % (1 of 4)")
        #expect(ProgressBar.text("import", 9, of: nil) == "import 9")
    }

    @Test func `A secret shows itself to nobody`() {
        let secret = Secret("correct horse")
        #expect("\(secret)" == "<secret>")
        #expect(String(reflecting: secret) == "<secret>")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("horse"))
        #expect(secret.reveal() == "correct horse")
    }

    @Test func `Results keep the order of the inputs, also when there are many`() async throws {
        var seen: [Int] = []
        try await Ordered.map(Array(0..<1_000), run: 7) {
            $0 * 2
        } consume: {
            seen += $0
        }
        #expect(seen == (0..<1_000).map { $0 * 2 })
        try await Ordered.map([Int]()) {
            $0
        } consume: { _ in
            Issue.record("nothing to consume")
        }
    }
}
