import Foundation
import Mail
import Testing

@testable import Replies

struct MailtoLinkTests {
    /// RFC 6068 backwards: the recipient, and the fields by name.
    private func decode(_ url: String) throws -> [String: String] {
        let rest = try #require(url.hasPrefix("mailto:") ? url.dropFirst(7) : nil)
        let halves = rest.split(separator: "?", maxSplits: 1)
        var fields = ["to": halves[0].removingPercentEncoding ?? "?"]
        for field in halves[1].split(separator: "&") {
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair[1].removingPercentEncoding
            fields[String(pair[0])] = value
        }
        return fields
    }

    @Test
    func `What goes into a link comes out of it`() throws {
        let link = MailtoLink(
            to: try Sample.address("o'neil+a&b=c?d/e%f@support.example"),
            cc: [try Sample.address("flegt@mps.example"), try Sample.address("a{b}@mps.example")],
            subject: "Αίτημα ρόλου: 100 % & more? #1 + ü", body: ["Όνομα: Ελένη", "", "a=b&c;d \"e\" <f>"])
        #expect(
            try decode(link.url) == [
                "to": "o'neil+a&b=c?d/e%f@support.example", "cc": "flegt@mps.example,a{b}@mps.example",
                "subject": "Αίτημα ρόλου: 100 % & more? #1 + ü", "body": "Όνομα: Ελένη\r\n\r\na=b&c;d \"e\" <f>",
            ])
        #expect(!link.url.contains("+") && !link.url.contains(" "))
    }

    @Test
    func `Line breaks in a value add neither lines nor fields`() throws {
        let link = MailtoLink(
            to: try Sample.address("s@support.example"), cc: [], subject: "a\r\nBcc: b",
            body: ["Name: x\r\n\r\ny&bcc=z"])
        #expect(
            try decode(link.url) == ["to": "s@support.example", "subject": "a Bcc: b", "body": "Name: x y&bcc=z"])
    }

    @Test
    func `A link too long for mail programs does without its body`() throws {
        let link = MailtoLink(
            to: try Sample.address("s@support.example"), cc: [], subject: "s",
            body: [String(repeating: "Ж", count: 400)])
        #expect(try decode(link.url) == ["to": "s@support.example", "subject": "s"])
    }

    @Test
    func `A link too long even without its body keeps the first address in Cc`() throws {
        let host = String(repeating: "mail.", count: 30) + "example"
        let cc = try ["a", "b", "c"].map { try Sample.address("\($0)\(String(repeating: "{", count: 59))@\(host)") }
        let link = MailtoLink(
            to: try Sample.address("s@support.example"), cc: cc, subject: String(repeating: "Ж", count: 200),
            body: ["x"])
        #expect(link.url.utf8.count <= 2_000)
        let fields = try decode(link.url)
        #expect(fields["cc"] == cc[0].text)
        #expect(fields["subject"] == String(repeating: "Ж", count: 200))
        #expect(fields["body"] == nil)
    }
}
