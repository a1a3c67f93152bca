import Foundation
import Judging
import Mail
import Registry
import Store
import Testing

/// What operators do to held mail: each is one transaction on what they looked at.
struct HeldTests {
    private let scratch: Scratch
    private let store: Store
    private let act = OperatorAct(actor: "user:eva", note: "rang her up")
    private let ana: EmailAddress

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
        ana = try #require(EmailAddress("zeljko@drvo.example"))
    }

    /// A mail of this verdict, with its number.
    private func mail(
        _ verdict: Verdict = .held, _ authentication: SenderFinding.Authentication = .none,
        reason: Reason = "authentication.missing"
    ) async throws -> JournalID {
        let id = try #require(try await Sample.deliver(1, to: store).first)
        let decision = Decision(
            verdict: verdict, reason: reason, sender: SenderFinding(address: ana, authentication: authentication))
        let ruling = Ruling(entry: id, decision: decision, messageID: nil, subject: "", reply: nil)
        #expect(try await store.record([ruling], at: Sample.noon).isEmpty)
        return id
    }

    private func claim() async throws -> [JournalEntry] { try await store.claimUndecided(limit: 10, bytes: .max) }

    private func refusal(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch { return (error as? StoreFault).map { "\($0.kind): \($0.reason)" } ?? "\(error)" }
    }

    @Test func `a vouch goes with the mail to its next judging and no further`() async throws {
        let id = try await mail()
        try await store.release(id, round: 0, vouch: Vouch(sender: ana), by: act, at: Sample.noon)
        let claimed = try await claim()
        #expect(claimed.map(\.vouch) == [Vouch(sender: ana)])
        #expect(claimed.map(\.round) == [1])
        // Overtaken: judged again in the same round, by the same word.
        #expect(try await claim().map(\.vouch) == [Vouch(sender: ana)])
        let finding = SenderFinding(address: ana, authentication: .none, isVouchedFor: true)
        let decision = Decision(
            verdict: .accepted, reason: "ok", request: RoleRequestID("R-1"), transition: Sample.confirm,
            sender: finding,
            facts: EarlierFacts(kind: true, firstName: true, lastName: true, organisation: true))
        let ruling = Ruling(
            entry: id, decision: decision, messageID: MessageID("m1@drvo.example"), subject: "", reply: nil, round: 1)
        #expect(try await store.record([ruling], at: Sample.noon).isEmpty)
        #expect(try await store.status(of: "R-1") == .confirmed)
        let row = try #require(try await store.message(id)).row
        #expect(row.authentication == "none")
        #expect(row.verifiedBy == "user:eva")
        let word = try #require(try await store.operatorWords(about: id).first)
        #expect(word.action == .verified)
        #expect(word.sender == "zeljko@drvo.example")
        #expect(word.note == "rang her up")
        #expect(word.usedAt == Sample.noon)
        // What was said in it helps no later mail.
        let answered = try #require(MessageID("m1@drvo.example"))
        let views = try await store.views(for: [ViewKey(sender: ana, answers: [answered])], at: Sample.noon)
        let view = try #require(views.first)
        #expect((view.registry.thread?.earlier ?? EarlierFacts()) == EarlierFacts())

        // Used once: nor does it count if somebody meddles with the row of the mail.
        try RawDatabase(scratch.path).execute("UPDATE journal SET verdict = NULL")
        #expect(try await claim().map(\.vouch) == [nil])
        try RawDatabase(scratch.path).execute("UPDATE journal SET verdict = 'accepted'")
        try await store.replay(id, actor: "user:eva", at: Sample.noon)
        #expect(try await claim().map(\.vouch) == [nil])
        let audit = try await store.allAudit().filter { $0.subject == "message \(id)" }.map(\.action)
        #expect(audit == ["mail.decided", "mail.verified", "mail.decided", "mail.replayed"])
    }

    @Test func `a vouch is good for the very bytes that it was given for`() async throws {
        let id = try await mail()
        try await store.release(id, round: 0, vouch: Vouch(sender: ana), by: act, at: Sample.noon)
        try RawDatabase(scratch.path).execute("UPDATE journal_mail SET bytes = x'0d0a'")
        #expect(try await claim().map(\.vouch) == [nil])
    }

    /// Verdict, authentication, reason; whether it can be released, released as verified, and closed.
    static let states: [(Verdict, SenderFinding.Authentication, Reason, Bool, Bool, Bool)] = [
        (.held, .none, "authentication.missing", true, true, true),
        (.held, .pass, "limit.replies", true, false, true),
        (.held, .none, "poison", true, true, true),
        (.refused, .fail, "authentication.dmarc-fail", false, true, false),
        (.refused, .none, "operator.refused", false, false, false),
        (.accepted, .pass, "ok", false, false, false),
        (.ignored, .none, "automatic.list", false, false, false),
        (.incomplete, .pass, "cc.missing", false, false, false),
    ]

    @Test(arguments: states)
    func `only what waits for a person is decided by one`(
        verdict: Verdict, authentication: SenderFinding.Authentication, reason: Reason, releases: Bool, verifies: Bool,
        closes: Bool
    ) async throws {
        let id = try await mail(verdict, authentication, reason: reason)
        func stays() async throws -> Bool { try await store.message(id)?.row.round == 0 }
        if !releases {
            #expect(await refusal { try await store.release(id, round: 0, by: act, at: Sample.noon) } != nil)
        }
        if !verifies {
            #expect(
                await refusal {
                    try await store.release(id, round: 0, vouch: Vouch(sender: ana), by: act, at: Sample.noon)
                } != nil)
        }
        if !closes {
            for verdict in [Verdict.refused, .ignored] {
                #expect(
                    await refusal { try await store.decide(id, round: 0, as: verdict, by: act, at: Sample.noon) } != nil
                )
            }
        }
        #expect(try await stays())
        #expect(try await store.operatorWords(about: id).isEmpty)
        if closes {
            try await store.decide(id, round: 0, as: .refused, by: act, at: Sample.noon)
        } else if verifies {
            try await store.release(id, round: 0, vouch: Vouch(sender: ana), by: act, at: Sample.noon)
        }
        #expect(try await stays() == !(closes || verifies))
    }

    @Test func `a mail without a verdict can be put aside, and a ruling made before comes too late`() async throws {
        let id = try #require(try await Sample.deliver(1, to: store).first)
        try await store.decide(id, round: 0, as: .ignored, by: act, at: Sample.noon)
        let late = Sample.ruling(id, .accepted, transition: Sample.confirm)
        #expect(try await store.record([late], at: Sample.noon).isEmpty)
        let row = try #require(try await store.message(id)).row
        #expect(row.verdict == .ignored)
        #expect(row.reason == "operator.ignored")
        #expect(try await store.status(of: "R-1") == .requested)
    }

    @Test func `a ruling of an earlier round counts for nothing`() async throws {
        let id = try await mail()
        try await store.release(id, round: 0, vouch: Vouch(sender: ana), by: act, at: Sample.noon)
        _ = try await claim()
        try await store.decide(id, round: 1, as: .refused, by: act, at: Sample.noon)
        try await store.replay(id, actor: "user:eva", at: Sample.noon)
        let decision = Decision(
            verdict: .accepted, reason: "ok", transition: Sample.confirm,
            sender: SenderFinding(address: ana, authentication: .none, isVouchedFor: true))
        let late = Ruling(entry: id, decision: decision, messageID: nil, subject: "", reply: nil, round: 1)
        #expect(try await store.record([late], at: Sample.noon).isEmpty)
        #expect(try await store.message(id)?.row.verdict == nil)
        #expect(try await store.status(of: "R-1") == .requested)
    }

    @Test func `the second operator learns what the first did`() async throws {
        let id = try await mail()
        let eva = OperatorAct(actor: "user:eva", note: "forged")
        let ben = OperatorAct(actor: "user:ben")
        try await store.decide(id, round: 0, as: .refused, by: eva, at: Sample.noon)
        let told = "refused: mail \(id) was refused by user:eva meanwhile"
        #expect(await refusal { try await store.release(id, round: 0, by: ben, at: Sample.noon) } == told)
        #expect(
            await refusal { try await store.decide(id, round: 0, as: .ignored, by: ben, at: Sample.noon) } == told)
        let after = "refused: mail \(id) is 'refused' (operator.refused), not held"
        #expect(await refusal { try await store.release(id, round: 1, by: ben, at: Sample.noon) } == after)
        #expect(try await store.operatorWords(about: id).map(\.actor) == ["user:eva"])
    }

    @Test func `what an operator decided is shown on the server as something new`() async throws {
        let id = try await mail()
        try await store.markSettled([id])
        try await store.decide(id, round: 0, as: .refused, by: act, at: Sample.noon)
        let unsettled = try await store.unsettled(in: "INBOX", validity: UIDValidity(7), limit: 10)
        #expect(unsettled.map(\.verdict) == [.refused])
        #expect(unsettled.map(\.isAgain) == [true])
    }

    // MARK: Prepared decisions

    private func draft(_ subject: String, round: Int = 0, by person: String = "eva") -> DecisionDraft {
        DecisionDraft(
            subject: subject, round: round, command: #"{"command":"messages refuse","id":1}"#, note: "forged",
            actor: "user:\(person)", person: person)
    }

    private func open() async throws -> [PreparedDecision] {
        var found: [PreparedDecision] = []
        try await store.decisions { found += $0 }
        return found
    }

    @Test func `a submitted decision ends with what it does, and the audit trail names both`() async throws {
        let id = try await mail()
        let prepared = try await store.prepare(draft("message \(id)"), at: Sample.noon)
        #expect(try await store.message(id)?.row.verdict == .held)
        #expect(try await open().map(\.id) == [prepared])
        let submit = OperatorAct(actor: "user:ben", note: "forged", prepared: prepared)
        try await store.decide(id, round: 0, as: .refused, by: submit, at: Sample.noon)
        #expect(try await open().isEmpty)
        let decision = try #require(try await store.decision(prepared))
        #expect(decision.outcome == .submitted)
        #expect(decision.endedBy == "user:ben")
        #expect(try await store.operatorWords(about: id).map(\.preparedBy) == ["user:eva"])
        let audit = try #require(try await store.allAudit().last)
        #expect(audit.actor == "user:ben")
        #expect(audit.action == "mail.refused")
        #expect(audit.detail == #"{"decision":1,"preparedBy":"user:eva","note":"forged"}"#)
    }

    @Test func `a decision that fails stays open, and one that ended is carried out by nothing more`() async throws {
        let id = try await mail()
        let prepared = try await store.prepare(draft("message \(id)"), at: Sample.noon)
        let submit = OperatorAct(actor: "user:ben", prepared: prepared)
        // It is about another mail.
        #expect(
            await refusal { try await store.decide(id, round: 9, as: .refused, by: submit, at: Sample.noon) } != nil)
        #expect(try await open().map(\.id) == [prepared])
        try await store.drop(prepared, actor: "user:eva", note: nil, at: Sample.noon)
        #expect(
            await refusal { try await store.decide(id, round: 0, as: .refused, by: submit, at: Sample.noon) }
                == "refused: decision 1 is dropped already, by user:eva")
        #expect(
            await refusal { try await store.drop(prepared, actor: "user:ben", note: nil, at: Sample.noon) }
                == "refused: decision 1 is dropped already, by user:eva")
        #expect(try await store.message(id)?.row.verdict == .held)
        #expect(
            await refusal { try await store.drop(PreparedID(7), actor: "user:ben", note: nil, at: Sample.noon) }
                == "refused: there is no decision 7")
    }

    @Test func `a decision carries out what it is about and nothing else`() async throws {
        let id = try await mail()
        let prepared = try await store.prepare(draft("message 99"), at: Sample.noon)
        let submit = OperatorAct(actor: "user:ben", prepared: prepared)
        #expect(
            await refusal { try await store.decide(id, round: 0, as: .refused, by: submit, at: Sample.noon) }
                == "refused: decision 1 is about message 99")
        #expect(try await store.message(id)?.row.verdict == .held)
        let change = RequestChange(.withdraw, of: RoleRequestID("R-1"), prepared: prepared)
        #expect(await refusal { try await store.change(change, actor: "user:ben", at: Sample.noon) } != nil)
        #expect(try await store.status(of: "R-1") == .requested)
    }

    @Test func `a request is moved by a prepared decision once`() async throws {
        let prepared = try await store.prepare(draft("request R-1"), at: Sample.noon)
        let change = RequestChange(.refuse, of: RoleRequestID("R-1"), note: "no", prepared: prepared)
        try await store.change(change, actor: "user:ben", at: Sample.noon)
        #expect(try await store.status(of: "R-1") == .refused)
        let audit = try #require(try await store.allAudit().last)
        #expect(audit.detail == #"{"status":"refused","decision":1,"preparedBy":"user:eva","note":"no"}"#)
    }

    @Test func `about one thing only one decision is open`() async throws {
        _ = try await store.prepare(draft("message 1"), at: Sample.noon)
        #expect(
            await refusal { _ = try await store.prepare(draft("message 1", by: "ben"), at: Sample.noon) }
                == "refused: decision 1 about message 1, prepared by user:eva, is open")
        _ = try await store.prepare(draft("message 2", by: "ben"), at: Sample.noon)
        #expect(try await open().map(\.subject) == ["message 1", "message 2"])
    }
}
