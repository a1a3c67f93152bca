internal import CCurl
import Glibc
import Mail

/// A bell that a blocked `poll` hears, also when it rings before the `poll` begins. Callable from any task.
///
/// An eventfd is a counter in the kernel: ringing adds to it, `silence` takes all of it away.
final class WakeUp: Sendable {
    let descriptor: Int32

    init() throws(TransportFault) {
        descriptor = postern_bell_make()
        guard descriptor >= 0 else {
            throw TransportFault(
                .temporary, "no file descriptor left (errno \(errno))", hint: "raise the limit of open files")
        }
    }

    deinit { _ = Glibc.close(descriptor) }

    func ring() { postern_bell_ring(descriptor) }

    /// Whether it rang since the last call.
    func silence() -> Bool { postern_bell_silence(descriptor) != 0 }
}

/// What a `poll` came back with.
enum Readiness: Hashable {
    case ready
    case rung
    case timedOut
}

extension WakeUp {
    /// Blocks until `socket` can be read (or written), the bell rings, or `deadline` is over. The ringing stays.
    ///
    /// An error or hang-up counts as ready: the read that follows says what it is.
    static func poll(socket: Int32?, writing: Bool = false, bell: WakeUp? = nil, until deadline: Deadline) -> Readiness
    {
        while true {
            let events = Int16(writing ? POLLOUT : POLLIN)
            // A negative descriptor is one that poll(2) passes over.
            var entries = [
                pollfd(fd: socket ?? -1, events: events, revents: 0),
                pollfd(fd: bell?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
            ]
            let milliseconds = Int32(min(deadline.remaining.wholeMilliseconds, 3_600_000))
            let count = unsafe Glibc.poll(&entries, nfds_t(entries.count), milliseconds)
            if entries[1].revents != 0 { return .rung }
            if entries[0].revents != 0 { return .ready }
            if count <= 0, deadline.isOver { return .timedOut }
        }
    }
}
