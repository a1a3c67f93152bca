import Judging
import Registry

/// All that decides how a reply or notice looks, apart from the names and addresses in it.
///
/// Mails of one shape differ only in the values of their slots, so the templates run once a shape.
struct ReplyShape: Hashable, Sendable {
    /// What the mail is written for.
    enum Occasion: Hashable, Sendable {
        case reply(Verdict, Reason)
        case notice(Notice.Event)
    }

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
        enum Cc: Hashable, Sendable {
            case addresses
            /// Nobody knows which: says what belongs there.
            case hint
            case none
        }

        let cc: Cc
        let lines: [PreparedMail.Line]
    }

    /// Something told below the requests.
    enum Detail: Hashable, Sendable { case code, lastDay, note }

    let language: String
    let occasion: Occasion
    let greetsPerson: Bool
    var requests: [Request] = []
    var hasMoreRequests = false
    var details: [Detail] = []
    /// Keys of the wording's `permissions`: what the role permits.
    var permissions: [String] = []
    /// Empty where no rule was judged.
    var rules: [RuleLine] = []
    var links: [Link] = []
}

/// A place in a reply for something that comes from the mail, the registry or the settings.
enum Slot: Hashable, Sendable {
    case name, support, team, count
    case number(Int), kind(Int), organisation(Int)
    case seen(Int), wanted(Int)
    case link(Int, LinkPart)
    case detail(ReplyShape.Detail)

    enum LinkPart: Hashable, Sendable {
        case url, to, cc, subject, title, firstName, lastName, organisation, eori, reference, code
    }
}
