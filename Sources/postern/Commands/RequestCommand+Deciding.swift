import ArgumentParser
import Foundation
import Judging
import Registry
import Store

extension RequestCommand {
    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Grant a confirmed request: the account has the role from now on, and its owner is told.")

        @OptionGroup var decision: DecisionOptions

        func run() async throws { try await decision.carryOut(.grant) }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse an open request; its owner is told.")

        @OptionGroup var decision: DecisionOptions

        func run() async throws { try await decision.carryOut(.refuse) }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraw an open request for its owner, who is told.")

        @OptionGroup var decision: DecisionOptions

        func run() async throws { try await decision.carryOut(.withdraw) }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Reopen a request that was refused, withdrawn or has expired; its owner is sent the mail to write.")

        @OptionGroup var decision: DecisionOptions

        func run() async throws { try await decision.carryOut(.reopen) }
    }
}

/// What the decisions about a request have in common.
struct DecisionOptions: ParsableArguments {
    @OptionGroup var entry: EntryArgument

    @Option(help: "Why: stands in the mail to the applicant and in the audit trail.")
    var note: String?

    @Flag(help: "Send the applicant no mail.")
    var noMail = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    /// Grants and refuses go the way of decisions, which one person may prepare and another submit.
    func carryOut(_ move: RequestMove) async throws {
        let taking = DecisionTaking(settings: settings, format: format, note: note)
        if move == .grant || move == .refuse {
            return try await taking.take(.request(entry.id, move, sendsMail: !noMail))
        }
        try DecisionTaking.check(note: note)
        let store = try settings.store(.write)
        let moving = RequestMoving(settings: settings, id: entry.id, move: move, sendsMail: !noMail, note: note)
        let told = try await moving.ready(in: store, at: Date())
            .carryOut(OperatorAct(actor: settings.actor, note: note))
        try format.tell(told.words, told.json)
    }
}

/// A change of a request's status by a person, with its notice and, for a grant, its role.
struct RequestMoving {
    let settings: SettingsOptions
    let id: String
    let move: RequestMove
    let sendsMail: Bool
    let note: String?

    /// Looks at what speaks against it, and writes the notice.
    func ready(in store: Store, at now: Date) async throws -> ReadyDecision {
        let notifier = sendsMail ? try settings.notifier() : nil
        let known = try await KnownRequest(id, in: store, at: now)
        guard move.from.contains(known.request.status) else {
            throw CommandFailure(
                .unfulfilled,
                "request '\(id)' is '\(known.request.status.rawValue)'; \(move.rawValue) takes one that is "
                    + move.from.map(\.rawValue).joined(separator: " or "))
        }
        let procedure = try settings.procedures().first { $0.kinds.contains(known.request.kind) }
        let role = try move == .grant ? grantedRole(known, procedure) : nil
        if move == .reopen { try check(known, procedure) }
        let notice = try event.flatMap { event in
            try notifier?.notice(event, about: known.request, in: known.view, note: note, lastDay: nil, at: now)
        }
        let plan = DecisionPlan.request(known.request.id.text, move, sendsMail: sendsMail)
        return ReadyDecision(plan: plan, round: known.request.round) { act in
            try await store.change(
                RequestChange(
                    move, of: known.request.id, note: act.note, role: role, notice: notice, registry: known.registry,
                    prepared: act.prepared),
                actor: act.actor, at: now)
            return .init(
                words: "request \(id) is \(move.to.rawValue)"
                    + (notice == nil ? "; nobody is told by mail" : "; its owner is told by mail"),
                json: ["id": .string(id), "status": .string(move.to.rawValue), "notice": .bool(notice != nil)])
        }
    }

    /// What the owner is told.
    private var event: Notice.Event? {
        switch move {
        case .grant: .granted
        case .refuse: .refused
        case .withdraw: .withdrawn
        case .reopen: .reopened
        case .prepare, .confirm, .expire: nil
        }
    }

    /// The role that the request leads to, if nothing speaks against it by now.
    private func grantedRole(_ known: KnownRequest, _ procedure: Procedure?) throws(CommandFailure) -> RoleGrant {
        let request = known.request
        guard let procedure else {
            throw .unusable("no procedure in force is for '\(request.kind)', so nobody can say which role it leads to")
        }
        if let state = known.view.accounts.first?.state, state != .active {
            throw CommandFailure(.unfulfilled, "not granted: " + RequestObjection.accountNotActive(state).explanation)
        }
        if known.view.holdsOnlyRole(procedure, beside: request) {
            throw CommandFailure(
                .unfulfilled, "not granted: " + RequestObjection.onlyOneRole(procedure.role).explanation)
        }
        return RoleGrant(
            account: request.account, role: procedure.role, authority: request.authorityID,
            operatorID: request.operatorID, status: .granted)
    }

    /// What would speak against making it anew speaks against reopening it.
    private func check(_ known: KnownRequest, _ procedure: Procedure?) throws(CommandFailure) {
        guard let procedure else { return }
        let objections = known.view.objections(to: known.request, by: procedure)
        guard objections.isEmpty else {
            throw CommandFailure(.unfulfilled, "not reopened: " + objections.map(\.explanation).joined(separator: "; "))
        }
    }
}
