/// The number of a decision that somebody prepared and somebody else is to submit.
package struct PreparedID: Hashable, Sendable, CustomStringConvertible {
    package let number: Int64
    package init(_ number: Int64) { self.number = number }
    package var description: String { String(number) }
}

/// Who at the keyboard does something, why, and which prepared decision is carried out by it.
package struct OperatorAct: Sendable, Hashable {
    /// As the audit trail names people.
    package let actor: String
    package let note: String?
    /// Nil where nobody else prepared it.
    package let prepared: PreparedID?

    package init(actor: String, note: String? = nil, prepared: PreparedID? = nil) {
        self.actor = actor
        self.note = note
        self.prepared = prepared
    }
}
