import Judging
import Mail
import Registry
import ServiceLifecycle
import Synchronization
import Testing

@testable import Service

@Suite struct DeskTests {
    @Test("a stored mail is judged and written down with its reply")
    func judged() async throws {
        let store = MemoryStore()
        await store.put(RawMail(bytes: [1]))
        let desk = try Fixture.desk(store, parser: FakeParser { _ in Fixture.roleRequest() })
        #expect(try await desk.judgeBacklog() == 1)
        let ruling = await store.rows[0].ruling
        #expect(ruling?.decision.verdict == .unmatched)
        #expect(ruling?.reply?.recipients == [Fixture.address("ana@drvo.example")])
        #expect(try await desk.judgeBacklog() == 0)
    }

    @Test("an operator's word goes with its own mail to the judge, and the limits on replies hold")
    func vouched() async throws {
        let store = MemoryStore()
        for _ in 1...2 { await store.put(RawMail(bytes: [1])) }
        await store.vouch(for: Fixture.address("ana@drvo.example"), at: 1)
        let unproven = FakeParser { _ in Fixture.roleRequest(authenticated: false) }
        let desk = try Fixture.desk(store, parser: unproven)
        #expect(try await desk.judgeBacklog() == 2)
        #expect(await store.decisions.map(\.verdict) == [.held, .unmatched])
        #expect(await store.decisions.map(\.sender.isVouchedFor) == [false, true])

        let busy = MemoryStore()
        for index in 0..<5 {
            await busy.put(RawMail(bytes: [1]))
            await busy.vouch(for: Fixture.address("ana@drvo.example"), at: index)
        }
        #expect(try await Fixture.desk(busy, parser: unproven).judgeBacklog() == 5)
        #expect(
            await busy.decisions.map(\.reason)
                == [
                    "match.no-account", "match.no-account", "match.no-account", "limit.same-outcome",
                    "limit.same-outcome",
                ])
    }

    @Test("the third beginning holds a mail without opening it")
    func poison() async throws {
        let store = MemoryStore()
        await store.put(RawMail(bytes: [1]), attempts: 2)
        let opened = Atomic(0)
        let desk = try Fixture.desk(
            store,
            parser: FakeParser { _ in
                opened.add(1, ordering: .relaxed)
                return Fixture.roleRequest()
            })
        #expect(try await desk.judgeBacklog() == 1)
        #expect(opened.load(ordering: .relaxed) == 0)
        #expect(await store.decisions.map(\.reason) == ["poison"])
        #expect(await store.decisions.map(\.verdict) == [.held])
    }

    @Test("a mail that was too large to download, one that the server kept back and one that can't be parsed are held")
    func unread() async throws {
        let store = MemoryStore()
        await store.put(nil)
        await store.put(nil, size: 2_000)
        await store.put(RawMail(bytes: [2]))
        let desk = try Fixture.desk(
            store,
            parser: FakeParser { (_) throws(UnparsableMail) in
                throw UnparsableMail(code: "structure.unparsable", explanation: "")
            })
        #expect(try await desk.judgeBacklog() == 3)
        #expect(
            await store.decisions.map(\.reason)
                == ["limit.size", "structure.not-handed-out", "structure.unparsable"])
        #expect(await store.decisions.allSatisfy { $0.verdict == .held && $0.reply == nil && $0.transition == nil })
    }

    @Test("a ruling that was overtaken is made again on a fresh view")
    func overtaken() async throws {
        let store = MemoryStore()
        await store.put(RawMail(bytes: [1]))
        await store.set(overtakes: 2)
        let desk = try Fixture.desk(store, parser: FakeParser { _ in Fixture.roleRequest() })
        #expect(try await desk.judgeBacklog() == 1)
        #expect(await store.viewsAsked == 3)
        #expect(await store.decisions.count == 1)
    }

    @Test("a store that is away for a moment costs a mail no attempt; a lasting fault does", arguments: [true, false])
    func storeAway(isTemporary: Bool) async throws {
        let store = MemoryStore()
        await store.put(RawMail(bytes: [1]))
        await store.set(fault: StoreAway(isTemporary: isTemporary))
        let desk = try Fixture.desk(store, parser: FakeParser { _ in Fixture.roleRequest() })
        await #expect(throws: StoreAway.self) { try await desk.judgeBacklog() }
        #expect(await store.rows[0].attempts == (isTemporary ? 0 : 1))
        #expect(try await desk.judgeBacklog() == 1)
        #expect(await store.decisions.map(\.verdict) == [.unmatched])
    }

    @Test("an answer that can't be written keeps that mail for a person, and no other from being judged")
    func unwritable() async throws {
        let store = MemoryStore()
        for number in 1...3 { await store.put(RawMail(bytes: [UInt8(number)])) }
        let desk = try Fixture.desk(
            store,
            parser: FakeParser { raw in
                Fixture.roleRequest(from: raw.bytes == [2] ? "mute@drvo.example" : "a@drvo.example")
            })
        #expect(try await desk.judgeBacklog() == 3)
        #expect(await store.decisions.map(\.reason) == ["match.no-account", "reply.unwritable", "match.no-account"])
    }

    @Test("of five like mails of one sender in one batch three are answered and two are held")
    func limits() async throws {
        let store = MemoryStore()
        for number in 1...5 { await store.put(RawMail(bytes: [UInt8(number)])) }
        let desk = try Fixture.desk(store, parser: FakeParser { _ in Fixture.roleRequest() })
        #expect(try await desk.judgeBacklog() == 5)
        #expect(await store.decisions.map(\.verdict) == [.unmatched, .unmatched, .unmatched, .held, .held])
        #expect(await store.decisions.last?.reason == "limit.same-outcome")
    }

    @Test("when the intake has finished the desk empties the journal and finishes")
    func drains() async throws {
        let store = MemoryStore()
        for number in 1...300 { await store.put(RawMail(bytes: [UInt8(number % 256)])) }
        let line = Line()
        line.intakeDone.finish()
        let desk = try Fixture.desk(
            store, line: line, parser: FakeParser { raw in Fixture.roleRequest(from: "a\(raw.bytes[0])@drvo.example") })
        try await desk.run()
        #expect(await store.decisions.count == 300)
        #expect(line.deskDone.isFinished)
    }

    @Test("a stop signal lets the batch in hand finish and starts no other")
    func graceful() async throws {
        let store = MemoryStore()
        for number in 1...300 { await store.put(RawMail(bytes: [UInt8(number % 256)])) }
        let line = Line()
        let desk = try Fixture.desk(
            store, line: line, parser: FakeParser { raw in Fixture.roleRequest(from: "a\(raw.bytes[0])@drvo.example") })
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: desk, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: Fixture.logger))
        await store.set(onRecord: { Task { await group.triggerGracefulShutdown() } })
        try await group.run()
        let decided = await store.decisions.count
        #expect(decided >= 128)
        #expect(decided % 128 == 0 || decided == 300)
    }
}
