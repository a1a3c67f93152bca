import Mail
import SenderTrust
import Testing

/// A pass must be able to rest on what the same field tells of SPF and DKIM (RFC 7489 §3.1, §4.2).
@Suite struct `What a DMARC pass rests on` {
    static let accounts: [(String, String)] = [
        // Aligned, strictly or relaxedly, by either method.
        ("spf=pass smtp.mailfrom=ana@x.example; dkim=none", "pass ana@x.example"),
        ("spf=pass smtp.mailfrom=X.EXAMPLE; dkim=fail header.d=y.example", "pass ana@x.example"),
        ("spf=pass smtp.mailfrom=bounce.x.example; dkim=none", "pass ana@x.example"),
        ("spf=pass smtp.helo=out.x.example; dkim=none", "pass ana@x.example"),
        ("spf=fail; dkim=pass header.d=x.example", "pass ana@x.example"),
        ("spf=none; dkim=pass header.i=@mail.x.example", "pass ana@x.example"),
        (
            "spf=pass smtp.mailfrom=y.example; dkim=pass header.d=y.example; dkim=pass header.d=x.example",
            "pass ana@x.example"
        ),
        // Not the whole account.
        ("spf=pass smtp.mailfrom=y.example", "pass ana@x.example"),
        ("dkim=pass header.d=y.example", "pass ana@x.example"),
        ("spf=pass smtp.mailfrom=y.example; dkim=pass", "pass ana@x.example"),
        // Nothing that is aligned.
        ("spf=pass smtp.mailfrom=y.example; dkim=pass header.d=y.example", "authentication.conflict"),
        ("spf=pass smtp.mailfrom=a@y.example; dkim=none", "authentication.conflict"),
        ("spf=pass smtp.mailfrom=a@y.example smtp.helo=x.example; dkim=none", "authentication.conflict"),
        ("spf=pass smtp.helo=y.example; dkim=none", "authentication.conflict"),
        ("spf=fail smtp.mailfrom=x.example; dkim=pass header.d=y.example", "authentication.conflict"),
        ("spf=none; dkim=pass header.d=x.example'a.y.example", "authentication.conflict"),
        ("spf=none; dkim=pass header.d=xx.example", "authentication.conflict"),
        ("spf=none; dkim=pass header.d=notx.example header.i=@x.example", "authentication.conflict"),
    ]

    @Test(arguments: accounts)
    func `must be aligned with From, where all is told`(_ account: String, _ expected: String) {
        let field = "Authentication-Results: mx.example; \(account); dmarc=pass header.from=x.example"
        #expect(outcome(mail([field, border] + written)) == expected)
    }
}
