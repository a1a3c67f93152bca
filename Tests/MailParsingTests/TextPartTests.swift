import Mail
import MailParsing
import Testing

/// Which parts of a mail are its text.
@Suite struct `The texts of a mail` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let raw: RawMail
        let texts: [String]
        let alternatives: [Int?]
        let attachments: [String]

        init(
            _ name: String, _ type: String, _ body: [String], texts: [String], alternatives: [Int?]? = nil,
            attachments: [String] = []
        ) {
            testDescription = name
            raw = MailFixtures.mime(["Content-Type: \(type)"], body)
            self.texts = texts
            self.alternatives = alternatives ?? texts.map { _ in nil }
            self.attachments = attachments
        }
    }

    static let plain = ["Content-Type: text/plain", ""]
    static let html = ["Content-Type: text/html", ""]
    static let pdf = ["Content-Type: application/pdf; name=form.pdf", "", "%PDF"]
    static let mixed = "multipart/mixed; boundary=m"

    static let cases = [
        Case(
            "text after attachments", mixed,
            ["--m"] + plain + ["one", "--m"] + pdf + ["--m"] + plain + ["two", "--m--", ""], texts: ["one", "two"],
            attachments: ["form.pdf"]),
        Case(
            "an attachment first", mixed, ["--m"] + pdf + ["--m"] + plain + ["text", "--m--", ""], texts: ["text"],
            attachments: ["form.pdf"]),
        Case(
            "a file of text is no text, even where there is no other", mixed,
            ["--m"] + pdf + ["--m", "Content-Type: text/plain; name=notes.txt", "Content-Disposition: inline", ""]
                + ["Names.", "--m--", ""], texts: [], attachments: ["form.pdf", "notes.txt"]),
        Case(
            "a file of text after an empty text", mixed,
            ["--m"] + plain + [
                "", "--m", "Content-Type: text/plain", "Content-Disposition: inline; filename=a.txt", "",
            ]
                + ["Names.", "--m--", ""], texts: [""], attachments: ["a.txt"]),
        Case(
            "an attached text", mixed,
            ["--m"] + plain + ["one", "--m", "Content-Type: text/html", "Content-Disposition: attachment", "", "two"]
                + ["--m--", ""], texts: ["one"], attachments: [""]),
        Case(
            "a body whose both versions have names", "multipart/alternative; boundary=a",
            ["--a", "Content-Type: text/plain; name=body.txt", "", "one"]
                + ["--a", "Content-Type: text/html; name=body.html", "", "two", "--a--", ""],
            texts: ["one", "two"], alternatives: [1, 1]),
        Case(
            "a picture related to HTML, in an alternative, beside an attachment", mixed,
            ["--m", "Content-Type: multipart/alternative; boundary=a", "", "--a"] + plain + ["one", "--a"]
                + ["Content-Type: multipart/related; boundary=r", "", "--r"] + html + ["<p>two", "--r"]
                + ["Content-Type: image/png; name=logo.png", "Content-Disposition: inline", "", "png", "--r--"]
                + ["--a--", "--m"] + pdf + ["--m--", ""],
            texts: ["one", "<p>two"], alternatives: [1, 1], attachments: ["logo.png", "form.pdf"]),
        Case(
            "an alternative in a related part", "multipart/related; boundary=r",
            ["--r", "Content-Type: multipart/alternative; boundary=a", "", "--a"] + plain + ["one", "--a"] + html
                + ["two", "--a--", "--r", "Content-Type: image/png; name=logo.png", "", "png", "--r--", ""],
            texts: ["one", "two"], alternatives: [1, 1], attachments: ["logo.png"]),
        Case(
            "Apple Mail: HTML before and after an attachment", "multipart/alternative; boundary=a",
            ["--a"] + plain + ["all", "--a", "Content-Type: multipart/mixed; boundary=m", "", "--m"] + html
                + ["one", "--m"] + pdf + ["--m"] + html + ["two", "--m--", "--a--", ""],
            texts: ["all", "one", "two"], alternatives: [1, 1, 1], attachments: ["form.pdf"]),
        Case(
            "a clear S/MIME signature", "multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s",
            ["--s"] + plain + [
                "Signed.", "--s", "Content-Type: application/pkcs7-signature; name=smime.p7s", "", "MIIB",
            ]
                + ["--s--", ""], texts: ["Signed."], attachments: ["smime.p7s"]),
        Case(
            "a mail forwarded as an attachment, and nothing else", mixed,
            ["--m", "Content-Type: message/rfc822", "", "Subject: Role request", "Content-Type: text/plain", ""]
                + ["Ana Horvat, Drvo Sjever d.o.o.", "--m--", ""], texts: [], attachments: [""]),
        Case(
            "a mail forwarded as the whole mail", "message/rfc822",
            ["Subject: Role request", "", "Ana Horvat, Drvo Sjever d.o.o."], texts: [], attachments: [""]),
        Case(
            "a digest", "multipart/digest; boundary=d",
            ["--d", "", "Subject: Role request", "", "Ana Horvat", "--d--", ""], texts: [], attachments: [""]),
        Case(
            "other kinds of text", mixed,
            ["--m"] + plain + ["one", "--m", "Content-Type: text/enriched", "", "two", "--m"]
                + ["Content-Type: text/vcard", "", "FN:Ana Horvat", "--m--", ""], texts: ["one"],
            attachments: ["", ""]),
    ]

    @Test(arguments: cases)
    func `are what its sender wrote`(item: Case) throws {
        let mail = try MailFixtures.parse(item.raw)
        #expect(mail.problems == [])
        #expect(mail.texts.map(\.text) == item.texts)
        #expect(mail.texts.map(\.alternative) == item.alternatives)
        #expect(mail.attachments.map { $0.name ?? "" } == item.attachments)
        #expect(mail.textObstacle == nil)
    }

    @Test(arguments: [
        // RFC 3676 §4.4: what was stuffed comes out as it was; §4.5: a quote is a quote whether flowed or not.
        (" > not a quote\n", "> not a quote\n", false), ("  two spaces\n", " two spaces\n", false),
        (">> deep \n>> er\n> less\n", ">> deep er\n> less\n", false), (">  quoted \n> on\n", ">  quoted on\n", false),
        ("Мария \nИванова\n", "МарияИванова\n", true), ("-- \nAna \nHorvat\n", "-- \nAnaHorvat\n", true),
        (" From here\n", "From here\n", false), ("a \n\nb\n", "a \nb\n", false),
    ])
    func `that are flowed come out whole`(body: String, text: String, deletesSpace: Bool) throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: text/plain; charset=utf-8; format=flowed; delsp=\(deletesSpace ? "yes" : "no")"],
                [body.replacing("\n", with: "\r\n")]))
        #expect(mail.texts.map(\.text) == [text])
    }

    @Test func `beyond the limit are cut, and the mail says so`() throws {
        var limits = MailLimits()
        limits.text = 9
        let mail = try MailFixtures.parse(
            MailFixtures.mime(["Content-Type: text/plain; charset=utf-8"], ["Željko Šarić"]), limits: limits)
        #expect(mail.texts.map(\.text) == ["Željko "])
        #expect(mail.problems.map(\.code) == ["mime.text-too-long"])
    }
}
