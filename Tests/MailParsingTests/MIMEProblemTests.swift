import Mail
import MailParsing
import Testing

@Suite struct `A doubtful MIME structure is named` {
    struct Doubt: Sendable, CustomTestStringConvertible {
        let code: String
        let raw: RawMail
        var testDescription: String { code }

        init(_ code: String, _ fields: [String], _ body: [String]) {
            self.code = code
            self.raw = MailFixtures.mime(fields, body)
        }
    }

    static let twoParts = ["--b", "", "one", "--b", "", "two", "--b--"]

    static let doubts = [
        Doubt("mime.bad-content-type", ["Content-Type: text"], ["x"]),
        Doubt("mime.bad-content-type", ["Content-Type: text/plain charset=utf-8"], ["x"]),
        Doubt("mime.bad-content-type", ["Content-Type: text/plain; charset=\"utf-8"], ["x"]),
        Doubt("mime.bad-content-type", ["Content-Type: (text/plain"], ["x"]),
        Doubt("mime.duplicate-boundary", ["Content-Type: multipart/mixed; boundary=b; boundary=c"], twoParts),
        Doubt("mime.duplicate-boundary", ["Content-Type: multipart/mixed; boundary=b; boundary*=utf-8''c"], twoParts),
        Doubt(
            "mime.duplicate-boundary", ["Content-Type: multipart/mixed; boundary=b"],
            ["--b", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x", "--b--"]),
        Doubt("mime.empty-boundary", ["Content-Type: multipart/mixed; boundary=\"\""], ["--", "", "x", "----"]),
        Doubt("mime.no-boundary", ["Content-Type: multipart/mixed"], twoParts),
        Doubt("mime.bad-boundary", ["Content-Type: multipart/mixed; boundary*0=b"], twoParts),
        Doubt("mime.bad-boundary", ["Content-Type: multipart/mixed; boundary=\"b \""], twoParts),
        Doubt("mime.duplicate-parameter", ["Content-Type: text/plain; charset=utf-8; charset=koi8-r"], ["x"]),
        Doubt(
            "mime.duplicate-field", ["Content-Type: multipart/mixed; boundary=b"],
            ["--b", "Content-Type: text/plain", "content-type: text/html", "", "x", "--b--"]),
        Doubt("mime.unknown-encoding", ["Content-Transfer-Encoding: x-uuencode"], ["x"]),
        Doubt("mime.unknown-encoding", ["Content-Transfer-Encoding: base64 quoted-printable"], ["eA=="]),
        Doubt("mime.unknown-encoding", ["Content-Transfer-Encoding:"], ["x"]),
        Doubt(
            "mime.encoded-multipart",
            ["Content-Type: multipart/mixed; boundary=b", "Content-Transfer-Encoding: base64"], twoParts),
        Doubt(
            "mime.bad-part-header", ["Content-Type: multipart/mixed; boundary=b"],
            ["--b", "no field at all", "", "x", "--b--"]),
        Doubt(
            "mime.bad-part-header", ["Content-Type: multipart/mixed; boundary=b"],
            ["--b", " Content-Type: text/html", "", "x", "--b--"]),
        Doubt("mime.unknown-parameter-charset", ["Content-Type: text/plain; name*=x-odd''a"], ["x"]),
        Doubt("mime.unknown-parameter-charset", ["Content-Type: text/plain; name=\"=?x-odd?q?a?=\""], ["x"]),
        Doubt("mime.unclosed", ["Content-Type: multipart/mixed; boundary=b"], ["--b", "", "one", "--b", "", "two"]),
        Doubt(
            "mime.unclosed", ["Content-Type: multipart/mixed; boundary=b"],
            ["--b", "Content-Type: multipart/mixed; boundary=c", "", "--c", "", "x", "--b--"]),
        Doubt("mime.unclosed", ["Content-Type: multipart/mixed; boundary=b"], ["no delimiter"]),
        // Is the delimiter in the part's header, or its end?
        Doubt(
            "mime.two-readings", ["Content-Type: multipart/mixed; boundary=b"],
            ["--b", "", "x", "--b", "Content-Type: application/pdf", "--b--", ""]),
    ]

    @Test(arguments: doubts)
    func `with a stable code`(doubt: Doubt) throws {
        let mail = try MailFixtures.parse(doubt.raw)
        #expect(mail.problems.contains { $0.code == doubt.code }, "\(mail.problems)")
    }

    /// Mails that are merely unusual and mean the same to every reader.
    static let sound = [
        Doubt("empty body", ["Content-Type: text/plain"], []),
        Doubt("no MIME at all", [], ["Hello", "--not a delimiter", "----"]),
        Doubt("comment and odd case", ["Content-Type: TEXT/Plain (what) ; charset = \"utf-8\" (so);"], ["x"]),
        Doubt(
            "unquoted boundary with specials", ["Content-Type: multipart/mixed; boundary=a=b/c"],
            [
                "--a=b/c", "", "x", "--a=b/c--",
            ]),
        Doubt(
            "blanks after the delimiter", ["Content-Type: multipart/mixed; boundary=b"],
            [
                "--b  ", "", "x", "--b--\t", "epilogue", "--b", "", "not a part",
            ]),
        Doubt(
            "one boundary is another's beginning", ["Content-Type: multipart/mixed; boundary=b"],
            [
                "--b", "Content-Type: multipart/alternative; boundary=bb", "", "--bb", "", "x", "--bb--", "--b--",
            ]),
        Doubt(
            "digest", ["Content-Type: multipart/digest; boundary=b"],
            [
                "--b", "", "Subject: inner", "", "x", "--b--",
            ]),
        Doubt(
            "odd encoding of an attachment", ["Content-Type: multipart/mixed; boundary=b"],
            [
                "--b", "", "x", "--b", "Content-Type: application/x-odd", "Content-Transfer-Encoding: x-uuencode", "",
                "begin 644 a", "--b--",
            ]),
        Doubt(
            "a doubtful mail that is attached", ["Content-Type: multipart/mixed; boundary=b"],
            [
                "--b", "", "x", "--b", "Content-Type: message/rfc822", "", "Content-Type: multipart/mixed; boundary=c",
                "",
                "--c", "", "never closed", "--b--",
            ]),
        Doubt(
            "part without header and content", ["Content-Type: multipart/mixed; boundary=b"],
            [
                "--b", "", "x", "--b", "", "", "--b--",
            ]),
        Doubt(
            "a name in two forms and odd parameters of attachments", ["Content-Type: multipart/mixed; boundary=b"],
            [
                "--b", "Content-Type: text/plain; name=a; name*=utf-8''a;; charset=utf-8", "", "x",
                "--b", "Content-Type: application/pdf;; name=\"a", "", "x",
                "--b", "Content-Type: application/pdf; name=a; name=b", "", "x", "--b--", "",
            ]),
        Doubt(
            "an attached mail in base64", ["Content-Type: multipart/mixed; boundary=b"],
            [
                "--b", "", "x", "--b", "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "",
                "U3ViamVjdDogeA0KDQp5DQo=", "--b--", "",
            ]),
    ]

    @Test(arguments: [
        "From: a@x.example\r\n", "From: a@x.example\r\n\r\n", "From: a@x.example\nTo: b@x.example\n\nx\n",
    ])
    func `a mail without a body, or with a file's line ends, is sound`(text: String) throws {
        #expect(try MailFixtures.parse(RawMail(bytes: Array(text.utf8))).problems == [])
    }

    @Test(arguments: sound)
    func `and an unusual one is not`(sound: Doubt) throws {
        #expect(try MailFixtures.parse(sound.raw).problems == [])
    }

    @Test(arguments: [(20, []), (21, ["mime.too-deep"])])
    func `parts may nest twenty levels deep`(levels: Int, codes: [String]) throws {
        // The whole mail is level 0; each further multipart is one more, and the text the last.
        var lines: [String] = []
        for level in 1..<levels {
            lines += ["--b\(level)", "Content-Type: multipart/mixed; boundary=b\(level + 1)", ""]
        }
        lines += ["--b\(levels)", "", "text"] + (1...levels).reversed().map { "--b\($0)--" }
        let mail = try MailFixtures.parse(MailFixtures.mime(["Content-Type: multipart/mixed; boundary=b1"], lines))
        #expect(mail.problems.map(\.code) == codes)
        #expect(mail.texts.map(\.text) == (codes.isEmpty ? ["text"] : []))
    }

    @Test(arguments: [(499, []), (500, ["mime.too-many-parts"])])
    func `there may be five hundred parts`(count: Int, codes: [String]) throws {
        let lines = (0..<count).flatMap { _ in ["--b", "", "x"] } + ["--b--"]
        let mail = try MailFixtures.parse(MailFixtures.mime(["Content-Type: multipart/mixed; boundary=b"], lines))
        #expect(mail.problems.map(\.code) == codes)
    }

    @Test func `mails attached in mails count for the nesting`() throws {
        let lines = (0..<21).flatMap { _ in ["Content-Type: message/rfc822", ""] } + ["Subject: x", "", "y"]
        let mail = try MailFixtures.parse(MailFixtures.mail(MailFixtures.usualHeader + lines))
        #expect(mail.problems.map(\.code) == ["mime.too-deep"])
    }

    @Test func `too many addresses are named and the first ones kept`() throws {
        var limits = MailLimits()
        limits.addresses = 2
        let mail = try MailFixtures.parse(
            MailFixtures.mail(["From: a@x.example", "To: a@x.example, b@x.example, c@x.example", "", ""]),
            limits: limits)
        #expect(mail.problems.map(\.code) == ["structure.too-many-addresses"])
        #expect(mail.to.count == 2)
    }

    @Test func `text beyond the limit is cut and named`() throws {
        var limits = MailLimits()
        limits.text = 5
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/mixed; boundary=b"],
                ["--b", "Content-Type: text/plain; charset=utf-8", "", "abcdé", "--b", "", "second", "--b--"]),
            limits: limits)
        #expect(mail.problems.map(\.code) == ["mime.text-too-long"])
        #expect(mail.texts.map(\.text) == ["abcd", "s"])
    }

    @Test func `a mail above the size limit is not taken apart`() throws {
        var limits = MailLimits()
        limits.size = 100
        let mail = try MailFixtures.parse(MailFixtures.alternative, limits: limits)
        #expect(mail.problems.map(\.code) == ["structure.too-large"])
        #expect(mail.texts == [])
        #expect(mail.to.map(\.address?.text) == ["support@traces.example"])
    }
}
