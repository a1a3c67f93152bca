import CurlTransport
import Defaults
import Foundation
import Judging
import Mail
import MailParsing
import Replies
import SenderTrust
import Service
import Store

/// Makes the parts of the daemon out of the settings, and is the only place that knows them all.
struct Assembly {
    let settings: Settings

    /// The support mailbox.
    func connector() throws -> IMAPConnector {
        let mailbox = settings.mailbox
        var imap = try IMAPSettings(
            url: mailbox.url.text, user: mailbox.user, credential: try credential(mailbox.login),
            allowPlaintext: settings.allowsPlaintext)
        imap.caFile = mailbox.caFile
        imap.sizeLimit = settings.limits.size
        imap.usesIdle = mailbox.watch == .idle
        imap.pollInterval = mailbox.pollInterval
        return IMAPConnector(settings: imap)
    }

    /// The way out for replies.
    func submission() throws -> SMTPSubmission {
        let submission = settings.submission
        var smtp = try SMTPSettings(
            url: submission.url.text, user: submission.user,
            credential: try submission.login.map { try credential($0) }, allowPlaintext: settings.allowsPlaintext)
        smtp.caFile = submission.caFile
        smtp.connections = submission.connections
        return SMTPSubmission(settings: smtp)
    }

    func store(checked: Bool) throws -> Store {
        var options = Store.Options()
        options.quickCheck = checked
        return try Store(path: settings.store, options: options)
    }

    func parser() -> Parser { Parser(gmime: GMimeParser(limits: settings.limits)) }

    /// Judge, wording and limits: what may change while the daemon runs.
    func tools() throws -> (desk: DeskTools, caretaker: Caretaker.Tools) {
        let files = try JudgeAssembly.files(overlay: settings.configFolder)
        let notifier = try NotifierAssembly(
            support: settings.support, replies: settings.replies, codes: settings.codes, requests: settings.requests,
            envelopeFrom: settings.submission.envelopeFrom, store: settings.store, procedures: settings.procedures
        ).notifier(files)
        let renderer = notifier.renderer
        let judge = try JudgeAssembly.judge(
            files: files, procedures: settings.procedures, trust: settings.trust,
            support: SupportIdentity(
                addresses: settings.support.addresses, messageIDDomain: settings.replies.messageIDDomain),
            proofs: notifier.proofs, requiresReference: settings.codes.isRequired,
            isOwnMessageID: renderer.messageIDs.isOwn)
        let desk = DeskTools(
            judge: judge, composer: renderer, limits: settings.replies.limits)
        let limits = WaitingLimits(
            expireDays: settings.requests.expireDays, remindDays: settings.requests.remindDays)
        return (desk, Caretaker.Tools(limits: limits, composer: notifier))
    }

    var folders: Folders {
        Folders(
            processed: settings.mailbox.folders.processed, held: settings.mailbox.folders.held,
            ignored: settings.mailbox.folders.ignored)
    }

    private func credential(_ login: Settings.Login) throws -> Credential {
        switch login {
        case .password(let file): .password(try file.read().reveal())
        case .token(let command): .token { try await TokenCommand.run(command) }
        }
    }
}
