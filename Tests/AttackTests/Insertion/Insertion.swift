import Mail

/// A mail with a second From-like construct in it, and what that may lead to.
struct Insertion: Sendable {
    enum Effect: Sendable, Equatable {
        /// Some reader may take the construct for the sender: no verdict that changes or answers anything.
        case breaks
        /// By the RFC it names no author: the verdict stays, and stays about the true From.
        case harmless(String)
        /// It stands in the body, which names nobody; the text may be read otherwise, but the sender stays the true one.
        case inBody(String)
    }

    let family: String
    /// What was put in, for the message of a failure.
    let construct: String
    let bytes: [UInt8]
    let effect: Effect

    init(_ family: String, _ construct: String, _ bytes: [UInt8], _ effect: Effect = .breaks) {
        self.family = family
        self.construct = construct
        self.bytes = bytes
        self.effect = effect
    }

    /// Every family, and how often it is drawn.
    static let families: [(weight: Int, make: @Sendable (RawParts, inout SeededRandom) -> Insertion)] = [
        (4, secondField), (4, brokenName), (3, foldedIntoAnother), (2, resent), (8, withinFrom), (6, encodedName),
        (3, blankLine), (1, behindThousand), (2, gluedBefore), (2, gluedBehind), (2, bodyStart), (3, namesNoAuthor),
    ]

    /// One of all families, by their weights.
    static func draw(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        var left = random.below(families.reduce(0) { $0 + $1.weight })
        for family in families {
            left -= family.weight
            if left < 0 { return family.make(parts, &random) }
        }
        return secondField(parts, &random)
    }

    // MARK: What stands for the other sender

    /// Another address: a stranger's, one at the true sender's domain, or the true one again.
    static func other(_ parts: RawParts, _ random: inout SeededRandom) -> String {
        random.one(of: [
            "b@y.example", "admin@victim.example", "boss@\(parts.address.domain)", parts.address.text,
            "B.C+d@sub.\(parts.address.domain)",
        ])
    }

    /// An address as fields hold it.
    private static func mailbox(_ parts: RawParts, _ random: inout SeededRandom) -> String {
        let address = other(parts, &random)
        return random.one(of: [
            address, "<\(address)>", "Boss <\(address)>", "\"Boss, B.\" <\(address)>",
            "=?utf-8?Q?Bo=C3=9F?= <\(address)>",
            "<\(address)> (boss)", "\(address), b@z.example", "Bo\u{DF} <\(address)>", "=?utf-8?B?YkB5LmV4YW1wbGU=?=",
            "",
            "Team: \(address);", "<@z.example:\(address)>",
        ])
    }

    static func anyCase(_ text: String, _ random: inout SeededRandom) -> String {
        text.map { random.flip() ? $0.uppercased() : $0.lowercased() }.joined()
    }

    private static func blanks(_ random: inout SeededRandom) -> String {
        (0...random.below(3)).map { _ in random.one(of: [" ", "\t"]) }.joined()
    }

    // MARK: Fields

    /// A second From in any case, with any white space around its colon, anywhere.
    @Sendable static func secondField(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let space = blanks(&random)
        let colon = random.one(of: [
            ":", ": ", ":\t", "\(space):", ":\r\n\(space)", "\r\n\(space):", "\(space):\(space)",
        ])
        let line = anyCase("From", &random) + colon + mailbox(parts, &random) + "\r\n"
        return Insertion("second From", line, parts.inserting(line, at: random.below(parts.fields.count + 1)))
    }

    /// A name that is From but for marks, controls or octets beyond ASCII around or in it.
    @Sendable static func brokenName(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let printable = "!\"#$%&'()*+,-./;<=>?@[\\]^_`{|}~".map { String($0) }
        let unseen = (0...0x20).filter { $0 != 0x0a }.map { String(Unicode.Scalar(UInt8($0))) }
        let beyond = [
            "\u{7F}", "\u{80}", "\u{A0}", "\u{AD}", "\u{FF}", "\u{200B}", "\u{202E}", "\u{2060}", "\u{FEFF}",
            "\u{FF20}",
        ]
        let junk = (0...random.below(4)).map { _ in random.one(of: random.one(of: [printable, unseen, beyond])) }
            .joined()
        let name = anyCase("From", &random)
        let cut = name.index(name.startIndex, offsetBy: random.below(5))
        var line = String(name[..<cut]) + junk + String(name[cut...]) + ":" + other(parts, &random) + "\r\n"
        if random.below(6) == 0 { line = "\(name) \(other(parts, &random)) Fri Nov 20 08:12:41 2026\r\n" }
        return Insertion("broken name", line, parts.inserting(line, at: random.below(parts.fields.count + 1)))
    }

    /// A From behind white space, in the fold of any field.
    @Sendable static func foldedIntoAnother(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let address = other(parts, &random)
        let value = random.one(of: [
            "\(address)", "<\(address)>", "Boss <\(address)>", "\r\n <\(address)>", "=?utf-8?Q?b=40y.example?=",
        ])
        let host = random.one(
            of: parts.fields.indices.map { parts.fields[$0] } + ["X-A: b\r\n", "X-Signature: a=b; h=\r\n"])
        let line =
            blanks(&random) + anyCase("From", &random) + random.one(of: [":", ": ", " :", "\t: "]) + value + "\r\n"
        var changed = parts
        if let place = changed.fields.firstIndex(of: host) {
            changed.fields[place] = host + line
        } else {
            changed.fields.insert(host + line, at: random.below(parts.fields.count + 1))
        }
        return Insertion("folded into another field", host + line, changed.bytes)
    }

    /// What shows somebody as the sender of a mail sent again, or replaces the envelope's.
    @Sendable static func resent(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let name = random.one(of: [
            "Resent-From", "Resent-Sender", "Resent-To", "Resent-Date", "Resent-Message-ID", "Resent-Reply-To",
            "Return-Path",
        ])
        let line = "\(anyCase(name, &random)): <\(other(parts, &random))>\r\n"
        return Insertion("Resent", line, parts.inserting(line, at: random.below(parts.fields.count + 1)))
    }

    /// Fields that hold addresses and name no author.
    @Sendable static func namesNoAuthor(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let (name, reason) = random.one(of: [
            ("Sender", "the agent that sent it, never its author (RFC 5322 §3.6.2); Postern reads it nowhere"),
            ("Reply-To", "where the author suggests replies go (RFC 5322 §3.6.2); Postern never writes there"),
            ("Comments", "free text about the body (RFC 5322 §3.6.5)"),
            ("X-From", "an optional field, unspecified (RFC 5322 §3.6.8)"),
            ("X-Original-From", "an optional field, unspecified (RFC 5322 §3.6.8)"),
            ("Original-From", "an optional field, unspecified (RFC 5322 §3.6.8)"),
            ("Envelope-From", "an optional field, unspecified (RFC 5322 §3.6.8)"),
            ("Errors-To", "an optional field, unspecified (RFC 5322 §3.6.8)"),
            ("Disposition-Notification-To", "where receipts are wanted (RFC 8098 §2.1); Postern sends none"),
        ])
        let address = other(parts, &random)
        let value = random.one(of: [address, "<\(address)>", "Boss <\(address)>", "From: <\(address)>"])
        let line = "\(anyCase(name, &random)): \(value)\r\n"
        return Insertion(
            "no author", line, parts.inserting(line, at: random.below(parts.fields.count + 1)), .harmless(reason))
    }

    /// From behind more fields than anybody reads.
    @Sendable static func behindThousand(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let filler = (0..<1_000).map { "X-\($0): y\r\n" }.joined()
        let line = "From: \(other(parts, &random))\r\n"
        return Insertion("behind a thousand", line, parts.inserting(filler + line, at: parts.fields.count))
    }
}
