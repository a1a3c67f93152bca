import Defaults
import Foundation
import Judging
import Mail
import Registry
import Replies
import Store

/// A request with what the registry knows around it.
struct KnownRequest {
    let request: RoleRequest
    let view: RegistryView
    /// The entry as `list` prints it.
    let item: RegistryItem
    /// The registry's count of changes, read before the rest.
    let registry: Int64
    /// What became of our last mail about it, where that came back.
    let bounce: Bounce?

    /// Throws `unusable` when there is no such request.
    init(_ id: String, in store: Store, at now: Date) async throws {
        let registry = try await store.registryChanges()
        guard let item = try await store.entry(.request, id), case .request(let listed) = item.entry,
            let view = try await store.view(of: listed.account, at: now),
            let request = view.requests.first(where: { $0.id == listed.id })
        else { throw CommandFailure.unusable("there is no request '\(id)'") }
        self.registry = registry
        bounce = try await store.bounces(of: request.id)[request.id]
        self.item = item
        self.request = request
        self.view = view
    }
}

/// What `request show` tells beside the entry: the organisation's name, what the role permits, what the account may do
/// for the organisation on the day asked for.
struct RequestReport {
    let members: [JSON.Member]
    private let bounce: Bounce?

    var json: JSON { .object(members) }

    /// `key: value` lines, what the role permits in the wording's words.
    func lines(_ wording: Wording) -> [String] {
        RegistryListing.lines(
            members.map { member in
                switch (member.key, member.value) {
                case ("permits", .array(let keys)):
                    .init(
                        key: member.key,
                        value: .array(keys.map { .string(wording.permission($0.shown) ?? $0.shown) }))
                case ("bounced", .object): .init(key: "bounced", value: JSON(bounce?.line))
                default: member
                }
            })
    }

    init(_ known: KnownRequest, procedures: [Procedure], on day: Day) {
        let (request, view) = (known.request, known.view)
        var members = JSON(stored: known.item.json).members
        func add(_ key: String, _ value: JSON) { members.append(.init(key: key, value: value)) }
        let account = view.accounts.first
        add("person", JSON(account.map { "\($0.firstName) \($0.lastName)" }))
        add("mailbox", JSON(account?.mailbox.text))
        add("accountState", JSON(account?.state.rawValue))
        add("organisation", JSON(view.organisationName(of: request)))
        if let procedure = procedures.first(where: { $0.kinds.contains(request.kind) }) {
            add("procedure", .string(procedure.id))
            add("role", .string(procedure.role))
            add("permits", .array(procedure.permits.map(JSON.string)))
            let mailboxes = view.governingAuthorities(of: request, by: procedure)
                .flatMap { $0.officialMailboxes(on: day) }
            add("copyTo", .array(mailboxes.map { .string($0.text) }))
        }
        let access = view.access(of: request.account, to: request, on: day)
        add("profile", .string(access.profile.rawValue))
        add("limitedBy", JSON(access.limit?.rawValue))
        let moves = RequestMove.allCases.filter { $0.mover == .person && $0.from.contains(request.status) }
        add("may", .array(moves.map { .string($0.rawValue) }))
        if let bounce = known.bounce { members.append(bounce.member) }
        bounce = known.bounce
        self.members = members
    }
}

extension SettingsOptions {
    /// The English words of mails, for people at the keyboard.
    func englishWording() throws(CommandFailure) -> Wording {
        do {
            return try JudgeAssembly.files(overlay: reader().configFolder())
                .decode(Wording.self, from: "wording/en.yaml")
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The procedures in force; without settings all that are shipped.
    func procedures() throws(CommandFailure) -> [Procedure] {
        do {
            let reader = try reader()
            return try JudgeAssembly.procedures(
                JudgeAssembly.files(overlay: reader.configFolder()), ids: reader.procedures())
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension Bounce {
    /// For JSON, beside the request's own members.
    var member: JSON.Member {
        .init(
            key: "bounced",
            value: [
                "reply": JSON(reply.number), "recipient": .string(recipient), "at": JSON(at), "status": JSON(status),
                "answer": .string(answer),
            ])
    }

    /// `reply 7 to ana@x.example, 2026-11-21T07:12:26Z: returned: 5.1.1 …`
    var line: String { "reply \(reply) to \(recipient), \(at.stamp): \(answer)" }
}
