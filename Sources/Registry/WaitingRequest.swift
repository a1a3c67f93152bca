package import struct Foundation.Date

/// A request that has waited for its mail.
package struct WaitingRequest: Sendable, Hashable {
    package let request: RoleRequestID
    package let account: AccountID
    /// From when its waiting counts.
    package let since: Date
    package let remindedAt: Date?

    package init(request: RoleRequestID, account: AccountID, since: Date, remindedAt: Date?) {
        self.request = request
        self.account = account
        self.since = since
        self.remindedAt = remindedAt
    }
}
