import Mail
import Reading
import Registry

/// A pending request with the account that made it and the procedure that governs it.
struct Candidate: Sendable {
    let account: Account
    let request: RoleRequest
    let procedure: Procedure
}

/// Why a mail is taken to be about one request, or about none.
package enum MatchBasis: String, Sendable, Hashable, CaseIterable {
    /// The sender has no pending request.
    case nonePending = "none-pending"
    /// The mail gives a request's reference.
    case reference
    /// It gives those of several requests.
    case severalReferences = "several-references"
    /// It answers a reply of ours that was about one request.
    case thread
    /// A good reference stands in what it quotes.
    case quotedReference = "quoted-reference"
    case onlyPending = "only-pending"
    /// Of several, only one has the kind and the organisation that the mail names.
    case kindAndOrganisation = "kind-and-organisation"
    /// Of those, only one is the person's that the mail names.
    case person
    /// Of those, only one is an additional role, as the mail says.
    case additional
    /// Several still fit.
    case undecided
    /// None has the kind and the organisation that the mail names.
    case noneFits = "none-fits"
}

/// Which of the sender's pending requests a mail is about, and why that one.
struct Choice: Sendable {
    let match: Match
    let basis: MatchBasis

    init(_ match: Match, by basis: MatchBasis) {
        self.match = match
        self.basis = basis
    }
}

/// Which of the sender's pending requests a mail is about.
enum Match: Sendable {
    case one(Candidate)
    case several([Candidate])
    /// There are candidates, and the mail fits none.
    case noneFits([Candidate])
    case noCandidate
}

/// Finds the request: the one whose reference the mail gives; the thread's if it answers one of our replies; the one
/// whose reference it quotes; the only one; else the only one that kind and organisation fit. Where several still fit,
/// the person's name and "additional" decide if they can.
func match(
    _ candidates: [Candidate], codes: MailCodes, kinds: KindReading, reading: MailReading, view: RegistryView
) -> Choice {
    let named = codes.named(among: candidates)
    if named.count == 1 { return Choice(.one(named[0]), by: .reference) }
    // Two references in one mail: one request a mail.
    if named.count > 1 { return Choice(.several(named), by: .severalReferences) }
    if let request = view.thread?.request, let one = candidates.first(where: { $0.request.id == request }) {
        return Choice(.one(one), by: .thread)
    }
    let quoted = codes.quoted(among: candidates)
    if quoted.count == 1 { return Choice(.one(quoted[0]), by: .quotedReference) }
    guard let only = candidates.first else { return Choice(.noCandidate, by: .nonePending) }
    if candidates.count == 1 { return Choice(.one(only), by: .onlyPending) }

    // In a thread that was about no one request, the kind may have been said already.
    let saidKind = view.thread.map { $0.request == nil && $0.earlier.kind } ?? false
    var fitting = candidates.filter { candidate in
        judgeKind(kinds, request: candidate.request, procedure: candidate.procedure, earlier: saidKind).outcome == .pass
            && NameMentions.organisation(in: reading, request: candidate.request, view: view).isFound
    }
    if fitting.isEmpty { return Choice(.noneFits(candidates), by: .noneFits) }
    if fitting.count == 1 { return Choice(.one(fitting[0]), by: .kindAndOrganisation) }
    fitting = narrowed(fitting) { candidate in
        let account = candidate.account
        let person = reading.mention(
            ofPerson: account.firstName, account.lastName, languages: account.language.map { [$0] } ?? [])
        return person.first.isFound && person.last.isFound
    }
    if fitting.count == 1 { return Choice(.one(fitting[0]), by: .person) }
    if kinds.additional != nil { fitting = narrowed(fitting) { $0.request.additional } }
    return fitting.count == 1 ? Choice(.one(fitting[0]), by: .additional) : Choice(.several(fitting), by: .undecided)
}

/// The candidates that hold `property`, or all when that leaves none.
private func narrowed(_ candidates: [Candidate], by property: (Candidate) -> Bool) -> [Candidate] {
    guard candidates.count > 1 else { return candidates }
    let left = candidates.filter(property)
    return left.isEmpty ? candidates : left
}
