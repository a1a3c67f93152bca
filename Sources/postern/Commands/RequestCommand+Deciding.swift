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

        func run() async throws { try await decision.carryOut(.grant, telling: .granted) }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse an open request; its owner is told.")

        @OptionGroup var decision: DecisionOptions

        func run() async throws { try await decision.carryOut(.refuse, telling: .refused) }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraw an open request for its owner, who is told.")

        @OptionGroup var decision: DecisionOptions

        func run() async throws { try await decision.carryOut(.withdraw, telling: .withdrawn) }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Reopen a request that was refused, withdrawn or has expired; its owner is sent the mail to write.")

        @OptionGroup var decision: DecisionOptions

        func run() async throws { try await decision.carryOut(.reopen, telling: .reopened) }
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

    func carryOut(_ move: RequestMove, telling event: Notice.Event) async throws {
        if let note, note != note.visible || note.utf8.count > 2_000 {
            throw CommandFailure.unusable("--note: must be one line of at most 2,000 bytes without control characters")
        }
        let notifier = noMail ? nil : try settings.notifier()
        let store = try settings.store(.write)
        let now = Date()
        let known = try await KnownRequest(entry.id, in: store, at: now)
        guard move.from.contains(known.request.status) else {
            throw CommandFailure(
                .unfulfilled,
                "request '\(entry.id)' is '\(known.request.status.rawValue)'; \(move.rawValue) takes one that is "
                    + move.from.map(\.rawValue).joined(separator: " or "))
        }
        let procedure = try settings.procedures().first { $0.kinds.contains(known.request.kind) }
        let role = try move == .grant ? grantedRole(known, procedure) : nil
        if move == .reopen { try check(known, procedure) }
        let notice = try notifier?.notice(
            event, about: known.request, in: known.view, note: note, lastDay: nil, at: now)
        try await store.change(
            RequestChange(
                move, of: known.request.id, note: note, role: role, notice: notice, registry: known.registry),
            actor: settings.actor, at: now)
        try format.tell(
            "request \(entry.id) is \(move.to.rawValue)"
                + (notice == nil ? "; nobody is told by mail" : "; its owner is told by mail"),
            ["id": .string(entry.id), "status": .string(move.to.rawValue), "notice": .bool(notice != nil)])
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
