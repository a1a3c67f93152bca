import CAllocator
import CurlTransport
import Glibc
import Logging
import Mail
import Operations
import Service
import ServiceLifecycle
import Store
import UnixSignals

/// The running program: intake, desk, dispatch and the folder of dropped exports in one group, which starts in the order that mails go out and stops
/// in the order that they come in.
struct Daemon {
    private let options: SettingsOptions
    private let settings: Settings
    /// Held as long as this process works on the store.
    private let lock: ServiceLock
    private let store: Store
    private let assembly: Assembly
    private let logger: Logger

    /// Everything that can be unusable is found here, before anything is begun.
    init(options: SettingsOptions) throws {
        // A connection that breaks while something is written to it is that connection's fault, not the program's end.
        signal(SIGPIPE, SIG_IGN)
        // Mails pass through several threads; an arena for each would keep what every one of them once needed.
        _ = postern_limit_arenas(2)
        self.options = options
        settings = try options.settings()
        let openings = try StoreFiles(settings.store).close()
        logger = try settings.logger(environment: options.environment)
        assembly = Assembly(settings: settings)
        for opening in openings {
            logger.event(
                .storeOpenToOthers,
                [
                    "path": .text(opening.path), "reason": .text(opening.words),
                    "hint": .text(opening.isGrave ? "nothing: its mode is 600 now" : opening.hint),
                ])
        }
        lock = try ServiceLock(store: settings.store)
        store = try assembly.store(checked: true)
        logger.event(.storeOpened, ["path": .text(settings.store)])
    }

    /// Runs until a signal ends it.
    func run() async throws {
        let parts = try parts()
        let notifier = SystemdNotifier(environment: options.environment)
        // They stop in reverse: the way of a mail from its beginning, so that what came in still goes out.
        let services: [any ServiceLifecycle.Service] =
            [
                Heartbeat(notifier: notifier, watchdog: parts.watchdog, logger: logger),
                Reload(
                    options: options, running: settings, tools: parts.tools, care: parts.care, notifier: notifier,
                    logger: logger),
            ] + inbox(parts.watchdog) + [parts.caretaker, Lasting(parts.dispatch), Lasting(parts.desk), parts.intake]
        logger.event(.serviceStarted, ["mailbox": .text(settings.mailbox.url.text)])
        try await ServiceGroup(
            configuration: .init(
                // The intake ends early only when the mailbox can't be used at all: then all end.
                services: services.map {
                    .init(
                        service: $0,
                        successTerminationBehavior: $0 is Intake<IMAPConnector> ? .gracefullyShutdownGroup : .ignore,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                }, gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.quiet)
        ).run()
        await parts.submission.close()
        logger.event(.serviceStopped)
        if let fault = parts.line.fault.get() { throw fault }
    }

    /// One pass; throws what kept it from reaching the mailbox.
    func runOnce() async throws {
        let parts = try parts()
        do { try await parts.caretaker.tend() } catch { logger.event(.storeFault, ["reason": "\(error)"]) }
        let pass = OnePass(intake: parts.intake)
        let services: [any ServiceLifecycle.Service] = [parts.dispatch, parts.desk, pass]
        try await ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0, successTerminationBehavior: .ignore) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.quiet)
        ).run()
        await parts.submission.close()
        if let error = pass.fault.get() ?? parts.line.fault.get() { throw error }
    }

    /// The service that takes up dropped exports; none without a folder.
    private func inbox(_ watchdog: Watchdog) -> [any ServiceLifecycle.Service] {
        guard let path = settings.exports.inbox else { return [] }
        return [
            RegistryInbox(
                folder: DropFolder(path: path),
                intake: ExportIntake(store: store, columnMaps: settings.exports.columnMaps),
                isPartial: settings.exports.inboxIsPartial, clock: SystemClock(), watchdog: watchdog, logger: logger)
        ]
    }

    /// The group's own chatter is no event of ours.
    private static let quiet = Logger(label: "postern.group") { _ in SwiftLogNoOpLogHandler() }

    private struct Parts {
        let line: Line
        let watchdog: Watchdog
        let tools: Current<DeskTools>
        let care: Current<Caretaker.Tools>
        let caretaker: Caretaker
        let submission: SMTPSubmission
        let intake: Intake<IMAPConnector>
        let desk: Desk
        let dispatch: Dispatch
    }

    private func parts() throws -> Parts {
        let line = Line()
        let watchdog = Watchdog()
        let made = try assembly.tools()
        let tools = Current(made.desk)
        let care = Current(made.caretaker)
        let submission = try assembly.submission()
        let clock = SystemClock()
        return Parts(
            line: line, watchdog: watchdog, tools: tools, care: care,
            caretaker: Caretaker(
                requests: store, tools: care, line: line, clock: clock, watchdog: watchdog, logger: logger),
            submission: submission,
            intake: Intake(
                connector: try assembly.connector(), journal: store,
                settings: .init(folders: assembly.folders, pollInterval: settings.mailbox.pollInterval),
                line: line, clock: clock, watchdog: watchdog, logger: logger),
            desk: Desk(
                journal: store, parser: assembly.parser(), tools: tools, line: line, clock: clock, watchdog: watchdog,
                logger: logger, sizeLimit: settings.limits.size),
            dispatch: Dispatch(
                outbox: store, submission: submission, line: line, clock: clock, watchdog: watchdog, logger: logger))
    }
}

/// A service that ends only when it is asked to. Desk and dispatch have done their last work as soon as those before them
/// have, which may be a moment before their turn to stop; the group would take that for a failure.
private struct Lasting<Inner: ServiceLifecycle.Service>: ServiceLifecycle.Service {
    private let inner: Inner

    init(_ inner: Inner) { self.inner = inner }

    func run() async throws {
        try await inner.run()
        try await gracefulShutdown()
    }
}

/// One pass of the intake as a service; what went wrong is kept, so that the others can still finish.
private struct OnePass: ServiceLifecycle.Service {
    let intake: Intake<IMAPConnector>
    let fault = Current<(any Error)?>(nil)

    func run() async throws {
        do {
            try await intake.runOnce()
        } catch {
            fault.set(error)
        }
    }
}
