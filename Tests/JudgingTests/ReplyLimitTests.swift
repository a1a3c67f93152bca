import Foundation
import Judging
import Mail
import Registry
import Testing

struct ReplyLimitTests {
    private static let noon = Date(timeIntervalSince1970: 1_795_176_000)

    private static func decision(_ verdict: Verdict = .unmatched, to address: String = "a@x.example") -> Decision {
        let sender = Samples.address(address)
        return Decision(
            verdict: verdict, reason: "match.no-account", sender: SenderFinding(address: sender, authentication: .pass),
            reply: .stranger(.init(recipient: sender)))
    }

    private static func known(_ verdict: Verdict = .incomplete) -> Decision {
        Decision(
            verdict: verdict, reason: "cc.missing",
            sender: SenderFinding(address: Samples.ana.mailbox, authentication: .pass),
            reply: .person(.init(account: Samples.ana)))
    }

    @Test(
        arguments: [
            ([:], "match.no-account"), ([Verdict.unmatched: 2], "match.no-account"),
            ([.unmatched: 3], "limit.same-outcome"),
            ([.answered: 3, .incomplete: 3, .unmatched: 2], "match.no-account"),
            ([.answered: 4, .incomplete: 4, .unmatched: 2], "limit.replies"),
        ] as [([Verdict: Int], Reason)])
    func `One sender gets three replies of one verdict and ten in all`(recent: [Verdict: Int], reason: Reason) {
        var allowance = ReplyAllowance()
        let allowed = ReplyLimits().applied(to: Self.decision(), recent: recent, allowance: &allowance, at: Self.noon)
        #expect(allowed.reason == reason)
        #expect((allowed.reply == nil) == (allowed.verdict == .held))
        // What is held for its sender takes nothing from the others.
        #expect(allowance.taken == (allowed.reply == nil ? 0 : 1))
    }

    @Test func `Beyond the burst everybody waits, and each hour lets so many more go`() {
        let limits = ReplyLimits(burst: 5, perHour: 2)
        var allowance = ReplyAllowance()
        func goes(after seconds: Double) -> Bool {
            limits.applied(to: Self.known(), recent: [:], allowance: &allowance, at: Self.noon + seconds).reply != nil
        }
        #expect((0..<7).map { _ in goes(after: 0) } == [true, true, true, true, true, false, false])
        #expect(goes(after: 1_799) == false)
        #expect([goes(after: 1_800), goes(after: 1_800)] == [true, false])
        #expect([goes(after: 5_400), goes(after: 5_400), goes(after: 5_400)] == [true, true, false])
        // A full bucket holds the burst and no more.
        #expect((0..<6).map { _ in goes(after: 999_999) } == [true, true, true, true, true, false])
    }

    @Test func `What is held for the global limit changes nothing and says so`() {
        var allowance = ReplyAllowance(taken: 5, at: Self.noon)
        let held = ReplyLimits(burst: 5, perHour: 1).applied(
            to: Self.known(), recent: [:], allowance: &allowance, at: Self.noon)
        #expect(held.verdict == .held)
        #expect(held.reason == "limit.global")
        #expect(held.reply == nil)
        #expect(held.transition == nil)
    }

    @Test func `Strangers leave half of it to those whom the registry knows`() {
        let limits = ReplyLimits(sameVerdictPerDay: 100, perDay: 100, burst: 10, perHour: 1)
        var allowance = ReplyAllowance()
        let strangers = (0..<20).filter { number in
            limits.applied(
                to: Self.decision(to: "a\(number)@x.example"), recent: [:], allowance: &allowance, at: Self.noon
            ).reply != nil
        }
        #expect(strangers.count == 5)
        let known = (0..<20).filter { _ in
            limits.applied(to: Self.known(), recent: [:], allowance: &allowance, at: Self.noon).reply != nil
        }
        #expect(known.count == 5)
    }

    @Test func `A clock set back a year makes up for nothing, and locks nobody for a year`() {
        let limits = ReplyLimits(burst: 2, perHour: 1)
        var allowance = ReplyAllowance(taken: 2, at: Self.noon)
        func goes(at moment: Date) -> Bool {
            limits.applied(to: Self.known(), recent: [:], allowance: &allowance, at: moment).reply != nil
        }
        let lastYear = Self.noon - 365 * 86_400
        #expect(!goes(at: lastYear))
        #expect(goes(at: lastYear + 3_600))
        #expect(!goes(at: lastYear + 3_601))
    }

    @Test(arguments: [Double.nan, .infinity, -7]) func `Nonsense in the store counts as nothing taken`(taken: Double) {
        #expect(ReplyAllowance(taken: taken, at: Self.noon).taken == 0)
    }
}
