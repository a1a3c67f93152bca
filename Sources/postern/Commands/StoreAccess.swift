import Foundation
import Mail
import Store

extension SettingsOptions {
    /// The store that the settings name.
    func store(_ mode: Store.Mode) throws(CommandFailure) -> Store {
        do {
            return try Store(path: try reader().store(), mode: mode)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Who is at the keyboard, for the audit trail: the Unix user's name, or its number.
    var actor: String {
        let number = getuid()
        guard let entry = getpwuid(number), let name = entry.pointee.pw_name else { return "user:\(number)" }
        return "user:\(String(cString: name).visible)"
    }
}

extension JournalID {
    /// Reads the number of a mail as `messages list` shows it.
    init(argument: String) throws(CommandFailure) {
        guard let number = Int64(argument), number > 0 else {
            throw .unusable("'\(argument)' is no number of a mail; 'postern messages list' shows them")
        }
        self.init(number)
    }
}

extension OutboxID {
    /// Reads the number of a reply as `outbox list` shows it.
    init(argument: String) throws(CommandFailure) {
        guard let number = Int64(argument), number > 0 else {
            throw .unusable("'\(argument)' is no number of a reply; 'postern outbox list' shows them")
        }
        self.init(number)
    }
}

/// A moment on the command line.
func moment(_ text: String, option: String) throws(CommandFailure) -> Date {
    guard let moment = Date(argument: text) else {
        throw .unusable("\(option): '\(text)' is no moment in ISO 8601 (2026-11-21T12:00:00Z)")
    }
    return moment
}

extension JSON {
    /// A Message-ID in its angle brackets, as it stands in the mail; the store keeps it without.
    static func messageID(_ text: String?) -> JSON { JSON(text.map { MessageID($0)?.bracketed ?? $0 }) }
}
