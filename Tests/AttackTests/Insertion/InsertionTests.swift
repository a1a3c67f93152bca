import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import postern

/// Takes acceptable mails of the corpus, puts a second From-like construct into each, and sees that none stays accepted
/// for it. POSTERN_INSERTIONS says how many mails are changed, POSTERN_SEED which.
@Suite struct InsertionTests {
    static let count = Int(ProcessInfo.processInfo.environment["POSTERN_INSERTIONS"] ?? "") ?? 3_000
    static let seed = UInt64(ProcessInfo.processInfo.environment["POSTERN_SEED"] ?? "") ?? 20_261_120

    @Test func `No acceptable mail stays accepted with a second From-like construct in it`() async throws {
        var random = SeededRandom(seed: Self.seed)
        var bases: [(mail: CorpusMail, parts: RawParts)] = []
        for mail in try await CorpusMail.sample(min(150, max(20, Self.count / 30)), seed: Self.seed) {
            let decision = try mail.judged(mail.bytes)
            // Few mails are judged otherwise than labelled; `make accuracy` counts them.
            guard decision.verdict == .accepted, decision.request?.text == mail.request,
                let parts = RawParts(mail.bytes)
            else { continue }
            #expect(parts.bytes == mail.bytes)
            bases.append((mail, parts))
        }
        try #require(bases.count >= 15)

        var seen: [String: Int] = [:]
        for number in 0..<Self.count {
            let (mail, parts) = random.one(of: bases)
            let insertion = Insertion.draw(parts, &random)
            let decision = try mail.judged(insertion.bytes)
            seen[insertion.family, default: 0] += 1
            if let fault = Self.fault(in: decision, insertion, of: mail, from: parts.address) {
                Issue.record(
                    "\(fault): \(decision.outcome); \(insertion.family) in \(mail.name), case \(number) of POSTERN_SEED=\(Self.seed): \(insertion.construct.visible)"
                )
            }
        }
        // Each family was there, if there were enough to draw from.
        if Self.count >= 2_000 { #expect(seen.count == Insertion.families.count, "\(seen)") }
    }

    /// What is wrong with a verdict on a changed mail; nil when nothing is.
    static func fault(
        in decision: Decision, _ insertion: Insertion, of mail: CorpusMail, from address: EmailAddress
    ) -> String? {
        if decision.sender.authentication == .pass, decision.sender.address != address {
            return "proves \(decision.sender.address?.text ?? "nobody")"
        }
        switch insertion.effect {
        case .breaks:
            if decision.verdict.replies || decision.transition != nil { return "still \(decision.verdict)" }
        case .harmless(let reason):
            if decision.verdict != .accepted || decision.request?.text != mail.request {
                return "no longer accepted, though it is \(reason)"
            }
        case .inBody:
            if let transition = decision.transition, transition.request.text != mail.request {
                return "moves \(transition.request)"
            }
        }
        return nil
    }
}
