/// Constructs at the header's end, in the body and around the mail.
extension Insertion {
    /// A From behind a line that some readers take for the header's end, and others not.
    @Sendable static func blankLine(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let blank = random.one(of: [
            " \r\n", "\t\r\n", " \t \r\n", "\n", "\r\r\n", "\r", "\n\r\n", "\r\n\n", "\n\n", "\r\n\r", "\u{B}\r\n",
            "\0\r\n",
            "\u{85}\r\n", "\u{2028}",
        ])
        let text = blank + "From: <\(other(parts, &random))>\r\n"
        // An empty line that is none but for what follows it leaves a header without From, when it comes first.
        let place = blank.hasPrefix("\r\n") ? random.below(parts.from + 1) : random.below(parts.fields.count + 1)
        return Insertion("ambiguous blank line", text, parts.inserting(text, at: place))
    }

    /// Another header, or another mail, before this one.
    @Sendable static func gluedBefore(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let head = "From: \(other(parts, &random))\r\nTo: traces-support@postern.example\r\nSubject: x\r\n"
        let text = random.one(of: [
            head, head + "\r\n", head + "\r\nbody\r\n\r\n", "\r\n" + head, " \r\n" + head, "\r\n",
            "From \(other(parts, &random)) Fri Nov 20 08:12:41 2026\r\n", "\u{FEFF}", "\u{FEFF}\r\n",
        ])
        return Insertion("glued before", text, Array(text.utf8) + parts.bytes)
    }

    /// Another mail behind this one, as a mailbox file holds it or as nothing divides it.
    @Sendable static func gluedBehind(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let mail =
            "From: \(other(parts, &random))\r\nTo: traces-support@postern.example\r\nSubject: Role request\r\n\r\nx\r\n"
        let text = random.one(of: [
            mail, "\r\n" + mail, "\r\nFrom b@y.example Fri Nov 20 08:12:41 2026\r\n" + mail, "\r\n.\r\n" + mail,
            "\r\n.\r\nMAIL FROM:<b@y.example>\r\nRCPT TO:<traces-support@postern.example>\r\nDATA\r\n" + mail,
            "\n.\n" + mail,
        ])
        return Insertion(
            "glued behind", text, parts.bytes + Array(text.utf8),
            .inBody("what follows the first empty line is the body (RFC 5322 §2.1)"))
    }

    /// A From where the body begins, behind the one empty line that ends the header.
    @Sendable static func bodyStart(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let line = random.one(of: ["", "\r\n", " \r\n", "\n", "\r\r\n"]) + "From: <\(other(parts, &random))>\r\n"
        let text = line + random.one(of: ["", "\r\n", "To: x@y.example\r\n\r\n"])
        return Insertion(
            "body's start", text, Array((parts.fields.joined() + "\r\n" + text).utf8) + parts.body,
            .inBody("what follows the first empty line is the body (RFC 5322 §2.1)"))
    }
}
