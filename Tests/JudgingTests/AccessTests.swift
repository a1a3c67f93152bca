import Foundation
import Mail
import Registry
import Testing

@testable import Judging

@Suite struct AccessTests {
    static let valid = EORI(number: "HR12345678901", validFrom: Samples.day("2020-01-01"), validTo: nil)
    static let ended = EORI(
        number: "HR12345678901", validFrom: Samples.day("2020-01-01"), validTo: Samples.day("2026-10-31"))
    static let representative = EORI(number: "DE1234567", validFrom: Samples.day("2020-01-01"), validTo: nil)

    static func mandate(_ profile: Profile, representative: String? = nil) -> Mandate {
        Mandate(
            account: AccountID("A-1"), economicOperator: "HR12345678901", profile: profile,
            representative: representative)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var mandates: [Mandate] = []
        var delegations: [Delegation] = []
        var eoris: [EORI] = []
        let verdict: Verdict
        let reason: Reason
        let profile: Profile
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "no mandate known is the complete role", verdict: .accepted, reason: "ok", profile: .submission),
        Row(
            name: "an importer whose own EORI has ended reads only", eoris: [ended], verdict: .restricted,
            reason: "access.eori-invalid", profile: .consultation),
        Row(
            name: "an administrative mandate prepares", mandates: [mandate(.administrative)], eoris: [valid],
            verdict: .prepared, reason: "access.administrative", profile: .administrative),
        Row(
            name: "a consultation mandate reads", mandates: [mandate(.consultation)], eoris: [valid],
            verdict: .restricted, reason: "access.consultation", profile: .consultation),
        Row(
            name: "the farthest-reaching mandate counts", mandates: [mandate(.consultation), mandate(.submission)],
            eoris: [valid], verdict: .accepted, reason: "ok", profile: .submission),
        Row(
            name: "a representative without a valid EORI reads only",
            mandates: [mandate(.submission, representative: "DE1234567")], eoris: [valid], verdict: .restricted,
            reason: "access.eori-invalid", profile: .consultation),
        Row(
            name: "no delegation known counts as full delegation",
            mandates: [mandate(.submission, representative: "DE1234567")], eoris: [valid, representative],
            verdict: .accepted, reason: "ok", profile: .submission),
        Row(
            name: "an ended delegation does not delegate",
            mandates: [mandate(.submission, representative: "DE1234567")],
            delegations: [
                Delegation(
                    economicOperator: "HR12345678901", representative: "DE1234567", level: 1, kind: .direct,
                    validTo: Day("2026-10-31"))
            ], eoris: [valid, representative], verdict: .restricted, reason: "access.delegation-invalid",
            profile: .consultation),
        Row(
            name: "an operator can't represent itself",
            mandates: [mandate(.submission, representative: "HR12345678901")], eoris: [valid], verdict: .restricted,
            reason: "access.delegation-invalid", profile: .consultation),
    ]

    @Test("what the sender may do decides what a good mail comes to", arguments: rows)
    func access(_ row: Row) throws {
        var view = Samples.view()
        view.mandates = row.mandates
        view.delegations = row.delegations
        view.eoris = row.eoris
        let decision = try Samples.judge().judge(Samples.mail(), view: view, now: Samples.now)
        #expect(decision.verdict == row.verdict)
        #expect(decision.reason == row.reason)
        #expect(decision.profile == row.profile)
    }

    @Test(
        "a moment has its UTC day",
        arguments: [
            (0.0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (951_782_400, "2000-02-29"),
            (1_793_534_400, "2026-11-01"), (-1, "1969-12-31"),
        ])
    func days(_ seconds: Double, _ day: String) {
        #expect(Day(of: Date(timeIntervalSince1970: seconds)).text == day)
    }
}
