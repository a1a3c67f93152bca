import ArgumentParser
import Foundation
import Judging
import Mail
import SenderTrust

/// `postern check`: what the verdict on mails would be.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what the verdict on mails would be. Changes nothing and sends nothing.",
        discussion: """
            With --registry no database is needed; with --authserv-id and --support no settings either. A file that \
            can't be read is told on standard error, the others are judged, and the status is 2.
            """)

    @Argument(help: ArgumentHelp(".eml files, folders of them, or - for standard input.", valueName: "path"))
    var paths: [String]

    @Option(
        help: ArgumentHelp("Judge against this registry (JSON Lines) instead of the database.", valueName: "file.jsonl")
    )
    var registry: String?

    @Option(
        name: .customLong("authserv-id"),
        help: ArgumentHelp("The receiving server's id in its Authentication-Results.", valueName: "id"))
    var authservID: String?

    @Option(
        help: ArgumentHelp("The host in the receiving border's Received field (default: the id).", valueName: "host"))
    var borderHost: String?

    @Option(
        help: ArgumentHelp(
            "How the receiving server writes its results: rfc8601, milter or exchange-online.", valueName: "profile"))
    var trustProfile: TrustSettings.Profile?

    @Option(help: ArgumentHelp("Whether a DKIM signature of the From domain is asked for: ignore or require."))
    var dkim: TrustSettings.DKIM?

    @Option(
        help: ArgumentHelp("A domain whose ARC seals are believed; may be given several times.", valueName: "domain"))
    var arcSealer: [String] = []

    @Option(help: ArgumentHelp("A support address; may be given several times.", valueName: "address"))
    var support: [String] = []

    @Option(help: ArgumentHelp("Judge as of this moment (ISO 8601; default: now).", valueName: "time"))
    var at: String?

    @Flag(help: "Show the text that was read, what was left out, and what each rule saw.")
    var explain = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func run() async throws {
        let now = try at.map { try moment($0, option: "--at") } ?? Date()
        let bench = try CheckBench(options: self)
        let files = try MailFiles.list(paths)
        let report = CheckReport(json: format.json, labels: files.map(\.label))
        var output = Output()
        var progress = ProgressBar("check", of: files.count)
        var tally: [Verdict: Int] = [:]
        var done = 0
        var unreadable = 0
        try await Ordered.map(files) { run in
            try await bench.check(run, at: now).map(report.entry)
        } consume: { entries in
            for entry in entries {
                if let fault = entry.fault {
                    unreadable += 1
                    progress.finish()
                    Output.note("postern: \(fault)")
                }
                if let verdict = entry.verdict { tally[verdict, default: 0] += 1 }
                for line in entry.lines { try output.line(line) }
            }
            done += entries.count
            if !Terminal.isOutput { progress.update(done) }
        }
        progress.finish()
        if !format.json, files.count > 1 || tally.isEmpty { try output.line(report.summary(tally)) }
        try output.finish()
        if unreadable > 0 { throw CommandFailure(.unusable, "") }
    }
}

extension TrustSettings.Profile: ExpressibleByArgument {}
extension TrustSettings.DKIM: ExpressibleByArgument {}
