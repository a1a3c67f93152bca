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
    /// Where the change rests on what was read before: the registry's count of changes then. If it is another by now,
    /// nothing is changed.
    package let registry: Int64?

    /// The prepared decision that is carried out by it.
    package let prepared: PreparedID?

    package init(
        _ move: RequestMove, of request: RoleRequestID, note: String? = nil, role: RoleGrant? = nil,
        notice: QueuedNotice? = nil, since: Date? = nil, registry: Int64? = nil, prepared: PreparedID? = nil
    ) {
        self.prepared = prepared
        self.registry = registry
        self.request = request
        self.move = move
        self.note = note
        self.role = role
        self.notice = notice
        self.since = since
    }
}
