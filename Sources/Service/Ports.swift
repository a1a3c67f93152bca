package import Foundation
package import Judging
package import Mail
package import Registry

// What the services need of the world. The adapters don't know this file; the executable joins them.

/// Opens sessions to the support mailbox.
package protocol MailboxConnector: Sendable {
    associatedtype Session: MailboxSession
    /// Connects, logs in, selects the mailbox. Throws within the deadlines that the adapter keeps.
    func connect() async throws(TransportFault) -> Session
}

/// One logged-in session on one selected mailbox. Not shared between tasks.
package protocol MailboxSession: Sendable {
    /// The mailbox's name on the server.
    var mailbox: String { get async }
    /// What SELECT said.
    var status: MailboxStatus { get async }
    /// The mails with a UID of at least `first`, ascending, at most `limit` of them.
    func list(from first: UID, limit: Int) async throws(TransportFault) -> [MailboxListing]
    /// The bytes of the listed mails; one that is larger than the limit comes without bytes. Never marks them seen.
    func fetch(_ listings: [MailboxListing]) async throws(TransportFault) -> [FetchedMail]
    /// Makes the folders that are missing. Throws a `setup` fault, with a hint, for one that can't be made.
    func prepare(folders: [String]) async throws(TransportFault)
    /// Moves or marks mails; one that is gone already is no fault.
    func settle(_ uids: [UID], as settlement: Settlement) async throws(TransportFault)
    /// Takes away the keywords with which earlier settlements marked mails; best effort.
    func undo(_ settlements: [Settlement], of uids: [UID]) async throws(TransportFault)
    /// Returns when mail may have arrived, `interrupt()` was called, or `duration` is over.
    func wait(atMost duration: Duration) async throws(TransportFault)
    /// Ends a `wait` at once, also one that is yet to begin. Callable from any task.
    nonisolated func interrupt()
    /// LOGOUT, best effort.
    func close() async
}

/// Sends mails. Calls may overlap; the adapter keeps and reuses its connections.
package protocol Submission: Sendable {
    /// One outcome for each mail, in the mails' order.
    func send(_ mails: [OutboundMail]) async -> [SubmissionOutcome]
}

/// Bytes to values.
package protocol MailParser: Sendable {
    /// Throws when nothing can be made of the bytes; what is merely doubtful is in `InboundMail.problems`.
    func parse(_ raw: RawMail) throws(UnparsableMail) -> InboundMail
}

/// Nothing can be made of a mail's bytes.
package struct UnparsableMail: Error, Sendable, Hashable {
    package let code: String
    package let explanation: String

    package init(code: String, explanation: String) {
        self.code = code
        self.explanation = explanation
    }
}

/// Decisions to mails.
package protocol ReplyComposer: Sendable {
    /// The finished mail. `seed` tells the decision from all others; the Message-ID follows from it alone.
    func compose(_ decision: Decision, seed: String, at now: Date) throws -> OutboundMail
}

/// An error that may know whether the same can work later, without anybody doing anything.
package protocol PassingFault: Error {
    var isTemporary: Bool { get }
}

/// The store's part that takes mails in and writes decisions down.
package protocol Journal: Sendable {
    /// How far `mailbox` is taken over; nil at the very first.
    func cursor(of mailbox: String) async throws -> MailboxCursor?

    /// Stores mails and moves the cursor, in one transaction. A mail whose bytes are known already under an older
    /// UID generation only gets its new place; one whose bytes are known in this generation is stored as `ignored`
    /// with reason `duplicate`. Returns how many mails are new.
    func store(_ mails: [FetchedMail], in mailbox: String, cursor: MailboxCursor, at now: Date) async throws -> Int

    /// Raises `attempts` of up to `limit` undecided mails of together about `bytes` octets, commits, and returns them.
    /// An entry that was tried before comes alone, so that a mail that kills the process takes no other with it.
    /// `after` is the last entry of a batch that is still in hand; only later ones are claimed.
    func claimUndecided(limit: Int, bytes: Int, after: JournalID?) async throws -> [JournalEntry]

    /// Takes back the attempt of entries that were claimed and not judged for a reason that lies not in them.
    func giveBack(_ entries: [JournalID]) async throws

    /// What each key needs, in the keys' order, read at one moment.
    func views(for keys: [ViewKey], at now: Date) async throws -> [SenderView]

    /// Writes verdicts, findings, transitions, outbox rows and audit rows, in one transaction. A ruling whose
    /// transition no longer applies is left out whole and returned: that mail must be judged again.
    func record(_ rulings: [Ruling], at now: Date) async throws -> [JournalID]

    /// Judged mails of one UID generation that still lie where they arrived, oldest first.
    func unsettled(in mailbox: String, validity: UIDValidity, limit: Int) async throws -> [UnsettledMail]
    func markSettled(_ entries: [JournalID]) async throws
    /// Notes a successful look into the mailbox, for `status`.
    func notePoll(of mailbox: String, at now: Date) async throws
}

/// The store's part that replies leave through.
package protocol Outbox: Sendable {
    /// After a start: rows left `sending` become `unknown`. Returns how many.
    func recover(at now: Date) async throws -> Int

    /// Writes results and claims up to `limit` due rows as `sending`, in one transaction. `unknown` rows come once.
    func exchange(_ results: [OutboxResult], claim limit: Int, at now: Date) async throws -> [OutboxEntry]

    /// When the next waiting row is due; nil when none waits.
    func nextDue() async throws -> Date?
}

/// The store's part that looks after requests whose mail doesn't come.
package protocol WaitingRequests: Sendable {
    /// Pending requests that have waited since `since` or longer and were not reminded, the oldest first.
    func unreminded(since: Date, limit: Int) async throws -> [WaitingRequest]

    /// Pending requests that have waited since `since` or longer and were reminded at `reminded` or before.
    func overdue(since: Date, reminded: Date, limit: Int) async throws -> [WaitingRequest]

    /// Notes the reminder and queues its notice; false when the request has moved on or was reminded meanwhile.
    func remind(_ waiting: WaitingRequest, notice: QueuedNotice?, at now: Date) async throws -> Bool

    /// Changes the status and queues the notice, in one transaction; throws when the status no longer allows it.
    func change(_ change: RequestChange, actor: String, at now: Date) async throws

    /// What the registry knows around one account; nil when there is none.
    func view(of account: AccountID, at now: Date) async throws -> RegistryView?
}

/// Notices to mails.
package protocol NoticeComposer: Sendable {
    /// The finished notice about a request as it stands in the view; nil when its account is not there.
    func notice(
        _ event: Notice.Event, about request: RoleRequest, in view: RegistryView, note: String?, lastDay: Day?,
        at now: Date
    ) throws -> QueuedNotice?
}

/// The store's part that takes up exports of the registry.
package protocol RegistryIntake: Sendable {
    /// Takes one export up, in one transaction: all of it or nothing, unless `partial` keeps the good lines. Idempotent.
    /// Throws ``UnusableExport`` where no other try will help, and what the export's own reading throws as it is or
    /// wrapped; nothing is taken up then.
    func takeUp(_ export: DroppedExport, partial: Bool, at now: Date) async throws -> ExportReport
}

/// A dropped file whose bytes can be read once.
package struct DroppedExport: Sendable {
    /// Without folder.
    package let name: String
    /// The next piece; nil at the end.
    package let next: @Sendable () throws -> [UInt8]?
    /// To be called now and then while the import goes on, also when the file is read.
    package let goesOn: @Sendable () -> Void

    package init(
        name: String, next: @escaping @Sendable () throws -> [UInt8]?, goesOn: @escaping @Sendable () -> Void = {}
    ) {
        self.name = name
        self.next = next
        self.goesOn = goesOn
    }
}

/// What became of a dropped export.
package struct ExportReport: Sendable, Hashable {
    package let isTaken: Bool
    package let added: Int
    package let changed: Int
    package let unchanged: Int
    package let rejected: Int
    package let warned: Int
    /// The whole report, one JSON object.
    package let text: [UInt8]

    package init(
        isTaken: Bool, added: Int = 0, changed: Int = 0, unchanged: Int = 0, rejected: Int = 0, warned: Int = 0,
        text: [UInt8]
    ) {
        self.isTaken = isTaken
        self.added = added
        self.changed = changed
        self.unchanged = unchanged
        self.rejected = rejected
        self.warned = warned
        self.text = text
    }
}

/// A dropped file that can't even be begun, such as CSV that no column map is for.
package struct UnusableExport: Error, Sendable, Hashable {
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

/// The time now; tests bring their own.
package protocol WallClock: Sendable {
    var now: Date { get }
}
