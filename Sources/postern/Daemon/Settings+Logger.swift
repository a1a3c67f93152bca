import Foundation
import Logging
import Operations

extension Settings {
    /// The daemon's log, on standard error, or in the journal where systemd has connected that to it.
    func logger(environment: [String: String]) throws -> Logger {
        let redaction: Redaction =
            switch log.addresses {
            case "plain": .plain
            case "none": .none
            default: .hashed(key: try InstallationKey.read(beside: store))
            }
        let format: LogFormat =
            switch log.format {
            case "journald": .journal
            default: LogFormat(rawValue: log.format) ?? .auto
            }
        let level = Logger.Level(rawValue: log.level) ?? .info
        let sink = LogSink(format, stream: STDERR_FILENO, environment: environment)
        return Logger(label: "postern") { label in
            PosternLogHandler(label: label, level: level, redaction: redaction, sink: sink)
        }
    }
}
