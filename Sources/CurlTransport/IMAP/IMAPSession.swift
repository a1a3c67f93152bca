package import Mail

/// One logged-in session on the support mailbox (RFC 9051, and RFC 3501 servers).
///
/// Lives on a thread of its own, since its calls block; only `interrupt` may be called from elsewhere meanwhile. After
/// a fault that is not a plain NO the session is useless: connect anew.
package actor IMAPSession {
    package nonisolated let mailbox: String
    /// What SELECT said, nothing later.
    package private(set) var status: MailboxStatus
    /// What the server can do, in capitals.
    package private(set) var capabilities: Set<String> = []
    /// What the server asked to be shown to people (`[ALERT]`), oldest first; the last 20.
    package private(set) var alerts: [String] = []

    let settings: IMAPSettings
    let bell: WakeUp
    /// Whether mail may have come since the last listing.
    var mayHaveNews = false
    /// How many mails lie in the mailbox, as the server last said.
    var exists: UInt32 = 0
    /// Folders that are known to be there.
    var knownFolders: Set<String> = []
    /// The flags that SELECT allowed to be kept; nil when it said nothing of them.
    var permanentFlags: [String]?
    /// False once the server refused to idle.
    var canIdle = true

    private let executor: BlockingExecutor
    private var channel: IMAPChannel?
    private let tagPrefix: String
    private var commandNumber = 0
    /// The UID that the next mail will get, as the server last said.
    private(set) var nextUID: UID?
    private var validity: UIDValidity?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(settings: IMAPSettings) throws(TransportFault) {
        self.settings = settings
        mailbox = settings.mailbox
        status = MailboxStatus(validity: UIDValidity(0), nextUID: nil, exists: 0)
        bell = try WakeUp()
        executor = BlockingExecutor(label: "postern.imap")
        // Tags that nobody can foresee: a second fence beside the framing by size.
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        tagPrefix = String((0..<8).compactMap { _ in letters.randomElement() })
    }

    /// Connects, logs in, asks for capabilities, selects the mailbox.
    func open(login: Login) throws(TransportFault) {
        channel = try IMAPChannel(settings: settings, login: login)
        do throws(TransportFault) {
            try askCapabilities()
            try select()
        } catch {
            end()
            throw error
        }
    }

    /// Ends a `wait` at once, also one that is yet to begin.
    package nonisolated func interrupt() { bell.ring() }

    /// LOGOUT, best effort within five seconds; then the connection is gone.
    package func close() {
        defer { end() }
        guard let channel else { return }
        let deadline = Deadline.earlier(.after(settings.commandDeadline), .after(.seconds(5)))
        let tag = nextTag()
        guard (try? channel.send("\(tag) LOGOUT\r\n", until: deadline)) != nil else { return }
        while let response = try? channel.next(until: deadline) {
            if case .tagged(tag, _) = response { return }
        }
    }

    func has(_ capability: String) -> Bool { capabilities.contains(capability) }

    // MARK: Commands

    /// Sends a command and gives its untagged data to `take` until its end. A NO is returned; BYE, BAD and everything
    /// out of order throw. `octets` is how much the answer may hold beside the ordinary: it lengthens the deadline.
    func run(
        _ command: String, answerOctets octets: Int = 0, take: (UntaggedResponse) -> Void = { _ in }
    ) throws(TransportFault) -> StatusResponse {
        let channel = try connected()
        // 8 KiB a second is slower than any line that one would run this over.
        let deadline = Deadline.after(settings.commandDeadline + .milliseconds(octets / 8))
        let tag = nextTag()
        try channel.send("\(tag) \(command)\r\n", until: deadline)
        while true {
            switch try channel.next(until: deadline) {
            case .tagged(tag, let status):
                note(status)
                guard status.condition != .bad else {
                    throw channel.broken(
                        .protocolViolation, "the server does not understand \(Self.name(of: command)): \(status.text)")
                }
                return status
            case .tagged: throw channel.violated("an answer to a command that was not given")
            case .continuation: throw channel.violated("it waits for more of a command that is whole")
            case .untagged(let data):
                try note(data)
                take(data)
            }
        }
    }

    /// `run` where a NO is a fault, too.
    @discardableResult
    func runOrFail(
        _ command: String, answerOctets octets: Int = 0, take: (UntaggedResponse) -> Void = { _ in }
    ) throws(TransportFault) -> StatusResponse {
        let status = try run(command, answerOctets: octets, take: take)
        guard status.condition == .ok else { throw Self.refusal(of: Self.name(of: command), status) }
        return status
    }

    /// A NO as a fault: passing where the server says so (RFC 5530 §3), else something to be set up.
    static func refusal(of what: String, _ status: StatusResponse, hint: String? = nil) -> TransportFault {
        let text = status.text.isEmpty ? status.code ?? "without a reason" : status.text
        let reason = ServerText.line("the server refuses \(what): \(text)")
        return isPassing(status)
            ? TransportFault(.temporary, reason)
            : TransportFault(.setup, reason, hint: hint ?? "check the account's rights on the mailbox")
    }

    static func isPassing(_ status: StatusResponse) -> Bool {
        ["UNAVAILABLE", "INUSE", "SERVERBUG", "LIMIT", "OVERQUOTA", "EXPIRED"].contains(status.code ?? "")
    }

    func connected() throws(TransportFault) -> IMAPChannel {
        guard let channel else { throw TransportFault(.temporary, "the session is closed") }
        return channel
    }

    func nextTag() -> String {
        commandNumber += 1
        return "\(tagPrefix)\(commandNumber)"
    }

    /// Takes note of what the server may say at any time. Throws for BYE and for a mailbox that was made anew.
    func note(_ data: UntaggedResponse) throws(TransportFault) {
        switch data {
        case .exists(let count):
            if count > exists { mayHaveNews = true }
            exists = count
        case .expunge: exists = exists > 0 ? exists - 1 : 0
        case .capability(let names): adopt(names)
        case .status(let status):
            note(status)
            guard status.condition != .bye else {
                throw try connected().broken(.temporary, "the server said good-bye: \(status.text)")
            }
            if status.code == "UIDVALIDITY" {
                guard let number: UInt32 = decimal(status.argument.utf8), number > 0 else {
                    throw try connected().violated("a UIDVALIDITY that is none")
                }
                if let validity, validity.number != number {
                    throw try connected().broken(.temporary, "the mailbox was made anew (UIDVALIDITY changed)")
                }
                validity = UIDValidity(number)
            }
        case .recent, .fetch, .folder, .search, .other: break
        }
    }

    private func note(_ status: StatusResponse) {
        switch status.code {
        case "ALERT":
            if alerts.count >= 20 { alerts.removeFirst() }
            alerts.append(status.text)
        case "CAPABILITY": adopt(status.argument.uppercased().split(separator: " ").map(String.init))
        case "UIDNEXT": nextUID = decimal(status.argument.utf8).flatMap { UID($0) } ?? nextUID
        case "PERMANENTFLAGS":
            permanentFlags = status.argument.lowercased().split { "() ".contains($0) }.map(String.init)
        default: break
        }
    }

    private func adopt(_ names: [String]) {
        capabilities = Set(names).subtracting(settings.unusedCapabilities)
    }

    /// The command's first words, for messages: no arguments, which may hold names.
    private static func name(of command: String) -> String {
        let words = command.split(separator: " ", maxSplits: 2)
        guard let first = words.first else { return "an empty command" }
        return first == "UID" && words.count > 1 ? "UID \(words[1])" : String(first)
    }

    // MARK: Opening

    private func askCapabilities() throws(TransportFault) {
        capabilities = []
        try runOrFail("CAPABILITY")
        guard has("IMAP4REV1") || has("IMAP4REV2") else {
            throw try connected().violated("it speaks neither IMAP4rev1 nor IMAP4rev2")
        }
    }

    private func select() throws(TransportFault) {
        let status = try run("SELECT \(MailboxName.quoted(mailbox))")
        guard status.condition == .ok else {
            throw Self.refusal(
                of: "to open the mailbox '\(mailbox)'", status,
                hint: "check the path of mailbox.url; `postern doctor` lists the folders that there are")
        }
        guard let validity else {
            throw TransportFault(
                .setup, "the server keeps no lasting UIDs for the mailbox '\(mailbox)'",
                hint: "choose a mailbox of another kind")
        }
        self.status = MailboxStatus(validity: validity, nextUID: nextUID, exists: Int(exists))
        mayHaveNews = false
        knownFolders.insert(mailbox)
    }

    private func end() { channel = nil }
}

/// A mailbox's name as a command's argument.
enum MailboxName {
    /// Modified UTF-7 within quotes. What remains is ASCII without control characters but for those that
    /// ``ModifiedUTF7`` has encoded, so the quotes cannot be left.
    static func quoted(_ name: String) -> String {
        var result = "\""
        for character in ModifiedUTF7.encode(name) {
            if character == "\"" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result + "\""
    }
}
