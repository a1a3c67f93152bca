import Foundation
import Judging
package import Logging
import Mail
package import Operations
import ServiceLifecycle

/// Takes mails over from the mailbox into the journal, and shows on the server what became of them.
///
/// Mails and cursor are stored in one transaction; nothing on the server changes before. Moving and marking is best
/// effort: what fails now is done at the next look.
package struct Intake<Connector: MailboxConnector>: Service {
    package struct Settings: Sendable, Hashable {
        package var folders: Folders
        /// How long to wait for news before looking anyway.
        package var pollInterval: Duration
        /// Octets of mail fetched and stored in one go.
        package var batchBytes = 4 * 1024 * 1024
        /// Mails listed in one go.
        package var batchMails = 1_000

        package init(folders: Folders = Folders(), pollInterval: Duration = .seconds(60)) {
            self.folders = folders
            self.pollInterval = pollInterval
        }
    }

    private let connector: Connector
    private let journal: any Journal
    private let settings: Settings
    private let line: Line
    private let clock: any WallClock
    private let watchdog: Watchdog
    private let logger: Logger
    /// Ends a pause between connections.
    private let pause = Bell()

    package init(
        connector: Connector, journal: any Journal, settings: Settings, line: Line, clock: any WallClock,
        watchdog: Watchdog, logger: Logger
    ) {
        self.connector = connector
        self.journal = journal
        self.settings = settings
        self.line = line
        self.clock = clock
        self.watchdog = watchdog
        self.logger = logger
    }

    /// Runs until shut down; a lost connection is made again after a growing pause. Ends early, with `line.fault` set,
    /// when the very first look fails for a reason that only an operator can mend.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await keepWatching()
            watchdog.ended("intake")
        } onGracefulShutdown: {
            line.mailbox.get()?()
        }
        line.intakeDone.finish()
        line.desk.ring()
    }

    /// One pass: takes over everything that lies there now, and settles what the desk has judged by then.
    package func runOnce() async throws {
        defer {
            line.intakeDone.finish()
            line.desk.ring()
        }
        let session = try await open()
        try await takeOver(from: session)
        line.intakeDone.finish()
        line.desk.ring()
        while !line.deskDone.isFinished {
            try await settle(on: session)
            try await session.wait(atMost: .milliseconds(200))
        }
        try await settle(on: session)
        await session.close()
    }

    private func keepWatching() async {
        var backoff = Backoff()
        var hasWorked = false
        while !Task.isShuttingDownGracefully {
            do {
                let session = try await open()
                try await look(into: session)
                hasWorked = true
                backoff.reset()
                try await watch(session)
                await session.close()
            } catch {
                if !hasWorked, let fault = error as? TransportFault, fault.kind != .temporary {
                    line.fault.set(fault)
                    return
                }
                let wait = backoff.next()
                report(error, retryingAfter: wait)
                line.mailbox.set { [pause] in pause.ring() }
                if Task.isShuttingDownGracefully { break }
                watchdog.idle("intake", atMost: wait)
                await pause.wait(atMost: wait)
            }
        }
    }

    private func open() async throws -> Connector.Session {
        let session = try await connector.connect()
        line.mailbox.set { session.interrupt() }
        try await session.prepare(folders: settings.folders.names)
        let status = await session.status
        logger.event(
            .mailboxConnected,
            [
                "mailbox": .text(await session.mailbox), "uidValidity": .count(status.validity.number),
                "exists": .count(status.exists),
            ])
        return session
    }

    /// Waits for news and looks, again and again.
    private func watch(_ session: Connector.Session) async throws {
        while !Task.isShuttingDownGracefully {
            watchdog.idle("intake", atMost: settings.pollInterval)
            logger.event(.mailboxIdle)
            try await session.wait(atMost: settings.pollInterval)
            if Task.isShuttingDownGracefully { break }
            try await look(into: session)
        }
        watchdog.advanced("intake")
        try await settle(on: session)
    }

    private func look(into session: Connector.Session) async throws {
        watchdog.advanced("intake")
        try await takeOver(from: session)
        try await settle(on: session)
    }

    /// Stores everything from the cursor on.
    private func takeOver(from session: Connector.Session) async throws {
        let mailbox = await session.mailbox
        let validity = await session.status.validity
        guard let first = UID(1) else { return }
        var next = first
        if let cursor = try await journal.cursor(of: mailbox) {
            if cursor.validity == validity {
                next = cursor.next
            } else {
                logger.event(
                    .mailboxValidityChanged,
                    ["mailbox": .text(mailbox), "from": "\(cursor.validity)", "to": "\(validity)"])
            }
        }
        while !Task.isShuttingDownGracefully {
            let listings = try await session.list(from: next, limit: settings.batchMails)
            guard let last = listings.last, let after = last.uid.next else { break }
            for batch in batches(of: listings) {
                guard let end = batch.last?.uid.next else { continue }
                let mails = try await session.fetch(batch)
                let cursor = MailboxCursor(validity: validity, next: end)
                let added = try await journal.store(mails, in: mailbox, cursor: cursor, at: clock.now)
                watchdog.advanced("intake")
                logger.event(
                    .mailFetched, ["mails": .count(mails.count), "new": .count(added), "nextUID": .count(end.number)])
                for mail in mails where mail.raw == nil {
                    logger.event(
                        .mailTooLarge, ["uid": .count(mail.listing.uid.number), "octets": .count(mail.listing.size)])
                }
                line.desk.ring()
                if Task.isShuttingDownGracefully { return }
            }
            next = after
        }
        try await journal.notePoll(of: mailbox, at: clock.now)
    }

    /// Cuts a listing into runs of at most `batchBytes`; a larger mail comes alone.
    private func batches(of listings: [MailboxListing]) -> [[MailboxListing]] {
        var batches: [[MailboxListing]] = []
        var batch: [MailboxListing] = []
        var octets = 0
        for listing in listings {
            if !batch.isEmpty, octets + listing.size > settings.batchBytes {
                batches.append(batch)
                batch = []
                octets = 0
            }
            batch.append(listing)
            octets += listing.size
        }
        if !batch.isEmpty { batches.append(batch) }
        return batches
    }

    /// Moves or marks judged mails. The journal remembers what is done only after the server did it.
    private func settle(on session: Connector.Session) async throws {
        let mailbox = await session.mailbox
        let validity = await session.status.validity
        while true {
            let mails = try await journal.unsettled(in: mailbox, validity: validity, limit: 500)
            guard !mails.isEmpty else { return }
            let groups = Dictionary(grouping: mails) { settings.folders.settlement(of: $0.verdict, reason: $0.reason) }
            for (settlement, group) in groups {
                // What an earlier verdict left there would speak against the new one, in whatever folder the mail comes to lie.
                let again = group.filter(\.isAgain).map(\.uid)
                if !again.isEmpty {
                    try await session.undo(settings.folders.settlements(but: settlement), of: again)
                }
                if let settlement { try await session.settle(group.map(\.uid), as: settlement) }
                try await journal.markSettled(group.map(\.entry))
                watchdog.advanced("intake")
                logger.event(
                    .mailSettled, ["mails": .count(group.count), "as": .text(settlement?.text ?? "untouched")])
            }
        }
    }

    private func report(_ error: any Error, retryingAfter wait: Duration) {
        let fault = error as? TransportFault
        logger.event(
            fault.map { $0.kind == .temporary } ?? false ? .mailboxLost : .mailboxFault,
            [
                "reason": .text(fault?.reason ?? "\(error)"), "hint": .text(fault?.hint ?? ""),
                "retryInSeconds": .count(wait.components.seconds + 1),
            ])
    }
}

extension Settlement {
    /// For logs: where a mail goes.
    fileprivate var text: String {
        switch self {
        case .move(let folder): "moved to \(folder)"
        case .mark(let keyword): "marked \(keyword)"
        }
    }
}
