import Logging
import Operations
import Service
import ServiceLifecycle
import UnixSignals

/// On SIGHUP reads the settings again: takes up what can change while mails are on their way, and says what cannot.
struct Reload: ServiceLifecycle.Service {
    let options: SettingsOptions
    let running: Settings
    let tools: Current<DeskTools>
    let care: Current<Caretaker.Tools>
    let notifier: SystemdNotifier
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            notifier.reloading()
            reload()
            notifier.ready()
        }
    }

    private func reload() {
        do {
            let fresh = try options.settings()
            let made = try Assembly(settings: fresh).tools()
            tools.set(made.desk)
            care.set(made.caretaker)
            logger.event(
                .settingsReloaded,
                ["taken": "support, trust, replies, requests, accounts, procedures, wording, lexicon"])
            let keptBack = running.fixedSections(differingFrom: fresh)
            if !keptBack.isEmpty {
                logger.event(
                    .settingsKeptBack,
                    ["sections": .text(keptBack.joined(separator: ", ")), "hint": "restart to take them up"])
            }
        } catch {
            logger.event(.settingsKeptBack, ["reason": .text(CommandFailure(error).line)])
        }
    }
}

extension Settings {
    /// Sections that only a restart takes up and that differ.
    fileprivate func fixedSections(differingFrom other: Settings) -> [String] {
        var sections: [String] = []
        if mailbox != other.mailbox { sections.append("mailbox") }
        if submission != other.submission { sections.append("submission") }
        if store != other.store { sections.append("store") }
        if exports != other.exports { sections.append("registry") }
        if log != other.log { sections.append("log") }
        if limits != other.limits { sections.append("limits") }
        if allowsPlaintext != other.allowsPlaintext { sections.append("trust.allow_plaintext") }
        return sections
    }
}
