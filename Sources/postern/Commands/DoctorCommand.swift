import ArgumentParser
import CurlTransport
import Foundation
import Mail

/// `postern doctor`: whether everything that the daemon rests on holds.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check settings, password files, store, clock and both mail servers.",
        discussion: """
            Each line says ok, or what to do. Sends nothing; makes the folders that the daemon would make. Status 1: \
            something does not hold. 2: the settings can't be used. 75: only a server did not answer now.

            With --probe it sends the support mailbox a mail with forged Authentication-Results and says what the \
            receiving server does with them. The service ignores that mail; it stays in the mailbox.
            """)

    @Flag(help: "Send a mail with forged Authentication-Results to the support mailbox, and look at what arrives.")
    var probe = false

    @Option(
        help: ArgumentHelp(
            "Hand the probe to this server, as a stranger's server would; without it, to the submission server.",
            valueName: "smtp://host[:port]"))
    var through: String?

    @Option(help: ArgumentHelp("The probe's From (default: the first support address).", valueName: "address"))
    var from: String?

    @Option(help: ArgumentHelp("How long to wait for the probe (default: 60).", valueName: "seconds"))
    var wait: Int?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func validate() throws {
        if !probe, through != nil || from != nil || wait != nil {
            throw ValidationError("--through, --from and --wait need --probe")
        }
        if let wait, !(1...3_600).contains(wait) { throw ValidationError("--wait must be from 1 to 3600") }
        if let from, EmailAddress(from) == nil {
            throw ValidationError("--from: '\(from.visible)' is no plain mail address")
        }
    }

    func run() async throws {
        if let through { _ = try BorderDelivery(url: through) }
        let document = try settings.document()
        var doctor = Doctor(document: document, environment: settings.environment, now: Date())
        if probe {
            doctor.probe = Doctor.Probe(
                through: through, sender: from.flatMap { EmailAddress($0) }, patience: .seconds(wait ?? 60))
        }
        let findings = await doctor.examine()
        var output = Output()
        for finding in findings {
            if format.json { try output.json(finding.json) } else { try output.line(finding.line) }
        }
        try output.finish()
        if let first = document.allProblems(environment: settings.environment).first {
            throw CommandFailure.unusable(first.description)
        }
        if findings.contains(where: { $0.grade == .failed }) { throw CommandFailure.unfulfilled }
        if findings.contains(where: { $0.grade == .temporary }) { throw CommandFailure(.temporary, "") }
    }
}
