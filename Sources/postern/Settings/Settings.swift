import Foundation
import Judging
import Mail
import SenderTrust

/// What the operator has settled, checked: everything that the daemon and the commands on mail need.
struct Settings: Sendable {
    struct Support: Sendable, Equatable {
        /// All forms of the support mailbox; the first is the sender of replies.
        let addresses: [EmailAddress]
        let displayName: String
    }

    /// How Postern logs in to a server.
    enum Login: Sendable, Equatable {
        case password(SecretFile)
        /// Prints an access token; for XOAUTH2 and OAUTHBEARER. The program and its arguments.
        case token([String])
    }

    struct Mailbox: Sendable, Equatable {
        enum Watch: String, Sendable { case idle, poll }

        /// Where mails of one kind go; empty leaves them in place, marked with a keyword.
        struct Folders: Sendable, Equatable {
            let processed: String
            let held: String
            let ignored: String
        }

        let url: ServerURL
        let user: String
        let login: Login
        let caFile: String?
        let watch: Watch
        let pollInterval: Duration
        let folders: Folders
    }

    struct Submission: Sendable, Equatable {
        let url: ServerURL
        /// Nil submits without a login.
        let user: String?
        let login: Login?
        let caFile: String?
        /// Nil is the null return path.
        let envelopeFrom: EmailAddress?
        let connections: Int
    }

    /// How exports of TRACES come in.
    struct Exports: Sendable, Equatable {
        /// The folder that the daemon watches; nil: none.
        let inbox: String?
        /// Takes the good lines of a dropped file with broken ones.
        let inboxIsPartial: Bool
        let columnMaps: [NamedColumnMap]
    }

    struct Replies: Sendable, Equatable {
        let messageIDDomain: String
        let limits: ReplyLimits
    }

    /// The codes that tie mails to requests and accounts.
    struct Codes: Sendable, Equatable {
        /// A mail moves no request without its reference.
        let isRequired: Bool
        let referenceDays: Int
        let validationDays: Int
    }

    struct Requests: Sendable, Equatable {
        /// Nil: requests don't expire.
        let expireDays: Int?
        /// How long before that the one reminder goes out.
        let remindDays: Int
        /// Notices about a request go to the competent authority in Cc.
        let copiesAuthority: Bool
    }

    struct Log: Sendable, Equatable {
        /// `auto`, `journald`, `json` or `text`.
        let format: String
        let level: String
        /// `plain`, `hashed` or `none`.
        let addresses: String
    }

    let support: Support
    let mailbox: Mailbox
    let submission: Submission
    let trust: TrustSettings
    /// To loopback addresses, for tests.
    let allowsPlaintext: Bool
    let replies: Replies
    let codes: Codes
    let requests: Requests
    let log: Log
    let limits: MailLimits
    let store: String
    let exports: Exports
    /// A folder laid over the embedded `Config/` files.
    let configFolder: String?
    /// The ids of the procedures in force; nil is all that there are.
    let procedures: [String]?
}

extension SettingsDocument {
    /// All settings. Throws the first problem; ``allProblems(environment:)`` has them all.
    func settings(environment: [String: String]) throws(SettingsProblem) -> Settings {
        let reader = SettingsReader(self, environment: environment)
        if let first = problems.first { throw first }
        let support = try reader.support()
        return Settings(
            support: support, mailbox: try reader.mailbox(), submission: try reader.submission(),
            trust: try reader.trust(), allowsPlaintext: try reader.allowsPlaintext(),
            replies: try reader.replies(support: support), codes: try reader.codes(),
            requests: try reader.requests(), log: try reader.log(),
            limits: try reader.limits(), store: try reader.store(), exports: try reader.exports(),
            configFolder: try reader.configFolder(),
            procedures: try reader.procedures())
    }

    /// Each problem of the settings, section by section.
    func allProblems(environment: [String: String]) -> [SettingsProblem] {
        guard problems.isEmpty else { return problems }
        let reader = SettingsReader(self, environment: environment)
        var found: [SettingsProblem] = []
        func note(_ section: () throws(SettingsProblem) -> Void) {
            do { try section() } catch { found.append(error) }
        }
        note { () throws(SettingsProblem) in _ = try reader.support() }
        note { () throws(SettingsProblem) in _ = try reader.mailbox() }
        note { () throws(SettingsProblem) in _ = try reader.submission() }
        note { () throws(SettingsProblem) in _ = try reader.trust() }
        if let support = try? reader.support() {
            note { () throws(SettingsProblem) in _ = try reader.replies(support: support) }
        }
        note { () throws(SettingsProblem) in _ = try reader.codes() }
        note { () throws(SettingsProblem) in _ = try reader.requests() }
        note { () throws(SettingsProblem) in _ = try reader.store() }
        note { () throws(SettingsProblem) in _ = try reader.exports() }
        return found
    }
}
