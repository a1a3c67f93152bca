import CurlTransport
import Foundation
import Mail

extension Doctor {
    /// Logs in to the mailbox and looks at what the server can do. Makes folders that are missing, as the daemon would.
    func mailbox(_ settings: Settings) async -> [DoctorFinding] {
        let address = "\(settings.mailbox.url.text) as \(settings.mailbox.user)"
        let session: IMAPSession
        do {
            session = try await Assembly(settings: settings).connector().connect()
        } catch {
            return [DoctorFinding("mailbox login", error)]
        }
        var findings = [DoctorFinding("mailbox login", .ok, address)]
        do {
            let inspection = try await session.inspect()
            findings.append(
                DoctorFinding(
                    "mailbox", .ok, "\(inspection.status.exists) mails, UIDVALIDITY \(inspection.status.validity)"))
            findings += Self.capabilities(inspection, settings.mailbox)
            for folder in settings.mailbox.folders.named {
                findings.append(await Self.folder(folder, in: session, known: inspection.folders))
            }
            findings += try await newestMails(settings, session, known: inspection.folders)
            findings += inspection.alerts.map { DoctorFinding("mailbox alert", .warning, $0) }
        } catch {
            findings.append(DoctorFinding("mailbox", error))
        }
        await session.close()
        return findings
    }

    /// Looks at the newest mails of the inbox, and where those are few, at those that the daemon has moved.
    private func newestMails(
        _ settings: Settings, _ session: IMAPSession, known: [MailFolder]
    ) async throws -> [DoctorFinding] {
        var headers = try await session.newestHeaders(NewestMails.count)
        let processed = settings.mailbox.folders.processed
        if headers.count < NewestMails.count, known.contains(where: { $0.name == processed && $0.canHoldMail }) {
            var imap = try Assembly(settings: settings).connector().settings
            imap.mailbox = processed
            let moved = try await IMAPConnector(settings: imap).connect()
            headers = try await moved.newestHeaders(NewestMails.count - headers.count) + headers
            await moved.close()
        }
        return NewestMails(headers, trust: settings.trust).findings
    }

    private static func capabilities(_ inspection: MailboxInspection, _ mailbox: Settings.Mailbox) -> [DoctorFinding] {
        let has = [("MOVE", inspection.hasMove), ("UIDPLUS", inspection.hasUIDPlus), ("IDLE", inspection.hasIdle)]
            .map { $0.1 ? $0.0 : "no \($0.0)" }.joined(separator: ", ")
        var findings: [DoctorFinding] = []
        if !inspection.hasMove, !inspection.hasUIDPlus, !mailbox.folders.named.isEmpty {
            findings.append(
                DoctorFinding(
                    "capabilities", .failed, "\(has): mails can't be moved safely",
                    hint: "leave mailbox.folders empty, so that mails are marked where they lie"))
        } else if !inspection.hasIdle, mailbox.watch == .idle {
            findings.append(
                DoctorFinding(
                    "capabilities", .warning, "\(has): the mailbox is looked into every \(mailbox.pollInterval)",
                    hint: "set mailbox.watch to poll"))
        } else {
            findings.append(DoctorFinding("capabilities", .ok, has))
        }
        if mailbox.folders.leavesMail, !inspection.keepsKeywords {
            findings.append(
                DoctorFinding(
                    "keywords", .failed, "the mailbox keeps no keywords, but mails are to stay in it",
                    hint: "name a folder for each of mailbox.folders"))
        }
        return findings
    }

    private static func folder(
        _ name: String, in session: IMAPSession, known: [MailFolder]
    ) async -> DoctorFinding {
        if let folder = known.first(where: { $0.name == name }) {
            return folder.canHoldMail
                ? DoctorFinding("folder", .ok, name)
                : DoctorFinding("folder", .failed, "'\(name)' can't hold mail", hint: "name another in mailbox.folders")
        }
        do {
            try await session.ensureFolder(name)
            return DoctorFinding("folder", .ok, "\(name) (made now)")
        } catch {
            return DoctorFinding("folder", error)
        }
    }

    /// Logs in to the submission server; sends nothing.
    func submission(_ settings: Settings) async -> [DoctorFinding] {
        do {
            let submission = try Assembly(settings: settings).submission()
            let inspection = try await submission.probe()
            await submission.close()
            let user = settings.submission.user.map { " as \($0)" } ?? ", without a login"
            return [
                DoctorFinding("submission login", .ok, "\(settings.submission.url.text)\(user)"),
                DoctorFinding("submission", .ok, inspection.capabilities.joined(separator: ", ")),
            ]
        } catch {
            return [DoctorFinding("submission login", error)]
        }
    }
}

extension Settings.Mailbox.Folders {
    /// The folders that mails are moved to, each once.
    var named: [String] {
        var seen: Set<String> = []
        return [processed, held, ignored].filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// Some mails stay where they arrived and are marked.
    var leavesMail: Bool { [processed, held, ignored].contains("") }
}
