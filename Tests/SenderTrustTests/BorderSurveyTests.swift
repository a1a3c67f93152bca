import Mail
import SenderTrust
import Testing

struct `A survey of the border` {
    private static let border =
        "Received: from out.drvo.example by MX.traces.example with ESMTPS; Sun, 1 Nov 2026 10:00:00 +0000"
    private static let inner = "Received: from mx by inner.traces.example with LMTP; Sun, 1 Nov 2026 10:00:01 +0000"
    private static let results = "Authentication-Results: mx.traces.example; dmarc=fail header.from=drvo.example"

    private func survey(_ lines: [String], _ profile: TrustSettings.Profile = .standard) -> BorderSurvey {
        let text = (lines + ["From: a@drvo.example", "", ""]).joined(separator: "\r\n")
        return BorderSurvey(
            HeaderBlock.split(Array(text.utf8)).block,
            trusting: TrustSettings(
                profile: profile, authservID: "mx.traces.example", borderHost: "mx.traces.example."),
            marks: ["t.1", "t.2"])
    }

    private static func forged(_ number: Int) -> String {
        "Authentication-Results: mx.traces.example; dmarc=pass header.from=drvo.example smtp.mailfrom=t.\(number)"
    }

    @Test func `finds who took the mail, and what the border wrote above its own Received`() {
        let seen = survey([Self.inner, Self.results, Self.border])
        #expect(seen.receivers == ["inner.traces.example", "mx.traces.example"])
        #expect(seen.passedBorder && seen.ownResults == .dmarc("fail"))
        #expect(seen.otherWriters.isEmpty && seen.marksBelieved.isEmpty && seen.marksElsewhere.isEmpty)
    }

    @Test func `tells forged fields above the border from those below`() {
        #expect(survey([Self.results, Self.border, Self.forged(1), Self.forged(2)]).marksElsewhere == ["t.1", "t.2"])
        let above = survey([Self.forged(2), Self.results, Self.border, Self.forged(1)])
        #expect(above.marksBelieved == ["t.2"] && above.marksElsewhere == ["t.1"])
        #expect(above.ownResults == .dmarc("fail"))
        // Without a border, nothing sets them apart.
        let lost = survey([Self.inner, Self.forged(1)])
        #expect(lost.marksBelieved == ["t.1"] && !lost.passedBorder)
    }

    @Test func `takes no field below the border for the border's`() {
        let seen = survey([Self.border, Self.results])
        #expect(seen.ownResults == .absent)
        #expect(seen.otherWriters == ["mx.traces.example"])
    }

    @Test func `looks for the border's fields where its profile has them`() {
        let milters = survey([Self.border, Self.results, "Received: from a by b.example; Sun, 1 Nov 2026"], .milter)
        #expect(milters.ownResults == .dmarc("fail"))
        let forged = survey([Self.border, Self.forged(1), "Received: from a by b.example; Sun, 1 Nov 2026"], .milter)
        #expect(forged.marksBelieved == ["t.1"] && forged.ownResults == .absent)
        let withoutID = "Authentication-Results: dmarc=pass action=none header.from=drvo.example"
        #expect(survey([withoutID, Self.border], .exchangeOnline).ownResults == .dmarc("pass"))
        #expect(survey([Self.border, withoutID], .exchangeOnline).ownResults == .absent)
    }

    @Test(arguments: [
        ("Authentication-Results: mx.traces.example; spf=pass", BorderSurvey.OwnResults.noDMARC, []),
        ("Authentication-Results: mx.traces.example; none", .noDMARC, []),
        ("Authentication-Results: mx.traces.example; dmarc", .malformed, []),
        ("Authentication-Results: Other.example; dmarc=pass", .absent, ["other.example"]),
        ("X-Other: mx.traces.example; dmarc=pass", .absent, []),
    ])
    func `says what the border's own field lacks`(
        _ field: String, _ own: BorderSurvey.OwnResults, _ others: [String]
    ) {
        let seen = survey([field, Self.border])
        #expect(seen.ownResults == own)
        #expect(seen.otherWriters == others)
    }
}
