package import Logging

/// One kind of thing that the program reports. The id and the UUID never change once released: operators filter by
/// them (`journalctl MESSAGE_ID=…`).
package struct Event: Sendable, Hashable, CustomStringConvertible {
    /// Dotted name, such as `mail.judged`.
    package let id: String
    /// 32 lower-case hexadecimal digits: journald's MESSAGE_ID.
    package let uuid: String
    package let level: Logger.Level
    /// What happened, in a few words.
    package let summary: String

    package init(_ id: String, _ uuid: String, _ level: Logger.Level, _ summary: String) {
        self.id = id
        self.uuid = uuid
        self.level = level
        self.summary = summary
    }

    package var description: String { id }
}

/// A value that goes with an event. Addresses are marked, so that the handler can show them or not; secrets and
/// text from a mail's body have no case here and are never logged.
package enum LogValue: Sendable, Hashable {
    case text(String)
    case number(Int64)
    /// A mail address, or anything else that names a person.
    case address(String)

    /// A number of any width.
    package static func count(_ number: some BinaryInteger) -> LogValue { .number(Int64(clamping: number)) }
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .number(value) }
}

extension Logger {
    /// Reports an event at its own level.
    package func event(_ event: Event, _ values: [String: LogValue] = [:]) {
        log(level: event.level, "\(event.summary)", metadata: Self.metadata(event, values))
    }

    private static func metadata(_ event: Event, _ values: [String: LogValue]) -> Metadata {
        var metadata: Metadata = ["event": .stringConvertible(event)]
        for (key, value) in values {
            metadata[key] =
                switch value {
                case .text(let text): .string(text)
                case .number(let number): .stringConvertible(number)
                case .address(let address): .stringConvertible(LoggedAddress(address))
                }
        }
        return metadata
    }
}

/// An address on its way to a handler. Handlers that don't know it see no more than that there is one.
package struct LoggedAddress: Sendable, CustomStringConvertible {
    let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { "(address)" }
}
