import Judging
import Mail
import ServiceLifecycle
import Synchronization
import Testing

@testable import Service

@Suite struct IntakeTests {
    /// One pass with a desk that has finished already.
    private func pass(_ mailbox: FakeMailbox, _ store: MemoryStore) async throws {
        let line = Line()
        line.deskDone.finish()
        try await Fixture.intake(mailbox, store, line: line).runOnce()
    }

    @Test("everything from the cursor on is stored and the cursor moves behind it")
    func takesOver() async throws {
        let mailbox = FakeMailbox([(3, 10), (5, 10), (9, 10)])
        let store = MemoryStore()
        await store.set(cursor: MailboxCursor(validity: UIDValidity(7), next: Fixture.uid(4)))
        try await pass(mailbox, store)
        #expect(await store.rows.map(\.uid.number) == [5, 9])
        #expect(await store.cursor?.next == UID(10))
        #expect(await store.polls == 1)
    }

    @Test("a new UIDVALIDITY starts from the first mail again")
    func newValidity() async throws {
        let mailbox = FakeMailbox([(3, 10), (5, 10)], validity: 8)
        let store = MemoryStore()
        await store.set(cursor: MailboxCursor(validity: UIDValidity(7), next: Fixture.uid(100)))
        try await pass(mailbox, store)
        #expect(await store.rows.map(\.uid.number) == [3, 5])
        #expect(await store.cursor == MailboxCursor(validity: UIDValidity(8), next: Fixture.uid(6)))
    }

    @Test("mails are fetched in batches bounded by octets; a large one comes alone")
    func batches() async throws {
        let mailbox = FakeMailbox([(1, 400), (2, 500), (3, 200), (4, 5_000), (5, 100)])
        try await pass(mailbox, MemoryStore())
        #expect(mailbox.state.withLock { $0.fetches } == [[1, 2], [3], [4], [5]])
    }

    @Test("judged mails are moved or marked by verdict, and other mail is left untouched")
    func settles() async throws {
        let store = MemoryStore()
        let sender = SenderFinding(address: nil, authentication: .none)
        let decisions: [Decision] = [
            Decision(verdict: .accepted, reason: "ok", sender: sender),
            Decision(verdict: .held, reason: "authentication.missing", sender: sender),
            Decision(verdict: .ignored, reason: "automatic.list", sender: sender),
            Decision(verdict: .held, reason: .notARequest, sender: sender),
        ]
        for decision in decisions {
            await store.put(RawMail(bytes: []))
            let id = await store.rows.count
            let ruling = Ruling(
                entry: JournalID(Int64(id)), decision: decision, messageID: nil, subject: "", reply: nil)
            #expect(try await store.record([ruling], at: StillClock().now).isEmpty)
        }
        let mailbox = FakeMailbox([])
        try await pass(mailbox, store)
        #expect(
            mailbox.state.withLock { $0.settled } == [
                1: .move(folder: "Processed"), 2: .mark(keyword: "$PosternHeld"), 3: .move(folder: "Ignored"),
            ])
        #expect(await store.rows.allSatisfy(\.settled))
    }

    @Test("what an earlier verdict marked is taken off where a later one is shown, and nowhere else")
    func takesMarksOff() async throws {
        let store = MemoryStore()
        let sender = SenderFinding(address: nil, authentication: .none)
        for decision in [
            Decision(verdict: .accepted, reason: "ok", sender: sender),
            Decision(verdict: .accepted, reason: "ok", sender: sender),
            Decision(verdict: .held, reason: "kind.retraction", sender: sender),
        ] {
            await store.put(RawMail(bytes: []))
            let id = JournalID(Int64(await store.rows.count))
            let ruling = Ruling(entry: id, decision: decision, messageID: nil, subject: "", reply: nil)
            #expect(try await store.record([ruling], at: StillClock().now).isEmpty)
        }
        await store.set(again: [JournalID(2), JournalID(3)])
        let mailbox = FakeMailbox([])
        try await pass(mailbox, store)
        let undone = mailbox.state.withLock { $0.undone }
        #expect(undone.keys.sorted() == [2, 3])
        #expect(
            undone[2] == [
                .mark(keyword: "$PosternProcessed"), .mark(keyword: "$PosternHeld"), .mark(keyword: "$PosternIgnored"),
                .move(folder: "Ignored"),
            ])
        #expect(
            undone[3] == [
                .mark(keyword: "$PosternProcessed"), .mark(keyword: "$PosternIgnored"), .move(folder: "Processed"),
                .move(folder: "Ignored"),
            ])
    }

    @Test("a connection that can't be made is a fault of the pass")
    func faultOfPass() async throws {
        let mailbox = FakeMailbox([(1, 10)])
        mailbox.state.withLock { $0.faults = [TransportFault(.temporary, "connection refused")] }
        await #expect(throws: TransportFault.self) { try await pass(mailbox, MemoryStore()) }
    }

    @Test("a fault that only an operator can mend ends the intake when nothing has worked yet")
    func unusableFromTheStart() async throws {
        let mailbox = FakeMailbox([(1, 10)])
        mailbox.state.withLock { $0.faults = [TransportFault(.setup, "the folder can't be made", hint: "make it")] }
        let line = Line()
        try await Fixture.intake(mailbox, MemoryStore(), line: line).run()
        #expect((line.fault.get() as? TransportFault)?.reason == "the folder can't be made")
        #expect(mailbox.state.withLock { $0.connections } == 1)
    }

    @Test("the daemon connects again after a lost connection, and stops on a signal")
    func reconnects() async throws {
        let mailbox = FakeMailbox([(1, 10)])
        mailbox.state.withLock { $0.faults = [TransportFault(.temporary, "connection refused")] }
        let store = MemoryStore()
        let line = Line()
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(
                        service: Fixture.intake(mailbox, store, line: line),
                        successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(
                        service: StopWhenRung(bell: line.desk),
                        successTerminationBehavior: .gracefullyShutdownGroup),
                ], logger: Fixture.logger))
        try await group.run()
        #expect(mailbox.state.withLock { $0.connections } == 2)
        #expect(await store.rows.count == 1)
        #expect(line.intakeDone.isFinished)
    }
}

/// Ends, and with it the group, when the intake has rung for the desk.
private struct StopWhenRung: Service {
    let bell: Bell
    func run() async throws { await bell.wait(atMost: .seconds(60)) }
}
