import ArgumentParser
import Foundation

/// The program: one command for the daemon, the others for the people who look after it.
@main
struct Postern: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postern",
        abstract: "Reads role-request mails, checks the five rules, answers each sender.",
        discussion: """
            Exit status: 0 done; 1 done, but something that was checked does not hold; 2 arguments, settings or \
            input that can't be used; 75 a temporary fault, try again.
            """,
        version: "postern 0.1.0",
        subcommands: [
            ServeCommand.self, CheckCommand.self, ImportCommand.self, ExportCommand.self, StatusCommand.self,
            MessagesCommand.self, DecisionCommand.self, ReasonsCommand.self, OutboxCommand.self, AuditCommand.self,
            BackupCommand.self, ConfigCommand.self, DoctorCommand.self, DemoCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "The registry",
                subcommands: [
                    RequestCommand.self, AccountCommand.self, OperatorCommand.self, AuthorityCommand.self,
                    RoleCommand.self, EORICommand.self, MandateCommand.self, DelegationCommand.self,
                ])
        ])

    /// Runs the command that the arguments name; every failure ends as one line on standard error.
    static func main() async {
        ProcessPrivacy.begin()
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        if let status = error as? ExitCode { Foundation.exit(status.rawValue) }
        let isOurs = error is CommandFailure || !isUsage(error)
        if !isOurs {
            // Help and version come as errors too; they go to standard output with status 0.
            guard exitCode(for: error) != .success else { exit(withError: error) }
            Output.note("postern: \(oneLine(message(for: error)))")
            Foundation.exit(ExitStatus.unusable.rawValue)
        }
        let failure = CommandFailure(error)
        if !failure.line.isEmpty { Output.note("postern: \(oneLine(failure.line))") }
        Foundation.exit(failure.status.rawValue)
    }

    /// The argument parser's own errors, as against those that a command's work throws.
    private static func isUsage(_ error: any Error) -> Bool {
        if error is ValidationError || error is CleanExit { return true }
        return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").visible
    }
}
