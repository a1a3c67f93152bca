import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

/// A store with four mails that were held, and settings for whoever is at the keyboard.
///
/// 1 and 2 are right but for the sender's proof, 3 is forged, 4 has two addresses in From. R-1 is confirmed, R-2 requested.
struct HeldMails {
    let shop: Workshop
    let settings: String

    static let registry = """
        {"type":"authority","id":"CA-HR","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo poljoprivrede","country":"HR","mailbox":"flegt@mps.example"}
        {"type":"authority","id":"CO-HR","role":"CO","code":"HR000101","name":"Carinski ured Zagreb","country":"HR"}
        {"type":"operator","id":"OP-1","name":"Drvo Sjever d.o.o.","country":"HR","activities":["imported-timber-products"]}
        {"type":"account","id":"A-1","firstName":"Željko","lastName":"Šarić","mailbox":"zeljko@drvo.example","language":"hr","state":"active"}
        {"type":"account","id":"A-2","firstName":"Ana","lastName":"Horvat","mailbox":"ana@drvo.example","language":"hr","state":"active"}
        {"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","actingAs":"importer","additional":false,"status":"confirmed","requestedAt":"2026-11-01T09:00:00Z"}
        {"type":"request","id":"R-2","account":"A-2","kind":"importer","operator":"OP-1","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}

        """

    /// A mail of an HTML part whose link lies, and an attachment.
    static func mail(_ number: Int, from: String = "zeljko@drvo.example", results: String? = nil) -> String {
        let header = [
            "Return-Path: <bounce\(number)@elsewhere.example>",
            results.map { "Authentication-Results: mx.traces.example; \($0)" },
            "Received: from mail.drvo.example by mx.traces.example; Fri, 20 Nov 2026 09:00:00 +0000",
            "From: \(from)", "Reply-To: <other@elsewhere.example>", "To: support@traces.example",
            "Cc: flegt@mps.example", "Subject: FLEGT role request \(number) =?utf-8?Q?=E2=80=AE?=",
            "Message-ID: <h\(number)@drvo.example>", "Date: Fri, 20 Nov 2026 09:00:00 +0000", "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=b",
        ]
        let body = """

            --b
            Content-Type: text/html; charset=utf-8

            <p>Role request for a timber importer: Željko Šarić, Drvo Sjever d.o.o.</p>
            <p><a href="https://evil.example/login">https://traces.example/login</a>
            <a href="mailto:zeljko@drvo.example">zeljko@drvo.example</a>
            <img src="https://evil.example/seen.png"></p><p style="display:none">unseen</p><p>bell\u{7} fill\u{3164}er</p>
            --b
            Content-Type: application/pdf; name="form\u{1b}.pdf"
            Content-Transfer-Encoding: base64

            JVBERi0xLjQ=
            --b--

            """
        return (header.compactMap(\.self) + [body]).joined(separator: "\n").replacing("\n", with: "\r\n")
    }

    static func open(_ body: (HeldMails) async throws -> Void) async throws {
        try await Workshop.with { shop in
            _ = try shop.settings()
            let store = try Store(path: shop.path("postern.db"))
            _ = try await store.importRegistry(text: registry, actor: "test", at: MailCommandTests.noon)
            try await fill(store)
            try await body(HeldMails(shop: shop, settings: try shop.write("open.yaml", Workshop.goodSettings)))
        }
    }

    private static func fill(_ store: Store) async throws {
        let texts = [
            mail(1), mail(2), mail(3, results: "dmarc=none header.from=drvo.example"),
            mail(4, from: "zeljko@drvo.example, ana@drvo.example"),
        ]
        let mails = try texts.enumerated().map { index, text in
            let uid = try #require(UID(UInt32(index + 1)))
            let bytes = Array(text.utf8)
            return FetchedMail(
                listing: MailboxListing(uid: uid, size: bytes.count, receivedAt: MailCommandTests.noon),
                raw: RawMail(bytes: bytes, receivedAt: MailCommandTests.noon))
        }
        let next = try #require(UID(5))
        _ = try await store.store(
            mails, in: "INBOX", cursor: MailboxCursor(validity: UIDValidity(7), next: next), at: MailCommandTests.noon)
        let claimed = try await store.claimUndecided(limit: 4, bytes: .max)
        let reasons: [Reason] = [
            "authentication.missing", "authentication.missing", "authentication.none", "sender.several-addresses",
        ]
        let rulings = zip(claimed, reasons).map { entry, reason in
            let address = reason == "sender.several-addresses" ? nil : EmailAddress("zeljko@drvo.example")
            return Ruling(
                entry: entry.id,
                decision: Decision(
                    verdict: .held, reason: reason, sender: SenderFinding(address: address, authentication: .none)),
                messageID: MessageID("h\(entry.id)@drvo.example"), subject: "FLEGT role request", reply: nil)
        }
        try #require(try await store.record(rulings, at: MailCommandTests.noon).isEmpty)
        try await store.markSettled(claimed.map(\.id))
    }

    /// Settings that give the current user a profile; `nobody`: that name another user only.
    func settings(for profile: String) throws -> String {
        let me = try #require(getpwuid(getuid()).flatMap { String(cString: $0.pointee.pw_name) })
        let map = profile == "nobody" ? "nosuchuser: submission" : "\(me): \(profile)"
        return try shop.write("\(profile).yaml", Workshop.goodSettings + "operators: {users: {\(map)}}\n")
    }

    /// The lines of a command that must succeed; no map binds it.
    func lines(_ arguments: String...) async throws -> [String] { try await lines(arguments) }

    func lines(_ arguments: [String]) async throws -> [String] {
        let result = try await Program.run(arguments + ["--config", settings])
        #expect(result.status == 0, "\(arguments): \(result.errors)")
        return result.lines
    }

    /// One field of a list's objects.
    func field(_ name: String, of command: [String]) async throws -> [String] {
        try await lines(command + ["--json"]).map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let value = object?[name] ?? "missing"
            return value is NSNull ? "<null>" : "\(value)"
        }
    }

    /// Everything that commands may change, but for prepared decisions and the audit trail.
    func dump() async throws -> [String] {
        try await lines("messages", "list", "--json") + lines("export") + lines("outbox", "list", "--json")
    }
}
