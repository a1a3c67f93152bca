import Judging
import Mail
import Registry
import Testing

/// The Cc rule asks by the judge's clock, which stands at 2026-11-01.
struct OfficialMailboxDatesTests {
    @Test(arguments: [
        ("2026-11-01", "2026-11-01", "ok"), ("2026-10-01", "2026-10-31", "cc.former-mailbox"),
        ("2026-11-02", "2027-01-01", "cc.missing"),
    ])
    func `an official mailbox counts on its days only`(from: String, to: String, reason: String) throws {
        var view = Samples.view()
        view.competentAuthorities[1].mailboxes = [
            DatedMailbox(
                Samples.address("dated@mps.example"), validFrom: Samples.day(from), validTo: Samples.day(to)),
            DatedMailbox(Samples.address("flegt@mps.example")),
        ]
        let decision = try Samples.judge().judge(
            Samples.mail(cc: ["dated@mps.example"]), view: view, now: Samples.now)
        #expect(decision.reason.code == reason)
        #expect(
            decision.reply?.person?.authorityMailboxes.map(\.text)
                == (reason == "ok" ? ["dated@mps.example", "flegt@mps.example"] : ["flegt@mps.example"]))
    }

    @Test func `a former mailbox is recognised also where none is official any more`() throws {
        var view = Samples.view()
        view.competentAuthorities[1].mailboxes = []
        let decision = try Samples.judge().judge(
            Samples.mail(cc: ["flegt@old-mps.example"]), view: view, now: Samples.now)
        #expect(decision.verdict == .incomplete)
        #expect(decision.reason == "cc.former-mailbox")
    }
}
