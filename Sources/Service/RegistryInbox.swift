import Foundation
package import Logging
package import Operations
import Registry
import ServiceLifecycle
import Synchronization

/// Watches a folder for dropped exports: takes each up in one transaction, then moves it to `done` or `failed` with a
/// report beside it.
///
/// A file is taken up when it looks the same in two looks; meanwhile it has a hidden name, so that nobody puts another in
/// its place. A crash before it is moved takes it up once more, which changes nothing: an import is idempotent. What
/// can't be read is told once and stays where it is.
package final class RegistryInbox: Service {
    private struct State {
        /// Whether what an earlier run left was mended.
        var isMended = false
        /// What lay there at the last look.
        var seen: Set<DropFolder.Drop> = []
        /// Taken up or refused, but not moved yet.
        var unmoved: [DropFolder.Drop: Settlement] = [:]
        /// What was told already, by what it is about.
        var told: [String: String] = [:]
    }

    private struct Settlement {
        let outcome: DropFolder.Outcome
        let report: [UInt8]
    }

    /// Ends an import that a stop overtakes; nothing of it stays.
    private struct Stopped: Error {}

    private let folder: DropFolder
    private let intake: any RegistryIntake
    private let isPartial: Bool
    private let clock: any WallClock
    private let watchdog: Watchdog
    private let logger: Logger
    private let interval: Duration
    private let bell = Bell()
    private let stop = Stage()
    private let state = Mutex(State())

    /// - Parameters:
    ///   - isPartial: takes the good lines of a file with broken ones.
    ///   - interval: from one look to the next.
    package init(
        folder: DropFolder, intake: any RegistryIntake, isPartial: Bool, clock: any WallClock, watchdog: Watchdog,
        logger: Logger, interval: Duration = .seconds(3)
    ) {
        self.folder = folder
        self.intake = intake
        self.isPartial = isPartial
        self.clock = clock
        self.watchdog = watchdog
        self.logger = logger
        self.interval = interval
    }

    /// Runs until shut down. An import that is under way then is given up; its file is taken up after the next start.
    package func run() async throws {
        await withGracefulShutdownHandler {
            var backoff = Backoff(first: 5, ceiling: 300)
            while !stop.isFinished, !Task.isCancelled {
                watchdog.advanced("inbox")
                let isFruitless = await look()
                if !isFruitless { backoff.reset() }
                let pause = isFruitless ? backoff.next() : interval
                watchdog.idle("inbox", atMost: pause)
                await bell.wait(atMost: pause)
            }
            watchdog.ended("inbox")
        } onGracefulShutdown: {
            self.stop.finish()
            self.bell.ring()
        }
    }

    /// Whether it was asked to end.
    var isStopping: Bool { stop.isFinished }

    /// One look into the folder. Returns whether something could not be done that may work later.
    @discardableResult
    package func look() async -> Bool {
        let content: DropFolder.Content
        do {
            content = try folder.content()
        } catch {
            tell(error.description, about: "")
            return false
        }
        let (ready, isMended) = state.withLock { state in
            let ready = content.drops.filter { state.seen.contains($0) }
            state.seen = Set(content.drops)
            state.unmoved = state.unmoved.filter { state.seen.contains($0.key) }
            let names = Set(content.drops.map(\.name) + content.oddities.map(\.name))
            state.told = state.told.filter { names.contains($0.key) }
            defer { state.isMended = true }
            return (ready, state.isMended)
        }
        if !isMended { folder.finishReports() }
        for oddity in content.oddities { tell(oddity.reason, about: oddity.name) }
        var isFruitless = false
        for drop in ready where !stop.isFinished {
            let settled = state.withLock { $0.unmoved[drop] }
            if let settled { settle(drop, settled) } else if await !take(drop) { isFruitless = true }
        }
        return isFruitless
    }

    /// Takes one file up and moves it. Returns false when the store can't take it now.
    private func take(_ found: DropFolder.Drop) async -> Bool {
        var drop = found
        let settlement: Settlement
        do {
            guard let taken = try folder.take(found, at: clock.now) else { return true }
            drop = taken.drop
            let file = taken.file
            let (watchdog, stop) = (watchdog, stop)
            let export = DroppedExport(
                name: drop.name,
                next: {
                    if stop.isFinished { throw Stopped() }
                    return try file.next()
                },
                // Desk and dispatch may wait for the store as long as this takes.
                goesOn: { watchdog.worksForAll("inbox") })
            export.goesOn()
            let report = try await intake.takeUp(export, partial: isPartial, at: clock.now)
            settlement = Settlement(outcome: report.isTaken ? .done : .failed, report: report.text)
            logger.event(
                report.isTaken ? .inboxTaken : .inboxRefused,
                [
                    "file": .text(drop.name), "added": .count(report.added), "changed": .count(report.changed),
                    "unchanged": .count(report.unchanged), "rejected": .count(report.rejected),
                    "warned": .count(report.warned),
                ])
        } catch let unusable as UnusableExport {
            let report: JSONValue = .object([
                .init("file", .string(drop.name)), .init("taken", .bool(false)),
                .init("problem", .string(unusable.reason)),
            ])
            settlement = Settlement(outcome: .failed, report: Array((report.text + "\n").utf8))
            logger.event(.inboxRefused, ["file": .text(drop.name), "reason": .text(unusable.reason)])
        } catch let fault as DropFolder.Fault {
            folder.giveBack(drop)
            tell(fault.description, about: drop.name)
            return true
        } catch {
            folder.giveBack(drop)
            if stop.isFinished { return true }
            tell("\(error)", about: drop.name)
            return false
        }
        settle(drop, settlement)
        return true
    }

    private func settle(_ drop: DropFolder.Drop, _ settlement: Settlement) {
        do {
            _ = try folder.settle(drop, as: settlement.outcome, report: settlement.report, at: clock.now)
            state.withLock { state in
                state.unmoved[drop] = nil
                state.told[drop.name] = nil
            }
        } catch {
            state.withLock { $0.unmoved[drop] = settlement }
            tell(error.description, about: drop.name)
        }
    }

    /// Reports a fault when it is new.
    private func tell(_ reason: String, about name: String) {
        let isNew = state.withLock { state in
            defer { state.told[name] = reason }
            return state.told[name] != reason
        }
        if isNew { logger.event(.inboxFault, ["reason": .text(reason), "file": .text(name)]) }
    }
}
