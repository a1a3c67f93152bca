import Foundation
import Glibc
import Synchronization

/// A process of its own, started with files for its three streams.
///
/// Foundation's `Process` takes a process for running as long as a child of that process lives, so it waits for ever
/// for a script that starts a mail server; here only the process itself is waited for.
package final class ChildProcess: Sendable {
    package struct NotStarted: Error {
        package let reason: String
    }

    package let identifier: Int32
    private let status = Mutex<Int32?>(nil)

    /// Starts `path`. `streams` are the files for input, output and errors; what is written is appended.
    package init(_ path: String, _ arguments: [String], environment: [String: String], streams: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, file) in streams.enumerated() {
            let flags = descriptor == 0 ? O_RDONLY : O_WRONLY | O_APPEND
            posix_spawn_file_actions_addopen(&actions, Int32(descriptor), file, flags, 0)
        }
        // Dispatch's threads block signals, and a process that inherits that cannot be stopped.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        // What whoever runs the tests ignores is no matter of the program's either.
        var allSignals = sigset_t()
        sigfillset(&allSignals)
        posix_spawnattr_setsigdefault(&attributes, &allSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let problem = posix_spawn(&process, path, &actions, &attributes, &words, &variables)
        guard problem == 0 else { throw NotStarted(reason: "\(path): \(String(cString: strerror(problem)))") }
        identifier = process
    }

    package func send(_ signal: Int32) { kill(identifier, signal) }

    /// Waits for the end on a thread of its own: the exit status, or 128 and the signal that ended it.
    package func end() async -> Int32 {
        if let known = status.withLock({ $0 }) { return known }
        let identifier = identifier
        let ended = await withCheckedContinuation { continuation in
            Thread {
                var status: Int32 = 0
                while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
                let signal = status & 0x7f
                continuation.resume(returning: signal == 0 ? (status >> 8) & 0xff : 128 + signal)
            }.start()
        }
        status.withLock { $0 = ended }
        return ended
    }
}
