import Foundation
import Judging
import Mail
import Registry
import Testing

@testable import postern

/// All attacks, each run as a whole mail through the real parser, judge and renderer. `make attacks` prints the table.
@Suite struct AttackTests {
    static let all =
        Attack.espoofer + Attack.espoofing + Attack.mailsploit + Attack.combined + Attack.results + Attack.structure
        + Attack.loops + Attack.injections

    @Test func `The victim's own mail is accepted, so that each attack fails by itself`() throws {
        let honest = Attack(
            .combined, "honest", ["From: Zvonimira <admin@victim.example>"],
            results: "spf=pass smtp.mailfrom=admin@victim.example; dkim=pass header.d=victim.example; "
                + "dmarc=pass header.from=victim.example", mailFrom: "admin@victim.example", "accepted ok")
        let (decision, reply) = try World.bench().run(honest.bytes)
        #expect(decision.outcome == honest.expected)
        #expect(decision.transition?.request.text == "R-7704")
        // What harm looks like: the tests below would see each of these.
        let harm = try Harm.found(in: decision, reply)
        #expect(harm.prefix(3) == ["accepted", "changes R-7704", "proves the victim"], "\(harm)")
        for secret in ["drvo", "sjever", "r-7704"] { #expect(harm.contains("tells '\(secret)'"), "\(harm)") }
    }

    @Test(arguments: all)
    func `An attack comes to what the table says and does no harm`(_ attack: Attack) throws {
        let (decision, reply) = try World.bench().run(attack.bytes)
        #expect(decision.outcome == attack.expected)
        #expect(try Harm.found(in: decision, reply, owner: attack.owner) == [])
    }

    /// What a border could write about each mail: the truth of the attacker's own domain, the confusion that the attack
    /// aims at, weak results, none.
    static let words = [
        "dmarc=pass header.from=evil.example", "dmarc=pass header.from=victim.example",
        "spf=pass smtp.mailfrom=admin@victim.example; dkim=pass header.d=victim.example; dmarc=pass header.from=victim.example",
        "spf=pass smtp.mailfrom=victim.example", "dkim=pass header.d=victim.example", "none",
        "dmarc=fail header.from=victim.example",
    ]

    @Test(arguments: words)
    func `Whatever the border says, no attack on From passes for the victim`(_ word: String) throws {
        for attack in Self.all where !attack.restsOnBorder {
            let border = attack.border.filter { !$0.hasPrefix("Authentication-Results") }
            let bytes = attack.bytes(border: ["Authentication-Results: mx.example; \(word)"] + border)
            let (decision, reply) = try World.bench().run(bytes)
            #expect(try Harm.found(in: decision, reply) == [], "\(attack.testDescription)")
        }
    }

    @Test func `Nor does one when the store lays open all that it knows of the victim`() throws {
        for attack in Self.all {
            let decision = try World.bench().runWithVictimsView(attack.bytes)
            #expect(decision.outcome == attack.expected, "\(attack.testDescription)")
            #expect(try Harm.found(in: decision, nil, owner: attack.owner) == [], "\(attack.testDescription)")
        }
    }

    @Test func `The published lists are whole, and no two attacks have one name`() {
        #expect(Attack.espoofer.count == 22)
        #expect(Attack.mailsploit.prefix(14).count { $0.name.hasPrefix("#") } == 10)
        #expect(Attack.espoofing.count >= 40)
        #expect(Set(Self.all.map { $0.testDescription + $0.shape }).count == Self.all.count)
        for source in Attack.Source.allCases { #expect(Self.all.contains { $0.source == source }) }
    }

    /// Writes the table to the file that the environment names; `make attacks` and `make test` print it.
    @Test func `The table tells every attack`() throws {
        let table = try AttackTable(Self.all)
        #expect(table.lines.count == Self.all.count + 3)
        #expect(
            table.lines.last
                == "\(Self.all.count) attacks, all as expected: none accepted, nothing of the registry told")
        if let path = ProcessInfo.processInfo.environment["POSTERN_ATTACKS"] {
            try Data((table.lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
        }
    }
}
