import Foundation
import Mail
import Registry
import Testing

struct ProofCodeTests {
    /// A keyed hash stands behind it in the program; the tests need one that differs with every text.
    private static let codes = ProofCodes(requestDays: 30, accountDays: 7) { text in
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
    private let mailbox: EmailAddress
    private let today: Day

    init() throws {
        mailbox = try #require(EmailAddress("ana@drvo.example"))
        today = try #require(Day("2026-11-20"))
    }

    private var request: RoleRequest {
        RoleRequest(
            id: RoleRequestID("R-1"), account: AccountID("A-1"), kind: RoleRequest.Kind("importer"),
            operatorID: OperatorID("OP-1"), requestedAt: Date(timeIntervalSince1970: 0))
    }
    private var account: Account {
        Account(id: AccountID("A-1"), firstName: "Ana", lastName: "Kovač", mailbox: mailbox, state: .unvalidated)
    }

    @Test func `a code is written as two letters and four groups of four`() {
        let text = Self.codes.code(for: request, mailbox: mailbox, on: today).text
        #expect(text.wholeMatch(of: /PR(-[0-9A-HJKMNP-TV-Z]{4}){4}/) != nil)
        #expect(Self.codes.code(validating: account, on: today).text.hasPrefix("PV-"))
    }

    /// How people and mail programs write it.
    private static let ways: [(String, @Sendable (String) -> String)] = [
        ("as it is", { "Role request [\($0)]" }),
        ("in small letters", { $0.lowercased() }),
        ("with non-breaking hyphens", { $0.replacing("-", with: "\u{2011}") }),
        ("with dashes that a word processor made", { $0.replacing("-", with: "\u{2013}") }),
        ("broken behind a hyphen", { $0.prefix(8) + "\r\n " + $0.dropFirst(8) }),
        ("with O for 0 and I for 1", { $0.replacing("0", with: "O").replacing("1", with: "I") }),
        ("at the end of a sentence", { "The code is \($0)." }),
    ]

    @Test(arguments: ways.map(\.0)) func `a code is read however a person or a mail program writes it`(how: String)
        throws
    {
        let write = try #require(Self.ways.first { $0.0 == how }).1
        let code = Self.codes.code(for: request, mailbox: mailbox, on: today)
        #expect(ProofCode.all(in: write(code.text)) == [code])
    }

    @Test(arguments: [
        "", "PR-", "PR-7K2M-9QXT-3FGH", "PR-7K2M-9QXT-3FGH-ABC", "PR-7K2M-9QXT-3FGH-ABCDE", "XPR-7K2M-9QXT-3FGH-ABCD",
        "PX-7K2M-9QXT-3FGH-ABCD", "PR 7K2M 9QXT 3FGH ABCD", "PR-7U2M-9QXT-3FGH-ABCD", "PR-7K2M-9QXT-3FGH-ABC\u{2013}",
    ])
    func `what only looks like a code is none`(text: String) { #expect(ProofCode.all(in: text) == []) }

    @Test func `every code comes back from its text, each only once`() {
        var text = ""
        var written: [ProofCode] = []
        for round in 0..<15 {
            var request = request
            request.round = round
            written.append(Self.codes.code(for: request, mailbox: mailbox, on: today.adding(days: round * 400)))
            text += "\(written[round].text) and again \(written[round].text)\n"
        }
        #expect(ProofCode.all(in: text) == written)
    }

    @Test func `a long text is read in one pass and gives at most twenty codes`() {
        let many = (0..<50).map { Self.codes.code(for: request, mailbox: mailbox, on: today.adding(days: $0)).text }
        #expect(ProofCode.all(in: String(repeating: "PR-", count: 100_000) + many.joined(separator: " ")).count == 20)
    }

    @Test func `a reference is good for its request, its mailbox and its days`() throws {
        let code = Self.codes.code(for: request, mailbox: mailbox, on: today)
        func worth(_ request: RoleRequest, _ mailbox: EmailAddress, _ day: String) throws -> ProofCodes.Worth {
            Self.codes.worth(of: code, for: request, mailbox: mailbox, on: try #require(Day(day)))
        }
        #expect(try worth(request, mailbox, "2026-11-20") == .good)
        #expect(try worth(request, mailbox, "2026-12-20") == .good)
        #expect(try worth(request, mailbox, "2026-12-21") == .expired)
        #expect(try worth(request, try #require(EmailAddress("eva@drvo.example")), "2026-11-20") == .wrong)
        var other = RoleRequest(
            id: RoleRequestID("R-2"), account: request.account, kind: request.kind, operatorID: request.operatorID,
            requestedAt: request.requestedAt)
        #expect(try worth(other, mailbox, "2026-11-20") == .wrong)
        other = request
        other.round = 1
        #expect(try worth(other, mailbox, "2026-11-20") == .used)
        other.round = 500
        #expect(try worth(other, mailbox, "2026-11-20") == .wrong)
        #expect(code.goodUntil == Day("2026-12-20"))
    }

    @Test func `a reference validates no account and the other way round`() throws {
        let reference = Self.codes.code(for: request, mailbox: mailbox, on: today)
        let validation = Self.codes.code(validating: account, on: today)
        #expect(Self.codes.worth(of: reference, validating: account, on: today) == .wrong)
        #expect(Self.codes.worth(of: validation, for: request, mailbox: mailbox, on: today) == .wrong)
        #expect(Self.codes.worth(of: validation, validating: account, on: today) == .good)
        #expect(Self.codes.worth(of: validation, validating: account, on: today.adding(days: 8)) == .expired)
        var moved = account
        moved.mailbox = try #require(EmailAddress("ana@new.example"))
        #expect(Self.codes.worth(of: validation, validating: moved, on: today) == .wrong)
    }

    @Test func `no other character at any place makes another good code`() {
        let good = Self.codes.code(for: request, mailbox: mailbox, on: today)
        let text = Array(good.text)
        for place in text.indices where place > 2 && text[place] != "-" {
            for digit in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" where digit != text[place] {
                var changed = text
                changed[place] = digit
                for code in ProofCode.all(in: String(changed)) {
                    #expect(Self.codes.worth(of: code, for: request, mailbox: mailbox, on: today) == .wrong)
                }
            }
        }
    }
}
