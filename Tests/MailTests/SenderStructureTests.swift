import Mail
import Testing

/// A From value and what the two readers must agree on.
struct SenderCase: Sendable, CustomTestStringConvertible {
    let from: String
    let expected: String
    let displayName: String?

    init(_ from: String, _ expected: String, displayName: String? = nil) {
        self.from = from
        self.expected = expected
        self.displayName = displayName
    }

    var testDescription: String { from }
}

/// A header with this From and the usual rest.
func header(from: String, more: [String] = []) -> HeaderBlock {
    let lines = ["From: \(from)", "To: support@traces.example", "Subject: Role request", "Date: x"] + more
    return HeaderBlock.split(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)).block
}

/// The code of the problem, or the address.
func outcome(_ structure: SenderStructure) -> String {
    switch structure {
    case .plain(let address, _): address.text
    case .doubtful(let problem, _): problem.code
    }
}

@Suite struct `The sender's structure` {
    static let plain: [SenderCase] = [
        SenderCase("ana@x.example", "ana@x.example"),
        SenderCase("<ana@x.example>", "ana@x.example"),
        SenderCase("Ana Anic <ana@x.example>", "ana@x.example", displayName: "Ana Anic"),
        SenderCase("Ana<ana@x.example>", "ana@x.example", displayName: "Ana"),
        SenderCase(
            "Dr. Ana M. Anic <Ana.Anic+traces@Mail.X.example>", "Ana.Anic+traces@mail.x.example",
            displayName: "Dr. Ana M. Anic"),
        SenderCase("\"Anic, Ana\" <ana@x.example>", "ana@x.example", displayName: "Anic, Ana"),
        SenderCase(
            "\"Ana \\\"Nana\\\" Anic (X: Y; Z)\" <ana@x.example>", "ana@x.example",
            displayName: "Ana \"Nana\" Anic (X: Y; Z)"),
        SenderCase("=?utf-8?Q?Ana_Ani=C4=87?= <ana@x.example>", "ana@x.example", displayName: "Ana Anić"),
        SenderCase("=?UTF-8?B?QW5hIEFuacSH?= <ana@x.example>", "ana@x.example", displayName: "Ana Anić"),
        SenderCase("=?utf-8*hr?q?Ani=C4=87=2C_Ana?= <ana@x.example>", "ana@x.example", displayName: "Anić, Ana"),
        SenderCase(
            "=?utf-8?Q?Ana?= =?utf-8?Q?_Ani=C4?= =?utf-8?Q?=87?= <ana@x.example>", "ana@x.example",
            displayName: "Ana Anić"),
        SenderCase(
            "=?utf-8?Q?Ana?=\r\n =?utf-8?Q?_Ani=C4=87?=\r\n <ana@x.example>", "ana@x.example", displayName: "Ana Anić"),
        SenderCase("=?utf-8?Q?Ani=C4=87?= Ana <ana@x.example>", "ana@x.example", displayName: "Anić Ana"),
        SenderCase("=?iso-8859-2?Q?Ana_Ani=E6?= <ana@x.example>", "ana@x.example", displayName: "Ana Anić"),
        SenderCase("=?windows-1250?Q?Ana_Ani=E6?= <ana@x.example>", "ana@x.example", displayName: "Ana Anić"),
        SenderCase("=?windows-1257?Q?Ann_B=E7rzi=F2=F0?= <ann@x.example>", "ann@x.example", displayName: "Ann Bērziņš"),
        SenderCase("=?iso-8859-7?B?wu3t4Q==?= <anna@x.example>", "anna@x.example", displayName: "Βννα"),
        SenderCase("=?koi8-r?B?4c7OwQ==?= <anna@x.example>", "anna@x.example", displayName: "Анна"),
        SenderCase("=?iso-8859-1?Q?D=92Arc?= <j@x.example>", "j@x.example", displayName: "D’Arc"),
        SenderCase("\"=?utf-8?Q?Ana_Ani=C4=87?=\" <ana@x.example>", "ana@x.example", displayName: "Ana Anić"),
        SenderCase("O'Neill <o'neill@x.example>", "o'neill@x.example", displayName: "O'Neill"),
        SenderCase("Ana\r\n\t<ana@x.example>", "ana@x.example", displayName: "Ana"),
        SenderCase("\"Ana\r\n\tAnic\" <ana@x.example>", "ana@x.example", displayName: "Ana Anic"),
        SenderCase("\"\" <ana@x.example>", "ana@x.example", displayName: ""),
        SenderCase("=?iso-8859-1?Q?An=C3=A1?= <ana@x.example>", "ana@x.example", displayName: "An\u{C3}\u{A1}"),
        SenderCase("R+D 100% A&B <ana+40@x.example>", "ana+40@x.example", displayName: "R+D 100% A&B"),
    ]

    @Test(arguments: plain)
    func `A plain mailbox in any usual form is read`(_ example: SenderCase) throws {
        let address = try #require(EmailAddress(example.expected))
        #expect(
            SenderStructure.examine(header(from: example.from)) == .plain(address, displayName: example.displayName))
    }

    static let doubtful: [SenderCase] = [
        SenderCase("", "sender.empty-from"),
        SenderCase("<>", "sender.empty-from"),
        SenderCase("Ana", "sender.malformed-address"),
        SenderCase("Ana <ana>", "sender.malformed-address"),
        SenderCase("ana@", "sender.malformed-address"),
        SenderCase("@x.example", "sender.route"),
        SenderCase("ana@x..example", "sender.malformed-address"),
        SenderCase("ana@x.example.", "sender.malformed-address"),
        SenderCase(".ana@x.example", "sender.malformed-address"),
        SenderCase("ana @x.example", "sender.malformed-address"),
        SenderCase("ana@ x.example", "sender.malformed-address"),
        SenderCase("Ana ana@x.example", "sender.malformed-address"),
        SenderCase("Ana <ana@x.example", "sender.malformed-address"),
        SenderCase("Ana <<ana@x.example>>", "sender.malformed-address"),
        SenderCase("Ana < ana@x.example >", "sender.malformed-address"),
        SenderCase("ana@x.example>", "sender.malformed-address"),
        SenderCase("\"Ana <ana@x.example>", "sender.malformed-address"),
        SenderCase("\"Ana\\", "sender.malformed-address"),
        SenderCase("Ana) <ana@x.example>", "sender.malformed-address"),
        SenderCase("Ana [x] <ana@x.example>", "sender.malformed-address"),
        SenderCase("Ana \\<b@y.example> <ana@x.example>", "sender.malformed-address"),
        SenderCase("a_b@x_y.example", "sender.malformed-address"),
        SenderCase("Staff: ana@x.example;", "sender.group"),
        SenderCase("Staff: ana@x.example, b@y.example;", "sender.group"),
        SenderCase("undisclosed:;", "sender.group"),
        SenderCase("<@a.example,@b.example:ana@x.example>", "sender.route"),
        SenderCase("<@a.example:ana@x.example>", "sender.route"),
        SenderCase("ana@x.example (Ana)", "sender.comment"),
        SenderCase("(Ana) ana@x.example", "sender.comment"),
        SenderCase("Ana (the first) <ana@x.example>", "sender.comment"),
        SenderCase("Ana <ana(x)@x.example>", "sender.comment"),
        SenderCase("Ana <ana@x.example> (work)", "sender.comment"),
        SenderCase("\"ana\"@x.example", "sender.quoted-local-part"),
        SenderCase("<\"ana\"@x.example>", "sender.quoted-local-part"),
        SenderCase("<\"b@y.example\"@x.example>", "sender.quoted-local-part"),
        SenderCase("=?utf-8?Q?ana=40x.example?=", "sender.encoded-address"),
        SenderCase("<=?utf-8?Q?ana=40x.example?=>", "sender.encoded-address"),
        SenderCase("=?utf-8?Q?b=40y.example?=@x.example", "sender.encoded-address"),
        SenderCase("Ana <=?utf-8?Q?ana?=@x.example>", "sender.encoded-address"),
        SenderCase("ana@[192.0.2.1]", "sender.domain-literal"),
        SenderCase("<ana@[192.0.2.1]>", "sender.domain-literal"),
        SenderCase("<b@y.example>ana@x.example", "sender.trailing"),
        SenderCase("<b@y.example> Ana", "sender.trailing"),
        SenderCase("<b@y.example> <ana@x.example>", "sender.trailing"),
        SenderCase("<b@y.example>\\,<ana@x.example>", "sender.trailing"),
        SenderCase("b@y.example, ana@x.example", "sender.several-addresses"),
        SenderCase("<b@y.example>, <ana@x.example>", "sender.several-addresses"),
        SenderCase("<b@y.example>;", "sender.several-addresses"),
        SenderCase(",ana@x.example", "sender.several-addresses"),
        SenderCase("ana@x.example,", "sender.several-addresses"),
        SenderCase("Anic, Ana <ana@x.example>", "sender.several-addresses"),
        SenderCase("b@y.example <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("\"b@y.example\" <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("\"ana@x.example\" <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("=?utf-8?Q?b=40y.example?= <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("=?utf-8?B?YkB5LmV4YW1wbGU=?= <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("=?utf-8?B?Yg==?= =?utf-8?B?QHkuZXhhbXBsZQ==?= <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("\"=?utf-8?Q?b=40y.example?=\" <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("=?utf-8?Q?b=EF=BC=A0y.example?= <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("=?utf-8?Q?b=EF=B9=ABy.example?= <ana@x.example>", "sender.at-in-display-name"),
        SenderCase("ana%x.example@y.example", "sender.percent-or-bang"),
        SenderCase("<y.example!ana@x.example>", "sender.percent-or-bang"),
        SenderCase("<ana@x.example@y.example>", "sender.second-at"),
        SenderCase("ana@x.example@y.example", "sender.second-at"),
        SenderCase("=?utf-8?Q?Ana_=E2=80=AE?= <ana@x.example>", "sender.invisible"),
        SenderCase("=?utf-8?Q?A=E2=80=8Bna?= <ana@x.example>", "sender.invisible"),
        SenderCase("=?utf-8?Q?A=00na?= <ana@x.example>", "sender.invisible"),
        SenderCase("=?utf-8?Q?Ana=0AFrom=3A_b?= <ana@x.example>", "sender.invisible"),
        SenderCase("=?utf-8?Q?A=C2=ADna?= <ana@x.example>", "sender.invisible"),
        SenderCase("=?utf-8?Q?A=EF=BB=BFna?= <ana@x.example>", "sender.invisible"),
        SenderCase("=?utf-8?Q?A=E2=81=A6na?= <ana@x.example>", "sender.invisible"),
        SenderCase("\"=?utf-8?Q?A=E2=80=AEna?=\" <ana@x.example>", "sender.invisible"),
        SenderCase("=?iso-8859-2?Q?Ana=90?= <ana@x.example>", "sender.invisible"),
        SenderCase("=?utf-8?Q?Ana=FF?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?utf-7?Q?Ana?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?utf-16?B?AEE=?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?iso-2022-jp?B?QW5h?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?utf-8?B?A?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?utf-8?Q?Ana=4?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?utf-8?X?Ana?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?utf-8?Q?Ana <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?utf-8?Q?Ana?==?utf-8?Q?Anic?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?utf-8?Q?=3D=3Futf-8=3FQ=3Fb=3D40y=3F=3D?= <ana@x.example>", "sender.undecodable-name"),
        SenderCase("=?iso-8859-1?Q?b=EF=BC=A0y.example?= <ana@x.example>", "sender.readers-disagree"),
        SenderCase("=?iso-8859-1?Q?b=EF=BC?= =?iso-8859-1?Q?=A0y.example?= <ana@x.example>", "sender.readers-disagree"),
        SenderCase("\"=?koi8-r?Q?Ana=E2=80?= =?koi8-r?B?rg==?=\" <ana@x.example>", "sender.readers-disagree"),
        SenderCase("b%40y.example <ana@x.example>", "sender.readers-disagree"),
        SenderCase("name*=utf-8''b%40y.example <ana@x.example>", "sender.readers-disagree"),
        SenderCase("\"b&#64;y.example\" <ana@x.example>", "sender.readers-disagree"),
        SenderCase("\"b&#x40;y.example\" <ana@x.example>", "sender.readers-disagree"),
        SenderCase("\"b&commat;y.example\" <ana@x.example>", "sender.readers-disagree"),
        SenderCase("b+AEA-y.example <ana@x.example>", "sender.readers-disagree"),
        SenderCase("=?utf-8?Q?b=2540y.example?= <ana@x.example>", "sender.readers-disagree"),
        SenderCase("An\u{1}a <ana@x.example>", "structure.control-in-address"),
        SenderCase("Ana\u{7f} <ana@x.example>", "structure.control-in-address"),
        SenderCase("Ana Anić <ana@x.example>", "structure.eight-bit-address"),
        SenderCase("ana@жд.example", "structure.eight-bit-address"),
    ]

    @Test(arguments: doubtful)
    func `Anything but one plain mailbox has a code of its own`(_ example: SenderCase) {
        #expect(outcome(SenderStructure.examine(header(from: example.from))) == example.expected)
    }

    @Test(arguments: [
        "To", "Cc", "Subject", "Date", "Message-ID", "Sender", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    ])
    func `A field that may stand once may not stand twice`(_ name: String) {
        let block = HeaderBlock(fields: [
            HeaderField(name: "From", value: Array("ana@x.example".utf8)),
            HeaderField(name: name, value: Array("a@x.example".utf8)),
            HeaderField(name: name.uppercased(), value: Array("a@x.example".utf8)),
        ])
        #expect(outcome(SenderStructure.examine(block)) == "structure.duplicate-\(name.lowercased())")
        #expect(
            outcome(SenderStructure.examine(HeaderBlock(fields: Array(block.fields.dropLast())))) == "ana@x.example")
    }

    @Test(arguments: [
        ([], "sender.missing-from"),
        (["Sender: ana@x.example", "Reply-To: ana@x.example", "Return-Path: <ana@x.example>"], "sender.missing-from"),
        (["From: ana@x.example", "From: ana@x.example"], "sender.two-from"),
        (["From: ana@x.example", "FROM: b@y.example"], "sender.two-from"),
        (["From: ana@x.example", "Resent-From: ana@x.example"], "structure.resent"),
        (["From: ana@x.example", "RESENT-Message-Id: <a@x.example>"], "structure.resent"),
        (["From: ana@x.example", ">From: b@y.example"], "sender.from-like-name"),
        (["From: ana@x.example", "From*: utf-8''b%40y.example"], "sender.from-like-name"),
        (["From: ana@x.example", "From~~~~~~~~~~~~~~~~~~~~~~~~~~: b@y.example"], "sender.from-like-name"),
        (["From: ana@x.example", "X-From: b@y.example"], "ana@x.example"),
        (["From: ana@x.example", "To: \u{1}b@y.example"], "structure.control-in-address"),
        (["From: ana@x.example", "Cc: Ć <b@y.example>"], "structure.eight-bit-address"),
        (["From: ana@x.example", "Sender: b@y.example"], "ana@x.example"),
        (["From: ana@x.example", "Subject: Žádost"], "ana@x.example"),
    ])
    func `The other fields can make a sender doubtful`(_ lines: [String], _ expected: String) {
        let split = HeaderBlock.split(Array((lines.map { "\($0)\r\n" }.joined() + "\r\n").utf8))
        #expect(outcome(SenderStructure.examine(split.block)) == expected)
    }

    @Test func `A doubtful mail still says what it claims, where that can be told`() throws {
        let claimed = try #require(EmailAddress("ana@x.example"))
        let structure = SenderStructure.examine(header(from: "ana@x.example", more: ["Resent-To: b@y.example"]))
        #expect(structure == .doubtful(.resent, claimed: claimed))
    }

    @Test func `Every prefix of a header is split and examined without a trap`() {
        let whole = Array(
            ("Received: from a.example (b (c)) by mx.example; x\r\nFrom: =?utf-8?B?QW5hIEFuacSH?=\r\n"
                + " \"A\\\"n, =?utf-8?Q?=41?=\" <ana@x.example>\r\nTo: S <s@y.example>,\r\n t@z.example\r\n\r\nbody")
                .utf8)
        var readable = 0
        for length in 0...whole.count {
            let split = HeaderBlock.split(Array(whole.prefix(length)))
            #expect(split.bodyStart <= length)
            if case .plain = SenderStructure.examine(split.block) { readable += 1 }
        }
        #expect(readable > 0)
    }

    @Test(arguments: ["=?", "=?a?q?", "@", "(", "\"", "\\", "<", "a@", "=?utf-8?q?=40?= ", "=?a?b?Q?= ", ",", ":"])
    func `A field full of one construct is examined in linear time`(_ unit: String) {
        let value = Array(String(repeating: unit, count: 65_536 / unit.utf8.count).utf8)
        let block = HeaderBlock(fields: [HeaderField(name: "From", value: value)])
        let clock = ContinuousClock()
        var doubtful = false
        let time = clock.measure {
            if case .doubtful = SenderStructure.examine(block) { doubtful = true }
        }
        #expect(doubtful)
        #expect(time < .seconds(2))
    }
}
