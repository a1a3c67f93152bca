import Foundation
import Mail
import Testing

@testable import postern

/// The values that commands are built from.
@Suite struct CommandValueTests {
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
        "A line that the terminal would fold is folded with a mark, so that no half of it passes for a line of its own",
        arguments: [
            ("From: x", 7, ["From: x"]), ("From: x   proven: y", 10, ["From: x   ", "↳ proven: ", "↳ y"]),
            ("木材輸入商", 7, ["木材輸", "↳ 入商"]), ("From: x", 4, ["From: x"]), ("", 80, [""]),
        ])
    func folded(_ text: String, _ columns: Int, _ lines: [String]) {
        #expect(DisplayWidth.folded(text, into: columns) == lines)
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
            "b": "x/y \"q\" \\ \u{7} \u{202e} \u{9b} \u{e0001} ž", "a": [1, true, nil], "c": [:],
        ]
        #expect(value.line == #"{"b":"x/y \"q\" \\ \u0007 \u202e \u009b \udb40\udc01 ž","a":[1,true,null],"c":{}}"#)
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

    @Test(
        "A file with bare line feeds becomes a mail with CRLF, any other stays as it is",
        arguments: [
            ("A: 1\nB: 2\n\nx\r\ny\n", "A: 1\r\nB: 2\r\n\r\nx\r\ny\r\n"),
            ("A: 1\r\nB: 2\nC: 3\r\n", "A: 1\r\nB: 2\nC: 3\r\n"),
            ("\nA: 1", "\r\nA: 1"), ("", ""), ("no line end", "no line end"), ("a\rb", "a\rb"),
        ])
    func lineEnds(_ file: String, _ mail: String) {
        #expect(MailFile.withMailLineEnds(Array(file.utf8)) == Array(mail.utf8))
    }

    @Test func `Results keep the order of the inputs, also when there are many`() async throws {
        var seen: [Int] = []
        try await Ordered.map(Array(0..<1_000), run: 7) { numbers in
            numbers.map { $0 * 2 }
        } consume: { results in
            seen += results
        }
        #expect(seen == (0..<1_000).map { $0 * 2 })
        try await Ordered.map([Int]()) { numbers in
            numbers
        } consume: { _ in
            Issue.record("nothing to consume")
        }
    }
}
