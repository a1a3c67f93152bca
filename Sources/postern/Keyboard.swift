import Foundation
import Registry

/// Who sits at the keyboard, and what the settings let that person do.
struct Keyboard {
    let identity: ProcessIdentity
    /// The Unix user whose profile counts.
    let counted: UInt32
    /// Somebody who logged in works with the rights of the database's owner or of root.
    let borrowsRights: Bool
    /// The machine itself is at work: systemd, a timer.
    let isUnattended: Bool
    /// Nil without a map: then the permissions of files decide.
    let map: KeyboardMap?

    init(map: KeyboardMap?, identity: ProcessIdentity = .current, store: String) {
        self.map = map
        self.identity = identity
        let owner = Self.owner(of: store)
        counted = identity.counted(ifOwnerIs: owner)
        borrowsRights = identity.borrowsRights(ifOwnerIs: owner)
        isUnattended = identity.isUnattended(ifOwnerIs: owner)
    }

    /// The number of the user to whom a file belongs, or its folder where there is no file yet.
    private static func owner(of path: String) -> UInt32? {
        var status = stat()
        guard stat(path, &status) == 0 || stat(Paths.folder(of: path), &status) == 0 else { return nil }
        return status.st_uid
    }

    /// The person as `decision list` and messages name it.
    var person: String { UserDirectory.name(of: counted) ?? "uid \(counted)" }

    var profile: Profile? {
        guard let map else { return .submission }
        let name = UserDirectory.name(of: counted)
        return map.profile(ofUser: name, groups: name.map(UserDirectory.groups) ?? [])
    }

    /// What the person may do. Throws one line that says what is missing where that is nothing.
    func permission(for undertaking: Undertaking) throws(CommandFailure) -> Permission {
        let permission = KeyboardMap.permission(for: undertaking, with: profile)
        guard permission == .denied else { return permission }
        let who = "\(person.visible) (uid \(counted))"
        guard let profile else {
            throw .unusable(
                "\(who) may do nothing here: the settings name neither that user nor one of its groups (operators)")
        }
        let wanted = undertaking == .decide ? "administrative or submission" : "submission"
        throw .unusable("\(who) has the profile \(profile.rawValue); this takes \(wanted) (operators in the settings)")
    }
}

extension ProcessIdentity {
    /// That of this very process.
    static var current: ProcessIdentity {
        let login = (try? FileBytes.read("/proc/self/loginuid", limit: 64)).map { String(decoding: $0, as: UTF8.self) }
        return ProcessIdentity(realUID: getuid(), loginUID: login.flatMap(ProcessIdentity.loginUID))
    }

    /// For the audit trail: name and number of the real user, and of whoever logged in, where that is another.
    var actor: String {
        let real = "user:\(UserDirectory.name(of: realUID)?.visible ?? "unknown") (uid \(realUID))"
        guard let loginUID, loginUID != realUID else { return real }
        return real + ", logged in as \(UserDirectory.name(of: loginUID)?.visible ?? "unknown") (uid \(loginUID))"
    }
}

/// The machine's users and groups.
enum UserDirectory {
    static func name(of uid: UInt32) -> String? {
        guard let entry = getpwuid(uid), let name = entry.pointee.pw_name else { return nil }
        return String(cString: name)
    }

    static func knowsUser(_ name: String) -> Bool { getpwnam(name) != nil }

    static func knowsGroup(_ name: String) -> Bool { getgrnam(name) != nil }

    /// The names of a user's groups, the primary one too, as the group database says now.
    static func groups(of user: String) -> [String] {
        guard let entry = getpwnam(user) else { return [] }
        let primary = entry.pointee.pw_gid
        var count: Int32 = 64
        var numbers = [gid_t](repeating: 0, count: Int(count))
        // The first call may find the room too small, and says how much it takes.
        if getgrouplist(user, primary, &numbers, &count) < 0 {
            guard count > 0, count <= 65_536 else { return [] }
            numbers = [gid_t](repeating: 0, count: Int(count))
            guard getgrouplist(user, primary, &numbers, &count) >= 0 else { return [] }
        }
        return numbers.prefix(Int(max(0, count))).compactMap { number in
            guard let group = getgrgid(number), let name = group.pointee.gr_name else { return nil }
            return String(cString: name)
        }
    }
}
