import Mail
import Registry
import Testing

@testable import Judging

/// Senders and recipients that may be taken for somebody else: never equal, and named.
@Suite struct LookAlikeTests {
    static let registry = RegistryFile(
        chunks: [
            Array(
                """
                {"type":"authority","id":"CA-HR","role":"FMSCA","name":"Ministarstvo","country":"HR","mailbox":"flegt@mps.example"}
                {"type":"operator","id":"OP-1","name":"Drvo Sjever d.o.o.","country":"HR"}
                {"type":"account","id":"A-1","firstName":"Ana","lastName":"Kovač","mailbox":"ana@drvo-sjever.example","language":"hr"}
                {"type":"account","id":"A-2","firstName":"Ivo","lastName":"Ivić","mailbox":"ivo@drvo.com","language":"hr"}
                {"type":"account","id":"A-3","firstName":"Šime","lastName":"Šarić","mailbox":"sime@šuma.example"}
                {"type":"account","id":"A-4","firstName":"Eva","lastName":"Ević","mailbox":"eva@drvosjever.example"}
                {"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","status":"requested","requestedAt":"2026-11-01T09:00:00Z"}

                """.utf8)
        ]
    ).index

    private func judge(from sender: String, text: String = Samples.importerText) throws -> Decision {
        let domain = String(try #require(sender.split(separator: "@").last))
        let mail = Samples.mail(
            from: sender, text: text, authentication: "dmarc=pass header.from=\(domain)")
        return try Samples.judge().judge(
            mail, view: Self.registry.view(for: Samples.address(sender)), now: Samples.now)
    }

    /// Sender, reason, what staff is shown as seen, and as what it looks like.
    static let strange: [(String, Reason, [String], [String])] = [
        // A digit for a letter, with an account's local part and with another.
        (
            "ivo@drv0.com", "sender.look-alike", ["ivo@drv0.com", "its letters look the same (UTS 39)"],
            ["ivo@drvo.com (account A-2)"]
        ),
        (
            "pero@drv0.com", "sender.look-alike", ["pero@drv0.com", "its letters look the same (UTS 39)"],
            ["drvo.com (a domain of the registry's mailboxes)"]
        ),
        (
            "ANA@drvo.sjever.example", "sender.look-alike",
            ["ANA@drvo.sjever.example", "only dots and hyphens differ"],
            [
                "ANA@drvo-sjever.example (account A-1)",
                "drvosjever.example (a domain of the registry's mailboxes)",
            ]
        ),
        (
            "ivo@drvo.com.login.example", "sender.look-alike",
            ["ivo@drvo.com.login.example", "it begins with that name, but belongs to another domain"],
            ["ivo@drvo.com (account A-2)"]
        ),
        (
            "sime@suma.example", "sender.look-alike", ["sime@suma.example", "its letters look the same (UTS 39)"],
            ["sime@xn--uma-zza.example (account A-3)", "sime@šuma.example"]
        ),
        (
            "sime@xn--um-kta8601a.example", "sender.look-alike",
            ["sime@xn--um-kta8601a.example", "sime@šumạ.example", "its letters look the same (UTS 39)"],
            ["sime@xn--uma-zza.example (account A-3)", "sime@šuma.example"]
        ),
        // The authority, and the support team itself.
        (
            "f1egt@rnps.example", "sender.look-alike", ["f1egt@rnps.example", "its letters look the same (UTS 39)"],
            ["flegt@mps.example (authority CA-HR)"]
        ),
        (
            "support@traces-example.org", "sender.look-alike",
            ["support@traces-example.org", "it begins with that name, but belongs to another domain"],
            ["support@traces.example (support address)"]
        ),
        // A domain that is the registry's own is no look-alike, but the very mailbox at its neighbour is.
        (
            "ana@drvosjever.example", "sender.look-alike", ["ana@drvosjever.example", "only dots and hyphens differ"],
            ["ana@drvo-sjever.example (account A-1)"]
        ),
        // Names that nobody has honestly, whomever they look like.
        (
            "ana@xn--drv-ued.example", "sender.mixed-script",
            [
                "ana@xn--drv-ued.example", "ana@drvо.example",
                "a label of the domain mixes letters of several scripts (UTS 39 §5.2)",
            ], []
        ),
        (
            "ana@xn--8-06d.example", "sender.mixed-script",
            [
                "ana@xn--8-06d.example", "ana@8৪.example",
                "a label of the domain mixes digits of several scripts (UTS 39 §5.3)",
            ], []
        ),
        (
            "ana@xn--zzzzzzz99999.example", "sender.bad-idn",
            [
                "ana@xn--zzzzzzz99999.example",
                "the domain has an A-label (xn--) that stands for no valid U-label (UTS 46 §4)",
            ], []
        ),
        (
            "ana@xn--a-zhc.example", "sender.bad-idn",
            [
                "ana@xn--a-zhc.example", "ana@אa.example",
                "the domain's letters run in both directions (RFC 5893)",
            ], []
        ),
    ]

    @Test(arguments: strange)
    func `a proven sender who may be taken for another gets what a stranger gets, and staff is told for whom`(
        sender: String, reason: Reason, seen: [String], wanted: [String]
    ) throws {
        let decision = try judge(from: sender)
        #expect(decision.verdict == (reason == "sender.look-alike" ? .unmatched : .held))
        #expect(decision.reason == reason)
        #expect(decision.transition == nil && decision.request == nil)
        // Neither the answer nor its absence tells whom the registry knows.
        let stranger = try judge(from: "ana@nobody.example")
        let same = ReplyPlan.stranger(
            .init(recipient: Samples.address(sender), answering: try #require(stranger.reply).answered))
        #expect(decision.reply == (reason == "sender.look-alike" ? same : nil))
        #expect(decision.sender.authentication == .pass)
        #expect(decision.findings[0] == Finding(.from, .fail, reason: reason, seen: seen, wanted: wanted))
    }

    @Test(arguments: [
        "ana@drvo-jug.example", "ana@drvo.example", "ivo@drvo.hr", "ivo@drvo.com.hr", "pero@drvosjever.example",
        "flegt@mps.hr", "x@mail.mps.example", "x@traces.org",
    ])
    func `a stranger at a neighbouring domain is a stranger`(sender: String) throws {
        let decision = try judge(from: sender)
        #expect(decision.verdict == .unmatched)
        #expect(decision.reason == "match.no-account")
    }

    @Test func `an account's own mailbox is its own, however its domain is written, and whatever it looks like`() throws
    {
        #expect(try judge(from: "ANA@Drvo-Sjever.example").verdict == .accepted)
        #expect(try judge(from: "sime@XN--UMA-ZZA.example").reason == "match.no-pending-request")
        #expect(try judge(from: "eva@drvosjever.example").reason == "match.no-pending-request")
    }

    @Test func `a domain that mixes scripts is held even where an account has it`() throws {
        var ana = Samples.ana
        ana.mailbox = Samples.address("ana@xn--drv-ued.example")
        var view = Samples.view()
        view.accounts = [ana]
        let mail = Samples.mail(
            from: "ana@xn--drv-ued.example", authentication: "dmarc=pass header.from=xn--drv-ued.example")
        let decision = try Samples.judge().judge(mail, view: view, now: Samples.now)
        #expect(decision.verdict == .held)
        #expect(decision.reason == "sender.mixed-script")
    }

    @Test(arguments: ["Please withdraw my role request.", "Please send me credentials for the API."])
    func `whatever the look-alike asks for, staff is told of the looks`(text: String) throws {
        #expect(try judge(from: "ivo@drv0.com", text: text).reason == "sender.look-alike")
    }

    @Test func `a look-alike whom the receiving server refutes is refused as before`() throws {
        let mail = Samples.mail(from: "ivo@drv0.com", authentication: "dmarc=fail header.from=drv0.com")
        let view = Self.registry.view(for: Samples.address("ivo@drv0.com"))
        #expect(try Samples.judge().judge(mail, view: view, now: Samples.now).reason == "authentication.dmarc-fail")
    }

    /// Cc in place of flegt@mps.example.
    @Test(arguments: [
        ("flegt@mqs.example", "cc.look-alike"), ("flegt@rnps.example", "cc.look-alike"),
        ("f1egt@mps.example", "cc.look-alike"), ("flegt@xn--mp-foc.example", "cc.look-alike"),
        ("flegt@mps.example.evil.example", "cc.look-alike"), ("flegt@m-p-s.example", "cc.look-alike"),
        ("flegt@mps.hr", "cc.look-alike"), ("info@mps.example", "cc.missing"), ("info@rnps.example", "cc.missing"),
        ("flegt@forestry.example", "cc.missing"),
    ])
    func `an address in Cc near the official one is told as such`(cc: String, reason: String) throws {
        let decision = try Samples.judge().judge(Samples.mail(cc: [cc]), view: Samples.view(), now: Samples.now)
        #expect(decision.verdict == .incomplete)
        #expect(decision.reason == Reason(reason))
        #expect(decision.findings[2].wanted == ["flegt@mps.example"])
    }

    /// To in place of support@traces.example.
    @Test(arguments: [
        ("support@traces.exarnple", "to.look-alike"), ("supp0rt@traces.example", "to.look-alike"),
        ("suport@traces.example", "to.look-alike"), ("support@traces.org", "to.look-alike"),
        ("support@trace.example", "to.look-alike"), ("support@traces.example.evil.example", "to.look-alike"),
        ("info@traces.example", "to.missing"), ("support@firma.example", "to.missing"),
    ])
    func `an address in To near the support address is told as such`(to: String, reason: String) throws {
        let decision = try Samples.judge().judge(Samples.mail(to: [to]), view: Samples.view(), now: Samples.now)
        #expect(decision.verdict == .incomplete)
        #expect(decision.reason == Reason(reason))
        #expect(
            decision.findings[1]
                == Finding(.to, .fail, reason: Reason(reason), seen: [to], wanted: ["support@traces.example"]))
    }
}
