import Dispatch

/// A thread of its own for calls that block: an actor that runs on it keeps the shared pool free.
///
/// Dispatch's serial queue is no `SerialExecutor` on Linux, hence this one over it.
package final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
