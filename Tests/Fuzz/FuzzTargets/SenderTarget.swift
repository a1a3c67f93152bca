import Mail
import MailParsing

extension FuzzTarget {
    /// The input is what a stranger writes behind `From:`, further lines and fields included.
    static let sender = FuzzTarget("sender", longest: 4_096) { input in
        let (structure, problems) = examine(input)
        guard case .plain(let address, let displayName) = structure, problems.isEmpty else { return }
        let mail = Array("From:".utf8) + input + restOfHeader
        let naive = NaiveHeader(mail)
        let froms = naive.all("from")
        try promise(froms.count == 1, "a plain sender and \(froms.count) From fields")
        let value = froms[0]
        try promise(
            value.count { $0 == UInt8(ascii: "@") } == 1, "a plain sender of a value without exactly one at sign")
        try promise(value.allSatisfy { $0 < 0x80 }, "a plain sender of a value that is no ASCII")
        let written = String(decoding: value, as: UTF8.self).lowercased()
        try promise(
            written == address.key || written.hasSuffix("<\(address.key)>"), "the value does not end in \(address.key)")
        try promise(
            address.key.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"<>()[]\\,;:\"".utf8.contains($0) },
            "an address of odd characters: \(address.key)")
        try promise(EmailAddress(address.text) == address, "the address is none when it is read again")
        if let displayName {
            try promise(
                displayName.unicodeScalars.allSatisfy {
                    $0 != "@" && $0 != "\u{ff20}" && $0 != "\u{fe6b}" && !isHidden($0)
                }, "a display name that hides something: \(displayName.debugDescription)")
        }

        // The reader of To, which is another one, sees the same address and no second one.
        let entries = try GMimeParser().parse(RawMail(bytes: Array("To: ".utf8) + value + [13, 10, 13, 10])).to
        try promise(
            entries.count == 1 && entries[0].address == address,
            "as an address list it is \(entries.map { $0.address?.text ?? $0.written })")

        // Alone it stands for itself, and with anything added it is doubtful.
        guard case .plain(address, nil) = examine(Array(" \(address.text)".utf8)).structure else {
            throw Broken(description: "the bare address is doubtful: \(address.text)")
        }
        for addition in [
            ", eve@evil.example", "; eve@evil.example", " <eve@evil.example>", "(eve@evil.example)", "eve@evil.example",
            "\r\nFrom: eve@evil.example", "\r\n From: eve@evil.example", "\r\nfrom : eve@evil.example",
            "\r\nFrom :\u{a0}",
            "\r\nResent-From: eve@evil.example", "\r\n>From: eve@evil.example", "\u{0}", "\u{202e}",
        ] {
            let (structure, problems) = examine(value + Array(addition.utf8))
            guard case .plain = structure, problems.isEmpty else { continue }
            throw Broken(description: "still plain with \(addition.debugDescription) behind it")
        }
        for addition in ["eve@evil.example, ", "<eve@evil.example> ", "eve@evil.example ", "friends: "] {
            let (structure, problems) = examine(Array(" \(addition)".utf8) + value)
            guard case .plain(let other, _) = structure, problems.isEmpty else { continue }
            throw Broken(description: "plain as \(other) with \(addition.debugDescription) before it")
        }
    }

    private static let restOfHeader = Array(
        "\r\nTo: support@traces.example\r\nSubject: Role request\r\nMessage-ID: <1@x.example>\r\n\r\n".utf8)

    private static func examine(_ value: [UInt8]) -> (structure: SenderStructure, problems: [StructureProblem]) {
        let split = HeaderBlock.split(Array("From:".utf8) + value + restOfHeader)
        return (SenderStructure.examine(split.block), split.problems)
    }
}

/// Shows nothing, or turns round what stands beside it.
func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
}
