package import Logging

import struct Foundation.Date

/// The program's swift-log handler: redacts, then hands each message to its sink.
package struct PosternLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level

    private let label: String
    private let sink: LogSink
    private let redaction: Redaction
    private let now: @Sendable () -> Date

    package init(label: String = "", level: Logger.Level, redaction: Redaction, sink: LogSink) {
        self.init(label: label, level: level, redaction: redaction, sink: sink, now: { Date() })
    }

    init(
        label: String, level: Logger.Level, redaction: Redaction, sink: LogSink, now: @escaping @Sendable () -> Date
    ) {
        self.label = label
        self.logLevel = level
        self.redaction = redaction
        self.sink = sink
        self.now = now
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadataProvider?.get() ?? [:]
        all.merge(metadata) { $1 }
        if let given = event.metadata { all.merge(given) { $1 } }
        if let error = event.error { all["error"] = .string("\(error)") }
        sink.write(
            LogRecord(
                date: now(), level: event.level, label: label, message: event.message.description, metadata: all,
                redaction: redaction))
    }
}
