import Foundation
import Logging

extension LogRecord {
    /// `2026-11-02T10:00:00.123Z info mail.judged: Mail judged uid=7 verdict=accepted`, without a line end.
    var textLine: String {
        var line = "\(timestamp) \(level.rawValue)"
        if let event { line += " \(event.id)" } else if !label.isEmpty { line += " [\(LogEscape.escape(label))]" }
        return line + ": " + humanMessage
    }

    /// The message and the fields in one line: what MESSAGE and the text format show.
    var humanMessage: String {
        fields.reduce(LogEscape.escape(message)) { line, field in
            line + " \(Self.plainKey(field.key))=\(LogEscape.quoted(field.value.text))"
        }
    }

    /// One JSON object: `time`, `level`, `event`, `eventID`, `message`, then the fields; without a line end.
    var jsonLine: String {
        var line = "{\"time\":\"\(timestamp)\",\"level\":\"\(level.rawValue)\""
        if let event { line += ",\"event\":\(LogEscape.json(event.id)),\"eventID\":\"\(event.uuid)\"" }
        if !label.isEmpty { line += ",\"label\":\(LogEscape.json(label))" }
        line += ",\"message\":\(LogEscape.json(message))"
        for (key, value) in fields {
            // A field may not pass for one of the line's own.
            let name = Self.ownKeys.contains(key) ? "_" + key : key
            line += ",\(LogEscape.json(name)):"
            switch value {
            case .number(let number): line += String(number)
            case .text(let text): line += LogEscape.json(text)
            }
        }
        return line + "}"
    }

    private static let ownKeys: Set<String> = ["time", "level", "event", "eventID", "label", "message"]

    /// A datagram of journald's native protocol (systemd: Native Journal Protocol).
    func journalDatagram(identifier: String) -> [UInt8] {
        var datagram: [UInt8] = []
        Self.append("MESSAGE", humanMessage, to: &datagram)
        Self.append("PRIORITY", String(priority), to: &datagram)
        Self.append("SYSLOG_IDENTIFIER", identifier, to: &datagram)
        if let event {
            Self.append("MESSAGE_ID", event.uuid, to: &datagram)
            Self.append("POSTERN_EVENT", event.id, to: &datagram)
        }
        for (key, value) in fields { Self.append(Self.journalKey(key), value.text, to: &datagram) }
        return datagram
    }

    /// `KEY=value`, or where the value holds a line end the form with a length, in which it can't forge a field.
    private static func append(_ key: String, _ value: String, to datagram: inout [UInt8]) {
        datagram += key.utf8
        if value.utf8.contains(UInt8(ascii: "\n")) {
            datagram.append(UInt8(ascii: "\n"))
            let count = UInt64(value.utf8.count)
            datagram += (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        } else {
            datagram.append(UInt8(ascii: "="))
        }
        datagram += value.utf8
        datagram.append(UInt8(ascii: "\n"))
    }

    /// `uidValidity` → `POSTERN_UIDVALIDITY`: capitals, digits and underscores, at most 64 (journald drops others).
    private static func journalKey(_ key: String) -> String {
        let letters = key.utf8.prefix(56).map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xdf
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        return "POSTERN_" + String(decoding: letters, as: UTF8.self)
    }

    /// A key can't end its own part of the line.
    private static func plainKey(_ key: String) -> String {
        LogEscape.escape(key).replacing(" ", with: "_").replacing("=", with: "_")
    }

    /// syslog's severities (RFC 5424 §6.2.1).
    private var priority: Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    private var timestamp: String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
