import Judging
import Registry

/// All that decides how a reply looks, apart from the names and addresses in it.
///
/// Replies of one shape differ only in the values of their slots, so the templates run once a shape.
struct ReplyShape: Hashable, Sendable {
    struct Request: Hashable, Sendable {
        /// Key of the wording's `kinds`; nil when the wording doesn't know the kind.
        let role: String?
        let additional: Bool
        let status: RoleRequest.Status
    }

    struct RuleLine: Hashable, Sendable {
        let rule: Procedure.Rule
        let outcome: Outcome
        let reason: Reason?
        let showsSeen: Bool
        let showsWanted: Bool
    }

    struct Link: Hashable, Sendable {
        let showsCc: Bool
    }

    let language: String
    let verdict: Verdict
    let reason: Reason
    let greetsPerson: Bool
    let requests: [Request]
    let hasMoreRequests: Bool
    /// Empty where no rule was judged.
    let rules: [RuleLine]
    let links: [Link]
}

/// A place in a reply for something that comes from the mail, the registry or the settings.
enum Slot: Hashable, Sendable {
    case name, support, team, count
    case number(Int), kind(Int), organisation(Int)
    case seen(Int), wanted(Int)
    case link(Int, LinkPart)

    enum LinkPart: Hashable, Sendable { case url, to, cc, subject, firstName, lastName, organisation }
}
