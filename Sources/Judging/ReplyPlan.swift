package import Mail
package import Registry

/// Whom to answer and what may be said; wording and layout are the templates' part.
///
/// What comes from the registry is in ``Person`` alone, and that one has no other recipient than the mailbox stored in
/// its account: no value of this type can tell a stranger anything of the registry.
package enum ReplyPlan: Sendable, Hashable {
    case person(Person)
    case stranger(Stranger)

    /// Somebody whom the registry knows.
    package struct Person: Sendable, Hashable {
        package let account: Account
        /// The requests that the reply is about: the judged one, the candidates of `ambiguous`, all for `answered`.
        package let requests: [RequestSummary]
        /// Official mailboxes of the governing competent authority, for the corrected mail's Cc.
        package let authorityMailboxes: [EmailAddress]
        package let answered: AnsweredMail

        package init(
            account: Account, requests: [RequestSummary] = [], authorityMailboxes: [EmailAddress] = [],
            answering answered: AnsweredMail = AnsweredMail()
        ) {
            self.account = account
            self.requests = requests
            self.authorityMailboxes = authorityMailboxes
            self.answered = answered
        }

        /// The mailbox stored in the account, wherever the mail came from.
        package var recipient: EmailAddress { account.mailbox }
    }

    /// Somebody who gets general instructions: no account has the mailbox, or the account has no pending request.
    package struct Stranger: Sendable, Hashable {
        /// The authenticated From; of an account, its stored mailbox.
        package let recipient: EmailAddress
        package let answered: AnsweredMail

        package init(recipient: EmailAddress, answering answered: AnsweredMail = AnsweredMail()) {
            self.recipient = recipient
            self.answered = answered
        }
    }

    /// The only address that the reply goes to.
    package var recipient: EmailAddress {
        switch self {
        case .person(let person): person.recipient
        case .stranger(let stranger): stranger.recipient
        }
    }

    package var answered: AnsweredMail {
        switch self {
        case .person(let person): person.answered
        case .stranger(let stranger): stranger.answered
        }
    }

    package var person: Person? {
        guard case .person(let person) = self else { return nil }
        return person
    }
}

/// What of a mail a reply needs to stand in its thread (RFC 5322 §3.6.4); none of its words but the subject.
package struct AnsweredMail: Sendable, Hashable {
    package let messageID: MessageID?
    package let references: [MessageID]
    package let subject: String

    package init(messageID: MessageID? = nil, references: [MessageID] = [], subject: String = "") {
        self.messageID = messageID
        self.references = references
        self.subject = subject
    }
}
