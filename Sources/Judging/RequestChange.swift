package import Registry

package import struct Foundation.Date

/// A change of a request's status with all that belongs to it: done as one, or not at all.
package struct RequestChange: Sendable {
    package let request: RoleRequestID
    package let move: RequestMove
    /// Who does it, why: for the audit trail, and for the applicant.
    package let note: String?
    /// The role that a grant brings.
    package let role: RoleGrant?
    package let notice: QueuedNotice?
    /// Where the change is made because of how long the request has waited: from when that counted. One that waits anew
    /// by then is left alone.
    package let since: Date?

    package init(
        _ move: RequestMove, of request: RoleRequestID, note: String? = nil, role: RoleGrant? = nil,
        notice: QueuedNotice? = nil, since: Date? = nil
    ) {
        self.request = request
        self.move = move
        self.note = note
        self.role = role
        self.notice = notice
        self.since = since
    }
}
