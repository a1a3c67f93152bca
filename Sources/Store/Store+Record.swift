package import Foundation
import GRDB
package import Judging
package import Mail
import Registry

extension Store {
    /// Writes verdicts, findings, transitions, outbox rows and audit rows, in one transaction. A ruling whose
    /// transition no longer applies is left out whole and returned: that mail must be judged again, and its attempt
    /// does not count. A ruling about a mail that was decided meanwhile is dropped.
    ///
    /// A reply whose Message-ID is in the outbox already is not queued a second time.
    package func record(_ rulings: [Ruling], at now: Date) async throws(StoreFault) -> [JournalID] {
        let cache = cache
        return try await write { db in
            // What the rulings rest on is the registry as the last view showed it, not as it is by now: facts judged on an
            // older one must not pass for judged on the newer.
            let registry = cache.changes
            let isOutdated = try registry.map { seen in
                try db.first("SELECT changes FROM registry_state") { $0[0] as Int64 } != seen
            }
            var leftOut: [JournalID] = []
            var allowance: ReplyAllowance?
            for ruling in rulings {
                let isUndecided = try db.exists(
                    "SELECT 1 FROM journal WHERE id = ? AND verdict IS NULL", [ruling.entry.number])
                guard isUndecided else { continue }
                // An account may have been disabled since, or a mandate have ended: what moves something is judged again.
                if isOutdated == true, ruling.decision.transition != nil || ruling.decision.activation != nil {
                    leftOut.append(ruling.entry)
                    try db.run(JournalSQL.giveBack, [ruling.entry.number])
                    continue
                }
                if let transition = ruling.decision.transition {
                    guard try Self.apply(transition, at: now, db) else {
                        leftOut.append(ruling.entry)
                        try db.run(JournalSQL.giveBack, [ruling.entry.number])
                        continue
                    }
                }
                if let bounced = ruling.decision.bounced {
                    guard try Self.mark(bounced, reportedBy: ruling.entry, at: now, db) else {
                        leftOut.append(ruling.entry)
                        try db.run(JournalSQL.giveBack, [ruling.entry.number])
                        continue
                    }
                }
                if let account = ruling.decision.activation {
                    guard
                        try db.run(
                            RequestSQL.activate,
                            [account.text, now.milliseconds, ruling.decision.sender.address?.key]) == 1
                    else {
                        leftOut.append(ruling.entry)
                        try db.run(JournalSQL.giveBack, [ruling.entry.number])
                        continue
                    }
                }
                try Self.write(ruling, registry: registry, at: now, db)
                allowance = ruling.allowance ?? allowance
            }
            if let allowance { try Self.write(allowance, db) }
            return leftOut
        }
    }

    /// Exactly one row in one of the statuses that the decision was made for.
    static func apply(_ transition: Transition, at now: Date, _ db: Database) throws -> Bool {
        for status in transition.from {
            let changed = try db.run(
                RequestSQL.move, [transition.to.rawValue, transition.request.text, status.rawValue, now.milliseconds])
            if changed == 1 { return true }
        }
        return false
    }

    private static func write(_ ruling: Ruling, registry: Int64?, at now: Date, _ db: Database) throws {
        let decision = ruling.decision
        let isProven = decision.sender.authentication == .pass
        try db.run(
            """
            UPDATE journal SET verdict = ?, reason = ?, request = ?, sender = ?, authentication = ?, message_id = ?,
                subject = ?, findings = ?, facts = ?, language = ?, profile = ?, decided_at = ?,
                thread = ?, registry = coalesce(?, (SELECT changes FROM registry_state))
            WHERE id = ?
            """,
            [
                decision.verdict.rawValue, decision.reason.code, decision.request?.text, decision.sender.address?.key,
                decision.sender.authentication.rawValue, ruling.messageID?.text, ruling.subject,
                JSONValue(decision.findings).text,
                // What somebody unproven said must never help a later mail.
                isProven ? decision.facts.bits : 0, decision.language, decision.profile?.rawValue, now.milliseconds,
                try ThreadReader.thread(of: ruling, db), registry, ruling.entry.number,
            ])
        if let reply = ruling.reply {
            try enqueue(reply, about: ruling.entry, decision, at: now, db)
        }
        var detail: [JSONValue.Member] = [
            JSONValue.Member("verdict", .string(decision.verdict.rawValue)),
            JSONValue.Member("reason", .string(decision.reason.code)),
        ]
        if let request = decision.request { detail.append(JSONValue.Member("request", .string(request.text))) }
        if let transition = decision.transition {
            detail.append(JSONValue.Member("status", .string(transition.to.rawValue)))
        }
        if let account = decision.activation { detail.append(JSONValue.Member("activated", .string(account.text))) }
        if let reply = ruling.reply { detail.append(JSONValue.Member("reply", .string(reply.messageID.text))) }
        if let bounced = decision.bounced {
            detail.append(JSONValue.Member("bounced", .string("reply \(bounced.reply)")))
        }
        try audit(
            actor: "postern", action: "mail.decided", subject: "message \(ruling.entry.number)", detail: detail,
            at: now, db)
    }

    private static func enqueue(
        _ mail: OutboundMail, about entry: JournalID, _ decision: Decision, at now: Date, _ db: Database
    ) throws {
        let queued = try db.run(
            """
            INSERT INTO outbox (journal, recipient, recipients, envelope_from, message_id, verdict, state,
                next_attempt_at, created_at)
            VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?) ON CONFLICT (message_id) DO NOTHING
            """,
            [
                entry.number, mail.recipients.first?.key ?? "", mail.recipients.map(\.text).joined(separator: " "),
                mail.envelopeFrom?.text, mail.messageID.text, decision.verdict.rawValue, now.milliseconds,
                now.milliseconds,
            ])
        guard queued == 1 else { return }
        if let request = decision.request { try noteMail(about: request.text, db) }
        try db.run("INSERT INTO outbox_mail VALUES (?, ?)", [db.lastInsertedRowID, Data(mail.bytes)])
    }

    /// One more row of the audit trail, in the caller's transaction.
    static func audit(
        actor: String, action: String, subject: String, detail: [JSONValue.Member], at now: Date, _ db: Database
    ) throws {
        try db.run(
            "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
            [now.milliseconds, actor, action, subject, JSONValue.object(detail).text])
    }
}

enum RequestSQL {
    /// An account that a mail proved to be its sender's becomes active: once.
    static let activate = """
        UPDATE account SET state = 'active', validated_at = ?2 WHERE id = ?1 AND state = 'unvalidated' AND mailbox = ?3
        """
    /// A request from status ?3 to ?1. Its reference is used up: each belongs to one round.
    static let move = """
        UPDATE request SET status = ?1, round = round + 1, since = ?4, reminded_at = NULL WHERE id = ?2 AND status = ?3
        """
}

extension JSONValue {
    /// The same shape as `Finding`'s own coding, written without a coder: it happens for every mail.
    init(_ findings: [Finding]) {
        self = .array(
            findings.map { finding in
                var members = [
                    Member("rule", .string(finding.rule.rawValue)),
                    Member("outcome", .string(finding.outcome.rawValue)),
                ]
                if let reason = finding.reason { members.append(Member("reason", .string(reason.code))) }
                members.append(Member("seen", .array(finding.seen.map(JSONValue.string))))
                members.append(Member("wanted", .array(finding.wanted.map(JSONValue.string))))
                return .object(members)
            })
    }
}

extension EarlierFacts {
    /// The column `facts`: 1 kind, 2 first name, 4 last name, 8 organisation.
    var bits: Int { (kind ? 1 : 0) | (firstName ? 2 : 0) | (lastName ? 4 : 0) | (organisation ? 8 : 0) }

    init(bits: Int) {
        self.init(
            kind: bits & 1 != 0, firstName: bits & 2 != 0, lastName: bits & 4 != 0, organisation: bits & 8 != 0)
    }
}
