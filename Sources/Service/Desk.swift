import Foundation
package import Judging
package import Logging
import Mail
package import Operations
import Registry
import ServiceLifecycle

/// What judging needs; exchanged as a whole when the settings are read again.
package struct DeskTools: Sendable {
    package let judge: Judge
    package let composer: any ReplyComposer
    package let limits: ReplyLimits

    package init(judge: Judge, composer: any ReplyComposer, limits: ReplyLimits) {
        self.judge = judge
        self.composer = composer
        self.limits = limits
    }
}

/// Judges the journal's undecided mails: several at once on all cores, written down in groups.
package struct Desk: Service {
    private let journal: any Journal
    private let parser: any MailParser
    private let tools: Current<DeskTools>
    private let line: Line
    private let clock: any WallClock
    private let watchdog: Watchdog
    private let logger: Logger
    private let sizeLimit: Int
    private let width: Int
    private let batchMails = 128
    private let batchBytes = 8 * 1024 * 1024

    /// - Parameters:
    ///   - sizeLimit: octets beyond which the intake leaves a mail on the server.
    ///   - width: how many mails are judged at once.
    package init(
        journal: any Journal, parser: any MailParser, tools: Current<DeskTools>, line: Line, clock: any WallClock,
        watchdog: Watchdog, logger: Logger, sizeLimit: Int = MailLimits.standard.size,
        width: Int = ProcessInfo.processInfo.activeProcessorCount
    ) {
        self.journal = journal
        self.parser = parser
        self.tools = tools
        self.line = line
        self.clock = clock
        self.watchdog = watchdog
        self.logger = logger
        self.sizeLimit = sizeLimit
        self.width = max(1, width)
    }

    /// Runs until shut down, or until the intake has finished and nothing is left. The batch in hand is always finished.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await keepJudging()
            watchdog.ended("desk")
        } onGracefulShutdown: {
            line.desk.ring()
        }
        line.deskDone.finish()
        line.mailbox.get()?()
        line.dispatch.ring()
    }

    private func keepJudging() async {
        var backoff = Backoff(first: 1, ceiling: 60)
        var faults = 0
        while !Task.isShuttingDownGracefully {
            let isLast = line.intakeDone.isFinished
            do {
                if try await judgeBacklog() > 0 {
                    backoff.reset()
                    faults = 0
                } else if isLast {
                    return
                } else {
                    watchdog.idle("desk", atMost: .seconds(30))
                    await line.desk.wait(atMost: .seconds(30))
                }
            } catch {
                logger.event(.deskFault, ["reason": "\(error)"])
                faults += 1
                if isLast, faults >= 3 {
                    line.fault.set(error)
                    return
                }
                let pause = backoff.next()
                watchdog.idle("desk", atMost: pause)
                await line.desk.wait(atMost: pause)
            }
        }
    }

    /// Judges batch after batch until none is left or a stop is asked for. Returns how many mails it took.
    ///
    /// While one batch is judged and written down, the next one is claimed and opened already.
    package func judgeBacklog() async throws -> Int {
        var count = 0
        var hand = try await take(after: nil)
        while !hand.isEmpty {
            watchdog.advanced("desk")
            let current = hand
            async let next = current.isFresh && !Task.isShuttingDownGracefully ? take(after: current.last) : Batch()
            do {
                if let opened = current.opened {
                    try await judge(opened)
                } else {
                    try await judge(await open(current.entries))
                }
            } catch {
                let upcoming = (try? await next)?.entries ?? []
                // A fault that passes lies not in these mails: their beginning doesn't count.
                if (error as? any PassingFault)?.isTemporary == true {
                    try? await journal.giveBack((current.entries + upcoming).map(\.id))
                } else {
                    try? await journal.giveBack(upcoming.map(\.id))
                }
                throw error
            }
            count += current.entries.count
            hand = try await next
            if hand.isEmpty, !Task.isShuttingDownGracefully { hand = try await take(after: nil) }
        }
        return count
    }

    /// Claims a batch and, if nothing in it was ever tried, opens it. A mail that was tried before may end the process
    /// as soon as it is opened, so that waits until nothing else is in hand.
    private func take(after last: JournalID?) async throws -> Batch {
        let entries = try await journal.claimUndecided(limit: batchMails, bytes: batchBytes, after: last)
        let batch = Batch(entries: entries)
        return batch.isFresh ? Batch(entries: entries, opened: await open(entries)) : batch
    }

    /// Judges a batch and writes it down.
    private func judge(_ batch: [OpenedMail]) async throws {
        var waiting = batch
        // What another mail or an operator has overtaken stays unjudged: it is judged on what is true now.
        for _ in 0..<5 {
            let rulings = try await rule(on: waiting)
            let overtaken = Set(try await journal.record(rulings, at: clock.now))
            report(rulings.filter { !overtaken.contains($0.entry) })
            waiting = waiting.filter { overtaken.contains($0.entry.id) }
            if waiting.isEmpty { break }
            logger.event(.mailRejudged, ["mails": .count(waiting.count)])
        }
        line.dispatch.ring()
        line.mailbox.get()?()
    }

    /// The third beginning is the last: a mail that was never finished in two is put aside for a person.
    private static let maximumAttempts = 3
}

extension Desk {
    /// A journal entry with what parsing made of it.
    private struct OpenedMail: Sendable {
        let entry: JournalEntry
        /// The mail, or the verdict that it gets without being read.
        let content: Result<InboundMail, UnreadMail>

        init(_ entry: JournalEntry, parser: any MailParser, sizeLimit: Int) {
            self.entry = entry
            guard entry.earlierAttempts < Desk.maximumAttempts - 1 else {
                content = .failure(UnreadMail(reason: "poison"))
                return
            }
            guard let raw = entry.raw else {
                // A mail within the limit came without its bytes because the server can't hand it out.
                content = .failure(
                    UnreadMail(reason: entry.size > sizeLimit ? "limit.size" : "structure.not-handed-out"))
                return
            }
            do {
                content = .success(try parser.parse(raw))
            } catch {
                content = .failure(UnreadMail(reason: Reason(error.code)))
            }
        }
    }

    /// The finished reply that a decision asks for; nil when it asks for none.
    private static func reply(
        to decision: Decision, about entry: JournalEntry, by composer: any ReplyComposer, at now: Date
    ) throws -> OutboundMail? {
        guard decision.reply != nil else { return nil }
        let seed = "\(entry.id)|\(entry.round)|\(decision.verdict)|\(decision.reason)"
        return try composer.compose(decision, seed: seed, at: now)
    }

    private struct UnreadMail: Error {
        let reason: Reason
    }

    /// Entries claimed together; opened unless one of them was tried before.
    private struct Batch: Sendable {
        var entries: [JournalEntry] = []
        var opened: [OpenedMail]?

        var isEmpty: Bool { entries.isEmpty }
        var isFresh: Bool { entries.allSatisfy { $0.earlierAttempts == 0 } }
        var last: JournalID? { entries.last?.id }
    }

    private func open(_ entries: [JournalEntry]) async -> [OpenedMail] {
        let (parser, sizeLimit) = (parser, sizeLimit)
        return await concurrently(entries) { OpenedMail($0, parser: parser, sizeLimit: sizeLimit) }
    }

    private func rule(on mails: [OpenedMail]) async throws -> [Ruling] {
        let tools = tools.get()
        let now = clock.now
        let keys = mails.map { mail in
            switch mail.content {
            case .success(let content): tools.judge.key(of: content, vouch: mail.entry.vouch)
            case .failure: ViewKey(sender: nil, answers: [])
            }
        }
        let views = try await journal.views(for: keys, at: now)
        let decided = await concurrently(Array(zip(mails, views))) { mail, view in
            switch mail.content {
            case .success(let content):
                tools.judge.judge(content, view: view.registry, now: now, vouch: mail.entry.vouch)
                    .matched(to: view.bounced)
            case .failure(let unread): Decision.held(unread: unread.reason)
            }
        }
        let limited = LimitedDecision.apply(tools.limits, to: decided, views: views, at: now)
        return await concurrently(Array(zip(mails, limited))) { mail, limited in
            let decision = limited.decision
            let reply = try? Self.reply(to: decision, about: mail.entry, by: tools.composer, at: now)
            // An answer that can't be written keeps the mail for a person, and no other mail from being judged.
            let isWritten = decision.reply == nil || reply != nil
            let content = try? mail.content.get()
            return Ruling(
                entry: mail.entry.id, decision: isWritten ? decision : decision.held(because: "reply.unwritable"),
                messageID: content?.messageID, subject: content?.subject ?? "", reply: reply,
                allowance: limited.allowance, round: mail.entry.round)
        }
    }

    /// Maps on `width` tasks, each with a run of neighbours; results keep their order.
    private func concurrently<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ transform: @escaping @Sendable (Input) -> Output
    ) async -> [Output] {
        let run = max(1, (inputs.count + width - 1) / width)
        return await withTaskGroup(of: (Int, [Output]).self) { group in
            for start in stride(from: 0, to: inputs.count, by: run) {
                let slice = inputs[start..<min(start + run, inputs.count)]
                group.addTask { (start, slice.map(transform)) }
            }
            var runs: [(Int, [Output])] = []
            for await finished in group { runs.append(finished) }
            return runs.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    private func report(_ rulings: [Ruling]) {
        for ruling in rulings {
            let decision = ruling.decision
            let event: Event =
                switch decision.reason {
                case "poison": .mailPoison
                case "sender.look-alike": .mailLookAlike
                case "limit.replies", "limit.same-outcome", "limit.global": .replyLimit
                default: decision.verdict == .held ? .mailHeld : .mailJudged
                }
            logger.event(
                event,
                [
                    "mail": .count(ruling.entry.number), "verdict": .text(decision.verdict.rawValue),
                    "reason": .text(decision.reason.code), "request": .text(decision.request?.text ?? ""),
                    "sender": .address(decision.sender.address?.text ?? ""),
                ])
            if let bounced = decision.bounced {
                logger.event(
                    .replyBounced,
                    [
                        "reply": .count(bounced.reply.number), "mail": .count(ruling.entry.number),
                        "recipient": .address(bounced.recipient.text), "status": .text(bounced.status ?? ""),
                    ])
            }
        }
    }
}
