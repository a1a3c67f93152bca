/// Against the structure of the text: a mail of the victim's own, signed by its server, that somebody has sent again with
/// another structure around what is signed. The border vouches for it, so only the structure can tell.
extension Attack {
    static let structure: [Attack] =
        [
            (
                "Content-Type twice, one unsigned (l=)", [mixed("b"), "Content-Type: text/plain"], part(text),
                "mime.duplicate-field"
            ),
            (
                "transfer encoding twice",
                ["Content-Type: text/plain", "Content-Transfer-Encoding: 7bit", "Content-Transfer-Encoding: base64"],
                text, "mime.duplicate-field"
            ),
            (
                "boundary twice", ["Content-Type: multipart/mixed; boundary=b; boundary=c"], part(text),
                "mime.duplicate-boundary"
            ),
            (
                "boundary and boundary*", ["Content-Type: multipart/mixed; boundary=b; boundary*=utf-8''c"], part(text),
                "mime.duplicate-boundary"
            ),
            ("boundary in pieces", ["Content-Type: multipart/mixed; boundary*0=b"], part(text), "mime.bad-boundary"),
            (
                "empty boundary", ["Content-Type: multipart/mixed; boundary=\"\""],
                "--\r\n\r\n" + text + "\r\n----\r\n", "mime.empty-boundary"
            ),
            ("no boundary", ["Content-Type: multipart/mixed"], part(text), "mime.no-boundary"),
            (
                "boundary that ends in a space", ["Content-Type: multipart/mixed; boundary=\"b \""], part(text),
                "mime.bad-boundary"
            ),
            (
                "the same boundary inside", [mixed("b")],
                "--b\r\n" + mixed("b") + "\r\n\r\n" + part(text) + "--b--\r\n", "mime.duplicate-boundary"
            ),
            (
                "charset twice", ["Content-Type: text/plain; charset=utf-8; charset=utf-7"], text,
                "mime.duplicate-parameter"
            ),
            (
                "unknown transfer encoding", ["Content-Type: text/plain", "Content-Transfer-Encoding: x-uuencode"],
                text, "mime.unknown-encoding"
            ),
            (
                "two transfer encodings in one field",
                ["Content-Type: text/plain", "Content-Transfer-Encoding: base64 7bit"], text, "mime.unknown-encoding"
            ),
            (
                "multipart in base64", [mixed("b"), "Content-Transfer-Encoding: base64"], part(text),
                "mime.encoded-multipart"
            ),
            (
                "part with two types", [mixed("b")],
                "--b\r\nContent-Type: text/plain\r\nContent-Type: text/html\r\n\r\n" + text + "\r\n--b--\r\n",
                "mime.duplicate-field"
            ),
            (
                "part whose header opens with white space", [mixed("b")],
                "--b\r\n Content-Type: text/html\r\n\r\n" + text + "\r\n--b--\r\n", "mime.bad-part-header"
            ),
            ("no closing delimiter (l=)", [mixed("b")], "--b\r\n\r\n" + text, "mime.unclosed"),
            (
                "inner multipart cut off by the outer", [mixed("b")],
                "--b\r\n" + mixed("c") + "\r\n\r\n--c\r\n\r\n" + text + "\r\n--b--\r\n", "mime.unclosed"
            ),
            (
                "delimiter in a part's header", [mixed("b")],
                "--b\r\n\r\n" + text + "\r\n--b\r\nContent-Type: application/pdf\r\n--b--\r\n", "mime.two-readings"
            ),
            ("quote that never closes", ["Content-Type: text/plain; charset=\"utf-8"], text, "mime.bad-content-type"),
            ("type that is none", ["Content-Type: text"], text, "mime.bad-content-type"),
            (
                "charset that nobody knows in a name", ["Content-Type: text/plain; name*=x-none''a"], text,
                "mime.unknown-parameter-charset"
            ),
            ("parts without end", [mixed("b0")], nested(25), "mime.too-deep"),
            (
                "more than five hundred parts", [mixed("b")],
                String(repeating: "--b\r\n\r\nx\r\n", count: 501) + "--b--\r\n", "mime.too-many-parts"
            ),
        ].map { name, fields, body, code in
            Attack(
                .mime, name,
                [
                    "DKIM-Signature: v=1; a=rsa-sha256; d=victim.example; s=s; l=40; h=From:To:Cc:Subject; b=x",
                    victimsFrom,
                ],
                results: "dkim=pass header.d=victim.example; dmarc=pass header.from=victim.example",
                mailFrom: "admin@victim.example", helo: "out.victim.example",
                rest: World.usualRest.filter { !$0.hasPrefix("Content-") } + fields, body: body,
                shown: fields.joined(separator: "\r\n"), restsOnBorder: true, "held \(code)")
        }

    private static let text = World.usualText
    private static func mixed(_ boundary: String) -> String { "Content-Type: multipart/mixed; boundary=\(boundary)" }
    private static func part(_ text: String) -> String { "--b\r\n\r\n\(text)\r\n--b--\r\n" }

    private static func nested(_ levels: Int) -> String {
        (0..<levels).map { "--b\($0)\r\n\(mixed("b\($0 + 1)"))\r\n\r\n" }.joined() + text
    }
}
