import Mail
import Testing

/// For which mails somebody may vouch, and for whom.
@Suite struct VouchTests {
    private static func mail(_ fields: [(String, String)], problems: [StructureProblem] = []) -> InboundMail {
        InboundMail(
            header: HeaderBlock(fields: fields.map { HeaderField(name: $0.0, value: Array($0.1.utf8)) }),
            problems: problems)
    }

    private static let others = [("To", "support@traces.example"), ("Date", "Sun, 1 Nov 2026 10:00:00 +0000")]

    /// From fields, and what speaks against vouching for ana@drvo.example; nil where nothing does.
    static let froms: [(froms: [String], objection: VouchObjection?)] = [
        (["ana@drvo.example"], nil),
        (["Ana Kovac <ana@drvo.example>"], nil),
        (["Ana@DRVO.example"], nil),
        // Doubtful, and yet no reader finds anybody else in it.
        (["\"ana@drvo.example\" <ana@drvo.example>"], nil),
        (["Ana (ana@drvo.example) <ana@drvo.example>"], nil),
        (["ana@drvo.example, ana@drvo.example"], nil),
        (["Željko <ana@drvo.example>"], nil),
        (["=?utf-8?Q?Ana_=E2=80=AE?= <ana@drvo.example>"], nil),
        // Somebody else is to be found.
        (["ben@drvo.example"], .namesOthers(["ben@drvo.example"])),
        (["Ana <ana@drvo.example>, Ben <ben@drvo.example>"], .namesOthers(["ana@drvo.example", "ben@drvo.example"])),
        (["\"ben@drvo.example\" <ana@drvo.example>"], .namesOthers(["ana@drvo.example", "ben@drvo.example"])),
        (["ana@drvo.example (ben@drvo.example)"], .namesOthers(["ana@drvo.example", "ben@drvo.example"])),
        (
            ["=?utf-8?B?YmVuQGRydm8uZXhhbXBsZQ==?= <ana@drvo.example>"],
            .namesOthers(["ana@drvo.example", "ben@drvo.example"])
        ),
        (["ana@drvo.example", "ben@drvo.example"], .namesOthers(["ana@drvo.example", "ben@drvo.example"])),
        (["ana@drvo.example", "ana@drvo.example"], .structure(.twoFrom)),
        ([], .namesNobody),
        ([""], .namesNobody),
        (["undisclosed:;"], .namesNobody),
    ]

    @Test(arguments: froms)
    func `somebody may vouch only for the one address that every reader finds in From`(
        froms: [String], objection: VouchObjection?
    ) throws {
        let ana = try #require(EmailAddress("ana@drvo.example"))
        let mail = Self.mail(froms.map { ("From", $0) } + Self.others)
        #expect(mail.objection(toVouchingFor: ana) == objection)
    }

    /// Fields beside a plain From, and the problem that no word about the sender mends.
    static let besides: [(field: (String, String), problem: StructureProblem)] = [
        (("To", "other@traces.example"), .duplicate("To")),
        (("Resent-From", "ana@drvo.example"), .resent),
        ((">From", "ana@drvo.example"), .fromLikeName),
        (("Cc", "a\u{7f}@mps.example"), .controlInAddress),
        (("Cc", "ministarstvo šuma <flegt@mps.example>"), .eightBitAddress),
    ]

    @Test(arguments: besides)
    func `what is doubtful besides the sender stays so`(
        field: (String, String), problem: StructureProblem
    ) throws {
        let ana = try #require(EmailAddress("ana@drvo.example"))
        for from in ["ana@drvo.example", "\"ana@drvo.example\" <ana@drvo.example>"] {
            let mail = Self.mail([("From", from), field] + Self.others)
            #expect(mail.objection(toVouchingFor: ana) == .structure(problem))
        }
    }

    @Test func `a problem that parsing found stays one`() throws {
        let ana = try #require(EmailAddress("ana@drvo.example"))
        let mail = Self.mail([("From", "ana@drvo.example")] + Self.others, problems: [.bareLF])
        #expect(mail.objection(toVouchingFor: ana) == .structure(.bareLF))
    }

    @Test func `only a plain From says by itself whose mail it is`() {
        #expect(Self.mail([("From", "Ana <ana@drvo.example>")]).plainSender == EmailAddress("ana@drvo.example"))
        #expect(Self.mail([("From", "\"ana@drvo.example\" <ana@drvo.example>")]).plainSender == nil)
    }
}
