import Mail
import SenderTrust
import Testing

/// A published way to pass for somebody else, rebuilt with example domains.
struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the receiving border put above its Received, or nil for the worst: it was fooled and vouches for the victim.
    let results: String?
    /// The raw lines of the sender, each without its CRLF. From stands among them.
    let lines: [String]
    let expected: String

    init(_ name: String, results: String? = nil, _ lines: [String], _ expected: String) {
        self.name = name
        self.results = results
        self.lines = lines
        self.expected = expected
    }

    /// The whole mail as the mailbox holds it.
    var mail: InboundMail {
        let results = results ?? "mx.example; spf=pass; dkim=pass; dmarc=pass header.from=victim.example"
        let rest = ["To: support@traces.example", "Subject: Role request", "Date: x", "Message-ID: <1@evil.example>"]
        return SenderTrustTests.mail(["Authentication-Results: \(results)", border] + lines + rest)
    }

    var testDescription: String { name }
}

/// Shapes of "Composition Kills" (espoofer), of "Weak Links in Authentication Chains" (ESpoofing) and of Mailsploit.
@Suite struct `Published attacks` {
    private static let victim = "From: <admin@victim.example>"

    /// espoofer's server cases a1–a19 and client cases a1–a3. The first seven aim at the border's own checks: what
    /// reaches us is what it wrote about them.
    static let espoofer: [Attack] = [
        Attack(
            "a1 subdomain that does not exist",
            results: "mx.example; spf=none smtp.mailfrom=no.victim.example; dmarc=fail header.from=victim.example",
            [victim], "refused authentication.dmarc-fail"),
        Attack(
            "a2 empty MAIL FROM by a parenthesis",
            results: "mx.example; spf=pass smtp.mailfrom=(any@victim.example; dmarc=pass header.from=victim.example",
            [victim], "authentication.malformed"),
        Attack(
            "a3 NUL in a selector",
            results:
                "mx.example; dkim=pass header.d=victim.example header.s=s.evil.example.\0.x; dmarc=pass header.from=victim.example",
            [victim], "structure.nul"),
        Attack(
            "a4 quote in d=",
            results:
                "mx.example; dkim=pass header.d=victim.example'a.evil.example; dmarc=none header.from=victim.example",
            [victim], "authentication.none"),
        Attack(
            "a5 parenthesis in MAIL FROM",
            results:
                "mx.example; spf=pass smtp.mailfrom=victim.example(a.evil.example; dmarc=pass header.from=victim.example",
            [victim], "authentication.malformed"),
        Attack(
            "a6 quote and at in MAIL FROM",
            results:
                "mx.example; spf=pass smtp.mailfrom=any@victim.example'@a.evil.example; dmarc=pass header.from=victim.example",
            [victim], "authentication.malformed"),
        Attack(
            "a7 route in MAIL FROM",
            results:
                "mx.example; spf=pass smtp.mailfrom=@victim.example,@b.example:'a@evil.example; dmarc=pass header.from=victim.example",
            [victim], "authentication.malformed"),
        Attack("a8 two From", ["From: <first@evil.example>", victim], "sender.two-from"),
        Attack("a9 two From, one indented", [" From: <first@evil.example>", victim], "sender.folded-from"),
        Attack(
            "a10 two From, one with a space", ["From: <first@evil.example>", "From : <admin@victim.example>"],
            "structure.space-before-colon"),
        Attack("a11 two From, one folded", ["From\r\n : <first@evil.example>", victim], "structure.not-a-field"),
        Attack(
            "a12 folded From and Sender", ["From\r\n : <first@evil.example>", "Sender: <admin@victim.example>"],
            "structure.not-a-field"),
        Attack(
            "a13 folded From and Resent-From",
            ["From\r\n : <first@evil.example>", "Resent-From: <admin@victim.example>"], "structure.not-a-field"),
        Attack(
            "a14 two addresses",
            ["From: <first@evil.example>, <admin@victim.example>", "Sender: <s@s.victim.example>"],
            "sender.several-addresses"),
        Attack(
            "a15 encoded address", ["From:=?utf-8?B?PGFkbWluQHZpY3RpbS5leGFtcGxlPg==?=,<second@evil.example>"],
            "sender.several-addresses"),
        Attack("a16 route", ["From: <@evil.example,@b.example:admin@victim.example>"], "sender.route"),
        Attack("a17 quoted pair", ["From: <admin@victim.example>\\,<second@evil.example>"], "sender.trailing"),
        Attack(
            "a18 bare address first", ["From: admin@victim.example,<second@evil.example>"], "sender.several-addresses"),
        Attack("a19 address behind the bracket", ["From: <any@evil.example>admin@victim.example"], "sender.trailing"),
        Attack("client a1 two From", ["From: <attacker@victim.example>", victim], "sender.two-from"),
        Attack(
            "client a2 two addresses", ["From: <attacker@victim.example>, <admin@victim.example>"],
            "sender.several-addresses"),
        Attack(
            "client a3 another's account, which the border can't vouch for",
            results: "mx.example; spf=pass smtp.mailfrom=attacker@evil.example; dmarc=fail header.from=victim.example",
            [victim], "refused authentication.dmarc-fail"),
    ]

    static let espoofing: [Attack] = [
        Attack(
            "opening mark and a second From", ["From: ,,(a\r\n b),word()<admin@victim.example>(c)"],
            "sender.several-addresses"),
        Attack("word and comment around the address", ["From: word()<admin@victim.example>()"], "sender.comment"),
        Attack("comment folded inside", ["From:word(a\r\n b)<admin@victim.example>(c)"], "sender.comment"),
        Attack(
            "a From field inside an encoded address", ["From: <=?utf-8?B?RnJvbTphZG1pbkB2aWN0aW0uZXhhbXBsZQ0K?=>"],
            "sender.encoded-address"),
        Attack(
            "the same with NUL and a domain",
            ["From: <=?utf-8?B?RnJvbTphZG1pbkB2aWN0aW0uZXhhbXBsZQ0K?=>\0@evil.example"], "structure.nul"),
        Attack("a name with an octet beyond ASCII", ["From\u{FF}: <o@evil.example>", victim], "structure.not-a-field"),
        Attack("mixed capitals", ["FrOM: <o@evil.example>", victim], "sender.two-from"),
        Attack(
            "space and route", ["From :word<@a.example:@b.example:admin@victim.example>"],
            "structure.space-before-colon"),
        Attack("trailing commas", ["From: admin@victim.example,,"], "sender.several-addresses"),
        Attack("leading comma", ["From:,admin@victim.example"], "sender.several-addresses"),
        Attack("empty comment and comma", ["From: (),admin@victim.example"], "sender.comment"),
        Attack("word with dots", ["From: word..<admin@victim.example>,b@evil.example"], "sender.several-addresses"),
        Attack("folded parenthesis", ["From: <admin@victim.example>(\r\n )"], "sender.comment"),
        Attack(
            "a list of three", ["From: a@evil.example,admin@victim.example,b@evil.example"], "sender.several-addresses"),
        Attack(
            "quoted local part with the victim", ["From: \"admin@victim.example\"@evil.example"],
            "sender.quoted-local-part"),
        Attack(
            "victim as display name without quotes", ["From: admin@victim.example <a@evil.example>"],
            "sender.at-in-display-name"),
        Attack(
            "victim, line break and bracket", ["From: admin@victim.example\r\n <a@evil.example>"],
            "sender.at-in-display-name"),
        Attack(
            "right-to-left override", ["From: <=?utf-8?Q?=E2=80=AEmoc=2Emitciv=40nimda?=@evil.example>"],
            "sender.encoded-address"),
        Attack(
            "right-to-left override in the name", ["From: =?utf-8?Q?=E2=80=AEnimda?= <a@evil.example>"],
            "sender.invisible"),
        Attack("raw right-to-left override", ["From: admin\u{202E}@victim.example"], "structure.eight-bit-address"),
        Attack(
            "homograph domain", results: "mx.example; dmarc=pass header.from=xn--vctim-p9a.example",
            ["From: admin@xn--vctim-p9a.example"], "pass admin@xn--vctim-p9a.example"),
        Attack(
            "homograph domain against the victim's pass", ["From: admin@xn--vctim-p9a.example"],
            "authentication.unaligned"),
        Attack("homograph domain in UTF-8", ["From: admin@v\u{456}ctim.example"], "structure.eight-bit-address"),
        Attack("full-width at", ["From: admin\u{FF20}victim.example <a@evil.example>"], "structure.eight-bit-address"),
        Attack("percent hack", ["From: admin%evil.example@victim.example"], "sender.percent-or-bang"),
        Attack("bang path", ["From: evil.example!admin@victim.example"], "sender.percent-or-bang"),
        Attack("domain literal", ["From: admin@[victim.example]"], "sender.domain-literal"),
        Attack(
            "a From line in another field's fold", ["X-A: b\r\n\tfrom:admin@victim.example", "From: a@evil.example"],
            "sender.folded-from"),
        Attack("header ends early", ["X-A: b\r\n", victim], "sender.missing-from"),
        Attack("bare CR splits a line", ["X-A: b\rFrom: a@evil.example", victim], "structure.bare-cr"),
        Attack("bare LF splits a line", ["X-A: b\nFrom: a@evil.example", victim], "structure.bare-lf"),
        Attack("no From, Sender only", ["Sender: admin@victim.example"], "sender.missing-from"),
        Attack("no From, Resent-From only", ["Resent-From: admin@victim.example"], "sender.missing-from"),
        Attack(
            "forged results under the border's",
            ["Authentication-Results: mx.example; dmarc=pass header.from=victim.example", victim],
            "authentication.forged-field"),
        Attack(
            "forged border and results, none by the border", results: "other.example; none",
            ["Authentication-Results: mx.example; dmarc=pass header.from=victim.example", border, victim],
            "authentication.forged-field"),
    ]

    static let mailsploit: [Attack] = [
        Attack(
            "encoded victim, NUL, encoded victim",
            [
                "From: =?utf-8?b?YWRtaW5AdmljdGltLmV4YW1wbGU=?==?utf-8?Q?=00?==?utf-8?b?YWRtaW5AdmljdGltLmV4YW1wbGU=?=@evil.example"
            ], "sender.encoded-address"),
        Attack(
            "encoded victim, line break",
            ["From: =?utf-8?b?YWRtaW5AdmljdGltLmV4YW1wbGU=?==?utf-8?Q?=0A=00?=@evil.example"], "sender.encoded-address"),
        Attack(
            "encoded victim in a quoted name", ["From: \"=?utf-8?b?YWRtaW5AdmljdGltLmV4YW1wbGU=?=\" <a@evil.example>"],
            "sender.at-in-display-name"),
        Attack(
            "encoded victim as name", ["From: =?utf-8?b?YWRtaW5AdmljdGltLmV4YW1wbGU=?= <a@evil.example>"],
            "sender.at-in-display-name"),
        Attack(
            "encoded victim and NUL as name", ["From: =?utf-8?Q?admin=40victim=2Eexample=00?= <a@evil.example>"],
            "sender.at-in-display-name"),
        Attack(
            "encoded line break and a header", ["From: =?utf-8?Q?Ana=0D=0AFrom?= <a@evil.example>"], "sender.invisible"),
        Attack(
            "encoded bracket that closes early", ["From: <admin=?utf-8?Q?=40victim.example=3E?=@evil.example>"],
            "sender.encoded-address"),
        Attack(
            "encoded local part with parenthesis", ["From: =?utf-8?Q?admin=40victim=2Eexample=28?=a@evil.example"],
            "sender.encoded-address"),
        Attack(
            "script in the name", ["From: =?utf-8?Q?=3Cscript=3Ealert=281=29?= <a@evil.example>"],
            "authentication.unaligned"),
        Attack(
            "charset that hides the at sign", ["From: =?utf-7?Q?admin+AEA-victim?= <a@evil.example>"],
            "sender.undecodable-name"),
        Attack(
            "encoded twice", ["From: =?utf-8?B?PT91dGYtOD9RP2FkbWluPTQwdmljdGltLmV4YW1wbGU/PQ==?= <a@evil.example>"],
            "sender.undecodable-name"),
    ]

    @Test(arguments: espoofer + espoofing + mailsploit)
    func `None passes for the victim, and each fails for its own reason`(_ attack: Attack) {
        #expect(outcome(attack.mail) == attack.expected)
    }

    @Test func `All 22 cases of espoofer are here`() {
        #expect(Self.espoofer.count == 22)
        for attack in Self.espoofer { #expect(!outcome(attack.mail).hasPrefix("pass")) }
    }

    @Test func `None but the honest look-alike passes even when the border vouches for the attacker`() {
        for attack in Self.espoofer + Self.espoofing + Self.mailsploit where attack.results == nil {
            let fooled = Attack(
                attack.name, results: "mx.example; dmarc=pass header.from=evil.example", attack.lines, attack.expected)
            let assessed = outcome(fooled.mail)
            #expect(!assessed.contains("victim"))
            if assessed.hasPrefix("pass") { #expect(attack.name == "script in the name") }
        }
    }
}
