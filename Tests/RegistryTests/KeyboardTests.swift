import Registry
import Testing

/// What people at the keyboard may do, and who they are.
@Suite struct KeyboardTests {
    private static let map = KeyboardMap(
        users: ["anna": .submission, "ben": .consultation, "dora": .administrative],
        groups: ["traces-support": .administrative, "audit": .consultation])

    static let people: [(user: String?, groups: [String], profile: Profile?)] = [
        ("anna", [], .submission),
        ("anna", ["audit"], .submission),
        ("ben", [], .consultation),
        ("ben", ["ben", "traces-support"], .administrative),
        ("dora", ["audit"], .administrative),
        ("carl", ["audit"], .consultation),
        ("carl", ["audit", "traces-support"], .administrative),
        ("carl", ["carl"], nil),
        // A group of a user's name, and a user of a group's, are other things.
        ("audit", [], nil),
        ("carl", ["anna"], nil),
        (nil, ["traces-support"], .administrative),
        (nil, [], nil),
    ]

    @Test(arguments: people)
    func `the highest profile of user and groups counts, and nobody else has any`(
        user: String?, groups: [String], profile: Profile?
    ) {
        #expect(Self.map.profile(ofUser: user, groups: groups) == profile)
    }

    static let permissions: [(profile: Profile?, look: Permission, decide: Permission, change: Permission)] = [
        (nil, .denied, .denied, .denied),
        (.consultation, .allowed, .denied, .denied),
        (.administrative, .allowed, .preparedOnly, .denied),
        (.submission, .allowed, .allowed, .allowed),
    ]

    @Test(arguments: permissions)
    func `the first looks, the second prepares, the third does`(
        profile: Profile?, look: Permission, decide: Permission, change: Permission
    ) {
        #expect(KeyboardMap.permission(for: .look, with: profile) == look)
        #expect(KeyboardMap.permission(for: .decide, with: profile) == decide)
        #expect(KeyboardMap.permission(for: .change, with: profile) == change)
    }

    /// Real user, login, owner of the database; who counts. 990 is the service's user.
    static let identities: [(real: UInt32, login: UInt32?, owner: UInt32?, counted: UInt32)] = [
        (1001, nil, 990, 1001),
        (1001, 1001, 990, 1001),
        // By sudo or su as the service's user, or as root: whoever logged in.
        (990, 1001, 990, 1001),
        (0, 1001, 990, 1001),
        (0, 1001, nil, 1001),
        // Nobody logged in: a timer, a container.
        (990, nil, 990, 990),
        (0, nil, 990, 0),
        // Whoever comes as himself is never taken for the name that a login claims.
        (1001, 1002, 990, 1001),
        (1001, 0, 990, 1001),
        (1001, 1002, nil, 1001),
        // Owns the database himself.
        (1001, 1001, 1001, 1001),
    ]

    @Test(arguments: identities)
    func `the real user counts, and who logged in only behind the service's user and root`(
        real: UInt32, login: UInt32?, owner: UInt32?, counted: UInt32
    ) {
        #expect(ProcessIdentity(realUID: real, loginUID: login).counted(ifOwnerIs: owner) == counted)
    }

    /// Real user, login, owner of the database; whether rights are borrowed, and whether the machine itself is at work.
    static let rights: [(real: UInt32, login: UInt32?, owner: UInt32?, borrowed: Bool, unattended: Bool)] = [
        (990, 1001, 990, true, false),
        (0, 1001, 990, true, false),
        (990, nil, 990, false, true),
        (0, nil, 990, false, true),
        (1001, 1001, 990, false, false),
        // A process of nobody's login that comes as somebody is not the machine, nor what it says it logged in as.
        (1001, nil, 990, false, false),
        (1001, 1002, 990, false, false),
        // His own rights: root who logged in as root, and who owns the database.
        (0, 0, 990, false, false),
        (1001, 1001, 1001, false, false),
    ]

    @Test(arguments: rights)
    func `who logged in and works as the service's user or root borrows rights`(
        real: UInt32, login: UInt32?, owner: UInt32?, borrowed: Bool, unattended: Bool
    ) {
        let identity = ProcessIdentity(realUID: real, loginUID: login)
        #expect(identity.borrowsRights(ifOwnerIs: owner) == borrowed)
        #expect(identity.isUnattended(ifOwnerIs: owner) == unattended)
    }

    @Test(
        arguments: [
            ("1001\n", 1001), ("0", 0), ("4294967295", nil), ("4294967296", nil), ("", nil), ("-1", nil), ("anna", nil),
            (" 1", nil),
        ] as [(String, UInt32?)])
    func `loginuid is a number, and its highest means nobody`(text: String, uid: UInt32?) {
        #expect(ProcessIdentity.loginUID(text) == uid)
    }
}
