package import Foundation
package import Judging

/// A decision that somebody prepared: it does nothing until somebody submits it.
package struct PreparedDecision: Sendable, Hashable {
    /// What became of it.
    package enum Outcome: String, Sendable { case submitted, dropped }

    package let id: PreparedID
    package let at: Date
    /// Who prepared it, as the audit trail names people.
    package let actor: String
    /// The Unix user that counted then: whoever it is may drop the decision.
    package let person: String
    /// What it is about: `message 7`, `request R-1`.
    package let subject: String
    /// The subject's round when it was prepared; in another one it can't be submitted.
    package let round: Int
    /// The command with its arguments, a JSON object.
    package let command: String
    package let note: String?
    /// Nil while it is open.
    package let outcome: Outcome?
    package let endedAt: Date?
    package let endedBy: String?
}

/// What somebody prepares.
package struct DecisionDraft: Sendable {
    package let subject: String
    package let round: Int
    /// A JSON object.
    package let command: String
    package let note: String?
    package let actor: String
    package let person: String

    package init(subject: String, round: Int, command: String, note: String?, actor: String, person: String) {
        self.subject = subject
        self.round = round
        self.command = command
        self.note = note
        self.actor = actor
        self.person = person
    }
}

/// What an operator said about a mail.
package struct OperatorWord: Sendable, Hashable {
    package enum Action: String, Sendable { case released, verified, refused, ignored, replayed }

    /// The round of judging that began with it.
    package let round: Int
    package let action: Action
    /// Of `verified`: whose mail the operator says that it is.
    package let sender: String?
    package let actor: String
    package let preparedBy: String?
    package let note: String?
    package let at: Date
    /// Of `verified`: when a verdict rested on it; nil where none did.
    package let usedAt: Date?
}
