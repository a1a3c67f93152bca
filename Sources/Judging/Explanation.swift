package import Mail
package import Reading
package import Registry
import SenderTrust

package import struct Foundation.Date

/// How a mail came to its verdict, for support staff: what was read, what was found, and why that request.
package struct Explanation: Sendable {
    package let decision: Decision
    /// Why the mail was not read at all: one sentence with the source of the rule.
    package let stop: String?
    /// The mail's text as the rules read it; nil where it was not read.
    package let reading: MailReading?
    package let kinds: KindReading
    /// Why that request was chosen, or none; nil where it did not come to choosing.
    package let basis: MatchBasis?
    /// The sender's pending requests.
    package let candidates: [Candidate]
    /// The names sought in the text, of the chosen request or else of the only account.
    package let names: [Name]

    /// A pending request, and what of the mail speaks for it.
    package struct Candidate: Sendable {
        package let request: RoleRequestID
        package let kind: RoleRequest.Kind
        package let additional: Bool
        package let organisation: String
        /// Nil when the kind passes.
        package let kindReason: Reason?
        package let mention: Mention
        package let isChosen: Bool
    }

    /// A name that must stand in the text.
    package struct Name: Sendable {
        package enum Part: String, Sendable { case firstName = "first name", lastName = "last name", organisation }
        package let part: Part
        package let name: String
        package let mention: Mention
    }
}

extension Judge {
    /// Judges as ``judge(_:view:now:)`` does and says how it came to that.
    package func explain(_ mail: InboundMail, view: RegistryView, now: Date) -> Explanation {
        let decision = judge(mail, view: view, now: now)
        if let sign = automatic.detect(in: mail) { return Explanation(decision, stop: sign.explanation) }
        switch assessSender(of: mail, trusting: trust) {
        case .refused(_, _, let explanation), .unproven(_, _, let explanation):
            return Explanation(decision, stop: explanation)
        case .authenticated(let address):
            return Explanation(decision, bench(for: mail, from: address, view: view, now: now))
        }
    }
}

extension Explanation {
    fileprivate init(_ decision: Decision, stop: String) {
        self.decision = decision
        self.stop = stop
        reading = nil
        kinds = KindReading()
        basis = nil
        candidates = []
        names = []
    }

    fileprivate init(_ decision: Decision, _ bench: Bench) {
        self.decision = decision
        stop = nil
        reading = bench.reading
        kinds = bench.kinds
        let known = bench.knownAccounts
        let all = bench.candidates(of: known)
        let pending = all.filter(\.request.status.isPending)
        basis = known.isEmpty ? nil : bench.choose(among: pending).basis
        let view = bench.view
        candidates = pending.map { candidate in
            let kind = judgeKind(
                bench.kinds, request: candidate.request, procedure: candidate.procedure, earlier: false)
            return Candidate(
                request: candidate.request.id, kind: candidate.request.kind, additional: candidate.request.additional,
                organisation: view.organisationName(of: candidate.request) ?? "", kindReason: kind.reason,
                mention: NameMentions.organisation(in: bench.reading, request: candidate.request, view: view),
                isChosen: candidate.request.id == decision.request)
        }
        let judged = all.first { $0.request.id == decision.request }
        if let judged {
            let mentions = NameMentions(
                in: bench.reading, account: judged.account, request: judged.request, view: view)
            names = [
                Name(part: .firstName, name: judged.account.firstName, mention: mentions.firstName),
                Name(part: .lastName, name: judged.account.lastName, mention: mentions.lastName),
                Name(
                    part: .organisation, name: view.organisationName(of: judged.request) ?? "",
                    mention: mentions.organisation),
            ]
        } else if known.count == 1 {
            let companies = view.operators.values.map(\.name)
            names = [(Name.Part.firstName, known[0].firstName), (.lastName, known[0].lastName)].map { part, name in
                Name(part: part, name: name, mention: bench.reading.mention(ofName: name, outside: companies))
            }
        } else {
            names = []
        }
    }
}
