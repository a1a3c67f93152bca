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

    /// Sends each mail to all its recipients, or to none: a refused recipient refuses the mail. The outcomes stand in the
    /// mails' order. Several mails are shared out over the connections, in runs of neighbours.
    package func send(_ mails: [OutboundMail]) async -> [SubmissionOutcome] {
        let runs = min(max(1, settings.connections), (mails.count + Self.shortestRun - 1) / Self.shortestRun)
        guard runs > 1 else { return await send(run: mails[...]) }
        let length = (mails.count + runs - 1) / runs
        return await withTaskGroup(of: (Int, [SubmissionOutcome]).self) { group in
            for start in stride(from: 0, to: mails.count, by: length) {
                group.addTask {
                    (start, await self.send(run: mails[start..<min(start + length, mails.count)]))
                }
            }
            var parts: [(Int, [SubmissionOutcome])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    /// One mail.
    package func send(_ mail: OutboundMail) async -> SubmissionOutcome {
        await send([mail]).first ?? .retry(answer: "not sent")
    }

    /// Fewer mails than this are not worth a connection more.
    private static let shortestRun = 8

    /// Mail after mail over one connection. What concerns every mail alike (no connection, no login) ends the run: the
    /// rest is put off with the same words, and the server is not asked again for each.
    private func send(run mails: ArraySlice<OutboundMail>) async -> [SubmissionOutcome] {
        let connection = await acquire()
        defer { release(connection) }
        var outcomes: [SubmissionOutcome] = []
        var hasFreshLogin = false
        while outcomes.count < mails.count {
            let (more, end) = await connection.deliver(mails.dropFirst(outcomes.count))
            outcomes += more
            switch end {
            case .done: return outcomes
            case .unreachable(let answer): return putOff(outcomes, to: mails.count, answer)
            case .loginRefused(let answer):
                // A token may have run out since the last connection: one try with a fresh one.
                guard case .token = settings.credential, !hasFreshLogin else {
                    return putOff(outcomes, to: mails.count, answer)
                }
            case .unprepared: break
            }
            do throws(TransportFault) {
                try await connection.prepare(try await login())
                hasFreshLogin = true
            } catch {
                return putOff(outcomes, to: mails.count, error.description)
            }
        }
        return outcomes
    }

    private func putOff(_ outcomes: [SubmissionOutcome], to count: Int, _ answer: String) -> [SubmissionOutcome] {
        outcomes + Array(repeating: .retry(answer: answer), count: count - outcomes.count)
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
