import Reading
import Registry

/// Which of the three names a mail mentions.
struct NameMentions: Sendable {
    let firstName: Mention
    let lastName: Mention
    let organisation: Mention

    init(in reading: MailReading, account: Account, request: RoleRequest, view: RegistryView) {
        // "Müller" in "Müller GmbH" names the company, not the person.
        let companies = view.operators.values.map(\.name)
        let person = reading.mention(
            ofPerson: account.firstName, account.lastName, outside: companies,
            languages: account.language.map { [$0] } ?? [])
        firstName = person.first
        lastName = person.last
        organisation = Self.organisation(in: reading, request: request, view: view)
    }

    /// What later mails of the thread need not repeat.
    func facts(kind: Bool) -> EarlierFacts {
        EarlierFacts(
            kind: kind, firstName: firstName.isFound, lastName: lastName.isFound, organisation: organisation.isFound)
    }

    /// Whether the request's organisation stands in the text, under its name or its code.
    static func organisation(in reading: MailReading, request: RoleRequest, view: RegistryView) -> Mention {
        guard let name = view.organisationName(of: request) else { return .missing }
        return reading.mention(
            ofOrganisation: name, codes: view.organisationCodes(of: request),
            longerNames: view.longerNames[name] ?? [], country: view.organisationCountry(of: request))
    }
}

/// Rule 5: the new text mentions first name, last name and organisation. What the same sender said earlier in the thread
/// still counts.
func judgeNames(
    _ mentions: NameMentions, account: Account, organisation: String, earlier: EarlierFacts
) -> Finding {
    let wanted = [account.firstName, account.lastName, organisation]
    let parts: [(mention: Mention, earlier: Bool, reason: String, name: String)] = [
        (mentions.firstName, earlier.firstName, "names.first-name", account.firstName),
        (mentions.lastName, earlier.lastName, "names.last-name", account.lastName),
        (mentions.organisation, earlier.organisation, "names.organisation", organisation),
    ]
    let lacking = parts.filter { !$0.mention.isFound && !$0.earlier }
    let near = lacking.compactMap { part -> String? in
        if case .near(let evidence) = part.mention { evidence.words } else { nil }
    }
    switch lacking.count {
    case 0:
        return Finding(.names, .pass, wanted: wanted)
    case 1:
        let reason = lacking[0].reason + (lacking[0].mention.isNear ? "-near" : "")
        return Finding(.names, .fail, reason: Reason(reason), seen: near, wanted: wanted)
    default:
        return Finding(.names, .fail, reason: "names.several", seen: near, wanted: lacking.map(\.name))
    }
}

extension Finding {
    /// The same finding, failed where none of the EORI numbers stands in the new text that one must stand in. Nil asks
    /// for none.
    func stating(_ numbers: [String]?, in reading: MailReading) -> Finding {
        guard let numbers else { return self }
        if outcome == .pass, !numbers.contains(where: { reading.states(code: $0) }) {
            return Finding(.names, .fail, reason: "names.eori", seen: seen, wanted: numbers)
        }
        return Finding(rule, outcome, reason: reason, seen: seen, wanted: wanted + numbers)
    }
}

extension EarlierFacts {
    /// The earlier facts that still count beside what a new mail says: they fill in what it leaves open. A name that it
    /// writes otherwise than before is not left open.
    func leftOpen(by mentions: NameMentions) -> EarlierFacts {
        EarlierFacts(
            kind: kind, firstName: firstName && !mentions.firstName.isNear,
            lastName: lastName && !mentions.lastName.isNear,
            organisation: organisation && !mentions.organisation.isNear)
    }
}

extension Mention {
    /// Something like the name stands there, but not the name.
    var isNear: Bool { if case .near = self { true } else { false } }
}
