import Foundation
import Judging
import Mail
import Registry
import Replies
import Service

/// Writes the mails that answer nobody: of commands, and of the clock.
struct Notifier: NoticeComposer {
    let renderer: ReplyRenderer
    let procedures: [Procedure]
    let proofs: ProofCodes
    /// Whether notices about a request go to the competent authority in Cc.
    let copiesAuthority: Bool

    func notice(
        _ event: Notice.Event, about request: RoleRequest, in view: RegistryView, note: String?, lastDay: Day?,
        at now: Date
    ) throws -> QueuedNotice? {
        // Nobody has proven yet that the mailbox of an unvalidated account is its owner's.
        guard let account = view.accounts.first(where: { $0.id == request.account }), account.state != .unvalidated
        else { return nil }
        var told = request
        if let move = event.move {
            told.status = move.to
            told.round += 1
        }
        var notice = Notice(event, account: account, request: summary(of: told, account: account, in: view, at: now))
        notice.authorityMailboxes = mailboxesToCopy(for: request, in: view, at: now)
        // The reference is for the owner of the mailbox alone.
        let holdsReference = told.status.isPending
        notice.copies = copiesAuthority && !holdsReference ? authorityMailboxes(of: request, in: view, at: now) : []
        notice.note = note
        notice.lastDay = lastDay
        // A request has one such notice a round.
        let seed = "notice|\(event.rawValue)|\(request.id)|\(told.round)"
        return QueuedNotice(
            try renderer.compose(notice, seed: seed, at: now), kind: "notice.\(event.rawValue)",
            about: "request \(request.id)")
    }

    /// The mail that asks the owner of an account's mailbox to answer with a code. Each is another mail.
    func validation(of account: Account, at now: Date) throws -> QueuedNotice {
        let code = proofs.code(validating: account, on: Day(of: now))
        var notice = Notice(.validation, account: account)
        notice.code = code.text
        notice.lastDay = code.goodUntil
        return QueuedNotice(
            try renderer.compose(notice, seed: "notice|validation|\(account.id)|\(now.timeIntervalSince1970)", at: now),
            kind: "notice.validation", about: "account \(account.id)")
    }

    /// The mail that the request's owner has to send, as a link.
    func preparedMail(for request: RoleRequest, in view: RegistryView, at now: Date) -> MailtoLink? {
        guard let account = view.accounts.first(where: { $0.id == request.account }) else { return nil }
        return renderer.preparedMail(
            for: summary(of: request, account: account, in: view, at: now), account: account,
            authorityMailboxes: mailboxesToCopy(for: request, in: view, at: now))
    }

    /// A reference is given as long as there is something for it to bring about.
    private func summary(
        of request: RoleRequest, account: Account, in view: RegistryView, at now: Date
    ) -> RequestSummary {
        var summary = view.summary(of: request, by: procedure(for: request))
        if request.status.isPending, account.state == .active {
            summary.reference = proofs.code(for: request, mailbox: account.mailbox, on: Day(of: now)).text
        }
        return summary
    }

    func procedure(for request: RoleRequest) -> Procedure? { procedures.first { $0.kinds.contains(request.kind) } }

    /// For the prepared mail's Cc.
    private func mailboxesToCopy(for request: RoleRequest, in view: RegistryView, at now: Date) -> [EmailAddress] {
        procedure(for: request).map { view.mailboxesToCopy(for: request, by: $0, on: Day(of: now)) } ?? []
    }

    /// Of all authorities that govern the request.
    private func authorityMailboxes(of request: RoleRequest, in view: RegistryView, at now: Date) -> [EmailAddress] {
        procedure(for: request).map { procedure in
            view.governingAuthorities(of: request, by: procedure).flatMap { $0.officialMailboxes(on: Day(of: now)) }
        } ?? []
    }
}

extension Notice.Event {
    /// The change that the notice tells of, where it tells of one.
    var move: RequestMove? {
        switch self {
        case .validation, .reminder: nil
        case .granted: .grant
        case .refused: .refuse
        case .withdrawn: .withdraw
        case .reopened: .reopen
        case .expired: .expire
        }
    }
}
