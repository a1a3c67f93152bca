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
    func tools() throws -> DeskTools {
        let files = try JudgeAssembly.files(overlay: settings.configFolder)
        let renderer = try renderer(files)
        let judge = try JudgeAssembly.judge(
            files: files, procedures: settings.procedures, trust: settings.trust,
            support: SupportIdentity(
                addresses: settings.support.addresses, messageIDDomain: settings.replies.messageIDDomain),
            isOwnMessageID: renderer.messageIDs.isOwn)
        return DeskTools(
            judge: judge, composer: renderer,
            limits: ReplyLimits(
                sameVerdictPerDay: settings.replies.sameOutcomePerDay, perDay: settings.replies.perDay))
    }

    var folders: Folders {
        Folders(
            processed: settings.mailbox.folders.processed, held: settings.mailbox.folders.held,
            ignored: settings.mailbox.folders.ignored)
    }

    private func renderer(_ files: ConfigFiles) throws -> ReplyRenderer {
        let wordings = try files.names(in: "wording").map { try files.decode(Wording.self, from: $0) }
        let templates = ReplyTemplates(
            text: try files.text("templates/reply.txt.mustache"), html: try files.text("templates/reply.html.mustache"))
        return try ReplyRenderer(
            settings: ReplySettings(
                supportAddress: settings.support.addresses[0], supportAddresses: settings.support.addresses,
                displayName: settings.support.displayName, envelopeFrom: settings.submission.envelopeFrom,
                messageIDDomain: settings.replies.messageIDDomain,
                hmacKey: try InstallationKey.read(beside: settings.store)),
            wordings: wordings, templates: templates)
    }

    private func credential(_ login: Settings.Login) throws -> Credential {
        switch login {
        case .password(let file): .password(try file.read().reveal())
        case .token(let command): .token { try await TokenCommand.run(command) }
        }
    }
}
