/// A change of a request's status: from which statuses, to which, and who may make it. The only list of them.
///
/// ```
/// requested ──► prepared ──► confirmed ──► granted
///     │  │           │           │
///     │  └───────────┴───────────┴──► refused, withdrawn ──► requested (reopened)
///     └──► expired (also from prepared) ───────────────────► requested (reopened)
/// ```
package enum RequestMove: String, Sendable, Hashable, CaseIterable {
    case prepare, confirm, grant, refuse, withdraw, reopen, expire

    /// Who makes a change.
    package enum Mover: Sendable, Hashable {
        /// A mail that the five rules let through.
        case mail
        /// Somebody of the support team at the keyboard.
        case person
        /// The clock.
        case time
    }

    /// The statuses in which it may be made.
    package var from: [RoleRequest.Status] {
        switch self {
        case .prepare, .confirm, .expire: [.requested, .prepared]
        case .grant: [.confirmed]
        case .refuse, .withdraw: [.requested, .prepared, .confirmed]
        case .reopen: [.refused, .withdrawn, .expired]
        }
    }

    package var to: RoleRequest.Status {
        switch self {
        case .prepare: .prepared
        case .confirm: .confirmed
        case .grant: .granted
        case .refuse: .refused
        case .withdraw: .withdrawn
        case .reopen: .requested
        case .expire: .expired
        }
    }

    package var mover: Mover {
        switch self {
        case .prepare, .confirm: .mail
        case .grant, .refuse, .withdraw, .reopen: .person
        case .expire: .time
        }
    }
}

extension Transition {
    package init(_ move: RequestMove, of request: RoleRequestID) {
        self.init(request: request, from: move.from, to: move.to)
    }
}
