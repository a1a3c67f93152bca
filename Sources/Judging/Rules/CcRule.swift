import Mail
import Registry

/// Rule 3: some address in Cc is, on this day, an official mailbox of the competent authority whose country governs the
/// request.
///
/// Near misses get reasons of their own, so that the answer can say what to change.
func judgeCc(
    _ mail: InboundMail, request: RoleRequest, procedure: Procedure, view: RegistryView, stated: [String] = [],
    on day: Day
) -> Finding {
    let governing = view.governingAuthorities(of: request, by: procedure, stated: stated)
    let official = governing.flatMap { $0.officialMailboxes(on: day) }
    let wanted = official.map(\.text)
    let seen = mail.cc.map(\.shown)
    let former = governing.flatMap { $0.formerMailboxes(on: day) }
    guard !official.isEmpty else {
        let reason: Reason = mail.cc.containsAny(of: former) ? "cc.former-mailbox" : "cc.no-official-mailbox"
        return Finding(.cc, .fail, reason: reason, seen: seen)
    }
    if mail.cc.containsAny(of: official) { return Finding(.cc, .pass, seen: seen, wanted: wanted) }
    let others = view.competentAuthorities.flatMap { $0.officialMailboxes(on: day) }
    let reason: Reason =
        if mail.to.containsAny(of: official) {
            "cc.authority-in-to"
        } else if mail.cc.containsAny(of: former) {
            "cc.former-mailbox"
        } else if mail.cc.containsAny(of: others) {
            "cc.other-country"
        } else if mail.cc.contains(where: { entry in official.contains { entry.looksLike($0) } }) {
            "cc.look-alike"
        } else {
            "cc.missing"
        }
    return Finding(.cc, .fail, reason: reason, seen: seen, wanted: wanted)
}

extension AddressEntry {
    /// Written so like `official` that a person would take one for the other: same local part at a domain one or two
    /// edits away, or a local part one edit away at the same domain.
    fileprivate func looksLike(_ official: EmailAddress) -> Bool {
        guard let address else { return false }
        if address.domain == official.domain {
            return editDistance(address.localPart.asciiLowercased, official.localPart.asciiLowercased, atMost: 1) != nil
        }
        return address.localPart.asciiLowercased == official.localPart.asciiLowercased
            && editDistance(address.domain, official.domain, atMost: 2) != nil
    }
}

/// Levenshtein distance over bytes, or nil when it is larger than `bound`.
func editDistance(_ one: String, _ other: String, atMost bound: Int) -> Int? {
    let a = Array(one.utf8)
    let b = Array(other.utf8)
    guard abs(a.count - b.count) <= bound else { return nil }
    var row = Array(0...b.count)
    for i in 0..<a.count {
        var diagonal = row[0]
        row[0] = i + 1
        for j in 0..<b.count {
            let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
        }
        if row.allSatisfy({ $0 > bound }) { return nil }
    }
    return row[b.count] <= bound ? row[b.count] : nil
}
