import Synchronization

/// Tells the next service in line whether more can still come: set once, when a service has nothing more to give.
package final class Stage: Sendable {
    private let finished = Atomic(false)

    package init() {}

    package var isFinished: Bool { finished.load(ordering: .acquiring) }
    package func finish() { finished.store(true, ordering: .releasing) }
}

/// A value that can be exchanged while others use it: each use takes the value of its moment.
package final class Current<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    package init(_ value: Value) { self.value = Mutex(value) }

    package func get() -> Value { value.withLock { $0 } }
    package func set(_ new: Value) { value.withLock { $0 = new } }
}

/// What joins the three services: who rings whom, and who has finished.
package struct Line: Sendable {
    /// Rung when mails were stored.
    package let desk = Bell()
    /// Rung when replies were queued.
    package let dispatch = Bell()
    /// Rung when the caretaker is to look again.
    package let caretaker = Bell()
    /// Interrupts the mailbox session's wait when mails were judged.
    package let mailbox = Current<(@Sendable () -> Void)?>(nil)
    package let intakeDone = Stage()
    package let deskDone = Stage()
    package let dispatchDone = Stage()
    /// What made a service give up before its work was done; only one pass gives up.
    package let fault = Current<(any Error)?>(nil)

    package init() {}
}
