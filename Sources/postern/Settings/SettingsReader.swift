import Foundation
import Judging
import Mail
import SenderTrust

/// Makes checked values of a document, section by section, so that a command reads only what it needs.
struct SettingsReader {
    private let document: SettingsDocument
    private let credentials: String?

    init(_ document: SettingsDocument, environment: [String: String]) {
        self.document = document
        credentials = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
    }

    func support() throws(SettingsProblem) -> Settings.Support {
        var addresses: [EmailAddress] = []
        for text in try list(.supportAddresses) ?? [] {
            guard let address = EmailAddress(text) else {
                throw problem(.supportAddresses, "'\(text.visible)' is not a plain mail address (local@domain, ASCII)")
            }
            if !addresses.contains(address) { addresses.append(address) }
        }
        guard !addresses.isEmpty else { throw missing(.supportAddresses) }
        let name = try text(.supportDisplayName)
        guard name == name.visible, name.utf8.count <= 200 else {
            throw problem(.supportDisplayName, "must be one line of at most 200 bytes")
        }
        return Settings.Support(addresses: addresses, displayName: name)
    }

    func mailbox() throws(SettingsProblem) -> Settings.Mailbox {
        let url = try serverURL(.mailboxURL, ServerURL.init(imap:allowsPlaintext:))
        guard
            let login = try login(
                password: .mailboxPasswordFile, token: .mailboxTokenCommand)
        else {
            throw problem(.mailboxPasswordFile, "is not set (nor mailbox.token_command)")
        }
        return Settings.Mailbox(
            url: url, user: try required(.mailboxUser), login: login,
            caFile: try path(.mailboxCAFile),
            watch: try text(.mailboxWatch) == "poll" ? .poll : .idle,
            pollInterval: .seconds(try number(.mailboxPollSeconds)),
            folders: Settings.Mailbox.Folders(
                processed: try folder(.folderProcessed), held: try folder(.folderHeld),
                ignored: try folder(.folderIgnored)))
    }

    func submission() throws(SettingsProblem) -> Settings.Submission {
        let url = try serverURL(.submissionURL, ServerURL.init(smtp:allowsPlaintext:))
        let user = try optional(.submissionUser)
        let login = try login(password: .submissionPasswordFile, token: .submissionTokenCommand)
        if user != nil, login == nil {
            throw problem(.submissionPasswordFile, "is not set (nor submission.token_command), but submission.user is")
        }
        if user == nil, login != nil { throw missing(.submissionUser) }
        return Settings.Submission(
            url: url, user: user, login: login,
            caFile: try path(.submissionCAFile), envelopeFrom: try envelopeFrom(),
            connections: try number(.submissionConnections))
    }

    /// Nil is the null return path.
    func envelopeFrom() throws(SettingsProblem) -> EmailAddress? {
        let envelope = try text(.submissionEnvelopeFrom)
        let address = EmailAddress(envelope)
        guard envelope.isEmpty || address != nil else {
            throw problem(.submissionEnvelopeFrom, "must be a plain mail address, or empty for the null return path")
        }
        return address
    }

    func allowsPlaintext() throws(SettingsProblem) -> Bool { try flag(.trustAllowPlaintext) }

    func flag(_ key: SettingKey) throws(SettingsProblem) -> Bool {
        guard case .flag(let flag) = try value(key) else { return false }
        return flag
    }

    func replies(support: Settings.Support) throws(SettingsProblem) -> Settings.Replies {
        // A domain of its own: mail of others from the support team's domain is not ours.
        let domain = try optional(.repliesMessageIDDomain) ?? SupportIdentity.messageIDDomain(for: support.addresses[0])
        guard let checked = EmailAddress("postern@\(domain)")?.domain else {
            throw problem(.repliesMessageIDDomain, "must be a domain name")
        }
        guard !support.addresses.contains(where: { $0.domain == checked }) else {
            throw problem(
                .repliesMessageIDDomain, "must not be the support address's own domain: others' mail has it too")
        }
        return Settings.Replies(
            messageIDDomain: checked,
            limits: ReplyLimits(
                sameVerdictPerDay: try number(.repliesSameOutcomePerDay), perDay: try number(.repliesPerDay),
                burst: try number(.repliesGlobalBurst), perHour: try number(.repliesGlobalPerHour)))
    }

    func codes() throws(SettingsProblem) -> Settings.Codes {
        Settings.Codes(
            isRequired: try flag(.trustRequireReference), referenceDays: try number(.trustReferenceDays),
            validationDays: try number(.accountsValidationDays))
    }

    func requests() throws(SettingsProblem) -> Settings.Requests {
        let expire = try number(.requestsExpireDays)
        let remind = try number(.requestsRemindDays)
        guard expire == 0 || remind < expire else {
            throw problem(.requestsRemindDays, "must be less than requests.expire_days (\(expire))")
        }
        return Settings.Requests(
            expireDays: expire == 0 ? nil : expire, remindDays: remind,
            copiesAuthority: try flag(.requestsCopyAuthority))
    }

    func log() throws(SettingsProblem) -> Settings.Log {
        Settings.Log(format: try text(.logFormat), level: try text(.logLevel), addresses: try text(.logAddresses))
    }

    func limits() throws(SettingsProblem) -> MailLimits {
        var limits = MailLimits.standard
        limits.size = try number(.limitMailBytes)
        limits.headerFields = try number(.limitHeaderFields)
        limits.nesting = try number(.limitNesting)
        limits.parts = try number(.limitParts)
        limits.text = try number(.limitTextBytes)
        return limits
    }

    func store() throws(SettingsProblem) -> String {
        guard let path = try path(.storePath) else { throw missing(.storePath) }
        return path
    }

    func exports() throws(SettingsProblem) -> Settings.Exports {
        if let first = document.columnMaps.problems.first { throw first }
        return Settings.Exports(
            inbox: try path(.registryInbox), inboxIsPartial: try flag(.registryInboxPartial),
            columnMaps: document.columnMaps.maps)
    }

    func configFolder() throws(SettingsProblem) -> String? { try path(.configFolder) }

    func procedures() throws(SettingsProblem) -> [String]? {
        guard let names = try list(.procedures), !names.isEmpty else { return nil }
        return names
    }

    // MARK: Single values

    private func value(_ key: SettingKey) throws(SettingsProblem) -> SettingValue? {
        let place = document.place(of: key)
        if let problem = document.problems.first(where: { $0.place == place && $0.reason.hasPrefix(key.rawValue + " ") }
        ) {
            throw problem
        }
        return document.values[key]?.value
    }

    func text(_ key: SettingKey) throws(SettingsProblem) -> String {
        guard case .text(let text) = try value(key) else { return "" }
        return text
    }

    func optional(_ key: SettingKey) throws(SettingsProblem) -> String? {
        let text = try text(key)
        return text.isEmpty ? nil : text
    }

    func required(_ key: SettingKey) throws(SettingsProblem) -> String {
        guard let text = try optional(key) else { throw missing(key) }
        return text
    }

    func list(_ key: SettingKey) throws(SettingsProblem) -> [String]? {
        guard case .list(let texts) = try value(key) else { return nil }
        return texts
    }

    private func number(_ key: SettingKey) throws(SettingsProblem) -> Int {
        guard case .number(let number) = try value(key) else { throw missing(key) }
        return number
    }

    /// A path; a relative one starts at the folder of the file of settings.
    private func path(_ key: SettingKey) throws(SettingsProblem) -> String? {
        guard let text = try optional(key) else { return nil }
        return text.hasPrefix("/") ? text : Paths.join(Paths.folder(of: document.file), text)
    }

    private func folder(_ key: SettingKey) throws(SettingsProblem) -> String {
        let name = try text(key)
        guard name == name.visible, name.utf8.count <= 200 else {
            throw problem(key, "must be the name of a folder: one line of at most 200 bytes")
        }
        return name
    }

    private func serverURL(
        _ key: SettingKey, _ parse: (String, Bool) throws(TransportFault) -> ServerURL
    ) throws(SettingsProblem) -> ServerURL {
        let text = try required(key)
        let isAllowed = try allowsPlaintext()
        do {
            return try parse(text, isAllowed)
        } catch {
            throw problem(key, "can't be used: \(error)")
        }
    }

    private func login(password: SettingKey, token: SettingKey) throws(SettingsProblem) -> Settings.Login? {
        let file = try optional(password)
        let command = try list(token) ?? []
        if file != nil, !command.isEmpty {
            throw problem(token, "can't stand beside \(password.rawValue): one of them logs in")
        }
        if let file {
            return .password(SecretFile(file, key: password, credentials: credentials, beside: document.file))
        }
        // One text is a command line without quoting; a list is the program and its arguments as they are.
        let words = command.count == 1 ? command[0].split(separator: " ").map(String.init) : command
        return words.isEmpty ? nil : .token(words)
    }

    func problem(_ key: SettingKey, _ reason: String) -> SettingsProblem {
        SettingsProblem(document.place(of: key), "\(key.rawValue) \(reason)")
    }

    func missing(_ key: SettingKey) -> SettingsProblem {
        SettingsProblem(
            document.file,
            "\(key.rawValue) is not set"
                + (document.hasFile ? "" : " (there is no such file; nor is \(key.variable) set)"))
    }
}
