import Mail
import Registry
import Testing

import struct Foundation.Date

private func index(_ text: String) -> RegistryIndex { RegistryFile(chunks: [Array(text.utf8)]).index }

struct RegistryIndexTests {
    @Test func `an account's view holds what its requests name`() {
        let view = index(contractLines).view(for: EmailAddress("Zeljko@DRVO.example"))
        #expect(view.accounts.map(\.id.text) == ["A-1"])
        #expect(view.requests.map(\.id.text) == ["R-1"])
        #expect(view.operators.values.map(\.name) == ["Drvo Sjever d.o.o."])
        #expect(view.authorities.isEmpty)
        #expect(view.competentAuthorities.map(\.id.text) == ["CA-HR"])
        #expect(view.delegations.map(\.representative) == ["DE1234567"])
        #expect(view.eoris.map(\.number) == ["HR12345678901"])
        #expect(view.thread == nil)
    }

    @Test func `a former mailbox finds its account, with its mandates and their EORI numbers`() {
        let view = index(contractLines).view(for: EmailAddress("ivo@old.example"))
        #expect(view.accounts.map(\.id.text) == ["A-3"])
        #expect(view.mandates.map(\.profile) == [.administrative])
        #expect(view.delegations.count == 1)
        #expect(view.eoris.map(\.number) == ["HR12345678901"])
    }

    @Test func `roles come with the account`() {
        let view = index(contractLines).view(for: EmailAddress("ana@mps.example"))
        #expect(view.roles.map(\.role) == ["FMSCA"])
        #expect(view.authorities.values.map(\.name) == ["Carinski ured Zagreb"])
    }

    @Test(arguments: [EmailAddress("nobody@x.example"), nil])
    func `a stranger's view holds nothing but the competent authorities`(sender: EmailAddress?) {
        let view = index(contractLines).view(for: sender)
        #expect(view.accounts.isEmpty && view.requests.isEmpty && view.operators.isEmpty && view.roles.isEmpty)
        #expect(view.competentAuthorities.map(\.id.text) == ["CA-HR"])
    }

    @Test func `competent authorities by country`() {
        let index = index(contractLines)
        #expect(index.competentAuthorities(of: "HR").map(\.id.text) == ["CA-HR"])
        #expect(index.competentAuthorities(of: "SI").isEmpty)
    }

    @Test(arguments: [
        ("Drvo d.o.o.", "Drvo Sjever d.o.o.", true),
        ("Sjever d.o.o.", "Drvo Sjever d.o.o.", true),
        ("Drvo d.o.o.", "Drvo d.d.", false),
        ("Drvo Sjever d.o.o.", "DRVO SJEVER D.O.O.", false),
        ("Drvo Sjever d.o.o.", "Drvo d.o.o.", false),
        ("Drvo Sjever", "Drvo Novi Sjever", false),
        ("Holz", "Holz GmbH", true),
        ("Müller Holz GmbH", "Karl MÜLLER HOLZ & Söhne GmbH", true),
        ("Ξυλεία ΑΕ", "Βόρεια ξυλεια Α.Ε.", true),
        ("UAB Medis", "UAB Baltic Medis", true),
        ("Holz", "Rundholz GmbH", false),
        ("GmbH", "Holz GmbH", true),
    ])
    func `a longer name holds all words of the shorter side by side`(name: String, other: String, isLonger: Bool) throws
    {
        #expect(NameWords(other).isLonger(than: NameWords(name)) == isLonger)
        let entries = [name, other].enumerated().map { place, name in
            RegistryEntry.operator(Operator(id: OperatorID("O-\(place)"), name: name, country: "HR"))
        }
        let account = Account(id: AccountID("A"), firstName: "F", lastName: "L", mailbox: try mailbox)
        let request = RoleRequest(
            id: RoleRequestID("R"), account: account.id, kind: RoleRequest.Kind("importer"),
            operatorID: OperatorID("O-0"), requestedAt: .distantPast)
        let view = RegistryIndex(entries: entries + [.account(account), .request(request)]).view(for: try mailbox)
        #expect(view.longerNames == (isLonger ? [name: [other]] : [:]))
    }

    private var mailbox: EmailAddress {
        get throws { try #require(EmailAddress("a@x.example")) }
    }
}
