import Mail
import MailParsing
import Testing

@Suite struct `An address list` {
    struct Case: Sendable, CustomTestStringConvertible {
        let field: String
        let addresses: [String?]
        let names: [String?]
        var testDescription: String { field }

        init(_ field: String, _ addresses: [String?], names: [String?]? = nil) {
            self.field = field
            self.addresses = addresses
            self.names = names ?? Array(repeating: nil, count: addresses.count)
        }
    }

    static let cases = [
        Case("a@x.example", ["a@x.example"]),
        Case("a@x.example, B@X.Example", ["a@x.example", "B@x.example"]),
        Case("Ana B. <a@x.example>", ["a@x.example"], names: ["Ana B."]),
        Case("\"B, Ana\" <a@x.example>", ["a@x.example"], names: ["B, Ana"]),
        Case("\"An\\\"a\" <a@x.example>", ["a@x.example"], names: ["An\"a"]),
        Case("a@x.example (Ana (the first))", ["a@x.example"], names: ["Ana (the first)"]),
        Case("(note) a@x.example", ["a@x.example"], names: ["note"]),
        Case("=?utf-8?q?Ana=2C_b=40y=2Eexample?= <a@x.example>", ["a@x.example"], names: ["Ana, b@y.example"]),
        Case("Team: a@x.example, B <b@x.example>;", ["a@x.example", "b@x.example"], names: [nil, "B"]),
        Case("Team: a@x.example; c@x.example", ["a@x.example", "c@x.example"]),
        Case("undisclosed-recipients:;", []),
        Case(" , a@x.example,, ", ["a@x.example"]),
        Case("< a@x.example >", ["a@x.example"]),
        // What some readers would make an address of, and this one does not.
        Case("=?utf-8?q?a=40x=2Eexample?=", [nil]),
        Case("<=?utf-8?q?a?=@x.example>", [nil], names: [nil]),
        Case("<@r.example:a@x.example>", [nil]),
        Case("a@x.example b@x.example", [nil]),
        Case("<a@x.example> b@x.example", [nil]),
        Case("<a@x.example><b@x.example>", [nil]),
        Case("\"a\"@x.example", [nil]),
        Case("a@[192.0.2.1]", [nil]),
        Case("a@(x)x.example", [nil]),
        Case("a@b@x.example", [nil]),
        Case("a:b@x.example", ["b@x.example"]),
        Case("<a@x.example", [nil]),
        Case("\"open, a@x.example", [nil]),
        Case("(open, a@x.example", [nil]),
        Case("žena@x.example", [nil]),
        Case("a@žena.example", [nil]),
        Case("Ana", [nil]),
    ]

    @Test(arguments: cases)
    func `yields plain addresses or none`(item: Case) throws {
        let mail = try MailFixtures.parse(MailFixtures.mail(["From: f@x.example", "To: \(item.field)", "", "x"]))
        #expect(mail.to.map { $0.address?.text } == item.addresses)
        for (entry, name) in zip(mail.to, item.names) where entry.address != nil { #expect(entry.displayName == name) }
    }

    @Test func `says of a group's member which group it is`() throws {
        let mail = try MailFixtures.parse(
            MailFixtures.mail(["From: f@x.example", "Cc: Team: Ana <a@x.example>;, b@x.example", "", "x"]))
        #expect(mail.cc.map(\.written) == ["Team: Ana <a@x.example>", "b@x.example"])
    }

    @Test func `may be hostile and long`() throws {
        let field = String(repeating: "(<\"", count: 20_000)
        let mail = try MailFixtures.parse(
            MailFixtures.mail(["From: f@x.example"] + ["To: a@x.example,"] + folded(field) + ["", "x"]))
        #expect(mail.to.first?.address?.text == "a@x.example")
        #expect(mail.to.dropFirst().allSatisfy { $0.address == nil })
    }

    private func folded(_ text: String) -> [String] {
        stride(from: 0, to: text.utf8.count, by: 900).map { start in
            " " + String(decoding: text.utf8.dropFirst(start).prefix(900), as: UTF8.self)
        }
    }
}
