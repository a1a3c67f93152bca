package import Mail

/// Opens sessions to the support mailbox.
package struct IMAPConnector: Sendable {
    package let settings: IMAPSettings

    package init(settings: IMAPSettings) {
        self.settings = settings
    }

    /// Connects, logs in, selects the mailbox; each within the settings' deadlines.
    package func connect() async throws(TransportFault) -> IMAPSession {
        let login = try await Login.prepare(user: settings.user, credential: settings.credential)
        let session = try IMAPSession(settings: settings)
        try await session.open(login: login)
        return session
    }
}
