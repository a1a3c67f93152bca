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
        } else if mail.cc.containsLookAlike(of: official) {
            "cc.look-alike"
        } else {
            "cc.missing"
        }
    return Finding(.cc, .fail, reason: reason, seen: seen, wanted: wanted)
}
