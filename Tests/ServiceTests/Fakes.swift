import Defaults
import Foundation
import Judging
import Logging
import Mail
import Operations
import Reading
import Registry
import SenderTrust
import Synchronization

@testable import Service

struct StillClock: WallClock {
    let now = Date(timeIntervalSince1970: 1_793_534_400)
}

/// A store that can't be reached for a moment, or for good.
struct StoreAway: PassingFault { let isTemporary: Bool }

/// A journal and an outbox in memory that behave as their ports promise.
actor MemoryStore: Journal, Outbox {
    struct Row {
        var entry: JournalEntry
        var uid: UID
        var attempts: Int
        var ruling: Ruling?
        var settled = false
    }

    var cursor: MailboxCursor?
    var rows: [Row] = []
    var view = RegistryView()
    var polls = 0
    /// How many of the next rulings are refused as overtaken.
    var overtakes = 0
    var viewsAsked = 0
    /// Thrown once, when views are asked for.
    var fault: StoreAway?
    var due: [OutboxEntry] = []
    var results: [OutboxResult] = []
    var recovered = 0
    var claimedBeforeRecovery = false
    /// Called with each change, so that a test can act at the right moment.
    var onRecord: (@Sendable () -> Void)?
    /// What operators vouch for, by the mails' places from 0.
    var vouches: [Int: Vouch] = [:]
    /// Mails whose verdict is not their first.
    var again: Set<JournalID> = []

    func put(_ mail: RawMail?, attempts: Int = 0, uid number: UInt32? = nil, size: Int = 99_000_000) {
        let id = JournalID(Int64(rows.count + 1))
        let entry = JournalEntry(
            id: id, raw: mail, size: mail?.bytes.count ?? size, earlierAttempts: attempts,
            receivedAt: StillClock().now)
        if let uid = UID(number ?? UInt32(rows.count + 1)) {
            rows.append(Row(entry: entry, uid: uid, attempts: attempts))
        }
    }

    func set(fault: StoreAway) { self.fault = fault }
    func set(view: RegistryView) { self.view = view }
    func vouch(for sender: EmailAddress, at index: Int) { vouches[index] = Vouch(sender: sender) }
    func set(again: Set<JournalID>) { self.again = again }
    func set(overtakes: Int) { self.overtakes = overtakes }
    func set(cursor: MailboxCursor?) { self.cursor = cursor }
    func set(due: [OutboxEntry]) { self.due = due }
    func set(onRecord: @escaping @Sendable () -> Void) { self.onRecord = onRecord }
    var decisions: [Decision] { rows.compactMap { $0.ruling?.decision } }

    func cursor(of mailbox: String) async throws -> MailboxCursor? { cursor }

    func store(_ mails: [FetchedMail], in mailbox: String, cursor: MailboxCursor, at now: Date) async throws -> Int {
        let fresh = mails.filter { mail in !rows.contains { $0.uid == mail.listing.uid } }
        for mail in fresh { put(mail.raw, uid: mail.listing.uid.number) }
        self.cursor = cursor
        return fresh.count
    }

    func claimUndecided(limit: Int, bytes: Int, after: JournalID?) async throws -> [JournalEntry] {
        let free = rows.indices.filter { rows[$0].ruling == nil && rows[$0].entry.id > after ?? JournalID(0) }
        let open = free.first.map { rows[$0].attempts > 0 } == true ? free.prefix(1) : free.prefix(limit)
        return open.map { index in
            defer { rows[index].attempts += 1 }
            let entry = rows[index].entry
            return JournalEntry(
                id: entry.id, raw: entry.raw, size: entry.size, earlierAttempts: rows[index].attempts,
                receivedAt: entry.receivedAt, vouch: vouches[index])
        }
    }

    func giveBack(_ entries: [JournalID]) async throws {
        for index in rows.indices where entries.contains(rows[index].entry.id) { rows[index].attempts -= 1 }
    }

    func views(for keys: [ViewKey], at now: Date) async throws -> [SenderView] {
        viewsAsked += 1
        if let fault {
            self.fault = nil
            throw fault
        }
        return keys.map { _ in SenderView(registry: view) }
    }

    func record(_ rulings: [Ruling], at now: Date) async throws -> [JournalID] {
        var overtaken: [JournalID] = []
        for ruling in rulings {
            if overtakes > 0 {
                overtakes -= 1
                overtaken.append(ruling.entry)
            } else if let index = rows.firstIndex(where: { $0.entry.id == ruling.entry }) {
                rows[index].ruling = ruling
            }
        }
        onRecord?()
        return overtaken
    }

    func unsettled(in mailbox: String, validity: UIDValidity, limit: Int) async throws -> [UnsettledMail] {
        rows.filter { !$0.settled }.compactMap { row in
            row.ruling.map {
                UnsettledMail(
                    entry: row.entry.id, uid: row.uid, verdict: $0.decision.verdict, reason: $0.decision.reason,
                    isAgain: again.contains(row.entry.id))
            }
        }
    }

    func markSettled(_ entries: [JournalID]) async throws {
        for index in rows.indices where entries.contains(rows[index].entry.id) { rows[index].settled = true }
    }

    func notePoll(of mailbox: String, at now: Date) async throws { polls += 1 }

    func recover(at now: Date) async throws -> Int {
        recovered += 1
        return 0
    }

    func exchange(_ results: [OutboxResult], claim limit: Int, at now: Date) async throws -> [OutboxEntry] {
        if recovered == 0 { claimedBeforeRecovery = true }
        self.results += results
        let claimed = Array(due.prefix(limit))
        due.removeFirst(claimed.count)
        return claimed
    }

    func nextDue() async throws -> Date? { nil }
}

/// A mailbox made of values. Connecting fails as often as `faults` says.
final class FakeMailbox: MailboxConnector, MailboxSession {
    struct State {
        var mails: [MailboxListing: RawMail?] = [:]
        var faults: [TransportFault] = []
        var fetches: [[UInt32]] = []
        var settled: [UInt32: Settlement] = [:]
        var undone: [UInt32: [Settlement]] = [:]
        var connections = 0
        var waits = 0
    }

    let state = Mutex(State())
    let bell = Bell()
    let validity: UIDValidity

    init(_ mails: [(uid: UInt32, size: Int)], validity: UInt32 = 7) {
        self.validity = UIDValidity(validity)
        state.withLock { state in
            for mail in mails {
                guard let uid = UID(mail.uid) else { continue }
                let listing = MailboxListing(uid: uid, size: mail.size, receivedAt: nil)
                state.mails[listing] = RawMail(bytes: [UInt8(truncatingIfNeeded: mail.uid)])
            }
        }
    }

    var mailbox: String { "INBOX" }
    var status: MailboxStatus { MailboxStatus(validity: validity, nextUID: nil, exists: 0) }

    func connect() async throws(TransportFault) -> FakeMailbox {
        let fault = state.withLock { state -> TransportFault? in
            state.connections += 1
            return state.faults.isEmpty ? nil : state.faults.removeFirst()
        }
        if let fault { throw fault }
        return self
    }

    func list(from first: UID, limit: Int) async throws(TransportFault) -> [MailboxListing] {
        Array(state.withLock { $0.mails.keys.filter { $0.uid >= first } }.sorted { $0.uid < $1.uid }.prefix(limit))
    }

    func fetch(_ listings: [MailboxListing]) async throws(TransportFault) -> [FetchedMail] {
        state.withLock { state in
            state.fetches.append(listings.map(\.uid.number))
            return listings.map { FetchedMail(listing: $0, raw: state.mails[$0] ?? nil) }
        }
    }

    func settle(_ uids: [UID], as settlement: Settlement) async throws(TransportFault) {
        state.withLock { state in
            for uid in uids {
                state.settled[uid.number] = settlement
                if case .move = settlement { state.mails = state.mails.filter { $0.key.uid != uid } }
            }
        }
    }

    func undo(_ settlements: [Settlement], of uids: [UID]) async throws(TransportFault) {
        state.withLock { state in
            for uid in uids { state.undone[uid.number, default: []] += settlements }
        }
    }

    func prepare(folders: [String]) async throws(TransportFault) {}

    func wait(atMost duration: Duration) async throws(TransportFault) {
        state.withLock { $0.waits += 1 }
        await bell.wait(atMost: duration)
    }

    func interrupt() { bell.ring() }
    func close() async {}
}

/// Gives each mail the outcome that its recipient's local part names, and counts.
final class FakeSubmission: Submission {
    let sent = Mutex<[String]>([])

    func send(_ mails: [OutboundMail]) async -> [SubmissionOutcome] { mails.map(outcome) }

    private func outcome(of mail: OutboundMail) -> SubmissionOutcome {
        let name = mail.recipients.first?.localPart ?? ""
        sent.withLock { $0.append(name) }
        return switch name {
        case "retry": .retry(answer: "451 later")
        case "failed": .failed(answer: "550 no such user")
        case "unknown": .unknown(answer: "connection lost after DATA")
        default: .sent(answer: "250 ok")
        }
    }
}

/// Parses by a function of the test's.
struct FakeParser: MailParser {
    let make: @Sendable (RawMail) throws(UnparsableMail) -> InboundMail
    func parse(_ raw: RawMail) throws(UnparsableMail) -> InboundMail { try make(raw) }
}

struct FakeComposer: ReplyComposer {
    struct Mute: Error {}

    func compose(_ decision: Decision, seed: String, at now: Date) throws -> OutboundMail {
        if decision.reply?.recipient.localPart == "mute" { throw Mute() }
        return OutboundMail(
            messageID: Fixture.messageID("x@postern.example"),
            envelopeFrom: nil, recipients: decision.reply.map { [$0.recipient] } ?? [], bytes: Array(seed.utf8))
    }
}

enum Fixture {
    static func address(_ text: String) -> EmailAddress {
        guard let address = EmailAddress(text) else { fatalError("\(text) is no address") }
        return address
    }

    static func messageID(_ text: String) -> MessageID {
        guard let id = MessageID(text) else { fatalError("\(text) is no Message-ID") }
        return id
    }

    static func uid(_ number: UInt32) -> UID {
        guard let uid = UID(number) else { fatalError("zero is no UID") }
        return uid
    }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// An authentic role request from `sender`.
    static func roleRequest(from sender: String = "ana@drvo.example", authenticated: Bool = true) -> InboundMail {
        func field(_ name: String, _ value: String) -> HeaderField { HeaderField(name: name, value: Array(value.utf8)) }
        let domain = sender.split(separator: "@").last.map(String.init) ?? ""
        return InboundMail(
            header: HeaderBlock(fields: [
                field("Return-Path", "<\(sender)>"),
                field(
                    "Authentication-Results",
                    "mx.traces.example; dmarc=\(authenticated ? "pass" : "none") header.from=\(domain)"),
                field("Received", "from out.example by mx.traces.example; Sun, 1 Nov 2026 10:00:00 +0000"),
                field("From", sender), field("To", "support@traces.example"), field("Subject", "Role request"),
            ]),
            to: [AddressEntry(address: address("support@traces.example"), written: "support@traces.example")],
            subject: "Role request: FLEGT timber importer",
            texts: [TextPart(kind: .plain, text: "I ask for the role of FLEGT timber importer.")])
    }

    static func tools() throws -> Current<DeskTools> {
        Current(DeskTools(judge: try judge.get(), composer: FakeComposer(), limits: ReplyLimits()))
    }

    /// All tests share it: making one takes seconds in a debug build.
    private static let judge = Result {
        let files = try ConfigFiles()
        let lexicon = Lexicon(try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) })
        let procedures = try files.names(in: "procedures").map { try files.decode(Procedure.self, from: $0) }
        return Judge(
            procedures: procedures, lexicon: lexicon, trust: TrustSettings(authservID: "mx.traces.example"),
            support: SupportIdentity(
                addresses: [address("support@traces.example")], messageIDDomain: "postern.example"))
    }

    static func desk(_ store: MemoryStore, line: Line = Line(), parser: FakeParser) throws -> Desk {
        Desk(
            journal: store, parser: parser, tools: try tools(), line: line, clock: StillClock(),
            watchdog: Watchdog(), logger: logger, width: 2)
    }

    static func intake(_ mailbox: FakeMailbox, _ store: MemoryStore, line: Line = Line()) -> Intake<FakeMailbox> {
        var settings = Intake<FakeMailbox>.Settings()
        settings.batchBytes = 1_000
        return Intake(
            connector: mailbox, journal: store, settings: settings, line: line, clock: StillClock(),
            watchdog: Watchdog(), logger: logger)
    }

    static func dispatch(_ store: MemoryStore, _ submission: FakeSubmission, line: Line) -> Dispatch {
        Dispatch(
            outbox: store, submission: submission, line: line, clock: StillClock(), watchdog: Watchdog(),
            logger: logger)
    }

    static func reply(to name: String, id: Int64 = 1, attempts: Int = 1, wasUnknown: Bool = false) -> OutboxEntry {
        OutboxEntry(
            id: OutboxID(id),
            mail: OutboundMail(
                messageID: messageID("\(id)@postern.example"),
                envelopeFrom: nil, recipients: [address("\(name)@drvo.example")], bytes: []),
            attempts: attempts, wasUnknown: wasUnknown)
    }
}
