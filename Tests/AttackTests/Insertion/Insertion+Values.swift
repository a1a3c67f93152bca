import Foundation
import Mail

/// Another address inside From's own value.
extension Insertion {
    /// Beside the true mailbox, in every syntax that some reader takes for one.
    @Sendable static func withinFrom(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let whole = parts.fromValue
        let own = parts.address.text
        let domain = parts.address.domain
        let other = other(parts, &random)
        let name = other.prefix { $0 != "@" }
        let value = random.one(of: [
            "\(whole), \(other)", "\(other), \(whole)", "\(whole),<\(other)>", "<\(other)>,\(whole)",
            "<\(other)>\(whole)",
            "\(whole)<\(other)>", "\(other) <\(own)>", "\"\(other)\" <\(own)>", "(\(other)) <\(own)>",
            "<\(own)> (\(other))",
            "\(own) (\(other))", "<\(own)>\(other)", "<\(own)> \(other)", "<\(own);\(other)>", "<\(own),\(other)>",
            "<\(own) \(other)>", "<@y.example:\(own)>", "<@y.example,@z.example:\(own)>", "\(other):\(own);",
            "Team: \(own), \(other);", "Team: \(own);", "Team:;\(own)", "<\(own)@y.example>", "<\(name)@\(own)>",
            "\(name)%\(own)", "<y.example!\(own)>", "\"\(other)\"@\(domain)", "<\"\(other)\"@\(domain)>",
            "<\(own)>\\,<\(other)>", "\\<\(other)> <\(own)>", "<<\(other)>\(own)>", "<<\(own)>>", "<\(own)><\(other)>",
            "\(own) \(other)", "\(own);\(other)", "\(own)\t\(other)", "<\(own)(\(other))>", "\"<\(other)>\" <\(own)>",
            "'\(other)' <\(own)>", "[\(other)] <\(own)>", "\(own)\0\(other)", "\(own)\r\n \r\n,\(other)",
            "\(own)<\(other)>",
            "<\(own)>,,", ",,<\(own)>", "<\(own)>;", "\(other)\r\n <\(own)>", "\(other)\u{B}<\(own)>",
            "<\(own)>\u{C}<\(other)>",
            "<\(own)>\r\nFrom: <\(other)>", "<\(own)>\r\n From: <\(other)>", "<\(own)>\r<\(other)>",
            "<\(own)>\n<\(other)>",
            "\(own)[\(other)]", "<\(own).>", "<\(own)>>", "<<\(own)>", "\"\(other) <\(own)>", "\(other)\" <\(own)>",
            "<\(own)>\u{A0}<\(other)>", "\(other)\u{3000}<\(own)>", "\(name)\u{FF20}y.example <\(own)>",
            "\"\(name)%40y.example\" <\(own)>", "\(name)+AEA-y.example <\(own)>", "\"\(name)&#64;y.example\" <\(own)>",
            "\"\(name)&commat;y.example\" <\(own)>", "=?utf-8?Q?\(name)?=@\(domain)",
            "<=?utf-8?Q?\(name)=40y.example?=>",
            "\(whole) =?utf-8?Q?=2C_b=40y.example?=",
        ])
        return Insertion("within From", value, parts.withFrom(value))
    }

    /// In the display name, encoded in any way, whole or in pieces.
    @Sendable static func encodedName(_ parts: RawParts, _ random: inout SeededRandom) -> Insertion {
        let at = random.one(of: ["@", "@", "\u{FF20}", "\u{FE6B}"])
        let other = other(parts, &random).replacing("@", with: at)
        var text = random.one(of: [
            other, "Boss <\(other)>", "\"\(other)\"", "\(other), Boss", "\(other)\0", "\(other)\r\n",
        ])
        if random.below(5) == 0 {
            // Nothing that is an address, but something that makes the shown name another one.
            text =
                "Boss"
                + random.one(of: [
                    "\u{202E}", "\u{2066}", "\u{200B}", "\u{2028}", "\u{AD}", "\0", "\r\n", "\u{7F}", "\u{E0041}",
                ])
        }
        var name = random.below(6) == 0 ? strange(text, &random) : words(text, &random)
        if random.below(8) == 0 { name = words(words(text, &random), &random) }
        if random.below(4) == 0 { name = "\"\(name)\"" }
        if random.below(4) == 0 { name = "Ana " + name }
        return Insertion("encoded name", name, parts.withFrom("\(name) <\(parts.address.text)>"))
    }

    /// Encoded-words of one charset that extends ASCII, divided anywhere.
    private static func words(_ text: String, _ random: inout SeededRandom) -> String {
        let charset = anyCase(
            random.one(of: [
                "utf-8", "utf-8", "us-ascii", "iso-8859-1", "iso-8859-2", "windows-1252", "koi8-r", "utf-8*en",
            ]),
            &random)
        var rest = Array(text.utf8)[...]
        var words: [String] = []
        repeat {
            let length = 1 + random.below(rest.count)
            let piece = rest.prefix(length)
            rest = rest.dropFirst(length)
            if random.flip() {
                words.append("=?\(charset)?\(random.one(of: ["b", "B"]))?\(Data(piece).base64EncodedString())?=")
            } else {
                words.append("=?\(charset)?\(random.one(of: ["q", "Q"]))?\(escaped(piece))?=")
            }
        } while !rest.isEmpty
        return words.joined(separator: random.one(of: [" ", " ", "\r\n ", "\t", ""]))
    }

    private static func escaped(_ octets: ArraySlice<UInt8>) -> String {
        octets.map { octet in
            let isLetter = Character(Unicode.Scalar(octet)).isLetter && octet < 0x80
            return isLetter
                ? String(Unicode.Scalar(octet)) : "=" + (octet < 16 ? "0" : "") + String(octet, radix: 16).uppercased()
        }.joined()
    }

    /// Encodings in which the octets of an address are no longer those of ASCII.
    private static func strange(_ text: String, _ random: inout SeededRandom) -> String {
        switch random.below(4) {
        case 0: return "=?utf-7?Q?b+AEA-y.example?="
        case 1:
            let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
            return "=?utf-16be?B?\(Data(big).base64EncodedString())?="
        case 2: return "=?iso-2022-jp?B?\(Data(text.utf8).base64EncodedString())?="
        default: return "=?x-none?Q?\(escaped(Array(text.utf8)[...]))?="
        }
    }
}
