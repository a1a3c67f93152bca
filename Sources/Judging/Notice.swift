package import Mail
package import Registry

/// A mail that answers nobody: something happened to an account or a request, and its owner is told.
package struct Notice: Sendable, Hashable {
    /// What happened; the wording has its sentences by this name.
    package enum Event: String, Sendable, Hashable, CaseIterable {
        /// An account was made for this mailbox: whose it is must answer with the code.
        case validation
        case granted, refused, withdrawn, reopened
        /// The request will expire unless its mail comes.
        case reminder
        case expired
    }

    package let event: Event
    /// Who is told, at the account's mailbox and in its language.
    package let account: Account
    /// The request as it stands now; nil for `validation`.
    package var request: RequestSummary?
    /// Official mailboxes of the governing competent authority, for the prepared mail's Cc.
    package var authorityMailboxes: [EmailAddress] = []
    /// Who gets a copy of this notice.
    package var copies: [EmailAddress] = []
    /// What the support team wants to say to it.
    package var note: String?
    /// The code that a validation's answer must hold (``ProofCode/text``).
    package var code: String?
    /// The last day on which the code is good, or before which the request's mail must have come.
    package var lastDay: Day?

    package init(_ event: Event, account: Account, request: RequestSummary? = nil) {
        self.event = event
        self.account = account
        self.request = request
    }
}

/// A finished notice on its way into the outbox.
package struct QueuedNotice: Sendable {
    package let mail: OutboundMail
    /// `notice.granted` and the like: the outbox shows it where a reply has its verdict.
    package let kind: String
    /// `request R-1`, `account A-1`.
    package let about: String

    package init(_ mail: OutboundMail, kind: String, about: String) {
        self.mail = mail
        self.kind = kind
        self.about = about
    }
}
