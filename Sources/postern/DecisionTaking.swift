import Foundation
import Judging
import Mail
import MailParsing
import Registry
import Store

/// A decision with all that speaks against it looked at: only doing it is left.
struct ReadyDecision {
    /// The plan with everything in it that was left to be found out.
    let plan: DecisionPlan
    /// The round of the mail or the request that was looked at.
    let round: Int
    /// Does it in one transaction, which fails if what was looked at has changed.
    let carryOut: (OperatorAct) async throws -> Told

    /// What has been done, in words and as an object.
    struct Told {
        let words: String
        let json: JSON
    }
}

/// How decisions are taken: done at once, or written down for somebody with the submission profile.
struct DecisionTaking {
    let settings: SettingsOptions
    let format: FormatOptions
    let note: String?

    /// Takes a decision as far as whoever is at the keyboard may.
    func take(_ plan: DecisionPlan) async throws {
        try Self.check(note: note)
        let (store, mayOnlyPrepare) = try settings.storeForDeciding()
        let now = Date()
        let ready = try await ready(plan, in: store, at: now)
        guard mayOnlyPrepare else {
            let told = try await ready.carryOut(OperatorAct(actor: settings.actor, note: note))
            return try format.tell(told.words, told.json)
        }
        let id = try await store.prepare(
            DecisionDraft(
                subject: ready.plan.subject, round: ready.round, command: ready.plan.json.line, note: note,
                actor: settings.actor, person: settings.keyboard().person),
            at: now)
        try format.tell(
            "decision \(id) is prepared: \(ready.plan.words); it waits for somebody with the submission profile: "
                + "postern decision submit \(id)",
            ["decision": JSON(id.number), "state": "prepared", "does": ready.plan.json])
    }

    /// Carries out what somebody prepared, as if it were decided now: everything is looked at again.
    func submit(_ decision: PreparedDecision, in store: Store) async throws {
        guard let plan = DecisionPlan(stored: decision.command) else {
            throw CommandFailure.unusable("decision \(decision.id) is none that this version of Postern can carry out")
        }
        let ready = try await ready(plan, in: store, at: Date())
        guard ready.round == decision.round else {
            throw CommandFailure(
                .unfulfilled,
                "\(plan.subject) has moved on since decision \(decision.id) was prepared; look at it, then drop the decision"
            )
        }
        let told = try await ready.carryOut(
            OperatorAct(actor: settings.actor, note: decision.note, prepared: decision.id))
        try format.tell(told.words, told.json)
    }

    /// A note stands in mails and on terminals.
    static func check(note: String?) throws(CommandFailure) {
        guard let note, note != note.visible || note.utf8.count > 2_000 || note.isEmpty else { return }
        throw .unusable("--note: must be one line of at most 2,000 bytes without control characters")
    }

    /// Looks at everything that could speak against a decision.
    func ready(_ plan: DecisionPlan, in store: Store, at now: Date) async throws -> ReadyDecision {
        switch plan {
        case .release(let id):
            let row = try await mail(id, in: store)
            guard row.verdict == .held else { throw Self.notHeld(row) }
            return ReadyDecision(plan: plan, round: row.round) { act in
                try await store.release(id, round: row.round, by: act, at: now)
                return .init(
                    words: "mail \(id) waits to be judged again", json: ["id": JSON(id.number), "verdict": nil])
            }
        case .verify(let id, let sender):
            let row = try await mail(id, in: store)
            let vouched = try await vouchedSender(row, stated: sender, in: store, at: now)
            return ReadyDecision(plan: .verify(id, sender: vouched), round: row.round) { act in
                try await store.release(id, round: row.round, vouch: Vouch(sender: vouched), by: act, at: now)
                return .init(
                    words: "mail \(id) waits to be judged again, as verified from \(vouched)",
                    json: ["id": JSON(id.number), "verdict": nil, "verifiedSender": .string(vouched.text)])
            }
        case .close(let id, let verdict):
            let row = try await mail(id, in: store)
            guard row.verdict == .held || row.verdict == nil else { throw Self.notHeld(row) }
            return ReadyDecision(plan: plan, round: row.round) { act in
                try await store.decide(id, round: row.round, as: verdict, by: act, at: now)
                return .init(
                    words: "mail \(id) is \(verdict.rawValue); nobody is answered",
                    json: [
                        "id": JSON(id.number), "verdict": .string(verdict.rawValue),
                        "reason": .string("operator.\(verdict.rawValue)"),
                    ])
            }
        case .request(let id, let move, let sendsMail):
            let change = RequestMoving(settings: settings, id: id, move: move, sendsMail: sendsMail, note: note)
            return try await change.ready(in: store, at: now)
        }
    }

    private func mail(_ id: JournalID, in store: Store) async throws -> MessageRow {
        guard let detail = try await store.message(id) else { throw CommandFailure.unusable("there is no mail \(id)") }
        return detail.row
    }

    private static func notHeld(_ row: MessageRow) -> CommandFailure {
        .unusable("mail \(row.id) is '\(row.verdict?.rawValue ?? "undecided")', not held")
    }

    /// The mailbox that an operator may vouch for as the sender of a mail. Throws what speaks against it.
    private func vouchedSender(
        _ row: MessageRow, stated: EmailAddress?, in store: Store, at now: Date
    ) async throws -> EmailAddress {
        let failed = row.verdict == .refused && row.reason == "authentication.dmarc-fail"
        guard row.verdict == .held || failed else { throw Self.notHeld(row) }
        guard row.authentication != SenderFinding.Authentication.pass.rawValue else {
            throw CommandFailure.unusable(
                "the sender of mail \(row.id) is proven; release it without --as-verified, once its reason is mended")
        }
        guard let bytes = try await store.rawMail(row.id),
            let mail = try? GMimeParser(limits: settings.reader().limits()).parse(RawMail(bytes: bytes))
        else { throw CommandFailure.unusable("mail \(row.id) can't be read, so nobody can vouch for it") }
        let plain = mail.plainSender
        guard let sender = stated ?? plain else {
            throw CommandFailure.unusable(
                "From of mail \(row.id) is not plain: say with --sender whose mailbox it is, if it names only one")
        }
        if let objection = mail.objection(toVouchingFor: sender) {
            throw CommandFailure(
                .unfulfilled, "nobody can vouch that mail \(row.id) is from \(sender): \(objection.explanation)")
        }
        let view = try await store.views(for: [ViewKey(sender: sender, answers: [])], at: now).first?.registry
        guard view?.accounts.contains(where: { $0.mailbox == sender }) == true else {
            throw CommandFailure(
                .unfulfilled, "no account has the mailbox \(sender), so there is nothing to vouch for; answer by hand")
        }
        return sender
    }
}
