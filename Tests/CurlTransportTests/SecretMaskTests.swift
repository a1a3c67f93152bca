import Foundation
import Mail
import Testing

@testable import CurlTransport

struct `A mask over a secret` {
    static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwb3N0ZXJuIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test(arguments: [
        ("s3cret", "NO 's3cret' is wrong", "NO '***' is wrong"),
        ("s3cret", "nothing of it", "nothing of it"),
        ("s3cret", "s3crets3cret!", "***!"),
        ("x", "axb x", "axb ***"),
        ("s3cret7", "500 \(base64("s3cret7"))?", "500 ***?"),
        // A mark on the last letter makes another character of it, but not other bytes.
        ("s3cret", "s3cret\u{301}", "***\u{301}"),
        // SASL PLAIN and LOGIN, as they go over the wire.
        ("s3cret", "BAD AUTHENTICATE PLAIN \(base64("\0user\0s3cret"))", "BAD AUTHENTICATE PLAIN ***"),
        ("s3cret", "500 \(base64("s3cret"))?", "500 ***?"),
        ("s3cret", "500 \(base64("innocent words"))", "500 \(base64("innocent words"))"),
        ("kočka#1", "said kočka#1", "said ***"),
        (token, "invalid token \(token)", "invalid token ***"),
        // Cut off by the server.
        (token, "invalid token \(token.prefix(30))...", "invalid token ***..."),
        (token, "cmd: \(base64("user=u\u{1}auth=Bearer \(token)\u{1}\u{1}").prefix(60))…", "cmd: ***…"),
    ])
    func `hides it whole, cut off and encoded`(_ secret: String, _ said: String, _ shown: String) throws {
        let mask = try #require(SecretMask(Secret(secret)))
        #expect(mask.laid(over: said) == shown)
    }

    @Test func `is none for an empty secret`() { #expect(SecretMask("") == nil) }

    @Test func `a long answer is cut behind the mask, not before it`() async throws {
        let long = String(repeating: "x", count: 100) + Self.token
        let server = FakeIMAP(behaviours: ["AUTHENTICATE": [.answer("TAG NO \(long)\r\n")]])
        try await server.run { connector, _ in
            let settings = try IMAPSettings(
                url: "imap://127.0.0.1:\(connector.settings.address.port)", user: "u",
                credential: .password(Secret(Self.token)), allowPlaintext: true)
            let fault = await #expect(throws: TransportFault.self) {
                try await IMAPConnector(settings: settings).connect()
            }
            #expect(fault?.reason.contains("xxxx") == true)
            #expect(fault?.reason.contains("eyJ") == false)
        }
    }

    @Test func `lies over what the server says behind the login, too`() async throws {
        let server = FakeIMAP(
            behaviours: [
                "SELECT": [.answer("* OK [ALERT] you are s3cret\r\nTAG NO no mailbox for s3cret\r\n")]
            ])
        try await server.run { connector, _ in
            let fault = await #expect(throws: TransportFault.self) { try await connector.connect() }
            #expect(fault?.reason == "the server refuses to open the mailbox 'INBOX': no mailbox for ***")
        }
    }

    @Test func `lies over what a submission server says`() async throws {
        let encoded = Self.base64("\0support\0p4ssword")
        let server = FakeSMTP(
            behaviours: ["MAIL": [.answer("550 5.7.1 AUTH PLAIN \(encoded) was p4ssword\r\n")]],
            capabilities: ["AUTH PLAIN"])
        try await server.run(user: "support", credential: .password("p4ssword")) { submission, _ in
            let outcome = await submission.send(try outbound())
            #expect(outcome == .failed(answer: "550 5.7.1 AUTH PLAIN *** was ***"))
        }
    }

    @Test func `nothing that holds a login prints it`() async throws {
        let login = try await Login.prepare(user: "u", credential: .password("s3cret"))
        let settings = try IMAPSettings(url: "imaps://imap.example.org", user: "u", credential: .password("s3cret"))
        let option = SecretMask("s3cret")
        for value in [login, settings, option as Any, Secret("s3cret"), Credential.password("s3cret")] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            #expect(!"\(value)\(String(reflecting: value))\(dumped)".contains("s3cret"))
        }
    }
}
