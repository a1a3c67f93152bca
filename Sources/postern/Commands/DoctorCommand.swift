import ArgumentParser
import Foundation

/// `postern doctor`: whether everything that the daemon rests on holds.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check settings, password files, store, clock and both mail servers.",
        discussion: """
            Each line says ok, or what to do. Sends nothing; makes the folders that the daemon would make. Status 1: \
            something does not hold. 2: the settings can't be used. 75: only a server did not answer now.
            """)

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func run() async throws {
        let document = try settings.document()
        let findings = await Doctor(document: document, environment: settings.environment, now: Date()).examine()
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
