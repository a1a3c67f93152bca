import Mail
import SenderTrust
import Testing

/// A field's value and its canonical form, or nil where the grammar is broken.
struct ResultsCase: Sendable, CustomTestStringConvertible {
    let value: String
    let expected: String?

    init(_ value: String, _ expected: String?) {
        self.value = value
        self.expected = expected
    }

    var testDescription: String { value }
}

@Suite struct `Authentication-Results` {
    /// One line a field: `id/version|method/version=result "reason" type.name=value…|…`.
    static func canonical(_ field: AuthenticationResults) -> String {
        let results = field.results.map { result in
            var line = "\(result.method)/\(result.version)=\(result.result)"
            if let reason = result.reason { line += " \"\(reason)\"" }
            for property in result.properties { line += " \(property.type).\(property.name)=\(property.value)" }
            return line
        }
        return (["\(field.authservID)/\(field.version)"] + results).joined(separator: "|")
    }

    /// The shapes of RFC 8601 Appendix B, with domains of our own.
    static let appendix: [ResultsCase] = [
        ResultsCase("mx.example 1; none", "mx.example/1"),
        ResultsCase("mx.example; spf=pass smtp.mailfrom=x.example", "mx.example/1|spf/1=pass smtp.mailfrom=x.example"),
        ResultsCase(
            "mx.example; auth=pass (cram-md5) smtp.auth=ana@x.example; spf=pass smtp.mailfrom=x.example",
            "mx.example/1|auth/1=pass smtp.auth=ana@x.example|spf/1=pass smtp.mailfrom=x.example"),
        ResultsCase(
            "mx.example; sender-id=fail header.from=x.example; dkim=pass (good signature) header.d=x.example",
            "mx.example/1|sender-id/1=fail header.from=x.example|dkim/1=pass header.d=x.example"),
        ResultsCase(
            "mx.example; dkim=pass reason=\"good signature\" header.i=@mail-router.x.example; "
                + "dkim=fail reason=\"bad signature\" header.i=@newyork.x.example",
            "mx.example/1|dkim/1=pass \"good signature\" header.i=@mail-router.x.example"
                + "|dkim/1=fail \"bad signature\" header.i=@newyork.x.example"),
        ResultsCase(
            "mx.example (our gate) 1 (the only version); dkim (a) / 1 (b (c)) = (d) fail "
                + "policy (e) . (f) expired (g) = (h) 1362471462 (i)",
            "mx.example/1|dkim/1=fail policy.expired=1362471462"),
        ResultsCase(
            "mx.example; dkim=pass header.i=@x.example header.b=oINEO8hg; iprev=pass policy.iprev=192.0.2.200",
            "mx.example/1|dkim/1=pass header.i=@x.example header.b=oINEO8hg|iprev/1=pass policy.iprev=192.0.2.200"),
        ResultsCase(
            "mx.example; dmarc=pass (p=reject dis=none) header.from=x.example",
            "mx.example/1|dmarc/1=pass header.from=x.example"),
    ]

    static let wellFormed: [ResultsCase] = [
        ResultsCase("mx.example; none", "mx.example/1"),
        ResultsCase("(a) mx.example (b) ; (c) none (d)", "mx.example/1"),
        ResultsCase("mx.example;dmarc=pass header.from=x.example", "mx.example/1|dmarc/1=pass header.from=x.example"),
        ResultsCase(
            "\"mx.example\"; DMARC=PASS Header.From=X.example", "mx.example/1|dmarc/1=pass header.from=X.example"),
        ResultsCase("\"m\\x.example\" 1; none", "mx.example/1"),
        ResultsCase("mx.example. 2; none", "mx.example./2"),
        ResultsCase(
            "mx.example; dmarc = pass header . from = x.example", "mx.example/1|dmarc/1=pass header.from=x.example"),
        ResultsCase(
            "mx.example; dmarc=pass (a (b (c \\) \\( ;) \") d) header.from=x.example",
            "mx.example/1|dmarc/1=pass header.from=x.example"),
        ResultsCase(
            "mx.example; dmarc=pass(c)header.from=x.example(d);spf=pass",
            "mx.example/1|dmarc/1=pass header.from=x.example|spf/1=pass"),
        ResultsCase(
            "mx.example; spf=pass smtp.mailfrom=\"a; dmarc=pass\"@x.example",
            "mx.example/1|spf/1=pass smtp.mailfrom=a; dmarc=pass@x.example"),
        ResultsCase(
            "mx.example; spf=pass reason=\"; dmarc=pass header.from=x.example\"",
            "mx.example/1|spf/1=pass \"; dmarc=pass header.from=x.example\""),
        ResultsCase(
            "mx.example; spf=none smtp.mailfrom=\"\" smtp.helo=h.example",
            "mx.example/1|spf/1=none smtp.mailfrom= smtp.helo=h.example"),
        ResultsCase(
            "mx.example; dkim=pass header.b=\"a/b+c=\"header.d=x.example",
            "mx.example/1|dkim/1=pass header.b=a/b+c= header.d=x.example"),
        ResultsCase(
            "mx.example; spf=pass smtp.mailfrom=b+ana=x.example@y.example",
            "mx.example/1|spf/1=pass smtp.mailfrom=b+ana=x.example@y.example"),
        ResultsCase("mx.example; none=pass", "mx.example/1|none/1=pass"),
        ResultsCase("mx.example; x-own=pass; arc=none (i=1 dmarc=pass)", "mx.example/1|x-own/1=pass|arc/1=none"),
        ResultsCase(
            "mx.example; dmarc/1=pass header.from=x.example", "mx.example/1|dmarc/1=pass header.from=x.example"),
        ResultsCase(
            "mx.example; dmarc=pass (ž) header.from=x.example", "mx.example/1|dmarc/1=pass header.from=x.example"),
    ]

    /// CFWS around a local part, and what a pvalue may end in.
    static let propertyValues: [ResultsCase] = [
        ResultsCase("m; spf=pass smtp.a=ana (c) @x.example", "m/1|spf/1=pass smtp.a=ana@x.example"),
        ResultsCase("m; spf=pass smtp.a=\"an a\" (c) @x.example b.c=d", "m/1|spf/1=pass smtp.a=an a@x.example b.c=d"),
        ResultsCase("m; spf=pass smtp.a= (c) @x.example", "m/1|spf/1=pass smtp.a=@x.example"),
        ResultsCase("m; spf=pass smtp.a=ana b.c=@x.example", "m/1|spf/1=pass smtp.a=ana b.c=@x.example"),
        ResultsCase("m; spf=pass smtp.a=root@localhost", "m/1|spf/1=pass smtp.a=root@localhost"),
        ResultsCase("m; spf=pass smtp.a=x+y/z=w@x.example", "m/1|spf/1=pass smtp.a=x+y/z=w@x.example"),
        ResultsCase("m; spf=pass smtp.a=\"2001:db8::1\"", "m/1|spf/1=pass smtp.a=2001:db8::1"),
        ResultsCase("m; spf=pass smtp.a=\"\\\"(;\\\\\"(c);d=e", "m/1|spf/1=pass smtp.a=\"(;\\|d/1=e"),
        ResultsCase("m; spf=pass smtp.a=.x.", "m/1|spf/1=pass smtp.a=.x."),
        ResultsCase("m; spf=pass smtp.a=2001:db8::1", nil),
        ResultsCase("m; spf=pass smtp.a=ana @ x.example", nil),
        ResultsCase("m; spf=pass smtp.a=ana.(c)b@x.example", nil),
        ResultsCase("m; spf=pass smtp.a=a/b (c)", nil),
        ResultsCase("m; spf=pass smtp.a=(c)", nil),
        ResultsCase("m; spf=pass smtp.a=;d=e", nil),
        ResultsCase("m; spf=pass smtp.a=ana@x.example.", nil),
        ResultsCase("m; spf=pass smtp.a=ana@x_y.example", nil),
        ResultsCase("m; spf=pass smtp.a=\u{17E}ana@x.example", nil),
        ResultsCase("m; spf=pass smtp.a=x.example,y.example", nil),
        ResultsCase("m; spf=pass smtp.a=\"x", nil),
    ]

    /// Each production of RFC 8601 §2.2 at its edges.
    static let productions: [ResultsCase] = [
        // authres-payload, authserv-id, authres-version
        ResultsCase("m;none", "m/1"), ResultsCase("\tm\t1\t;\tNONE\t", "m/1"), ResultsCase("m (1) 1; none", "m/1"),
        ResultsCase("m(c)1; none", "m/1"), ResultsCase("1 1; none", "1/1"), ResultsCase("m 0001; none", "m/1"),
        ResultsCase("m'{}|~!#$%^&*_+-.`; none", "m'{}|~!#$%^&*_+-.`/1"), ResultsCase("m 1.0; none", nil),
        ResultsCase("m -1; none", nil), ResultsCase("m n; none", nil), ResultsCase("m,n; none", nil),
        ResultsCase("m\u{0}; none", nil), ResultsCase("\"m; none", nil),
        // no-result
        ResultsCase("m; (c) none (c)", "m/1"), ResultsCase("m; none;", nil), ResultsCase("m; none none", nil),
        ResultsCase("m; spf=pass; none", nil), ResultsCase("m; nones", nil), ResultsCase("m; none/1", nil),
        // methodspec, method, method-version, result
        ResultsCase("m; -a=b", "m/1|-a/1=b"), ResultsCase("m; 1=2", "m/1|1/1=2"), ResultsCase("m; a/2=b", "m/1|a/2=b"),
        ResultsCase("m; A / 1 = B", "m/1|a/1=b"), ResultsCase("m; a/(c)1(c)=b", "m/1|a/1=b"),
        ResultsCase("m; a/=b", nil), ResultsCase("m; a/x=b", nil), ResultsCase("m; a/1/1=b", nil),
        ResultsCase("m; a-=b", nil), ResultsCase("m; a.b=c", nil), ResultsCase("m; \"a\"=b", nil),
        ResultsCase("m; a=\"b\"", nil),
        ResultsCase("m; a==b", nil), ResultsCase("m; a=b c", nil), ResultsCase("m; a b=c", nil),
        ResultsCase("m a=b", nil),
        // reasonspec
        ResultsCase("m; a=b reason=c", "m/1|a/1=b \"c\""),
        ResultsCase("m; a=b(c)REASON (d) = (e) \"f g\"", "m/1|a/1=b \"f g\""),
        ResultsCase("m; a=b reason=\"\"", "m/1|a/1=b \"\""), ResultsCase("m; a=b reason.c=d", "m/1|a/1=b reason.c=d"),
        ResultsCase("m; a=b reason=", nil), ResultsCase("m; a=b reason=c d", nil),
        ResultsCase("m; a=b c.d=e reason=f", nil),
        ResultsCase("m; a=breason=c", nil), ResultsCase("m; a=b reason=c@d.example", nil),
        // propspec, ptype, property
        ResultsCase("m; a=b c.d=e f.g=h", "m/1|a/1=b c.d=e f.g=h"),
        ResultsCase("m; a=b(x)c(x).(x)d(x)=(x)e(x)f.g=h(x)", "m/1|a/1=b c.d=e f.g=h"),
        ResultsCase("m; a=b c.d=\"e\"f.g=h", "m/1|a/1=b c.d=e f.g=h"), ResultsCase("m; a=b C.D=E", "m/1|a/1=b c.d=E"),
        ResultsCase("m; a=b c.d.e=f", nil), ResultsCase("m; a=b c_d.e=f", nil), ResultsCase("m; a=b .d=e", nil),
        ResultsCase("m; a=b c.d=e,f.g=h", nil), ResultsCase("m; a=b, c.d=e", nil), ResultsCase("m; a=b c.d", nil),
        // 1*resinfo: none, an empty one, a semicolon at the end, as some servers write it
        ResultsCase("m", nil), ResultsCase("m;", nil), ResultsCase("m; ;", nil), ResultsCase("m; a=b;", nil),
        ResultsCase("m; a=b; ", nil), ResultsCase("m;; a=b", nil), ResultsCase("m; a=b;;c=d", nil),
        ResultsCase("m; a=b (c;d=e)", "m/1|a/1=b"),
    ]

    static let malformed: [ResultsCase] = [
        "", ";", "mx.example", "mx.example;", "mx.example 1", "; none", "mx.example; none; spf=pass",
        "mx.example; none x",
        "mx.example; spf=pass;", "mx.example; spf=pass;;dmarc=pass", "mx.example; spf", "mx.example; spf=",
        "mx.example; =pass",
        "mx.example x; none", "mx.example 1 1; none", "mx.example 12345; none", "\"mx.example\"1; none",
        "mx.example; spf=pass smtp", "mx.example; spf=pass smtp.", "mx.example; spf=pass smtp.mailfrom",
        "mx.example; spf=pass smtp.mailfrom=", "mx.example; spf=pass action=none", "mx.example; spf=pass.header.from=x",
        "mx.example; spf=pass smtp.mailfrom=x reason=y", "mx.example; spf=pass reason=a reason=b",
        "mx.example; spf=pass reason=\"a\"smtp.helo=x", "mx.example; spf=pass (", "mx.example; spf=pass (a(b)",
        "mx.example; spf=pass )",
        "mx.example; spf=pass (a\\", "mx.example; spf=pass reason=\"", "mx.example; spf=pass reason=\"a\\",
        "(mx.example; spf=pass",
        "mx.example; spf=pass smtp.mailfrom=x.example'(.y.example", "mx.example; spf=pass smtp.mailfrom=<>",
        "mx.example; spf=pass smtp.mailfrom=a@b@c", "mx.example; spf=pass smtp.mailfrom=a..b@x.example",
        "mx.example; spf=pass smtp.mailfrom=a@x..example", "mx.example; spf=pass smtp.mailfrom=a@-x.example",
        "mx.example; spf=pass smtp.mailfrom=a@", "mx.example; spf=pass smtp.mailfrom=a@x.example\"b\"",
        "mx.example; dkim=pass header.b=a/b", "mx.example; spf=pass smtp.helo=[192.0.2.1]", "mx.example; sp_f=pass",
        "mx.example; spf-=pass",
        "mx.example; dmarc=pass header.from=ž.example", "mx.example; dmarc=pass header.from=\"ž.example\"",
        "mx.example; spf=pa\u{1}ss", "mx.example; spf=pass (\u{1})", "mx.example; spf=pass reason=\"\u{7f}\"",
        "mx.example, mx.example; none", "spf=pass smtp.mailfrom=x.example; dmarc=pass header.from=x.example",
    ].map { ResultsCase($0, nil) }

    @Test(arguments: appendix + wellFormed + propertyValues + productions + malformed)
    func `The grammar is read in full, and nothing beside it`(_ example: ResultsCase) {
        #expect(AuthenticationResults(Array(example.value.utf8)).map(Self.canonical) == example.expected)
    }

    @Test(arguments: [
        ("mx.example; ((", "mx.example"), ("(a (b)) \"mx.example\" 7", "mx.example"), ("mx.example", "mx.example"),
        ("mx.example(x", "mx.example"), ("spf=pass", nil), ("", nil), ("((mx.example", nil),
        ("<mx.example>; none", nil),
    ])
    func `The writer is known even where the rest is broken`(_ value: String, _ expected: String?) {
        #expect(AuthenticationResults.authservID(of: Array(value.utf8)) == expected)
    }

    @Test func `No prefix of a field traps`() {
        let whole = Array(Self.appendix.map(\.value).joined(separator: "; ").utf8)
        var read = 0
        for length in 0...whole.count where AuthenticationResults(Array(whole.prefix(length))) != nil { read += 1 }
        #expect(read > 0)
    }

    @Test(arguments: ["(", "(a)", "\\", "\"", "\"a\"", ";", "a=b;", "=", ".", "a.b=c "])
    func `A field full of one construct is read in linear time`(_ unit: String) {
        let filler = String(repeating: unit, count: 65_536 / unit.utf8.count)
        let clock = ContinuousClock()
        var results = 0
        let time = clock.measure {
            results = AuthenticationResults(Array("mx.example; a=b \(filler)".utf8))?.results.count ?? 0
        }
        #expect(results <= 1)
        #expect(time < .seconds(2))
    }
}
