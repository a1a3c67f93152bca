import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import Store

/// What people, mails and the clock do to requests and accounts.
struct RequestChangeTests {
    private let scratch: Scratch
    private let store: Store

    init() async throws {
        scratch = try Scratch()
        store = try await Sample.store(scratch)
    }

    private func confirm() async throws {
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([Sample.ruling(ids[0], .accepted, transition: Sample.confirm)], at: Sample.noon)
    }

    private func notice(_ id: String = "n1") throws -> QueuedNotice {
        QueuedNotice(try Sample.reply(id), kind: "notice.granted", about: "request R-1")
    }

    private func request(_ id: String = "R-1") async throws -> RoleRequest? {
        try await store.view(of: AccountID("A-1"), at: Sample.noon)?.requests.first { $0.id.text == id }
    }

    @Test func `a grant is one thing: status, role, notice and audit row`() async throws {
        try await confirm()
        let role = RoleGrant(
            account: AccountID("A-1"), role: "IMPORTER", operatorID: OperatorID("OP-1"), status: .granted)
        try await store.change(
            RequestChange(.grant, of: RoleRequestID("R-1"), note: "Seen", role: role, notice: try notice()),
            actor: "user:eva", at: Sample.noon)
        #expect(try await store.status(of: "R-1") == .granted)
        #expect(try await store.view(of: AccountID("A-1"), at: Sample.noon)?.roles == [role])
        let queued = try #require(try await store.allReplies().first)
        #expect(queued.message == nil)
        #expect(queued.about == "request R-1")
        #expect(queued.verdict == "notice.granted")
        #expect(queued.state == .queued)
        let audit = try #require(try await store.allAudit().last)
        #expect(audit.actor == "user:eva")
        #expect(audit.action == "request.granted")
        #expect(audit.subject == "request R-1")
        #expect(audit.detail == #"{"status":"granted","note":"Seen","notice":"n1@postern.example"}"#)
    }

    @Test func `a change that the status does not allow changes nothing at all`() async throws {
        let before = try await store.allAudit().count
        await #expect(throws: StoreFault.self) {
            try await store.change(
                RequestChange(.grant, of: RoleRequestID("R-1"), notice: try notice()), actor: "user:eva",
                at: Sample.noon)
        }
        #expect(try await store.status(of: "R-1") == .requested)
        #expect(try await store.allReplies().isEmpty)
        #expect(try await store.allAudit().count == before)
    }

    @Test func `a role that no line can say keeps the request from being granted`() async throws {
        try await confirm()
        let role = RoleGrant(account: AccountID("A-9"), role: "IMPORTER", status: .granted)
        await #expect(throws: StoreFault.self) {
            try await store.change(
                RequestChange(.grant, of: RoleRequestID("R-1"), role: role), actor: "user:eva", at: Sample.noon)
        }
        #expect(try await store.status(of: "R-1") == .confirmed)
    }

    @Test func `a decision that rests on an older registry is not carried out`() async throws {
        try await confirm()
        let seen = try await store.registryChanges()
        try await store.setState(
            of: AccountID("A-2"), from: [.active], to: .disabled, note: nil, actor: "user:eva", at: Sample.noon)
        let fault = await #expect(throws: StoreFault.self) {
            try await store.change(
                RequestChange(.grant, of: RoleRequestID("R-1"), registry: seen), actor: "user:ana", at: Sample.noon)
        }
        #expect(fault?.isTemporary == true)
        #expect(try await store.status(of: "R-1") == .confirmed)
        try await store.change(
            RequestChange(.grant, of: RoleRequestID("R-1"), registry: try await store.registryChanges()),
            actor: "user:ana", at: Sample.noon)
        #expect(try await store.status(of: "R-1") == .granted)
    }

    @Test func `an unknown request is named`() async throws {
        let fault = await #expect(throws: StoreFault.self) {
            try await store.change(RequestChange(.refuse, of: RoleRequestID("R-9")), actor: "x", at: Sample.noon)
        }
        #expect(fault?.reason == "there is no request 'R-9'")
    }

    @Test func `every change of status begins a new round, so that a reference works once`() async throws {
        #expect(try await request()?.round == 0)
        try await confirm()
        #expect(try await request()?.round == 1)
        try await store.change(RequestChange(.withdraw, of: RoleRequestID("R-1")), actor: "x", at: Sample.noon)
        try await store.change(RequestChange(.reopen, of: RoleRequestID("R-1")), actor: "x", at: Sample.noon)
        #expect(try await request()?.round == 3)
        #expect(try await request()?.status == .requested)
    }

    @Test func `an export that sets the status on begins a new round, one that repeats it does not`() async throws {
        let line = { (status: String, additional: Bool) in
            #"{"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","additional":\#(additional),"status":"\#(status)","requestedAt":"2026-11-01T09:00:00Z"}"#
        }
        _ = try await store.importRegistry(text: line("requested", true), actor: "test", at: Sample.noon)
        #expect(try await request()?.round == 0)
        _ = try await store.importRegistry(text: line("withdrawn", true), actor: "test", at: Sample.noon)
        #expect(try await request()?.round == 1)
        _ = try await store.importRegistry(text: line("requested", true), actor: "test", at: Sample.noon)
        #expect(try await request()?.round == 2)
    }

    @Test func `our own export, taken up again, is no word of the system of record`() async throws {
        try await confirm()
        let exported = try #require(try await store.entry(.request, "R-1")?.json)
        #expect(exported.contains(#""status":"confirmed""#))
        let own = try await store.importRegistry(text: exported, actor: "test", at: Sample.noon)
        #expect(own.unchanged == 1)
        // The next export of TRACES says another member anew, and the status as before.
        let line =
            #"{"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","additional":true,"status":"requested","requestedAt":"2026-11-01T09:00:00Z"}"#
        let theirs = try await store.importRegistry(text: line, actor: "test", at: Sample.noon)
        #expect(theirs.changed == 1)
        #expect(try await store.status(of: "R-1") == .confirmed)
    }

    @Test func `a line that repeats what was decided here does not make an older one a change`() async throws {
        try await confirm()
        let line = { (status: String, additional: Bool) in
            #"{"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","additional":\#(additional),"status":"\#(status)","requestedAt":"2026-11-01T09:00:00Z"}"#
        }
        // Our export, edited by hand; then the system of record's older word, twice; then a new word of it.
        for (status, additional, wanted) in [
            ("confirmed", true, RoleRequest.Status.confirmed), ("requested", true, .confirmed),
            ("requested", false, .confirmed), ("withdrawn", false, .withdrawn),
        ] {
            _ = try await store.importRegistry(text: line(status, additional), actor: "test", at: Sample.noon)
            #expect(try await store.status(of: "R-1") == wanted, "\(status)")
        }
    }

    @Test func `the same line twice is unchanged the second time, also where it repeats what was decided here`()
        async throws
    {
        try await confirm()
        let line =
            #"{"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","actingAs":"agent","status":"confirmed","requestedAt":"2026-11-01T09:00:00Z"}"#
        let first = try await store.importRegistry(text: line, actor: "test", at: Sample.noon)
        let second = try await store.importRegistry(text: line, actor: "test", at: Sample.noon)
        #expect(first.changed == 1)
        #expect(second.changed == 0)
    }

    @Test func `what the registry says otherwise since a mail was judged has it judged again`() async throws {
        let ids = try await Sample.deliver(2, to: store)
        _ = try await store.views(
            for: [ViewKey(sender: EmailAddress("zeljko@drvo.example"), answers: [])], at: Sample.noon)
        try await store.setState(
            of: AccountID("A-1"), from: [.active], to: .disabled, note: nil, actor: "user:eva", at: Sample.noon)
        let rulings = [
            Sample.ruling(ids[0], .accepted, transition: Sample.confirm), Sample.ruling(ids[1], .incomplete),
        ]
        #expect(try await store.record(rulings, at: Sample.noon) == [ids[0]])
        #expect(try await store.status(of: "R-1") == .requested)
    }

    @Test func `an answer to a notice is about the notice's request`() async throws {
        try await store.queue(try notice("n7"), actor: "x", at: Sample.noon)
        let key = ViewKey(
            sender: EmailAddress("zeljko@drvo.example"), answers: [try #require(MessageID("n7@postern.example"))])
        let view = try #require(try await store.views(for: [key], at: Sample.noon).first)
        #expect(view.registry.thread == ThreadContext(request: RoleRequestID("R-1"), earlier: EarlierFacts()))
    }

    @Test func `a notice is queued once, however often it is asked for`() async throws {
        for _ in 0..<2 { try await store.queue(try notice(), actor: "user:eva", at: Sample.noon) }
        #expect(try await store.allReplies().count == 1)
    }

    @Test func `a notice counts not as a reply to its recipient`() async throws {
        for number in 0..<20 { try await store.queue(try notice("n\(number)"), actor: "x", at: Sample.noon) }
        let key = ViewKey(sender: EmailAddress("zeljko@drvo.example"), answers: [])
        let view = try #require(try await store.views(for: [key], at: Sample.noon).first)
        #expect(view.recentReplies == [:])
    }

    @Test func `a notice goes out as replies do`() async throws {
        try await store.queue(try notice(), actor: "x", at: Sample.noon)
        let entry = try #require(try await store.exchange([], claim: 5, at: Sample.noon).first)
        #expect(entry.mail.messageID.text == "n1@postern.example")
        _ = try await store.exchange(
            [OutboxResult(id: entry.id, state: .sent, answer: "250 ok")], claim: 0, at: Sample.noon)
        #expect(try await store.allReplies().map(\.state) == [.sent])
    }

    // MARK: Accounts

    private func state(_ id: String = "A-3") async throws -> Account.State? {
        try await store.view(of: AccountID(id), at: Sample.noon)?.accounts.first?.state
    }

    private static let unvalidated =
        #"{"type":"account","id":"A-3","firstName":"Eva","lastName":"Novak","mailbox":"eva@drvo.example","state":"unvalidated"}"#

    private func activation(_ entry: JournalID, of account: String, from sender: String) -> Ruling {
        var decision = Decision(
            verdict: .answered, reason: "account.validated",
            sender: SenderFinding(address: EmailAddress(sender), authentication: .pass))
        decision.activation = AccountID(account)
        return Ruling(entry: entry, decision: decision, messageID: nil, subject: "", reply: nil)
    }

    @Test func `a validation makes the account active once; the second mail is judged anew`() async throws {
        _ = try await store.importRegistry(text: Self.unvalidated, actor: "test", at: Sample.noon)
        let ids = try await Sample.deliver(2, to: store)
        let rulings = ids.map { activation($0, of: "A-3", from: "eva@drvo.example") }
        #expect(try await store.record(rulings, at: Sample.noon) == [ids[1]])
        #expect(try await state() == .active)
        #expect(try await store.allAudit().last?.detail.contains(#""activated":"A-3""#) == true)
    }

    @Test func `an account whose mailbox changed meanwhile is not validated by the old one`() async throws {
        _ = try await store.importRegistry(text: Self.unvalidated, actor: "test", at: Sample.noon)
        let ids = try await Sample.deliver(1, to: store)
        #expect(
            try await store.record([activation(ids[0], of: "A-3", from: "eva@old.example")], at: Sample.noon) == ids)
        #expect(try await state() == .unvalidated)
    }

    @Test func `an export that still says unvalidated does not undo a validation, a disabling export counts`()
        async throws
    {
        _ = try await store.importRegistry(text: Self.unvalidated, actor: "test", at: Sample.noon)
        let ids = try await Sample.deliver(1, to: store)
        _ = try await store.record([activation(ids[0], of: "A-3", from: "eva@drvo.example")], at: Sample.noon)
        let renamed = Self.unvalidated.replacingOccurrences(of: "Novak", with: "Horvat")
        _ = try await store.importRegistry(text: renamed, actor: "test", at: Sample.noon)
        #expect(try await state() == .active)
        let disabled = renamed.replacingOccurrences(of: "unvalidated", with: "disabled")
        _ = try await store.importRegistry(text: disabled, actor: "test", at: Sample.noon)
        #expect(try await state() == .disabled)
    }

    @Test func `an account is moved only from the states named`() async throws {
        try await store.setState(
            of: AccountID("A-1"), from: [.active], to: .disabled, note: "left", actor: "user:eva", at: Sample.noon)
        #expect(try await state("A-1") == .disabled)
        let fault = await #expect(throws: StoreFault.self) {
            try await store.setState(
                of: AccountID("A-1"), from: [.active], to: .disabled, note: nil, actor: "user:eva", at: Sample.noon)
        }
        #expect(fault?.reason == "account 'A-1' is 'disabled'")
    }

    @Test func `a revised entry keeps what Postern does not know`() async throws {
        let line =
            #"{"type":"account","id":"A-4","firstName":"Eva","lastName":"N","mailbox":"eva@x.example","shoe":41}"#
        _ = try await store.importRegistry(text: line, actor: "test", at: Sample.noon)
        try await store.revise(
            .account, "A-4", setting: [.init("lastName", .string("Novak"))], action: "account.changed",
            actor: "user:eva",
            at: Sample.noon)
        let json = try #require(try await store.entry(.account, "A-4")?.json)
        #expect(json.contains(#""lastName":"Novak""#))
        #expect(json.contains(#""shoe":41"#))
        await #expect(throws: StoreFault.self) {
            try await store.revise(
                .account, "A-4", setting: [.init("mailbox", .string("nobody"))], action: "account.changed", actor: "x",
                at: Sample.noon)
        }
    }

    @Test func `several people who make the same request at the same moment make one`() async throws {
        let procedure = Procedure(
            id: "p", kinds: [RoleRequest.Kind("importer")], governingCountry: .operatorCountry, terms: ["importer"],
            role: "IMPORTER")
        let request = RoleRequest(
            id: RoleRequestID(""), account: AccountID("A-1"), kind: RoleRequest.Kind("importer"),
            operatorID: OperatorID("OP-2"), requestedAt: Sample.noon)
        let stores = try (0..<6).map { _ in try scratch.store() }
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for store in stores {
                group.addTask {
                    let making = try await store.make(request, id: nil, by: procedure, actor: "eva", at: Sample.noon)
                    if case .made = making { return true }
                    return false
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 1)
        let mine = try await store.view(of: AccountID("A-1"), at: Sample.noon)?.requests.map(\.id.text)
        #expect(mine?.sorted() == ["R-1", "R-L1"])
    }

    @Test func `a request of or for somebody unknown is not made`() async throws {
        let procedure = Procedure(
            id: "p", kinds: [RoleRequest.Kind("importer")], governingCountry: .operatorCountry, terms: ["importer"],
            role: "IMPORTER")
        for (account, id, reason) in [
            ("A-9", "OP-2", "there is no account 'A-9'"), ("A-1", "OP-9", "there is no operator 'OP-9'"),
        ] {
            let request = RoleRequest(
                id: RoleRequestID(""), account: AccountID(account), kind: RoleRequest.Kind("importer"),
                operatorID: OperatorID(id), requestedAt: Sample.noon)
            await #expect(throws: StoreFault(.refused, reason)) {
                _ = try await store.make(request, id: nil, by: procedure, actor: "eva", at: Sample.noon)
            }
        }
    }
}
