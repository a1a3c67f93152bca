import Foundation
import Mail

/// A file that holds a secret: named by its path, or by its name in the folder of systemd's credentials.
struct SecretFile: Sendable, Equatable {
    /// The key that names the file, for messages.
    let key: SettingKey
    let path: String

    /// A name without a leading slash lies in `$CREDENTIALS_DIRECTORY` (systemd.exec(5)), or, where there is none,
    /// beside the file of settings.
    init(_ name: String, key: SettingKey, credentials: String?, beside settings: String) {
        self.key = key
        path = name.hasPrefix("/") ? name : Paths.join(credentials ?? Paths.folder(of: settings), name)
    }

    /// The file's text without the line end that editors leave.
    func read() throws(SettingsProblem) -> Secret {
        var bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path, limit: 65_536)
        } catch {
            throw SettingsProblem(path, "\(key.rawValue): the password file can't be read: \(error.words)")
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw SettingsProblem(path, "\(key.rawValue): the password file is empty") }
        guard let text = String(validating: bytes, as: UTF8.self), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
        else {
            throw SettingsProblem(path, "\(key.rawValue): the password file must hold one line of UTF-8 text")
        }
        return Secret(text)
    }

    /// What is wrong with the file's permissions: others than the owner may read or change it.
    func permissionWarning() -> SettingsProblem? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 != 0, !path.hasPrefix("/run/credentials/") else {
            return nil
        }
        return SettingsProblem(
            path,
            "\(key.rawValue): others than its owner may use this file (mode \(String(status.st_mode & 0o777, radix: 8))); chmod 600"
        )
    }
}

/// Joining and splitting of paths, as texts.
enum Paths {
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
}
