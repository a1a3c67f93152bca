import Mail
import MailParsing

extension FuzzTarget {
    /// The input is the value of To, and of Subject, with encoded-words and groups.
    static let headerValues = FuzzTarget("header-values", longest: 16_384) { input in
        // One field each, whatever the input holds: line ends are the header splitter's matter.
        let value = input.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0 }
        var folded: [UInt8] = []
        for start in stride(from: 0, to: value.count, by: 900) {
            folded += value[start..<min(start + 900, value.count)]
            folded += "\r\n ".utf8
        }
        var bytes = Array("Subject: ".utf8)
        bytes += folded
        bytes += "x\r\nTo: ".utf8
        bytes += folded
        bytes += "\r\n\r\nHello\r\n".utf8
        let mail = try GMimeParser().parse(RawMail(bytes: bytes))
        for text in [mail.subject] + mail.to.flatMap({ [$0.written, $0.displayName ?? ""] }) {
            try promise(
                !text.unicodeScalars.contains { $0.properties.generalCategory == .control },
                "a control in \(text.debugDescription)")
        }
        try promise(mail.to.count <= MailLimits.standard.addresses, "more addresses than the limit")
        for address in mail.to.compactMap(\.address) {
            try promise(EmailAddress(address.text) == address, "an address that is none: \(address.text)")
        }
        let again = try GMimeParser().parse(RawMail(bytes: bytes))
        try promise(again.subject == mail.subject && again.to == mail.to, "read again, it is another")
    }
}
