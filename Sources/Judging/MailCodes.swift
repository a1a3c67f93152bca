import Mail
import Reading
import Registry

/// The proof codes that a mail holds, and what they are worth.
struct MailCodes: Sendable {
    /// In the new text, or in the subject of a mail that answers none: what the sender means now.
    let own: [ProofCode]
    /// In what is quoted, or in a subject that came along with an answer: the sender has them, but may mean something
    /// else now.
    let quoted: [ProofCode]
    private let proofs: ProofCodes?
    private let today: Day

    init(in reading: MailReading, isAnswer: Bool, proofs: ProofCodes?, on today: Day) {
        self.proofs = proofs
        self.today = today
        guard proofs != nil else {
            own = []
            quoted = []
            return
        }
        let own = ProofCode.all(in: (isAnswer ? "" : reading.subject + "\n") + reading.newText)
        self.own = own
        let carried = (isAnswer ? [reading.subject] : []) + reading.leftOut.map(\.text)
        quoted = ProofCode.all(in: carried.joined(separator: "\n")).filter { !own.contains($0) }
    }

    /// The best that the mail's codes, quoted ones too, are worth for a request; nil when it holds no reference at all.
    func reference(for candidate: Candidate) -> ProofCodes.Worth? {
        guard let proofs else { return nil }
        return (own + quoted).filter { $0.purpose == .request }.map {
            proofs.worth(of: $0, for: candidate.request, mailbox: candidate.account.mailbox, on: today)
        }.max()
    }

    /// The candidates that the sender names by their references, also by one that is used up or over: it can mean
    /// nothing else.
    func named(among candidates: [Candidate]) -> [Candidate] { fitting(own, candidates, atLeast: .used) }

    /// The candidates that a good reference in what came along names.
    func quoted(among candidates: [Candidate]) -> [Candidate] { fitting(quoted, candidates, atLeast: .good) }

    /// The best that the mail's codes are worth for validating an account; nil when it holds no such code.
    func validation(of account: Account) -> ProofCodes.Worth? {
        guard let proofs else { return nil }
        return (own + quoted).filter { $0.purpose == .account }
            .map { proofs.worth(of: $0, validating: account, on: today) }.max()
    }

    /// The reference that a reply gives for the mail to come.
    func newReference(of request: RoleRequest, mailbox: EmailAddress) -> String? {
        proofs.map { $0.code(for: request, mailbox: mailbox, on: today).text }
    }

    private func fitting(
        _ codes: [ProofCode], _ candidates: [Candidate], atLeast least: ProofCodes.Worth
    ) -> [Candidate] {
        guard let proofs, codes.contains(where: { $0.purpose == .request }) else { return [] }
        return candidates.filter { candidate in
            codes.contains {
                proofs.worth(of: $0, for: candidate.request, mailbox: candidate.account.mailbox, on: today) >= least
            }
        }
    }
}
