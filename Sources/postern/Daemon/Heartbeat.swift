import Logging
import Operations
import ServiceLifecycle

/// Tells systemd that the service is up, that it still works, and that it is going.
struct Heartbeat: ServiceLifecycle.Service {
    let notifier: SystemdNotifier
    let watchdog: Watchdog
    let logger: Logger

    func run() async throws {
        notifier.ready(status: "watching the mailbox")
        logger.event(.serviceReady)
        await withGracefulShutdownHandler {
            // Beats also while the others finish what they have in hand; this service is the last to be stopped.
            await cancelWhenGracefulShutdown { await watchdog.keepBeating(notifier, logger: logger) }
            try? await gracefulShutdown()
        } onGracefulShutdown: {
            notifier.stopping(status: "finishing the mail in hand")
            logger.event(.serviceStopping)
        }
    }
}
