import Logging

import struct Foundation.Date

/// One message as the handlers write it: everything redacted already, nothing escaped yet.
struct LogRecord: Sendable {
    /// No value is longer, in octets of UTF-8: mails choose some of them.
    static let longestValue = 2_000

    let date: Date
    let level: Logger.Level
    /// Whose message it is, where it is not the program's own loops'.
    let label: String
    let event: Event?
    let message: String
    /// Sorted by key.
    let fields: [(key: String, value: Value)]

    /// A field's value, as far as JSON tells kinds apart.
    enum Value: Sendable, Equatable {
        case text(String)
        case number(Int64)

        var text: String {
            switch self {
            case .text(let text): text
            case .number(let number): String(number)
            }
        }
    }

    init(
        date: Date, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata,
        redaction: Redaction
    ) {
        self.date = date
        self.level = level
        self.label = label
        self.message = Self.cut(message)
        var event: Event?
        var fields: [(key: String, value: Value)] = []
        for (key, value) in metadata {
            if key == "event", case .stringConvertible(let object) = value, let found = object as? Event {
                event = found
            } else {
                fields.append((key, Self.plain(value, level, redaction)))
            }
        }
        self.event = event
        self.fields = fields.sorted { $0.key < $1.key }
    }

    private static func plain(_ value: Logger.Metadata.Value, _ level: Logger.Level, _ redaction: Redaction) -> Value {
        switch value {
        case .stringConvertible(let object as Int64): .number(object)
        case .stringConvertible(let object as Int): .number(Int64(object))
        default: .text(cut(flat(value, level, redaction)))
        }
    }

    /// Nested metadata in brackets; addresses anywhere in it by the policy.
    private static func flat(_ value: Logger.Metadata.Value, _ level: Logger.Level, _ redaction: Redaction) -> String {
        switch value {
        case .string(let text): text
        case .stringConvertible(let object as LoggedAddress): redaction.show(object.text, at: level)
        case .stringConvertible(let object): object.description
        case .array(let values): "[" + values.map { flat($0, level, redaction) }.joined(separator: ", ") + "]"
        case .dictionary(let values):
            "["
                + values.sorted { $0.key < $1.key }.map { "\($0.key): \(flat($0.value, level, redaction))" }
                .joined(separator: ", ") + "]"
        }
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= longestValue ? text : String(text.unicodeScalars.prefix(longestValue / 4)) + "…"
    }
}
