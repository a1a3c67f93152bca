import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

/// A database file in a folder of its own, both gone when the value is.
final class Scratch: Sendable {
    let folder: URL
    var path: String { folder.appending(path: "postern.db").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "postern-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func store(_ mode: Store.Mode = .write, _ options: Store.Options = Store.Options()) throws -> Store {
        try Store(path: path, mode: mode, options: options)
    }
}

/// Values that tests build on; the clock stands at 2026-11-20 12:00 UTC.
enum Sample {
    static let noon = Date(timeIntervalSince1970: 1_795_176_000)

    static let registry = """
        {"type":"authority","id":"CA-HR","role":"FMSCA","code":"FMSCA-HR","name":"Ministarstvo poljoprivrede","country":"HR","mailbox":"flegt@mps.example"}
        {"type":"authority","id":"CA-SI","role":"FMSCA","code":"FMSCA-SI","name":"Ministrstvo za kmetijstvo","country":"SI","mailbox":"flegt@mkg.example"}
        {"type":"authority","id":"CO-HR","role":"CO","code":"HR000101","name":"Carinski ured Zagreb","country":"HR"}
        {"type":"operator","id":"OP-1","name":"Drvo d.o.o.","country":"HR","activities":["imported-timber-products"],"identifiers":[{"scheme":"EORI","value":"HR12345678901"}]}
        {"type":"operator","id":"OP-2","name":"Drvo Sjever d.o.o.","country":"HR"}
        {"type":"account","id":"A-1","firstName":"Željko","lastName":"Šarić","mailbox":"zeljko@drvo.example","language":"hr","state":"active"}
        {"type":"account","id":"A-2","firstName":"Ana","lastName":"Horvat","mailbox":"ana@mps.example","formerMailboxes":["ana@old.example"]}
        {"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","actingAs":"importer","additional":false,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}
        {"type":"request","id":"R-2","account":"A-2","kind":"customs-office","authority":"CO-HR","additional":true,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}
        {"type":"role","account":"A-2","role":"FMSCA","authority":"CA-HR","status":"granted"}
        {"type":"eori","number":"HR12345678901","validFrom":"2020-01-01","validTo":null}
        {"type":"eori","number":"DE1234567","validFrom":"2020-01-01"}
        {"type":"mandate","account":"A-2","economicOperator":"HR12345678901","profile":"administrative","representative":"DE1234567"}
        {"type":"delegation","economicOperator":"HR12345678901","representative":"DE1234567","level":1,"kind":"direct","scope":"full","validFrom":"2026-01-01","validTo":null}

        """

    static func store(_ scratch: Scratch) async throws -> Store {
        let store = try scratch.store()
        let summary = try await store.importRegistry(text: registry, actor: "test", at: noon)
        try #require(summary.taken)
        return store
    }

    static func cursor(_ next: UInt32, validity: UInt32 = 7) throws -> MailboxCursor {
        MailboxCursor(validity: UIDValidity(validity), next: try #require(UID(next)))
    }

    /// A mail whose bytes follow from `text`.
    static func mail(_ uid: UInt32, _ text: String) throws -> FetchedMail {
        let bytes = Array("Subject: \(text)\r\n\r\n\(text)\r\n".utf8)
        let listing = MailboxListing(uid: try #require(UID(uid)), size: bytes.count, receivedAt: noon)
        return FetchedMail(listing: listing, raw: RawMail(bytes: bytes, receivedAt: noon))
    }

    /// Stores mails "1", "2", … and returns their numbers in the journal.
    @discardableResult
    static func deliver(_ count: UInt32, to store: Store) async throws -> [JournalID] {
        let mails = try (1...count).map { try mail($0, String($0)) }
        _ = try await store.store(mails, in: "INBOX", cursor: cursor(count + 1), at: noon)
        return try await store.claimUndecided(limit: Int(count), bytes: .max).map(\.id)
    }

    static func reply(_ id: String, to recipient: String = "zeljko@drvo.example") throws -> OutboundMail {
        OutboundMail(
            messageID: try #require(MessageID("\(id)@postern.example")), envelopeFrom: nil,
            recipients: [try #require(EmailAddress(recipient))], bytes: Array("Message-ID: \(id)\r\n\r\nHello\r\n".utf8)
        )
    }

    static func ruling(
        _ entry: JournalID, _ verdict: Verdict = .incomplete, request: String? = "R-1",
        transition: Transition? = nil, sender: String = "zeljko@drvo.example",
        authentication: SenderFinding.Authentication = .pass, facts: EarlierFacts = EarlierFacts(),
        reply: OutboundMail? = nil, references: [String] = []
    ) -> Ruling {
        Ruling(
            entry: entry,
            decision: Decision(
                verdict: verdict, reason: "cc.missing",
                findings: [Finding(.cc, .fail, reason: "cc.missing", seen: ["\"a\""], wanted: ["flegt@mps.example"])],
                request: request.map { RoleRequestID($0) }, transition: transition,
                sender: SenderFinding(address: EmailAddress(sender), authentication: authentication), language: "hr",
                profile: .submission, facts: facts,
                reply: EmailAddress(sender).map { sender in
                    .stranger(
                        .init(
                            recipient: sender,
                            answering: AnsweredMail(references: references.compactMap { MessageID($0) })))
                }),
            messageID: MessageID("m\(entry)@drvo.example"), subject: "Mail \(entry)", reply: reply)
    }

    static let confirm = Transition(request: RoleRequestID("R-1"), from: [.requested, .prepared], to: .confirmed)
}

extension Store {
    func allMessages(_ filter: MessageFilter = MessageFilter()) async throws -> [MessageRow] {
        var rows: [MessageRow] = []
        try await messages(filter) { rows += $0 }
        return rows
    }

    func allReplies(_ state: OutboxState? = nil) async throws -> [OutboxRow] {
        var rows: [OutboxRow] = []
        try await outbox(state: state) { rows += $0 }
        return rows
    }

    func allAudit() async throws -> [AuditRow] {
        var rows: [AuditRow] = []
        try await auditTrail { rows += $0 }
        return rows
    }

    func status(of request: String) async throws -> RoleRequest.Status? {
        guard case .request(let it)? = try await entry(.request, request)?.entry else { return nil }
        return it.status
    }
}
