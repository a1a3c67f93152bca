/// What somebody at the keyboard sets about.
package enum Undertaking: Sendable, CaseIterable {
    /// Looks at mails, requests or the registry, and changes nothing.
    case look
    /// Decides on a mail or a request: what may be prepared by one person and submitted by another.
    case decide
    /// Changes anything else.
    case change
}

/// What becomes of an undertaking.
package enum Permission: Sendable, Hashable {
    case allowed
    /// It is written down, and somebody else must submit it.
    case preparedOnly
    case denied
}

/// Which of the three profiles (second source document) Unix users and groups have at the keyboard.
package struct KeyboardMap: Sendable, Equatable {
    package let users: [String: Profile]
    package let groups: [String: Profile]

    package init(users: [String: Profile], groups: [String: Profile]) {
        self.users = users
        self.groups = groups
    }

    /// The highest profile that the user or one of its groups has; nil where none has any.
    package func profile(ofUser user: String?, groups memberships: [String]) -> Profile? {
        let own = user.flatMap { users[$0] }
        let all = [own] + memberships.map { groups[$0] }
        return Profile.allCases.last { profile in all.contains(profile) }
    }

    /// Consultation looks, administrative prepares, submission does; nobody's profile does nothing.
    package static func permission(for undertaking: Undertaking, with profile: Profile?) -> Permission {
        switch (profile, undertaking) {
        case (nil, _): .denied
        case (_, .look), (.submission, _): .allowed
        case (.administrative, .decide): .preparedOnly
        case (.administrative, .change), (.consultation, .decide), (.consultation, .change): .denied
        }
    }
}

/// Who runs a command, as the kernel knows it. The environment (`SUDO_USER` and the like) has no say.
package struct ProcessIdentity: Sendable, Equatable {
    package let realUID: UInt32
    /// Who logged in, as PAM told the kernel (`/proc/self/loginuid`); nil where nobody did.
    package let loginUID: UInt32?

    package init(realUID: UInt32, loginUID: UInt32?) {
        self.realUID = realUID
        self.loginUID = loginUID
    }

    /// The number that the kernel gives where nobody logged in.
    private static let nobodyLoggedIn = UInt32.max

    /// Reads what `/proc/self/loginuid` holds; nil where it names nobody.
    package static func loginUID(_ text: String) -> UInt32? {
        let digits = text.filter { !$0.isNewline }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let uid = UInt32(digits),
            uid != nobodyLoggedIn
        else { return nil }
        return uid
    }

    /// Whose profile counts, when `owner` owns the database.
    ///
    /// The real user, which nobody can choose. Only where that is the database's owner or root, whom people become by
    /// `sudo` or `su`, the one who logged in counts, if the kernel knows: a process of nobody's login could name itself
    /// anybody there (Linux lets it set an unset loginuid once), so it never counts for somebody who comes as himself.
    package func counted(ifOwnerIs owner: UInt32?) -> UInt32 {
        isServiceOrRoot(owner) ? loginUID ?? realUID : realUID
    }

    /// Whether somebody who logged in works with the rights of the database's owner or of root, which are not his own.
    package func borrowsRights(ifOwnerIs owner: UInt32?) -> Bool { counted(ifOwnerIs: owner) != realUID }

    /// Whether the machine itself is at work: the database's owner or root, and nobody logged in (systemd, a timer).
    package func isUnattended(ifOwnerIs owner: UInt32?) -> Bool { isServiceOrRoot(owner) && loginUID == nil }

    private func isServiceOrRoot(_ owner: UInt32?) -> Bool { realUID == 0 || realUID == owner }
}
