import LookAlikes
import Mail

/// Mailboxes whose domain a registry line writes in U-labels: the line is kept with A-labels, so that one mailbox has one
/// writing, and the same export means the same however it writes it.
enum InternationalMailboxes {
    /// The members with A-labels in place of U-labels; nil where there is nothing to replace. What is no address stays.
    static func withALabels(_ members: [JSONValue.Member]) -> [JSONValue.Member]? {
        var rewritten: [JSONValue.Member]?
        for (place, member) in members.enumerated() where isMailbox(member.name) {
            guard let value = withALabels(member.value) else { continue }
            var changed = rewritten ?? members
            changed[place].value = value
            rewritten = changed
        }
        return rewritten
    }

    private static func isMailbox(_ name: String) -> Bool {
        name == "mailbox" || name == "formerMailboxes" || name == "contact"
    }

    private static func withALabels(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .string(let text):
            guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
            return EmailAddress(international: text).map { .string($0.text) }
        case .array(let values):
            let rewritten = values.map(withALabels)
            guard rewritten.contains(where: { $0 != nil }) else { return nil }
            return .array(zip(values, rewritten).map { $1 ?? $0 })
        case .object(let members): return withALabels(members).map(JSONValue.object)
        case .null, .bool, .number: return nil
        }
    }
}

extension RegistryEntry.EntityType {
    /// Whether its lines can name a mailbox.
    var hasMailboxes: Bool {
        switch self {
        case .account, .operator, .authority: true
        case .request, .role, .eori, .mandate, .delegation: false
        }
    }
}
