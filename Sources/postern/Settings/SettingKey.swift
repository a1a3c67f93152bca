/// Every key that the settings may hold: its shape, its default and what it is for. The only list of them.
enum SettingKey: String, CaseIterable {
    case supportAddresses = "support.addresses"
    case supportDisplayName = "support.display_name"

    case mailboxURL = "mailbox.url"
    case mailboxUser = "mailbox.user"
    case mailboxPasswordFile = "mailbox.password_file"
    case mailboxTokenCommand = "mailbox.token_command"
    case mailboxCAFile = "mailbox.ca_file"
    case mailboxWatch = "mailbox.watch"
    case mailboxPollSeconds = "mailbox.poll_seconds"
    case folderProcessed = "mailbox.folders.processed"
    case folderHeld = "mailbox.folders.held"
    case folderIgnored = "mailbox.folders.ignored"

    case submissionURL = "submission.url"
    case submissionUser = "submission.user"
    case submissionPasswordFile = "submission.password_file"
    case submissionTokenCommand = "submission.token_command"
    case submissionCAFile = "submission.ca_file"
    case submissionEnvelopeFrom = "submission.envelope_from"
    case submissionConnections = "submission.connections"

    case trustPolicy = "trust.policy"
    case trustAuthservID = "trust.authserv_id"
    case trustBorderHost = "trust.border_host"
    case trustProfile = "trust.profile"
    case trustDKIM = "trust.dkim"
    case trustARCSealers = "trust.arc_sealers"
    case trustWritesReturnPath = "trust.writes_return_path"
    case trustAllowPlaintext = "trust.allow_plaintext"
    case trustRequireReference = "trust.require_reference"
    case trustReferenceDays = "trust.reference_days"

    case storePath = "store.path"

    case registryInbox = "registry.inbox"
    case registryInboxPartial = "registry.inbox_partial"

    case repliesMessageIDDomain = "replies.message_id_domain"
    case repliesPerDay = "replies.limits.per_day"
    case repliesSameOutcomePerDay = "replies.limits.same_outcome_per_day"
    case repliesGlobalPerHour = "replies.limits.global_per_hour"
    case repliesGlobalBurst = "replies.limits.global_burst"

    case requestsExpireDays = "requests.expire_days"
    case requestsRemindDays = "requests.remind_days"
    case requestsCopyAuthority = "requests.copy_authority"
    case accountsValidationDays = "accounts.validation_days"

    case logFormat = "log.format"
    case logLevel = "log.level"
    case logAddresses = "log.addresses"

    case limitMailBytes = "limits.mail_bytes"
    case limitHeaderFields = "limits.header_fields"
    case limitNesting = "limits.nesting"
    case limitParts = "limits.parts"
    case limitTextBytes = "limits.text_bytes"

    case configFolder = "config_folder"
    case procedures = "procedures"

    /// What may stand for a key.
    enum Shape: Equatable {
        case text
        case list
        case flag
        case number(ClosedRange<Int>)
        case choice([String])

        /// For messages: `true or false`.
        var allowed: String {
            switch self {
            case .text: "text"
            case .list: "a list of texts"
            case .flag: "true or false"
            case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
            case .choice(let names): "one of " + names.joined(separator: ", ")
            }
        }
    }

    var shape: Shape {
        switch self {
        case .supportAddresses, .procedures, .mailboxTokenCommand, .submissionTokenCommand, .trustARCSealers: .list
        case .trustAllowPlaintext, .trustWritesReturnPath, .trustRequireReference, .requestsCopyAuthority,
            .registryInboxPartial:
            .flag
        case .mailboxWatch: .choice(["idle", "poll"])
        case .mailboxPollSeconds: .number(1...86_400)
        case .submissionConnections: .number(1...32)
        case .trustPolicy: .choice(["require", "hold-only"])
        case .trustProfile: .choice(["rfc8601", "milter", "exchange-online"])
        case .trustDKIM: .choice(["ignore", "require"])
        case .repliesPerDay, .repliesSameOutcomePerDay: .number(0...1_000)
        case .repliesGlobalPerHour, .repliesGlobalBurst: .number(1...1_000_000)
        case .trustReferenceDays: .number(1...3_650)
        case .requestsExpireDays: .number(0...3_650)
        case .requestsRemindDays: .number(1...365)
        case .accountsValidationDays: .number(1...365)
        case .logFormat: .choice(["auto", "journald", "json", "text"])
        case .logLevel: .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"])
        case .logAddresses: .choice(["plain", "hashed", "none"])
        case .limitMailBytes: .number(1_024...1_073_741_824)
        case .limitHeaderFields: .number(10...100_000)
        case .limitNesting: .number(1...100)
        case .limitParts: .number(1...10_000)
        case .limitTextBytes: .number(1_024...67_108_864)
        default: .text
        }
    }

    /// What holds when nobody says otherwise; nil where there is nothing to assume.
    var fallback: SettingValue? {
        switch self {
        case .supportDisplayName: .text("TRACES Support Team")
        case .mailboxWatch: .text("idle")
        case .mailboxPollSeconds: .number(60)
        case .folderProcessed: .text("Processed")
        case .folderHeld: .text("")
        case .folderIgnored: .text("Ignored")
        case .submissionEnvelopeFrom: .text("")
        case .submissionConnections: .number(4)
        case .trustPolicy: .text("require")
        case .trustProfile: .text("rfc8601")
        case .trustDKIM: .text("ignore")
        case .trustARCSealers: .list([])
        case .trustAllowPlaintext, .trustWritesReturnPath, .trustRequireReference, .requestsCopyAuthority,
            .registryInboxPartial:
            .flag(false)
        case .trustReferenceDays: .number(30)
        case .requestsExpireDays: .number(0)
        case .requestsRemindDays: .number(14)
        case .accountsValidationDays: .number(7)
        case .registryInbox: .text("")
        case .storePath: .text("/var/lib/postern/postern.db")
        case .repliesPerDay: .number(10)
        case .repliesSameOutcomePerDay: .number(3)
        case .repliesGlobalPerHour: .number(2_000)
        case .repliesGlobalBurst: .number(20_000)
        case .logFormat: .text("auto")
        case .logLevel: .text("info")
        case .logAddresses: .text("hashed")
        case .limitMailBytes: .number(26_214_400)
        case .limitHeaderFields: .number(1_000)
        case .limitNesting: .number(20)
        case .limitParts: .number(500)
        case .limitTextBytes: .number(1_048_576)
        default: nil
        }
    }

    /// The parts of the key: `["mailbox", "url"]`.
    var components: [String] { rawValue.split(separator: ".").map(String.init) }

    /// The environment variable that overrides the key: `POSTERN_MAILBOX_URL`.
    var variable: String { "POSTERN_" + components.joined(separator: "_").uppercased() }
}

/// The value of a setting, of the shape that its key asks for.
enum SettingValue: Equatable {
    case text(String)
    case list([String])
    case flag(Bool)
    case number(Int)

    /// As it is shown to people.
    var shown: String {
        switch self {
        case .text(let text): text
        case .list(let texts): texts.joined(separator: ", ")
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): String(number)
        }
    }

    var json: JSON {
        switch self {
        case .text(let text): .string(text)
        case .list(let texts): .array(texts.map(JSON.string))
        case .flag(let flag): .bool(flag)
        case .number(let number): .number(Int64(number))
        }
    }
}
