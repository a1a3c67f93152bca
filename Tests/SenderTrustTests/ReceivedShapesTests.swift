import Mail
import SenderTrust
import Testing

/// How the mail servers in use write their Received fields, so that the border is known whichever it runs.
@Suite struct `Received fields of known servers` {
    /// The fields' values, each written by `mx.example`.
    static let shapes = [
        "from out.x.example (out.x.example [192.0.2.7])\r\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n"
            + "\t key-exchange X25519)\r\n\t(No client certificate requested)\r\n\tby mx.example (Postfix) with ESMTPS id 4A\r\n"
            + "\tfor <support@traces.example>; x",
        "from [192.0.2.7] (helo=out.x.example)\r\n\tby mx.example with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384\r\n"
            + "\t(Exim 4.96)\r\n\t(envelope-from <ana@x.example>)\r\n\tid 1a-2b\r\n\tfor support@traces.example; x",
        "from out.x.example (out.x.example [192.0.2.7])\r\n\tby mx.example (8.17.1/8.17.1) with ESMTPS id 2B\r\n"
            + "\t(version=TLSv1.3 bits=256 verify=NO)\r\n\tfor <support@traces.example>; x",
        "from OUT.x.example (2001:db8::7) by\r\n MX.example (2001:db8::1) with Microsoft SMTP Server\r\n"
            + " (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\r\n 15.20.1.1 via Frontend Transport; x",
        "from unknown (HELO out.x.example) (ana@x.example@192.0.2.7)\r\n  by mx.example with ESMTPA; x",
        "from out.x.example ([192.0.2.7]) (AUTH: LOGIN ana@x.example, TLS: TLSv1.3)\r\n  by mx.example with ESMTPSA\r\n"
            + "  id 0000-1111; x",
        "from mx.example ([unix socket]) by mx.example (Cyrus 3) with LMTPA; x",
        "from out.x.example ([192.0.2.7]) by mx.example over TLS secured channel with Microsoft SMTPSVC(10.0.1); x",
        "by mx.example with SMTP id 3c; x",
        "from out.x.example\r\n\tby mx.example with LMTP\r\n\tid 4d (envelope-from <ana@x.example>)\r\n\tfor <s@traces.example>; x",
    ]

    @Test(arguments: shapes)
    func `The border's own field is known`(_ value: String) {
        let field = "Authentication-Results: mx.example; dmarc=pass header.from=x.example"
        #expect(outcome(mail([field, "Received: \(value)"] + written)) == "pass ana@x.example")
    }

    /// The same servers inside the border: their fields stand above it and name another writer.
    @Test(arguments: shapes)
    func `Another host's field is passed over`(_ value: String) {
        let inner = value.split(separator: "mx.example", omittingEmptySubsequences: false).joined(
            separator: "store.example"
        )
        .split(separator: "MX.example", omittingEmptySubsequences: false).joined(separator: "store.example")
        let field = "Authentication-Results: mx.example; dmarc=pass header.from=x.example"
        #expect(outcome(mail(["Received: \(inner)", field, border] + written)) == "pass ana@x.example")
        #expect(outcome(mail([field, "Received: \(inner)"] + written)) == "authentication.no-border")
    }
}
