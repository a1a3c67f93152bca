import CurlTransport
import Foundation
import Mail
import Testing

struct `Reading an IMAP server's responses` {
    struct Dialog: Sendable, CustomTestStringConvertible {
        let name: String
        let input: String
        let responses: [Response]
        var testDescription: String { name }
    }

    /// All octets at once, or cut at the given places.
    static func read(
        _ bytes: [UInt8], cutAt cuts: [Int] = [], limits: ResponseReader.Limits = .init(literal: 1_000)
    ) -> (responses: [Response], fault: ResponseFault?) {
        var reader = ResponseReader(limits: limits)
        var responses: [Response] = []
        var start = 0
        for end in cuts + [bytes.count] {
            reader.feed(bytes[start..<end])
            start = end
            do {
                while let response = try reader.next() { responses.append(response) }
            } catch {
                return (responses, error)
            }
        }
        return (responses, nil)
    }

    static let forgedBody = "Hello\r\nA004 OK done\r\n* 9 EXPUNGE\r\n* BYE\r\n)\r\n"

    static let dialogs: [Dialog] = [
        Dialog(
            name: "status responses with and without code and text",
            input: "* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\nA1 NO [TRYCREATE] no such folder\r\nA2 OK\r\n"
                + "A3 bad what?\r\n* BYE [ALERT] closing {5}\r\n",
            responses: [
                .untagged(
                    .status(StatusResponse(.ok, code: "CAPABILITY", argument: "IMAP4rev1 IDLE", text: "ready"))),
                .tagged(tag: "A1", StatusResponse(.no, code: "TRYCREATE", text: "no such folder")),
                .tagged(tag: "A2", StatusResponse(.ok)),
                .tagged(tag: "A3", StatusResponse(.bad, text: "what?")),
                .untagged(.status(StatusResponse(.bye, code: "ALERT", text: "closing {5}"))),
            ]),
        Dialog(
            name: "numbers, searches, capabilities, continuations, names nobody knows",
            input:
                "* 23 EXISTS\r\n* 5 RECENT\r\n* 4 expunge\r\n* SEARCH 2 84 882\r\n* SEARCH\r\n* search 7 (MODSEQ 9)\r\n"
                + "* CAPABILITY imap4rev1 AUTH=PLAIN\r\n+ idling {3}\r\n* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n",
            responses: [
                .untagged(.exists(23)), .untagged(.recent(5)), .untagged(.expunge(4)),
                .untagged(.search([2, 84, 882])), .untagged(.search([])), .untagged(.search([7])),
                .untagged(.capability(["IMAP4REV1", "AUTH=PLAIN"])), .continuation(text: "idling {3}"),
                .untagged(.other(name: "NAMESPACE")),
            ]),
        Dialog(
            name: "a mail that looks like the protocol stays inside its literal",
            input: "* 1 FETCH (UID 4 BODY[] {\(forgedBody.utf8.count)}\r\n\(forgedBody))\r\nA004 OK fetched\r\n",
            responses: [
                .untagged(.fetch(FetchResponse(sequence: 1, uid: 4, body: .bytes(Array(forgedBody.utf8))))),
                .tagged(tag: "A004", StatusResponse(.ok, text: "fetched")),
            ]),
        Dialog(
            name: "fetch items in any order, in quotes, as NIL, in nested lists, among unknown ones",
            input:
                "* 2 FETCH (FLAGS (\\Seen $Work) RFC822.SIZE 44827 UID 8 INTERNALDATE \" 1-Nov-2026 09:00:00 +0100\")\r\n"
                + "* 3 FETCH (BODY[] \"a \\\"b\\\" \\\\\" UID 9)\r\n* 4 FETCH (BODY[] NIL UID 10)\r\n"
                + "* 5 fetch (body[] {0}\r\n uid 11)\r\n* 6 FETCH (FLAGS ())\r\n"
                + "* 7 FETCH (BODY ((\"TEXT\" NIL (\"A\"))(\"X\" (\"B\")) \"MIXED\") BODY[HEADER.FIELDS (DATE)] {2}\r\nhi UID 12)\r\n",
            responses: [
                .untagged(
                    .fetch(
                        FetchResponse(
                            sequence: 2, uid: 8, size: 44_827,
                            internalDate: Date(timeIntervalSince1970: 1_793_520_000)))),
                .untagged(.fetch(FetchResponse(sequence: 3, uid: 9, body: .bytes(Array("a \"b\" \\".utf8))))),
                .untagged(.fetch(FetchResponse(sequence: 4, uid: 10, body: .absent))),
                .untagged(.fetch(FetchResponse(sequence: 5, uid: 11, body: .bytes([])))),
                .untagged(.fetch(FetchResponse(sequence: 6))),
                .untagged(.fetch(FetchResponse(sequence: 7, uid: 12))),
            ]),
        Dialog(
            name: "literals above the limit are read past, also with + and ~",
            input: "* 1 FETCH (UID 4 BODY[] {1001+}\r\n\(String(repeating: "x", count: 1_001)) RFC822.SIZE 3)\r\n"
                + "* 2 FETCH (UID 5 BODY[] ~{3}\r\nabc)\r\n",
            responses: [
                .untagged(.fetch(FetchResponse(sequence: 1, uid: 4, size: 3, body: .tooLarge(octets: 1_001)))),
                .untagged(.fetch(FetchResponse(sequence: 2, uid: 5, body: .bytes(Array("abc".utf8))))),
            ]),
        Dialog(
            name: "folders: quoted, atoms, literals, modified UTF-7, no delimiter",
            input: "* LIST (\\HasNoChildren) \"/\" \"Sent Mail\"\r\n* LIST (\\Noselect) NIL Archive\r\n"
                + "* LIST () \".\" {9}\r\nZ&APw-ric\r\n* LIST () \"/\" &broken\r\n",
            responses: [
                .untagged(.folder(MailFolder(name: "Sent Mail", delimiter: "/", canHoldMail: true))),
                .untagged(.folder(MailFolder(name: "Archive", delimiter: nil, canHoldMail: false))),
                .untagged(.folder(MailFolder(name: "Züric", delimiter: ".", canHoldMail: true))),
                .untagged(.folder(MailFolder(name: "&broken", delimiter: "/", canHoldMail: true))),
            ]),
    ]

    @Test(arguments: dialogs)
    func `gives the same responses however the octets arrive`(_ dialog: Dialog) {
        let bytes = Array(dialog.input.utf8)
        let whole = Self.read(bytes)
        #expect(whole.responses == dialog.responses)
        #expect(whole.fault == nil)
        for cut in 0...bytes.count {
            let halves = Self.read(bytes, cutAt: [cut])
            #expect(halves.responses == whole.responses && halves.fault == whole.fault, "cut at \(cut)")
        }
        let single = Self.read(bytes, cutAt: Array(0..<bytes.count))
        #expect(single.responses == whole.responses && single.fault == whole.fault)
    }

    @Test(arguments: dialogs)
    func `never traps on a stream that ends or breaks anywhere`(_ dialog: Dialog) {
        let bytes = Array(dialog.input.utf8)
        let expected = Self.read(bytes).responses
        for end in 0..<bytes.count {
            let cut = Self.read(Array(bytes[..<end]))
            #expect(cut.fault == nil)
            #expect(cut.responses == Array(expected.prefix(cut.responses.count)))
        }
        for position in 0..<bytes.count {
            for replacement: UInt8 in [0, 10, 13, 34, 40, 41, 123, 255] {
                var broken = bytes
                broken[position] = replacement
                // Whatever comes out, it comes out: at most one response a line feed.
                #expect(Self.read(broken).responses.count <= broken.count { $0 == 10 })
            }
        }
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let input: String
        let fault: ResponseFault
        var testDescription: String { String(input.prefix(40)) }
    }

    @Test(arguments: [
        Broken(input: "* 1 FETCH (UID \"4)\r\n", fault: .malformed("a quoted string without its end")),
        Broken(input: "* 1 FETCH (UID \"4\\\r\n", fault: .malformed("a quoted string without its end")),
        Broken(input: "* 1 FETCH (UID 4\r\n", fault: .malformed("a list without its end")),
        Broken(input: "* 1 FETCH (UID)\r\n", fault: .malformed("a FETCH item without its value")),
        Broken(input: "* 1 FETCH (UID 0)\r\n", fault: .malformed("a UID that is none")),
        Broken(input: "* 1 FETCH (UID 4294967296)\r\n", fault: .malformed("a UID that is none")),
        Broken(input: "* 1 FETCH (BODY[] 7)\r\n", fault: .malformed("a FETCH item of another type")),
        Broken(input: "* 1 FETCH (BODY[ 7)\r\n", fault: .malformed("an atom without characters or without its end")),
        Broken(input: "* 1 FETCH (UID 4) x\r\n", fault: .malformed("more behind a response's end")),
        Broken(input: "* 1 FETCH 4\r\n", fault: .malformed("no list behind FETCH")),
        Broken(input: "* 1 FETCH\r\n", fault: .malformed("a value is missing")),
        Broken(input: "* SEARCH 1 x\r\n", fault: .malformed("no number in SEARCH")),
        Broken(input: "* SEARCH 99999999999\r\n", fault: .malformed("no number in SEARCH")),
        Broken(input: "* 3 EXISTS\n", fault: .bareLineFeed),
        Broken(input: "\r\n", fault: .malformed("an empty line")),
        Broken(input: "A1 MAYBE\r\n", fault: .malformed("no OK, NO or BAD behind a tag")),
        Broken(input: "A1 BYE\r\n", fault: .malformed("no OK, NO or BAD behind a tag")),
        Broken(input: "* 1 FETCH (BODY[] {99999999999999999999}\r\n", fault: .literalTooLarge),
        Broken(input: "* 1 FETCH (BODY[] {2000000000}\r\n", fault: .literalTooLarge),
        Broken(
            input: "* 1 FETCH " + String(repeating: "(", count: 1_000) + "\r\n", fault: .nestedTooDeep),
        Broken(
            input: "* 1 FETCH " + String(repeating: "(", count: 1_000) + String(repeating: ")", count: 1_000) + "\r\n",
            fault: .nestedTooDeep),
    ])
    func `ends the stream with a fault at broken input, and stays ended`(_ broken: Broken) {
        let result = Self.read(Array(("* 1 EXISTS\r\n" + broken.input + "* 2 EXISTS\r\n").utf8))
        #expect(result.responses == [.untagged(.exists(1))])
        #expect(result.fault == broken.fault)
    }

    @Test func `gives up a line without end instead of keeping it`() {
        var limits = ResponseReader.Limits(literal: 10)
        limits.line = 1_000
        var reader = ResponseReader(limits: limits)
        let piece = [UInt8](repeating: 65, count: 400)
        for _ in 0..<3 { reader.feed(piece[...]) }
        #expect(throws: ResponseFault.lineTooLong) { try reader.next() }
        #expect(throws: ResponseFault.lineTooLong) { try reader.next() }
    }

    @Test func `many small literals in one response share one limit`() {
        let item = "X {600}\r\n" + String(repeating: "y", count: 600) + " "
        let input = "* 1 FETCH (" + item + "BODY[] {600}\r\n" + String(repeating: "z", count: 600) + ")\r\n"
        let result = Self.read(Array(input.utf8))
        #expect(result.responses == [.untagged(.fetch(FetchResponse(sequence: 1, body: .tooLarge(octets: 600))))])
        #expect(result.fault == nil)
    }
}
