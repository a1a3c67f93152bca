import Mail
import Reading
import Registry

/// A pending request with the account that made it and the procedure that governs it.
struct Candidate: Sendable {
    let account: Account
    let request: RoleRequest
    let procedure: Procedure
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
) -> Match {
    let named = codes.named(among: candidates)
    if named.count == 1 { return .one(named[0]) }
    // Two references in one mail: one request a mail.
    if named.count > 1 { return .several(named) }
    if let request = view.thread?.request, let one = candidates.first(where: { $0.request.id == request }) {
        return .one(one)
    }
    let quoted = codes.quoted(among: candidates)
    if quoted.count == 1 { return .one(quoted[0]) }
    guard let only = candidates.first else { return .noCandidate }
    if candidates.count == 1 { return .one(only) }

    // In a thread that was about no one request, the kind may have been said already.
    let saidKind = view.thread.map { $0.request == nil && $0.earlier.kind } ?? false
    var fitting = candidates.filter { candidate in
        judgeKind(kinds, request: candidate.request, procedure: candidate.procedure, earlier: saidKind).outcome == .pass
            && NameMentions.organisation(in: reading, request: candidate.request, view: view).isFound
    }
    if fitting.isEmpty { return .noneFits(candidates) }
    fitting = narrowed(fitting) { candidate in
        reading.mention(ofName: candidate.account.firstName).isFound
            && reading.mention(ofName: candidate.account.lastName).isFound
    }
    if kinds.additional != nil { fitting = narrowed(fitting) { $0.request.additional } }
    return fitting.count == 1 ? .one(fitting[0]) : .several(fitting)
}

/// The candidates that hold `property`, or all when that leaves none.
private func narrowed(_ candidates: [Candidate], by property: (Candidate) -> Bool) -> [Candidate] {
    guard candidates.count > 1 else { return candidates }
    let left = candidates.filter(property)
    return left.isEmpty ? candidates : left
}
