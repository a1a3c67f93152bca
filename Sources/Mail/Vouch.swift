/// An operator's word that one mail is from the owner of one mailbox. Good for a single judging of that very mail: it
/// is bound to the mail's bytes and to the round of judging that it was given for.
package struct Vouch: Sendable, Hashable {
    package let sender: EmailAddress

    package init(sender: EmailAddress) { self.sender = sender }
}

/// Why nobody may vouch that a mail is from an address.
package enum VouchObjection: Error, Sendable, Hashable {
    /// What is wrong with the mail lies not in who sent it: an operator's word about the sender doesn't mend it.
    case structure(StructureProblem)
    /// There is no From at all, or From names no address.
    case namesNobody
    /// From names another address, or this one and others.
    case namesOthers([String])

    /// One sentence for staff.
    package var explanation: String {
        switch self {
        case .structure(let problem):
            "its structure is doubtful besides who sent it, which no word about the sender mends: \(problem.code)"
        case .namesNobody: "its From field names no address"
        case .namesOthers(let addresses):
            "its From field names \(addresses.isEmpty ? "none" : addresses.joined(separator: ", "))"
        }
    }
}

extension InboundMail {
    /// The address for which somebody may vouch without naming it: From's, where it holds exactly one plain mailbox.
    package var plainSender: EmailAddress? {
        if case .plain(let address, _) = sender { address } else { nil }
    }

    /// Why nobody may vouch that this mail is from `address`; nil when somebody may.
    ///
    /// Every reader of From, the naive one too, must find this address and no other, in all From fields together: so
    /// what may pass for another sender is never vouched for. And with the address written plainly in From's place, the
    /// rest of the header must leave no doubt, and parsing must have found no problem.
    package func objection(toVouchingFor address: EmailAddress) -> VouchObjection? {
        if let problem = problems.first { return .structure(problem) }
        let froms = header.all("From")
        let named = froms.reduce(into: Set<String>()) { $0.formUnion(NaiveAddressScanner.addresses(in: $1.value)) }
        guard !named.isEmpty else { return .namesNobody }
        guard named == [address.key] else { return .namesOthers(named.sorted()) }
        if froms.count > 1 { return .structure(.twoFrom) }
        let plain = HeaderBlock(
            fields: header.fields.map { field in
                field.isNamed("From") ? HeaderField(name: "From", value: Array(address.text.utf8)) : field
            })
        switch SenderStructure.examine(plain) {
        case .plain(address, _): return nil
        case .plain(let other, _): return .namesOthers([other.key])
        case .doubtful(let problem, _): return .structure(problem)
        }
    }
}
