/// Who the header says a mail is from, once its structure leaves no room for two answers.
///
/// Nothing here is proof: it says what From claims. Sender, Resent-From, Reply-To and Return-Path never stand in.
package enum SenderStructure: Sendable, Hashable {
    /// From holds exactly one plain mailbox, and nothing in the header contradicts it.
    case plain(EmailAddress, displayName: String?)
    /// The mail must be held. `claimed` is what From seems to say, for staff, where that can be told at all.
    case doubtful(StructureProblem, claimed: EmailAddress?)

    /// Fields of which a mail has at most one (RFC 5322 §3.6; RFC 2045 §3).
    private static let single = [
        "To", "Cc", "Subject", "Date", "Message-ID", "Sender", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    ]

    /// Reads the sender from the undecoded fields. Takes time linear in their length.
    ///
    /// Two readers that share no code look at From: a strict parser of the one shape that is allowed, and a naive
    /// scanner that collects whatever looks like an address before and after decoding. They must agree.
    package static func examine(_ block: HeaderBlock) -> SenderStructure {
        var from: HeaderField?
        var fromCount = 0
        var problem: StructureProblem?
        var seen = [Int](repeating: 0, count: single.count)
        for field in block.fields {
            if field.isNamed("From") {
                fromCount += 1
                from = from ?? field
                problem = problem ?? octetProblem(in: field)
            } else if let index = single.firstIndex(where: { field.isNamed($0) }) {
                seen[index] += 1
                if index < 2 { problem = problem ?? octetProblem(in: field) }
            } else if field.name.asciiHasPrefix("resent-") {
                problem = problem ?? .resent
            } else if field.name.utf8.spellsFrom {
                problem = problem ?? .fromLikeName
            }
        }
        guard let from else { return .doubtful(.missingFrom, claimed: nil) }
        if fromCount > 1 { return .doubtful(.twoFrom, claimed: nil) }
        if let index = seen.firstIndex(where: { $0 > 1 }) { problem = problem ?? .duplicate(single[index]) }

        switch readMailbox(from.value) {
        case .problem(let found): return .doubtful(problem ?? found, claimed: nil)
        case .mailbox(let address, let displayName):
            if let problem { return .doubtful(problem, claimed: address) }
            guard NaiveAddressScanner.addresses(in: from.value) == [address.key] else {
                return .doubtful(.readersDisagree, claimed: nil)
            }
            return .plain(address, displayName: displayName)
        }
    }

    /// Octets that no address field may hold; a tab is white space.
    private static func octetProblem(in field: HeaderField) -> StructureProblem? {
        for byte in field.value {
            if byte >= 0x80 { return .eightBitAddress }
            if byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7f { return .controlInAddress }
        }
        return nil
    }
}

extension String {
    /// Whether the text begins with `prefix` (lower case), ASCII case aside.
    package func asciiHasPrefix(_ prefix: String) -> Bool {
        utf8.count >= prefix.utf8.count && zip(utf8, prefix.utf8).allSatisfy { $0.asciiLowercased == $1 }
    }
}
