import Mail
import Registry
import Testing

@testable import Judging

/// The procedure `eudr-operator`: the text states an EORI number that a Member State issued, and that Member State's
/// authority is in Cc.
@Suite struct EORITests {
    /// A Ukrainian company with a number from Croatia and one from Germany.
    private static let forest = Operator(
        id: OperatorID("OP-U"), name: "Lisova Mriia LLC", country: "UA",
        identifiers: [
            .init(scheme: "EORI", value: "HR55555555555"), .init(scheme: "EORI", value: "DE7654321"),
            .init(scheme: "EORI", value: "GB123456789000"),
        ])

    private static var view: RegistryView {
        var view = Samples.view([Samples.request(kind: "eudr-operator", operatorID: "OP-U")])
        view.operators = [forest.id: forest]
        return view
    }

    @Test(arguments: [
        ("the Croatian number, the Croatian authority", "HR55555555555", "flegt@mps.example", Reason("ok")),
        ("written in groups", "HR 5555 5555 555", "flegt@mps.example", "ok"),
        ("in small letters", "hr55555555555", "flegt@mps.example", "ok"),
        ("the German number, the German authority", "DE7654321", "flegt@ble.example", "ok"),
        ("the German number, the Croatian authority", "DE7654321", "flegt@mps.example", "cc.other-country"),
        ("both numbers, one authority", "HR55555555555 and DE7654321", "flegt@mps.example", "ok"),
        ("no number", "", "flegt@mps.example", "names.eori"),
        ("a number of somebody else", "HR12345678901", "flegt@mps.example", "names.eori"),
        ("a longer number", "HR555555555559", "flegt@mps.example", "names.eori"),
        ("a part of the number", "HR5555555555", "flegt@mps.example", "names.eori"),
        ("the number in an address", "HR55555555555@forest.example", "flegt@mps.example", "names.eori"),
        ("the number that no Member State issued", "GB123456789000", "flegt@mps.example", "names.eori"),
    ])
    func `the number that is stated says whose authority counts`(
        name: String, stated: String, cc: String, reason: Reason
    ) throws {
        let text =
            "I ask for the role of EUDR operator. My name is Ana Kovač, the company is Lisova Mriia LLC. EORI: \(stated)"
        let mail = Samples.mail(cc: [cc], subject: "Role request: EUDR operator", text: text)
        let decision = try Samples.judge().judge(mail, view: Self.view, now: Samples.now)
        #expect(decision.reason == reason)
        #expect(decision.verdict == (reason == "ok" ? .accepted : .incomplete))
    }

    @Test func `an operator without a number of a Member State can't be asked for in this way`() throws {
        var view = Self.view
        view.operators[Self.forest.id]?.identifiers = [.init(scheme: "EORI", value: "GB123456789000")]
        let text = "I ask for the role of EUDR operator. Ana Kovač, Lisova Mriia LLC, EORI GB123456789000"
        let mail = Samples.mail(subject: "Role request: EUDR operator", text: text)
        let decision = try Samples.judge().judge(mail, view: view, now: Samples.now)
        #expect(decision.verdict == .incomplete)
        #expect(
            decision.findings.filter { $0.outcome == .fail }.map(\.reason) == ["cc.no-official-mailbox", "names.eori"])
    }

    @Test func `the answer's prepared mail states the number`() throws {
        let mail = Samples.mail(subject: "Role request: EUDR operator", text: "Ana Kovač, Lisova Mriia LLC")
        let decision = try Samples.judge().judge(mail, view: Self.view, now: Samples.now)
        #expect(decision.reply?.person?.requests.map(\.eori) == ["HR55555555555"])
        // Not the German authority's: with the Croatian number stated, a mail to it alone would fail.
        #expect(decision.reply?.person?.authorityMailboxes.map(\.text) == ["flegt@mps.example"])
    }
}
