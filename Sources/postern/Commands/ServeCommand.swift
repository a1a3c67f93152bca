import ArgumentParser

/// `postern serve`: the daemon, or one pass of it.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Watches the mailbox, judges what comes, answers.",
        discussion: """
            Runs until SIGTERM or SIGINT and then finishes what it has in hand. SIGHUP reads the settings again. With \
            --once it takes over what lies in the mailbox, judges it, sends what can be sent, and ends: status 75 when \
            a server could not be reached.
            """)

    @OptionGroup var options: SettingsOptions

    @Flag(help: "One pass over the mailbox, then end.")
    var once = false

    func run() async throws {
        let daemon = try Daemon(options: options)
        if once {
            try await daemon.runOnce()
        } else {
            try await daemon.run()
        }
    }
}
