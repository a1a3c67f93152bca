import Foundation
import Mail
import MailParsing
import Testing

@Suite struct `Decoding text` {
    struct Text: Sendable, CustomTestStringConvertible {
        let type: String
        let octets: [UInt8]
        let text: String
        let charset: String
        let guessed: Bool
        var testDescription: String { "\(type) \(octets)" }

        init(_ type: String, _ octets: [UInt8], _ text: String, _ charset: String, guessed: Bool = false) {
            self.type = type
            self.octets = octets
            self.text = text
            self.charset = charset
            self.guessed = guessed
        }
    }

    static let texts = [
        Text("text/plain; charset=utf-8", Array("Šarić".utf8), "Šarić", "utf-8"),
        Text("text/plain; charset=\"UTF8\"", Array("Šarić".utf8), "Šarić", "utf-8"),
        Text("text/plain", Array("plain".utf8), "plain", "us-ascii"),
        Text("text/plain", Array("Šarić".utf8), "Šarić", "utf-8", guessed: true),
        Text("text/plain", [0x8a, 0x61], "Ša", "windows-1252", guessed: true),
        Text("text/plain; charset=utf-8", [0x8a, 0x81, 0x61], "Š\u{fffd}a", "windows-1252", guessed: true),
        Text("text/plain; charset=iso-8859-1", [0xe9, 0x80], "é€", "iso-8859-1"),
        Text("text/plain; charset=iso-8859-2", [0xa9, 0x61, 0xe6], "Šać", "iso-8859-2"),
        Text("text/plain; charset=windows-1250", [0x8a, 0x61, 0xe6], "Šać", "windows-1250"),
        Text("text/plain; charset=windows-1251", [0xe7, 0xe0], "за", "windows-1251"),
        Text("text/plain; charset=iso-8859-7", [0xe1, 0xdf], "αί", "iso-8859-7"),
        Text("text/plain; charset=iso-8859-15", [0xa4], "€", "iso-8859-15"),
        Text("text/plain; charset=koi8-r", [0xda, 0xc1], "за", "koi8-r"),
        Text("text/plain; charset=iso-2022-jp", [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42], "あ", "iso-2022-jp"),
        // Unknown or unwanted charsets are never asked of the system.
        Text("text/plain; charset=x-unheard-of", Array("é".utf8), "é", "utf-8", guessed: true),
        Text("text/plain; charset=utf-7", Array("+AOk-".utf8), "+AOk-", "utf-8", guessed: true),
        Text("text/plain; charset=iso-2022-cn-ext", Array("a".utf8), "a", "utf-8", guessed: true),
        Text("text/plain; charset=us-ascii", Array("é".utf8), "é", "utf-8", guessed: true),
        // Line ends and NUL.
        Text("text/plain; charset=utf-8", Array("a\r\nb\rc\nd\r\r\ne".utf8), "a\nb\nc\nd\n\ne", "utf-8"),
        Text("text/plain; charset=utf-8", [0x61, 0, 0x62], "a\u{fffd}b", "utf-8"),
    ]

    @Test(arguments: texts)
    func `takes the declared charset or says that it guessed`(item: Text) throws {
        var bytes = Array("From: a@x.example\r\nContent-Type: \(item.type)\r\n\r\n".utf8)
        bytes += item.octets
        let part = try #require(try MailFixtures.parse(RawMail(bytes: bytes)).texts.first)
        #expect(part.text == item.text)
        #expect(part.charset == item.charset)
        #expect(part.charsetGuessed == item.guessed)
    }

    @Test(arguments: [
        ("Role request", "Role request"),
        ("=?utf-8?Q?=C5=A0ari=C4=87?=", "Šarić"),
        ("=?UTF-8?b?xaBhcmnEhw==?= asks", "Šarić asks"),
        ("a =?utf-8?q?b?= =?utf-8?q?c?= d", "a bc d"),
        // A character split over two words, as some programs do.
        ("=?utf-8?b?xQ==?=\r\n =?utf-8?b?oA==?=", "Š"),
        ("=?iso-8859-2?q?=A9?= =?utf-8?q?=C4=87?=", "Šć"),
        ("=?utf-8*hr?q?x?=", "x"),
        ("=?utf-8?q?one_two?=", "one two"),
        ("=?utf-8?q?line=0D=0ABcc:_x@y.example?=", "line  Bcc: x@y.example"),
        ("=?utf-8?q?a=E2=80=A8b?=", "a b"),
        ("=?x-odd?q?=C5=A0?=", "Š"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?q?no end", "=?utf-8?q?no end"),
        ("=?=?=?=?", "=?=?=?=?"),
        ("=?utf-8?q?=4?=", "=4"),
        ("Šarić", "Šarić"),
        ("  spaced  ", "spaced"),
        ("", ""),
    ])
    func `turns a subject into one line`(field: String, subject: String) throws {
        let mail = try MailFixtures.parse(MailFixtures.mail(["From: a@x.example", "Subject: \(field)", "", "x"]))
        #expect(mail.subject == subject)
    }

    @Test(arguments: [
        ("one \ntwo\n", false, "one two\n"),
        ("one \ntwo\n", true, "onetwo\n"),
        ("one\n two\n", false, "one\ntwo\n"),
        ("> a \n> b\n>> c\n", false, "> a b\n>> c\n"),
        (">a \nb\n", false, "> a \nb\n"),
        ("-- \nName \nplace\n", false, "-- \nName place\n"),
        ("soft \n-- \nx", false, "soft \n-- \nx\n"),
        ("soft ", false, "soft \n"),
        ("", false, ""),
    ])
    func `joins the lines of flowed text`(body: String, deletesSpace: Bool, text: String) throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mail([
                "From: a@x.example",
                "Content-Type: text/plain; charset=us-ascii; format=Flowed; delsp=\(deletesSpace ? "Yes" : "no")", "",
                body.replacing("\n", with: "\r\n"),
            ]))
        #expect(mail.texts.map(\.text) == [text])
        #expect(mail.texts.map(\.flowed) == [true])
    }

    @Test(arguments: [
        ("Mon, 2 Nov 2026 11:00:00 +0100", 1_793_613_600),
        ("2 Nov 2026 10:00 GMT", 1_793_613_600),
        ("Mon, 02 nov 2026 10:00:00 +0000 (UTC)", 1_793_613_600),
        ("Mon, 2 Nov 26 05:00:00 EST", 1_793_613_600),
        ("Thu, 29 Feb 2024 23:59:60 +0000", 1_709_251_199),
        ("1 Jan 1970 00:00:00 -0000", 0),
        ("Mon, 2 Nov 2026", nil),
        ("29 Feb 2025 00:00:00 +0000", nil),
        ("2 Nov 2026 24:00:00 +0000", nil),
        ("2 Nov 2026 10:00:00 +9", nil),
        ("99999999999999999999 Nov 2026 10:00:00 +0000", nil),
        ("yesterday", nil),
        ("", nil),
    ])
    func `reads a date or none`(field: String, seconds: Int?) throws {
        let mail = try MailFixtures.parse(MailFixtures.mail(["From: a@x.example", "Date: \(field)", "", "x"]))
        #expect(mail.date == seconds.map { Date(timeIntervalSince1970: Double($0)) })
    }
}
