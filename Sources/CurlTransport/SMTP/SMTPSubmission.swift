package import Mail
import Synchronization

/// Sends mails over a few connections that it keeps and reuses. Calls may overlap; each takes a free connection or
/// waits for one.
package final class SMTPSubmission: Sendable {
    package let settings: SMTPSettings
    private let pool: Mutex<Pool>

    private struct Pool {
        /// The one used last comes first again, so that a low load keeps few connections busy.
        var free: [SMTPConnection]
        var waiting: [CheckedContinuation<SMTPConnection, Never>] = []
        /// Those before this place in `waiting` have been served.
        var served = 0
    }

    package init(settings: SMTPSettings) {
        self.settings = settings
        let connections = (0..<max(1, settings.connections)).map { SMTPConnection(settings: settings, number: $0) }
        pool = Mutex(Pool(free: connections.reversed()))
    }

    /// Sends one mail to all its recipients, or to none: a refused recipient refuses the mail.
    package func send(_ mail: OutboundMail) async -> SubmissionOutcome {
        guard !mail.recipients.isEmpty else { return .failed(answer: "not sent: the mail has no recipient") }
        guard hasStrictLines(mail.bytes) else {
            return .failed(answer: "not sent: the mail holds a bare CR or LF, or its last line has no end")
        }
        let connection = await acquire()
        defer { release(connection) }
        do throws(TransportFault) {
            switch await connection.deliver(mail) {
            case .done(let outcome): return outcome
            case .loginRefused(let outcome):
                // A token may have run out since the last connection: one try with a fresh one.
                guard case .token = settings.credential else { return outcome }
            case .unprepared: break
            }
            try await connection.prepare(try await login())
            switch await connection.deliver(mail) {
            case .done(let outcome), .loginRefused(let outcome): return outcome
            case .unprepared: return .retry(answer: "the connection is closed")
            }
        } catch {
            return .retry(answer: error.description)
        }
    }

    /// Takes every connection out of use, as each becomes free, and says QUIT. Later mails open connections anew.
    package func close() async {
        var taken: [SMTPConnection] = []
        for _ in 0..<max(1, settings.connections) { taken.append(await acquire()) }
        for connection in taken {
            await connection.close()
            release(connection)
        }
    }

    private func login() async throws(TransportFault) -> Login? {
        guard let user = settings.user, let credential = settings.credential else { return nil }
        return try await Login.prepare(user: user, credential: credential)
    }

    private func acquire() async -> SMTPConnection {
        await withCheckedContinuation { continuation in
            let connection = pool.withLock { pool -> SMTPConnection? in
                if let free = pool.free.popLast() { return free }
                pool.waiting.append(continuation)
                return nil
            }
            if let connection { continuation.resume(returning: connection) }
        }
    }

    private func release(_ connection: SMTPConnection) {
        let next = pool.withLock { pool -> CheckedContinuation<SMTPConnection, Never>? in
            guard pool.served < pool.waiting.count else {
                pool.free.append(connection)
                return nil
            }
            let next = pool.waiting[pool.served]
            pool.served += 1
            // Gives the room back now and then: removing from the front each time would cost the square.
            if pool.served == pool.waiting.count || pool.served >= 1_024 {
                pool.waiting.removeFirst(pool.served)
                pool.served = 0
            }
            return next
        }
        next?.resume(returning: connection)
    }
}
