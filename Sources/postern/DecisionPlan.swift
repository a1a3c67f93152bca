import Judging
import Mail
import Registry

/// What an operator decides about a mail or a request, as data: it can be done at once, or be prepared by one person and
/// submitted by another.
enum DecisionPlan: Equatable {
    case release(JournalID)
    /// Released with an operator's word about the sender; nil takes From's address, where that is plain.
    case verify(JournalID, sender: EmailAddress?)
    /// `refused` or `ignored`.
    case close(JournalID, Verdict)
    /// `grant` or `refuse`.
    case request(String, RequestMove, sendsMail: Bool)

    /// What it is about, as the audit trail names it.
    var subject: String {
        switch self {
        case .release(let id), .verify(let id, _), .close(let id, _): "message \(id)"
        case .request(let id, _, _): "request \(id)"
        }
    }

    /// What it would do, for people.
    var words: String {
        switch self {
        case .release(let id): "release mail \(id)"
        case .verify(let id, let sender):
            "release mail \(id) as verified" + (sender.map { ", from \($0)" } ?? "")
        case .close(let id, let verdict): "\(verdict == .refused ? "refuse" : "ignore") mail \(id)"
        case .request(let id, let move, let sendsMail):
            "\(move.rawValue) request \(id)" + (sendsMail ? "" : ", telling nobody by mail")
        }
    }

    /// As it is stored and shown.
    var json: JSON {
        switch self {
        case .release(let id): ["command": "messages release", "id": JSON(id.number)]
        case .verify(let id, let sender):
            [
                "command": "messages release", "id": JSON(id.number), "asVerified": true,
                "sender": JSON(sender?.text),
            ]
        case .close(let id, let verdict):
            ["command": verdict == .refused ? "messages refuse" : "messages ignore", "id": JSON(id.number)]
        case .request(let id, let move, let sendsMail):
            ["command": .string("request \(move.rawValue)"), "id": .string(id), "mail": .bool(sendsMail)]
        }
    }

    /// Reads what ``json`` wrote; nil for what this version does not know.
    init?(stored: String) {
        guard let value = try? JSONValue(parsing: Array(stored.utf8)) else {
            return nil
        }
        func member(_ name: String) -> JSONValue? { value[name] }
        func text(_ name: String) -> String? { if case .string(let text)? = member(name) { text } else { nil } }
        let number: JournalID? =
            if case .number(let digits)? = member("id"), let number = Int64(digits) { JournalID(number) } else { nil }
        switch (text("command"), number) {
        case ("messages release", let id?):
            guard case .bool(true)? = member("asVerified") else {
                self = .release(id)
                return
            }
            guard let sender = text("sender").flatMap({ EmailAddress($0) }) else { return nil }
            self = .verify(id, sender: sender)
        case ("messages refuse", let id?): self = .close(id, .refused)
        case ("messages ignore", let id?): self = .close(id, .ignored)
        case ("request grant", nil), ("request refuse", nil):
            guard let id = text("id"), case .bool(let sendsMail)? = member("mail") else { return nil }
            self = .request(id, text("command") == "request grant" ? .grant : .refuse, sendsMail: sendsMail)
        default: return nil
        }
    }
}
