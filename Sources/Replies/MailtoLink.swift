package import Mail

/// A `mailto:` link (RFC 6068) that opens a mail with everything filled in.
package struct MailtoLink: Sendable, Hashable {
    package let to: EmailAddress
    package let cc: [EmailAddress]
    package let subject: String
    /// Lines of the body, without line ends.
    package let body: [String]

    package init(to: EmailAddress, cc: [EmailAddress], subject: String, body: [String]) {
        self.to = to
        self.cc = cc
        self.subject = subject
        self.body = body
    }

    /// The link: ASCII, nothing in it but unreserved characters, percent signs, `@`, `,`, `?`, `=` and `&`.
    ///
    /// Mail programs cut links of more than about 2,000 characters, some in the middle of an escape; a longer one is
    /// given without its body, then with the first Cc address alone.
    package var url: String {
        let full = url(cc: cc, hasBody: true)
        guard full.utf8.count > Self.longest else { return full }
        let withoutBody = url(cc: cc, hasBody: false)
        return withoutBody.utf8.count > Self.longest ? url(cc: Array(cc.prefix(1)), hasBody: false) : withoutBody
    }

    private static let longest = 2_000

    private func url(cc: [EmailAddress], hasBody: Bool) -> String {
        var url = Array("mailto:".utf8)
        Self.encode(to.text, into: &url)
        var separator = UInt8(ascii: "?")
        func field(_ name: String) {
            url.append(separator)
            url += name.utf8
            url.append(UInt8(ascii: "="))
            separator = UInt8(ascii: "&")
        }
        if !cc.isEmpty {
            field("cc")
            for (index, address) in cc.enumerated() {
                if index > 0 { url.append(UInt8(ascii: ",")) }
                Self.encode(address.text, into: &url)
            }
        }
        field("subject")
        Self.encode(PlainLine.of(subject), keepingAt: false, into: &url)
        if hasBody {
            field("body")
            for (index, line) in body.enumerated() {
                // Line breaks in a body are %0D%0A (RFC 6068 §5).
                if index > 0 { url += "%0D%0A".utf8 }
                Self.encode(PlainLine.of(line, limit: 500), keepingAt: false, into: &url)
            }
        }
        return String(decoding: url, as: UTF8.self)
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986 §2.3, and the `@` of an address.
    private static func encode(_ text: String, keepingAt: Bool = true, into url: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): url.append(byte)
            case UInt8(ascii: "@") where keepingAt: url.append(byte)
            case _ where byte.isASCIILetterOrDigit: url.append(byte)
            default: url += [UInt8(ascii: "%"), QuotedPrintable.hex(byte >> 4), QuotedPrintable.hex(byte & 15)]
            }
        }
    }
}
