import CProcess
import Foundation
import Mail

/// Runs the operator's program that prints an OAuth 2.0 access token.
///
/// It gets the environment of the service without Postern's settings and systemd's sockets, no open file, and nothing on
/// its command line but what the settings say. What it writes to standard error is thrown away: such programs print
/// tokens there when they are traced or fail, and the service's standard error is its log.
enum TokenCommand {
    /// A token is a few hundred to a few thousand octets.
    private static let largestOutput = 65_536

    /// The first line that it prints. Blocks a thread of its own while the program runs; after `patience` it is killed,
    /// with whatever it has started.
    @concurrent static func run(_ command: [String], patience: Duration = .seconds(60)) async throws -> Secret {
        guard let program = command.first else { throw TransportFault(.setup, "token_command is empty") }
        return try await withCheckedThrowingContinuation { continuation in
            Thread {
                continuation.resume(with: Result { try token(program, command, patience: patience) })
            }.start()
        }
    }

    private static func token(_ program: String, _ command: [String], patience: Duration) throws -> Secret {
        let child: (process: pid_t, output: Int32)
        do {
            child = try start(program, command)
        } catch {
            throw TransportFault(
                .setup, "token_command can't be started: \(program): \(error.words)",
                hint: "name a program by its whole path")
        }
        let end = ContinuousClock.now + patience
        let bytes = read(child.output, until: end)
        close(child.output)
        let status = wait(for: child.process, until: end)
        guard let status else {
            throw TransportFault(
                .temporary, "token_command did not end within \(patience)", hint: "run it by hand, as the same user")
        }
        guard bytes.count <= largestOutput else {
            throw TransportFault(
                .temporary, "token_command printed more than any token has", hint: "run it by hand, as the same user")
        }
        let token = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
        guard status == 0, let token, !token.isEmpty else {
            let what = status == 0 ? "printed no token" : "ended with status \(status)"
            throw TransportFault(.temporary, "token_command \(what)", hint: "run it by hand, as the same user")
        }
        return Secret(token)
    }

    /// Starts it in a process group of its own, with a pipe behind its standard output.
    private static func start(
        _ program: String, _ command: [String]
    ) throws(FileBytes.Unreadable) -> (process: pid_t, output: Int32) {
        var pipe: [Int32] = [-1, -1]
        guard postern_pipe(&pipe) == 0 else { throw FileBytes.Unreadable(errno: errno) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        postern_spawn_closes(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This process ignores SIGPIPE and its threads block signals: the program begins as any other.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        let handedOn = environment(from: ProcessInfo.processInfo.environment)
        var variables: [UnsafeMutablePointer<CChar>?] = handedOn.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let problem = posix_spawn(&process, program, &actions, &attributes, &words, &variables)
        close(pipe[1])
        guard problem == 0 else {
            close(pipe[0])
            throw FileBytes.Unreadable(errno: problem)
        }
        return (process, pipe[0])
    }

    /// What the program needs to find its own files, and nothing that is meant for this process.
    static func environment(from own: [String: String]) -> [String: String] {
        own.filter { name, _ in
            !name.hasPrefix("POSTERN_") && !["NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"].contains(name)
        }
    }

    /// What it prints until it closes its output, has printed more than any token has, or time is up.
    private static func read(_ descriptor: Int32, until end: ContinuousClock.Instant) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while bytes.count <= largestOutput {
            var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&event, 1, milliseconds(until: end))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return [] }
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// How it ended; nil when time is up. Ends its whole group in any case: nothing that it began outlives it.
    private static func wait(for process: pid_t, until end: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        var ended = waitpid(process, &status, WNOHANG)
        while ended == 0, ContinuousClock.now < end {
            // It has closed its output, so it is as good as gone.
            usleep(2_000)
            ended = waitpid(process, &status, WNOHANG)
        }
        kill(-process, SIGKILL)
        guard ended == process else {
            waitpid(process, &status, 0)
            return nil
        }
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }

    private static func milliseconds(until end: ContinuousClock.Instant) -> Int32 {
        let left = ContinuousClock.now.duration(to: end)
        return Int32(
            clamping: max(0, left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000))
    }
}
