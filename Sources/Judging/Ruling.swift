package import Mail
package import Registry

/// What a mail needs to know of the store before it can be judged: who claims to send it, what it answers.
package struct ViewKey: Sendable, Hashable {
    package let sender: EmailAddress?
    /// In-Reply-To and References, newest first.
    package let answers: [MessageID]
    /// The failure that it reports of a mail whose Message-ID is ours.
    package let report: DeliveryReport?

    package init(sender: EmailAddress?, answers: [MessageID], report: DeliveryReport? = nil) {
        self.sender = sender
        self.answers = answers
        self.report = report
    }
}

/// What the store knows about one mail's sender.
package struct SenderView: Sendable {
    package let registry: RegistryView
    /// How many replies went to the sender's address in the last 24 hours, by the verdict they told.
    package let recentReplies: [Verdict: Int]
    /// The reply that the mail reports as not delivered: it is in the outbox, and went out.
    package let bounced: BouncedReply?
    /// What the replies to everybody together have taken of the global limit.
    package let allowance: ReplyAllowance

    package init(
        registry: RegistryView, recentReplies: [Verdict: Int] = [:], bounced: BouncedReply? = nil,
        allowance: ReplyAllowance = ReplyAllowance()
    ) {
        self.registry = registry
        self.recentReplies = recentReplies
        self.bounced = bounced
        self.allowance = allowance
    }
}

/// A decision about one journal entry with the finished reply, ready to be written down in one transaction.
package struct Ruling: Sendable {
    package let entry: JournalID
    package let decision: Decision
    /// The Message-ID, From and Subject of the mail, for lists.
    package let messageID: MessageID?
    package let subject: String
    package let reply: OutboundMail?
    /// The global limit after this reply, or after one was asked for in vain; nil where none was asked for.
    package let allowance: ReplyAllowance?

    package init(
        entry: JournalID, decision: Decision, messageID: MessageID?, subject: String, reply: OutboundMail?,
        allowance: ReplyAllowance? = nil
    ) {
        self.allowance = allowance
        self.entry = entry
        self.decision = decision
        self.messageID = messageID
        self.subject = subject
        self.reply = reply
    }
}

/// A judged mail whose place on the server does not show it yet.
package struct UnsettledMail: Sendable, Hashable {
    package let entry: JournalID
    package let uid: UID
    package let verdict: Verdict
    package let reason: Reason

    package init(entry: JournalID, uid: UID, verdict: Verdict, reason: Reason) {
        self.entry = entry
        self.uid = uid
        self.verdict = verdict
        self.reason = reason
    }
}
