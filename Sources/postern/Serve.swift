import ArgumentParser

/// `postern serve`: the daemon.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Take mail in, judge it and answer, until told to stop.")

    @Flag(help: "One pass over the mailbox, send what can be sent, and end.")
    var once = false

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        _ = try settings.settings()
        throw CommandFailure.unusable("serve: this build can't")
    }
}
