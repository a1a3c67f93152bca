import Foundation
import Mail
import Registry
import Store

extension SettingsOptions {
    /// The store that the settings name, for what the person at the keyboard may do: to read it takes the right to look,
    /// to write it the right to change anything.
    func store(_ mode: Store.Mode) throws(CommandFailure) -> Store {
        _ = try keyboard().permission(for: mode == .read ? .look : .change)
        return try open(mode)
    }

    /// The store for a decision on a mail or a request, which somebody may only be allowed to prepare.
    func storeForDeciding() throws(CommandFailure) -> (store: Store, mayOnlyPrepare: Bool) {
        let permission = try keyboard().permission(for: .decide)
        return (try open(.write), permission == .preparedOnly)
    }

    private func open(_ mode: Store.Mode) throws(CommandFailure) -> Store {
        do {
            return try Store(path: try reader().store(), mode: mode)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Who is at the keyboard, and what the settings allow.
    func keyboard() throws(CommandFailure) -> Keyboard {
        do {
            let reader = try reader()
            let path = try reader.store()
            if let standard = try standardReader(for: path) {
                return Keyboard(map: try standard.operators(), store: path)
            }
            return Keyboard(map: try reader.operators(), store: path)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// What the standard file of settings says, where another one is named and may not set it aside: for the very database
    /// that the standard file names, who may do what can't be had from a file of one's own choice.
    private func standardReader(for path: String) throws(SettingsProblem) -> SettingsReader? {
        guard let reader = try standardReader() else { return nil }
        var (one, other) = (stat(), stat())
        guard stat(try reader.store(), &one) == 0, stat(path, &other) == 0, one.st_dev == other.st_dev,
            one.st_ino == other.st_ino
        else { return nil }
        return reader
    }

    /// The standard file of settings; nil where no other one is named, or where there is none.
    private func standardReader() throws(SettingsProblem) -> SettingsReader? {
        guard let file, file != SettingsDocument.standardFile,
            FileManager.default.isReadableFile(atPath: SettingsDocument.standardFile)
        else { return nil }
        return SettingsReader(
            try SettingsDocument(file: SettingsDocument.standardFile, environment: [:]), environment: [:])
    }

    /// Throws when somebody without the submission profile brings settings of his own to rights that are not his own.
    ///
    /// Settings name programs to run (`token_command`), files to read and servers to hand them to. So whoever may run
    /// Postern as the service's user, by a sudo rule, would with a file of his own have all that this user may do.
    func refuseBorrowedRights() throws(SettingsProblem) {
        guard let file, ProcessIdentity.current.loginUID != nil, let standard = try standardReader(),
            let map = try standard.operators()
        else { return }
        let keyboard = Keyboard(map: map, store: try standard.store())
        guard keyboard.borrowsRights, keyboard.profile != .submission else { return }
        throw SettingsProblem(
            file,
            "\(keyboard.person.visible) may not name other settings than \(SettingsDocument.standardFile) as another user; "
                + "this takes submission (operators there)")
    }

    /// Throws when whoever is at the keyboard may not have Postern write a copy of the database's contents to a file.
    ///
    /// With the service's rights that could replace the service's own files. The machine's own jobs are not bound.
    func refuseToWriteFile() throws(CommandFailure) {
        let keyboard = try keyboard()
        guard !keyboard.isUnattended else { return }
        _ = try keyboard.permission(for: keyboard.borrowsRights ? .change : .look)
    }

    /// Who is at the keyboard, for the audit trail.
    var actor: String { ProcessIdentity.current.actor }
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
