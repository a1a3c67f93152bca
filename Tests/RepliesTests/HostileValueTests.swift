import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import Replies

struct HostileValueTests {
    static let names = [
        "</style><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "<\u{338}b>", "\"\u{301} onclick=\"x",
        "{{support}}{{{number}}}{{#links}}", "\u{1}0\u{2}", "&lt;b&gt;", "x\r\nBcc: all@evil.example\r\n\r\nbody",
        "\u{202E}evil\u{2069}", "=?UTF-8?Q?x?=", "--=_postern_", "'; DROP", "%0D%0Abcc=x&to=y", "\u{FEFF}\u{200B}",
        String(repeating: "Ж", count: 10_000),
    ]

    private func incomplete(_ name: String) throws -> ReadBack {
        let account = try Sample.account(firstName: name, lastName: name)
        let plan = try Sample.plan(account: account, requests: [Sample.request(name, kind: name, organisation: name)])
        let findings = [Finding(.names, .fail, reason: "names.several", seen: [name], wanted: [name, name, name])]
        let decision = try Sample.decision(.incomplete, "names.several", findings: findings, plan: plan, request: name)
        return try ReadBack(Sample.renderer().compose(decision, seed: "1", at: Sample.now).bytes)
    }

    /// The HTML's tags without the links' targets.
    static func tags(_ html: String) -> Set<String> {
        var tags: Set<String> = []
        for piece in html.utf8.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false).dropFirst() {
            let tag = String(decoding: piece.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
            tags.insert(tag.hasPrefix("a href=\"mailto:") ? "a" : tag)
        }
        return tags
    }

    @Test(arguments: names)
    func `A name or organisation can't get out of its place`(name: String) throws {
        let reply = try incomplete(name)
        #expect(Self.tags(reply.html).subtracting(Self.tags(try incomplete("Ana").html)) == [])
        #expect(reply.fields.map(\.name) == (try incomplete("Ana")).fields.map(\.name))
        for half in [reply.text, reply.html] {
            let strange = half.unicodeScalars.filter {
                $0 != "\n"
                    && [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            #expect(strange.isEmpty, "\(strange.map(\.value))")
            #expect(half.utf8.count < 30_000)
        }
        #expect(!reply.text.contains(": \n"), "no label without a value")
    }

    @Test
    func `A link holds nothing but what a link may`() throws {
        for name in Self.names {
            let html = try incomplete(name).html
            let start = try #require(html.range(of: "href=\"")?.upperBound)
            let link = html[start...].prefix { $0 != "\"" }.replacing("&amp;", with: "&")
            #expect(link.utf8.allSatisfy { $0.isASCIILetterOrDigit || ":@,?=&%-._~".utf8.contains($0) }, "\(link)")
            #expect(link.utf8.count <= 2_000)
        }
    }

    @Test
    func `Mustache and HTML in a name are told back as they are`() throws {
        let reply = try incomplete("{{support}} <b>&")
        #expect(reply.text.hasPrefix("Dear {{support}} <b>& {{support}} <b>&,\n"))
        #expect(reply.html.contains("Dear {{support}} &lt;b&gt;&amp; {{support}} &lt;b&gt;&amp;,</p>"))
    }

    @Test(arguments: [
        ("a", "a\r\n"), ("", ""), ("\n\n", "\r\n\r\n"), ("a \nb\t", "a=20\r\nb=09\r\n"), ("=", "=3D\r\n"),
        (".\n..\n", "=2E\r\n=2E.\r\n"), ("From me", "=46rom me\r\n"), ("č", "=C4=8D\r\n"), ("a\rb", "a=0Db\r\n"),
        (String(repeating: "x", count: 76), String(repeating: "x", count: 75) + "=\r\nx\r\n"),
        (String(repeating: "x", count: 74) + " ", String(repeating: "x", count: 74) + "=\r\n=20\r\n"),
    ])
    func `Quoted-printable is written by RFC 2045`(text: String, encoded: String) {
        var output: [UInt8] = []
        QuotedPrintable.encode(Array(text.utf8), into: &output)
        #expect(String(decoding: output, as: UTF8.self) == encoded)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg==\r\n"), ("fo", "Zm8=\r\n"), ("foo", "Zm9v\r\n"), ("\n", "DQo=\r\n"),
        ("ж\n", "0LYNCg==\r\n"),
        (String(repeating: "x", count: 58), String(repeating: "eHh4", count: 19) + "\r\neA==\r\n"),
    ])
    func `Base64 is written by RFC 2045`(text: String, encoded: String) {
        var output: [UInt8] = []
        Base64Lines.encode(Array(text.utf8), into: &output)
        #expect(String(decoding: output, as: UTF8.self) == encoded)
    }

    @Test(arguments: [("en", "quoted-printable"), ("fr", "quoted-printable"), ("bg", "base64"), ("el", "base64")])
    func `The text is sent in the encoding that is shorter for its letters`(language: String, encoding: String) throws {
        let mail = try Sample.renderer().compose(Sample.incomplete(language: language), seed: "1", at: Sample.now)
        let text = String(decoding: mail.bytes, as: UTF8.self)
        #expect(
            text.contains("\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: \(encoding)\r\n"))
    }

    @Test
    func `Any text comes back from quoted-printable`() throws {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("ab .=\n \t=F-ž€😀\u{1}?".unicodeScalars)
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...300, using: &random) {
                text.append(alphabet.randomElement(using: &random) ?? "a")
            }
            text.append("\n")
            var output: [UInt8] = []
            QuotedPrintable.encode(Array(String(text).utf8), into: &output)
            let lines = String(decoding: output, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(try ReadBack.decodeQuotedPrintable(lines.dropLast()) == String(text))
        }
    }
}
