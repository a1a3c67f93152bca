import Foundation
import Mail
import MailParsing
import Testing

@Suite struct `Taking a mail apart` {
    @Test func `an alternative mail yields both texts in one group`() throws {
        let mail = try MailFixtures.parse(MailFixtures.alternative)
        #expect(mail.problems == [])
        #expect(mail.contentType == "multipart/alternative")
        #expect(mail.partTypes == ["multipart/alternative", "text/plain", "text/html"])
        #expect(
            mail.texts == [
                TextPart(
                    kind: .plain, text: "Dear team, I am Željko Šarić and I ask for a role.\n", flowed: true,
                    alternative: 1),
                TextPart(kind: .html, text: "<p>Željko</p>\n", alternative: 1),
            ])
        #expect(mail.attachments == [])
    }

    @Test func `the header's fields are read and decoded`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mail(
                MailFixtures.usualHeader + [
                    "Bcc: (none) hidden@traces.example", "Reply-To: \"Other, Person\" <other@x.example>",
                    "In-Reply-To: <r1@support.example>",
                    "References: <r0@support.example>", " <r1@support.example> junk <no at>",
                    "", "Hello",
                ]))
        #expect(mail.problems == [])
        #expect(mail.to.map(\.address?.text) == ["support@traces.example"])
        #expect(mail.cc.map(\.address?.text) == ["flegt@mps.example"])
        #expect(mail.bcc.map(\.address?.text) == ["hidden@traces.example"])
        #expect(
            mail.replyTo == [
                AddressEntry(
                    displayName: "Other, Person", address: EmailAddress("other@x.example"),
                    written: "\"Other, Person\" <other@x.example>")
            ])
        #expect(mail.subject == "Role request")
        #expect(mail.messageID?.text == "a1@drvo.example")
        #expect(mail.inReplyTo.map(\.text) == ["r1@support.example"])
        #expect(mail.references.map(\.text) == ["r0@support.example", "r1@support.example"])
        #expect(mail.date == Date(timeIntervalSince1970: 1_793_613_600))
        #expect(mail.header.first("received")?.text.hasPrefix("from mail.drvo.example") == true)
        #expect(mail.texts.map(\.text) == ["Hello"])
        #expect(mail.contentType == "text/plain")
    }

    @Test func `attachments are known by name and type and are no text`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/mixed; boundary=outer"],
                [
                    "--outer", "Content-Type: text/plain; charset=us-ascii", "", "The text.",
                    "--outer", "Content-Type: application/pdf; name=\"a.pdf\"",
                    "Content-Disposition: attachment; filename*=utf-8''%C5%A0ari%C4%87.pdf",
                    "Content-Transfer-Encoding: base64", "", "JVBERi0=",
                    "--outer", "Content-Type: text/plain; name=notes.txt", "Content-Disposition: inline", "", "Notes.",
                    "--outer", "Content-Type: text/plain", "Content-Disposition: x-unheard-of", "", "Odd.",
                    "--outer", "Content-Type: message/rfc822", "",
                    "Subject: Role request of somebody else", "Content-Type: multipart/mixed; boundary=inner", "",
                    "--inner", "", "I am the text of another mail.", "--inner--",
                    "--outer", "Content-Type: text/calendar", "", "BEGIN:VCALENDAR",
                    "--outer--",
                ]))
        #expect(mail.problems == [])
        #expect(mail.texts.map(\.text) == ["The text."])
        #expect(
            mail.attachments == [
                Attachment(name: "Šarić.pdf", type: "application/pdf", size: 8),
                Attachment(name: "notes.txt", type: "text/plain", size: 6),
                Attachment(name: nil, type: "text/plain", size: 4),
                Attachment(name: nil, type: "message/rfc822"),
                Attachment(name: nil, type: "text/calendar", size: 16),
            ])
        #expect(
            mail.partTypes == [
                "multipart/mixed", "text/plain", "application/pdf", "text/plain", "text/plain", "message/rfc822",
                "text/calendar",
            ])
    }

    @Test func `a body that has a file's name is still the body`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(["Content-Type: text/plain; name=body.txt; charset=utf-8"], ["Text."]))
        #expect(mail.texts.map(\.text) == ["Text."])
        #expect(mail.attachments == [])
    }

    @Test func `the text under a detached signature counts and the signature does not`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=s"],
                [
                    "--s", "Content-Type: text/plain; charset=utf-8", "", "Signed.", "--s",
                    "Content-Type: application/pgp-signature; name=signature.asc", "", "-----BEGIN", "--s--",
                ]))
        #expect(mail.texts.map(\.text) == ["Signed."])
        #expect(mail.attachments == [Attachment(name: "signature.asc", type: "application/pgp-signature", size: 11)])
    }

    @Test(arguments: [
        MailFixtures.mime(
            ["Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"], ["MIIB"]),
        MailFixtures.mime(
            ["Content-Type: multipart/encrypted; boundary=e"],
            ["--e", "Content-Type: application/pgp-encrypted", "", "Version: 1", "--e", "", "hidden", "--e--"]),
    ])
    func `a sealed mail has no text`(raw: RawMail) throws {
        let mail = try MailFixtures.parse(raw)
        #expect(mail.problems == [])
        #expect(mail.texts == [])
        #expect(!mail.attachments.isEmpty)
    }

    @Test func `only the root of a related part is text`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/related; boundary=r; start=\"<root@x>\""],
                [
                    "--r", "Content-Type: text/html", "", "<p>hidden</p>",
                    "--r", "Content-Type: text/html", "Content-ID: <root@x>", "", "<p>shown</p>", "--r--", "",
                ]))
        #expect(mail.texts.map(\.text) == ["<p>shown</p>"])
    }

    @Test func `an alternative inside an alternative belongs to the same group and a second one does not`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mime(
                ["Content-Type: multipart/mixed; boundary=m"],
                [
                    "--m", "Content-Type: multipart/alternative; boundary=a1", "",
                    "--a1", "", "one",
                    "--a1", "Content-Type: multipart/alternative; boundary=a2", "",
                    "--a2", "", "two", "--a2--", "--a1--",
                    "--m", "Content-Type: multipart/alternative; boundary=a3", "", "--a3", "", "three", "--a3--",
                    "--m", "", "four", "--m--", "",
                ]))
        #expect(mail.problems == [])
        #expect(mail.texts.map(\.text) == ["one", "two", "three", "four"])
        #expect(mail.texts.map(\.alternative) == [1, 1, 2, nil])
    }

    @Test func `no bytes at all are refused`() {
        #expect(throws: ParsingFailure.self) { try MailFixtures.parse(RawMail(bytes: [])) }
    }

    @Test func `many threads may parse at once`() async throws {
        let parser = GMimeParser()
        let expected = try MailFixtures.parse(MailFixtures.alternative).texts
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { @concurrent in
                    (0..<200).count { _ in (try? parser.parse(MailFixtures.alternative))?.texts == expected }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 200, count: 8))
    }
}
