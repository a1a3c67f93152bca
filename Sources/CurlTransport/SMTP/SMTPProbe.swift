package import Mail

/// What a submission server says of itself, for `postern doctor`.
package struct SubmissionInspection: Sendable, Hashable {
    /// EHLO's keywords with their parameters, e.g. `SIZE 10240000`; in the server's order.
    package let capabilities: [String]
    /// The greeting's line.
    package let greeting: String

    package init(capabilities: [String], greeting: String) {
        self.capabilities = capabilities
        self.greeting = greeting
    }
}

extension SMTPSubmission {
    /// Connects, secures the connection, says EHLO, logs in where a user is set, and says QUIT. Sends nothing.
    package func probe() async throws(TransportFault) -> SubmissionInspection {
        var login: Login?
        if let user = settings.user, let credential = settings.credential {
            login = try await Login.prepare(user: user, credential: credential)
        }
        return try await SMTPProbe(settings: settings).run(login: login)
    }
}

/// A connection that is opened only to be looked at.
private actor SMTPProbe {
    private let settings: SMTPSettings
    private let executor = BlockingExecutor(label: "postern.smtp.probe")

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(settings: SMTPSettings) { self.settings = settings }

    func run(login: Login?) throws(TransportFault) -> SubmissionInspection {
        let patience = min(settings.responseTimeout, .seconds(60))
        let handle = try CurlHandle.connected(
            to: settings.address, path: settings.clientPath, trustAnchor: settings.caFile, login: login,
            connectTimeout: settings.connectTimeout, loginTimeout: patience)
        let lines = handle.answers.lines
        // libcurl ends a connect-only connection without a word.
        _ = try? handle.send(Array("QUIT\r\n".utf8)[...])
        // The last row of 250 lines is EHLO's, behind STARTTLS where there was one; its first names the server.
        let last = lines.lastIndex { $0.hasPrefix("250 ") } ?? lines.startIndex
        let first = lines[..<last].lastIndex { !$0.hasPrefix("250-") }.map { $0 + 1 } ?? lines.startIndex
        let rows = first <= last && last < lines.count ? lines[first...last].dropFirst() : []
        return SubmissionInspection(
            capabilities: rows.map { String($0.dropFirst(4)) }, greeting: lines.first ?? "")
    }
}
