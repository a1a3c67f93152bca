import Defaults
import Foundation
import Judging
import Mail
import Registry

@testable import Replies

/// Values that many tests start from.
enum Sample {
    static let support = "sante-traces@ec.europa.example"

    static func address(_ text: String) throws -> EmailAddress {
        guard let address = EmailAddress(text) else { throw Missing(what: text) }
        return address
    }

    static func messageID(_ text: String) throws -> MessageID {
        guard let id = MessageID(text) else { throw Missing(what: text) }
        return id
    }

    struct Missing: Error { let what: String }

    static func settings() throws -> ReplySettings {
        ReplySettings(
            supportAddress: try address(support),
            supportAddresses: [try address(support), try address("traces-support@ec.europa.example")],
            displayName: "TRACES Support Team", messageIDDomain: "postern.example",
            hmacKey: Array("a key of this test, 32 bytes long".utf8))
    }

    static func templates() throws -> ReplyTemplates {
        let files = try ConfigFiles()
        return ReplyTemplates(
            text: try files.text("templates/reply.txt.mustache"), html: try files.text("templates/reply.html.mustache"))
    }

    /// Read once: YAML takes its time.
    private static let shipped = Result<[Wording], any Error> {
        let files = try ConfigFiles()
        return try files.names(in: "wording").map { try files.decode(Wording.self, from: $0) }
    }

    static func wordings() throws -> [Wording] { try shipped.get() }

    static func renderer(_ change: (inout ReplySettings) -> Void = { _ in }) throws -> ReplyRenderer {
        var settings = try settings()
        change(&settings)
        return try ReplyRenderer(settings: settings, wordings: try wordings(), templates: try templates())
    }

    /// 2026-11-21 09:05:07 UTC, a Saturday.
    static let now = Date(timeIntervalSince1970: 1_795_251_907)

    static func account(
        firstName: String = "Željko", lastName: String = "Šarić", mailbox: String = "zeljko@drvo.example"
    ) throws -> Account {
        Account(id: AccountID("A-1"), firstName: firstName, lastName: lastName, mailbox: try address(mailbox))
    }

    static func request(
        _ id: String = "R-1", kind: String = "importer", actingAs: RoleRequest.ActingAs = .importer,
        additional: Bool = false, status: RoleRequest.Status = .requested,
        organisation: String = "Drvo Sjever d.o.o."
    ) -> RequestSummary {
        RequestSummary(
            id: RoleRequestID(id), kind: RoleRequest.Kind(kind), actingAs: actingAs, additional: additional,
            status: status, organisation: organisation)
    }

    static func plan(
        account: Account?, requests: [RequestSummary]? = nil, authorities: [String] = ["flegt@mps.example"],
        inReplyTo: String? = "mail-1@drvo.example", references: [String] = [], subject: String = "Role request"
    ) throws -> ReplyPlan {
        let answered = AnsweredMail(
            messageID: try inReplyTo.map(messageID), references: try references.map(messageID), subject: subject)
        guard let account else {
            return .stranger(.init(recipient: try address("zeljko@drvo.example"), answering: answered))
        }
        return .person(
            .init(
                account: account, requests: requests ?? [request()],
                authorityMailboxes: try authorities.map(address), answering: answered))
    }

    static func decision(
        _ verdict: Verdict, _ reason: Reason = "ok", findings: [Finding] = [], plan: ReplyPlan?,
        language: String = "en",
        request: String? = "R-1", transition: Transition? = nil
    ) throws -> Decision {
        Decision(
            verdict: verdict, reason: reason, findings: findings, request: request.map { RoleRequestID($0) },
            transition: transition,
            sender: SenderFinding(address: try address("zeljko@drvo.example"), authentication: .pass),
            language: language, reply: plan)
    }

    static let allPassed = Procedure.Rule.allCases.map { Finding($0, .pass) }

    static func accepted(_ plan: ReplyPlan? = nil) throws -> Decision {
        try decision(
            .accepted, findings: allPassed, plan: try plan ?? Sample.plan(account: account()),
            transition: Transition(request: RoleRequestID("R-1"), from: [.requested, .prepared], to: .confirmed))
    }

    /// The authority in To instead of Cc, a misspelt last name, everything else right.
    static func incomplete(_ plan: ReplyPlan? = nil, language: String = "en") throws -> Decision {
        try decision(
            .incomplete, "cc.authority-in-to",
            findings: [
                Finding(.from, .pass), Finding(.to, .pass),
                Finding(
                    .cc, .fail, reason: "cc.authority-in-to", seen: ["boss@drvo.example"], wanted: ["flegt@mps.example"]
                ),
                Finding(.kind, .pass),
                Finding(
                    .names, .fail, reason: "names.last-name-near", seen: ["Sarič"],
                    wanted: ["Željko", "Šarić", "Drvo Sjever d.o.o."]),
            ], plan: try plan ?? Sample.plan(account: account()), language: language)
    }
}
