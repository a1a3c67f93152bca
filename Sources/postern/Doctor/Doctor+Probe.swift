import CurlTransport
import Foundation
import Mail
import Replies
import SenderTrust

extension Doctor {
    /// What the probe is to do.
    struct Probe: Sendable {
        /// `smtp://host[:port]` of the border; nil goes by the configured submission server.
        let through: String?
        /// Stands in From; nil is the first support address.
        let sender: EmailAddress?
        let patience: Duration
    }

    /// Sends a mail with forged Authentication-Results to the support mailbox and looks at what of them arrives. The mail
    /// stays where it lies: the daemon moves it to the ignored folder, as it does with every mail of our own.
    func examineBorder(_ settings: Settings, _ probe: Probe) async -> [DoctorFinding] {
        let mail: ProbeMail
        let inbox: ProbedFolders
        do {
            mail = try probeMail(settings, probe)
            inbox = try await ProbedFolders(settings)
        } catch {
            return [DoctorFinding("probe", error)]
        }
        let sent = await send(mail, settings, probe)
        guard sent.grade == .ok || sent.grade == .warning else {
            await inbox.close()
            return [sent]
        }
        let start = ContinuousClock.now
        do {
            let arrived = try await inbox.find(mail.outbound.messageID, within: probe.patience)
            await inbox.close()
            guard let arrived else {
                return [
                    sent,
                    DoctorFinding(
                        "probe arrival", .temporary,
                        "\(mail.outbound.messageID) did not arrive within \(probe.patience)",
                        hint: "look for it in the mail servers' logs; give --wait a longer time"),
                ]
            }
            let seconds = start.duration(to: .now).components.seconds
            return [sent, ProbeReport.arrival(in: arrived.folder, after: seconds, settings)]
                + ProbeReport(mail: mail, settings: settings, isDirect: probe.through != nil).findings(
                    HeaderBlock.split(arrived.header).block)
        } catch {
            await inbox.close()
            return [sent, DoctorFinding("probe arrival", error)]
        }
    }

    private func probeMail(_ settings: Settings, _ probe: Probe) throws -> ProbeMail {
        let messageIDs = try ReplyMessageIDs(
            key: InstallationKey.read(beside: settings.store), domain: settings.replies.messageIDDomain)
        return try ProbeMail(
            token: ProbeMail.randomToken(), from: probe.sender ?? settings.support.addresses[0],
            to: settings.support.addresses[0], envelopeFrom: settings.submission.envelopeFrom,
            trust: settings.trust, messageIDs: messageIDs, now: now)
    }

    private func send(_ mail: ProbeMail, _ settings: Settings, _ probe: Probe) async -> DoctorFinding {
        let outcome: SubmissionOutcome
        let way: String
        do {
            if let through = probe.through {
                way = through
                outcome = await (try BorderDelivery(url: through)).send(mail.outbound)
            } else {
                way = settings.submission.url.text
                let submission = try Assembly(settings: settings).submission()
                outcome = await submission.send(mail.outbound)
                await submission.close()
            }
        } catch {
            return DoctorFinding("probe", error)
        }
        let words = "\(mail.outbound.messageID) through \(way): \(outcome.answer)"
        switch outcome {
        case .sent: return DoctorFinding("probe sent", .ok, words)
        case .unknown: return DoctorFinding("probe sent", .warning, words)
        case .retry: return DoctorFinding("probe sent", .temporary, words)
        case .failed:
            return DoctorFinding(
                "probe sent", .failed, words,
                hint: probe.through == nil
                    ? "the submission server must take mail with such fields for the probe; or send it with --through"
                    : "refused at the door, so nothing is proven; --from may name a sender that this machine may write for"
            )
        }
    }
}

/// The folders in which the probe may turn up: the inbox, and where the daemon moves what it ignores.
struct ProbedFolders {
    private let settings: IMAPSettings
    private let inbox: IMAPSession
    private let others: [IMAPSession]

    init(_ settings: Settings) async throws {
        let connector = try Assembly(settings: settings).connector()
        self.settings = connector.settings
        inbox = try await connector.connect()
        let known = try await inbox.inspect().folders.filter(\.canHoldMail).map(\.name)
        var others: [IMAPSession] = []
        for name in [settings.mailbox.folders.ignored] where known.contains(name) && name != inbox.mailbox {
            others.append(try await Self.open(name, connector.settings))
        }
        self.others = others
    }

    func close() async { for session in [inbox] + others { await session.close() } }

    /// The header of the mail and the folder that it lies in; nil when it does not come in time. Looks into all folders,
    /// at most fifty, before it gives up: a filter may have taken it for junk.
    func find(_ id: MessageID, within patience: Duration) async throws -> (header: [UInt8], folder: String)? {
        let end = ContinuousClock.now + patience
        while true {
            for session in [inbox] + others {
                if let found = try await session.headers(of: id).last { return (found.bytes, session.mailbox) }
            }
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { break }
            // Mail that is moved away at once is no news to an inbox that idles, so this never waits for long.
            try await inbox.wait(atMost: min(left, .seconds(2)))
        }
        let searched = [inbox.mailbox] + others.map(\.mailbox)
        let rest = try await inbox.inspect().folders.filter { $0.canHoldMail && !searched.contains($0.name) }
        for folder in rest.prefix(50) {
            guard let session = try? await Self.open(folder.name, settings) else { continue }
            let found = try? await session.headers(of: id).last
            await session.close()
            if let found { return (found.bytes, folder.name) }
        }
        return nil
    }

    private static func open(_ folder: String, _ settings: IMAPSettings) async throws -> IMAPSession {
        var settings = settings
        settings.mailbox = folder
        return try await IMAPConnector(settings: settings).connect()
    }
}
