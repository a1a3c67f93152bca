import Judging
import Mail
import Registry
import Testing

struct BouncedReplyTests {
    private static func report(
        _ id: String = "a.b@postern.traces.example", action: DeliveryReport.Action = .failed, status: String? = "5.1.1",
        diagnostic: String = "smtp; 550 no"
    ) throws -> DeliveryReport {
        DeliveryReport(
            messageID: try #require(MessageID(id)),
            recipients: [
                .init(
                    addresses: [Samples.address("ana@drvo.example")], action: action, status: status,
                    diagnostic: diagnostic)
            ])
    }

    private static func mail(_ report: DeliveryReport?) -> InboundMail {
        var mail = Samples.mail()
        mail.partTypes = ["multipart/report", "text/plain", "message/delivery-status", "text/rfc822-headers"]
        mail.deliveryReport = report
        return mail
    }

    @Test func `The outbox is asked only about a failure of a mail whose Message-ID is ours`() throws {
        let judge = try Samples.judge()
        let ours = try Self.report()
        #expect(judge.key(of: Self.mail(ours)).report == ours)
        #expect(judge.key(of: Self.mail(try Self.report("a.b@drvo.example"))).report == nil)
        #expect(judge.key(of: Self.mail(try Self.report(action: .delayed))).report == nil)
        #expect(judge.key(of: Samples.mail()).report == nil)
    }

    @Test func `A report answers nobody and moves nothing, also one that is a complete request besides`() throws {
        let decision = try Samples.judge().judge(Self.mail(Self.report()), view: Samples.view(), now: Samples.now)
        #expect(decision.verdict == .ignored)
        #expect(decision.reason == .bounce)
        #expect(decision.transition == nil && decision.activation == nil && decision.reply == nil)
        let bounced = BouncedReply(OutboxID(7), to: [Samples.address("ana@drvo.example")], report: try Self.report())
        let matched = decision.matched(to: bounced)
        #expect(matched.reason == "automatic.bounce-matched")
        #expect(matched.verdict == .ignored)
        #expect(matched.bounced == bounced)
        #expect(matched.transition == nil && matched.activation == nil && matched.reply == nil)
        #expect(decision.matched(to: nil) == decision)
    }

    @Test func `Nothing but a report is ever matched`() throws {
        let bounced = BouncedReply(OutboxID(7), to: [Samples.address("ana@drvo.example")], report: try Self.report())
        let accepted = try Samples.judge().judge(Samples.mail(), view: Samples.view(), now: Samples.now)
        #expect(accepted.verdict == .accepted)
        #expect(accepted.matched(to: bounced) == accepted)
    }

    @Test(arguments: [
        ("5.1.1", "smtp; 550 no", "returned: 5.1.1 smtp; 550 no"), (nil, "smtp; 550 no", "returned: smtp; 550 no"),
        ("4.4.7", "", "returned: 4.4.7 the report gives no reason"), (nil, "", "returned: the report gives no reason"),
    ])
    func `The row says why`(status: String?, diagnostic: String, expected: String) throws {
        let report = try Self.report(status: status, diagnostic: diagnostic)
        let bounced = BouncedReply(OutboxID(7), to: [Samples.address("ANA@drvo.example")], report: report)
        #expect(bounced?.answer == expected)
        #expect(BouncedReply(OutboxID(7), to: [Samples.address("eva@drvo.example")], report: report) == nil)
        #expect(BouncedReply(OutboxID(7), to: [], report: report) == nil)
    }
}
