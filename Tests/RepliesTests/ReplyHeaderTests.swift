import Foundation
import Judging
import Mail
import Testing

@testable import Replies

struct ReplyHeaderTests {
    private func reply(
        subject: String = "Role request", references: [String] = [], change: (inout ReplySettings) -> Void = { _ in }
    ) throws -> ReadBack {
        let plan = try Sample.plan(account: Sample.account(), references: references, subject: subject)
        return try ReadBack(Sample.renderer(change).compose(Sample.accepted(plan), seed: "1", at: Sample.now).bytes)
    }

    @Test
    func `A reply has exactly these fields`() throws {
        let mail = try Sample.renderer().compose(
            Sample.accepted(Sample.plan(account: Sample.account(), references: ["first@drvo.example"])), seed: "1",
            at: Sample.now)
        let reply = try ReadBack(mail.bytes)
        let fields = reply.fields.map { "\($0.name): \($0.value)" }
        let boundary = mail.messageID.text.split(separator: ".")[0]
        #expect(
            fields == [
                "Date: Sat, 21 Nov 2026 09:05:07 +0000",
                "From: TRACES Support Team <sante-traces@ec.europa.example>",
                "To: zeljko@drvo.example",
                "Subject: Re: Role request",
                "Message-ID: \(mail.messageID.bracketed)",
                "In-Reply-To: <mail-1@drvo.example>",
                "References: <first@drvo.example> <mail-1@drvo.example>",
                "Auto-Submitted: auto-replied",
                "X-Auto-Response-Suppress: All",
                "X-Loop: sante-traces@ec.europa.example",
                "Content-Language: en",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative; boundary=\"=_postern_\(boundary)\"",
            ])
        #expect(mail.envelopeFrom == nil)
        #expect(mail.recipients == [try Sample.address("zeljko@drvo.example")])
        #expect(reply.lines.allSatisfy { $0.utf8.count <= 76 })
    }

    @Test
    func `The same decision, seed and date make the same bytes, and another seed other IDs`() throws {
        let renderer = try Sample.renderer()
        let decision = try Sample.incomplete()
        let one = try renderer.compose(decision, seed: "journal 7", at: Sample.now)
        #expect(try renderer.compose(decision, seed: "journal 7", at: Sample.now) == one)
        #expect(try Sample.renderer().compose(decision, seed: "journal 7", at: Sample.now) == one)
        let later = try renderer.compose(decision, seed: "journal 7", at: Sample.now + 60)
        #expect(later.messageID == one.messageID)
        #expect(try renderer.compose(decision, seed: "journal 8", at: Sample.now).messageID != one.messageID)
        let otherKey = try Sample.renderer { $0.hmacKey[0] ^= 1 }
        #expect(try otherKey.compose(decision, seed: "journal 7", at: Sample.now).messageID != one.messageID)
    }

    @Test
    func `Our own Message-IDs are known again, and nobody else's`() throws {
        let ids = try Sample.renderer().messageIDs
        let own = try ids.id(for: "journal 7")
        #expect(ids.isOwn(own))
        #expect(ids.isOwn(try Sample.messageID(own.text.replacing("postern.example", with: "POSTERN.example"))))
        let others = [
            "abc.def@postern.example", "abc@postern.example", "a@postern.example",
            own.text.replacing("@postern.example", with: "@other.example"), own.text + ".x",
            own.text.replacing("@", with: ".x@"), "x" + own.text,
        ]
        for other in others { #expect(!ids.isOwn(try Sample.messageID(other)), "\(other)") }
        let otherKey = try ReplyMessageIDs(key: Array(repeating: 1, count: 32), domain: "postern.example")
        #expect(!otherKey.isOwn(own))
    }

    @Test
    func `The token is HMAC-SHA256 of the seed in base 32`() throws {
        // printf 'seed:%s' 'journal 7' | openssl dgst -sha256 -hmac 'a key of this test, 32 bytes long', first 16 bytes.
        let ids = try ReplyMessageIDs(key: Array("a key of this test, 32 bytes long".utf8), domain: "postern.example")
        #expect(ids.token(for: "journal 7") == "rrzxbuuusnq3h6hruld5jh2kuu")
    }

    @Test(arguments: [
        (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 +0000"),
        (4_107_542_400, "Mon, 1 Mar 2100 00:00:00 +0000"), (-5, "Thu, 1 Jan 1970 00:00:00 +0000"),
        (.infinity, "Fri, 31 Dec 9999 23:59:59 +0000"), (.nan, "Thu, 1 Jan 1970 00:00:00 +0000"),
    ])
    func `Dates are written by RFC 5322`(seconds: Double, text: String) {
        #expect(InternetDate.text(of: Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(arguments: [
        ("Role request", "Re: Role request"), ("", "Your role request is confirmed"),
        (" \u{200B}\t", "Your role request is confirmed"), ("RE: re:Re: Hello", "Re: Hello"),
        ("Zahtjev za ulogu: uvoznik drva – Šarić", "Re: Zahtjev za ulogu: uvoznik drva – Šarić"),
        ("Искане за роля", "Re: Искане за роля"), ("Hi\r\nBcc: all@evil.example", "Re: Hi Bcc: all@evil.example"),
        ("Hi\u{2028}Bcc: x\u{0}\u{85}y", "Re: Hi Bcc: x y"), ("\u{202E}txt.exe\u{2066}", "Re: txt.exe"),
        ("=?UTF-8?Q?=0D=0ABcc:_x?=", "Re: =?UTF-8?Q?=0D=0ABcc:_x?="),
        ("{{name}} {{{support}}}", "Re: {{name}} {{{support}}}"),
    ])
    func `A subject is told back on one line, whatever it was`(subject: String, shown: String) throws {
        let value = try #require(try reply(subject: subject).field("Subject"))
        #expect(try ReadBack.decodeWords(value) == shown)
    }

    @Test(arguments: ["x", "x ", "ж", "=?", "e\u{301}", "👩‍👩‍👧‍👦", "a\r\n"])
    func `Ten kilobytes of subject make a short, folded field`(piece: String) throws {
        let reply = try reply(subject: String(repeating: piece, count: 10_240 / piece.utf8.count))
        #expect(reply.lines.allSatisfy { $0.utf8.count <= 76 })
        let value = try #require(reply.field("Subject"))
        let shown = try ReadBack.decodeWords(value)
        #expect(shown.hasPrefix("Re: ") && shown.hasSuffix("…"))
        #expect(shown.unicodeScalars.count <= 4 + 151)
    }

    @Test
    func `References keep the thread's first and newest IDs, one line each where they are long`() throws {
        let ids = (1...200).map { "\(String(repeating: "x", count: 480))\($0)@drvo.example" }
        let reply = try reply(references: ids)
        let value = try #require(reply.field("References"))
        let told = value.split(separator: " ")
        #expect(told.count == 20)
        #expect(told.first == "<\(ids[0])>")
        #expect(told[1] == "<\(ids[182])>")
        #expect(told.last == "<mail-1@drvo.example>")
        #expect(reply.lines.allSatisfy { $0.utf8.count <= 998 })
    }

    @Test(arguments: [
        ("TRACES Support Team", "TRACES Support Team <sante-traces@ec.europa.example>"),
        ("", "sante-traces@ec.europa.example"),
        (
            "TRACES, \"Support\" <x@evil.example>",
            "TRACES, \"Support\" <x@evil.example> <sante-traces@ec.europa.example>"
        ),
        ("Подкрепа ТРЕЙСИС", "Подкрепа ТРЕЙСИС <sante-traces@ec.europa.example>"),
    ])
    func `The display name is encoded wherever it is more than plain words`(name: String, shown: String) throws {
        let value = try #require(try reply { $0.displayName = name }.field("From"))
        #expect(try ReadBack.decodeWords(value) == shown)
        #expect(value.filter { $0 == "<" }.count <= 1 && !value.contains("\""))
    }

    @Test
    func `A return path is used where the server wants one`() throws {
        let sender = try Sample.address("bounces@ec.europa.example")
        let mail = try Sample.renderer { $0.envelopeFrom = sender }.compose(
            Sample.accepted(), seed: "1", at: Sample.now)
        #expect(mail.envelopeFrom == sender)
    }

    @Test
    func `A short key and an impossible domain are refused`() throws {
        #expect(throws: ReplyError.self) { try Sample.renderer { $0.hmacKey = Array(repeating: 0, count: 15) } }
        for domain in ["", "a b.example", "x>.example", "x\r\n.example", "x@y.example"] {
            #expect(throws: ReplyError.self, "\(domain)") { try Sample.renderer { $0.messageIDDomain = domain } }
        }
    }
}
