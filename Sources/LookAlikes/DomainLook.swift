/// How a domain looks, so that domains that may be taken for one another can be found by equal keys.
///
/// It rests on the skeleton of UTS 39 §4 over the U-labels, read more coarsely: upper and lower case, accents, strokes and
/// joiners make no difference, nor do `i` and `l` (a capital I is how `i` may be shown) and `vv` and `w`.
package struct DomainLook: Sendable, Hashable {
    /// A domain that may stand at the beginning of this one: its key, and how its top-level label looks.
    package struct Beginning: Sendable, Hashable {
        package let key: String
        package let ending: String
    }

    /// More labels and hyphens than a name has that is to be read by people.
    private static let mostBeginnings = 16

    package let name: DomainName
    /// The skeleton, with dots and hyphens.
    package let skeleton: String
    /// The skeleton's letters and digits alone: equal for all that look alike but for dots and hyphens.
    package let key: String

    package init(_ name: DomainName) {
        self.name = name
        let skeleton = LookAlikeLetters.skeleton(of: name.shown)
        self.skeleton = skeleton
        key = LookAlikeLetters.withoutSeparators(skeleton)
    }

    /// - Parameter ascii: a domain as ``EmailAddress/domain`` has it.
    package init(_ ascii: String) { self.init(DomainName(ascii)) }

    /// By what rules keys are made: whoever keeps keys makes them anew when this is another one.
    package static var keyVersion: Int64 { rules << 32 | Int64(UnicodeTables.version) }

    /// To be raised with every change of ``key``.
    private static let rules: Int64 = 1

    /// ``key`` alone, for who has many domains.
    package static func key(of ascii: String) -> String { DomainLook(ascii).key }

    /// What this domain begins with, up to each dot or hyphen: `ec.europa.eu.evil.example` with `ec.europa.eu`.
    package var beginnings: [Beginning] {
        let tokens = skeleton.split { $0 == "." || $0 == "-" }
        var key = ""
        var beginnings: [Beginning] = []
        for token in tokens.dropLast().prefix(Self.mostBeginnings) {
            key += token
            // One token alone has no ending of its own: 'legno.se' is not what 'legnose.example' begins with.
            if key.utf8.count > token.utf8.count { beginnings.append(Beginning(key: key, ending: String(token))) }
        }
        return beginnings
    }

    /// By which keys a known domain is to be looked up that this one may be taken for.
    package var keysToLookUp: [String] {
        var keys = [key]
        for beginning in beginnings where !keys.contains(beginning.key) { keys.append(beginning.key) }
        return keys
    }

    /// Whether only the top-level labels differ.
    package func hasName(of other: DomainLook) -> Bool {
        skeleton.split(separator: ".").dropLast() == other.skeleton.split(separator: ".").dropLast()
    }

    /// How the top-level label looks.
    var ending: String { String(skeleton.split(separator: ".").last ?? "") }
}
