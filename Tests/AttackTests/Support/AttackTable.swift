import Judging
import Mail

@testable import postern

/// What `make attacks` prints: each attack with its shape and what it came to, and a count at the end.
struct AttackTable {
    let lines: [String]

    init(_ attacks: [Attack]) throws {
        var table = Table([
            .init(heading: "SOURCE"), .init(heading: "ATTACK"), .init(heading: "SHAPE"),
            .init(heading: "VERDICT"), .init(heading: "REASON"), .init(heading: "ANSWERS"),
        ])
        var differing = 0
        for attack in attacks {
            let (decision, reply) = try World.bench().run(attack.bytes)
            let harm = try Harm.found(in: decision, reply, owner: attack.owner)
            var reason = decision.reason.code
            if decision.outcome != attack.expected || !harm.isEmpty {
                differing += 1
                reason +=
                    " (EXPECTED: \(attack.expected)\(harm.isEmpty ? "" : "; HARM: \(harm.joined(separator: ", "))"))"
            }
            let answered = reply.map { $0.recipients.map(\.text).joined(separator: ", ") } ?? "-"
            table.add([
                attack.source.rawValue, attack.name, DisplayWidth.fit(attack.shape.visible, into: 72),
                decision.verdict.rawValue, reason, answered,
            ])
        }
        let count =
            differing == 0 ? "all as expected: none accepted, nothing of the registry told" : "\(differing) DIFFER"
        lines = table.lines(width: nil) + ["", "\(attacks.count) attacks, \(count)"]
    }
}
