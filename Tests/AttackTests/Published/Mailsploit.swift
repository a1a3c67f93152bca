import Foundation

/// Mailsploit's fourteen payloads: encoded-words that hold the victim, controls that end the shown text, and the
/// attacker's own domain behind them.
extension Attack {
    static let mailsploit: [Attack] = [
        Attack(
            .mailsploit, "victim, LF, NUL <own>", ["From: \(b(spoof))\(q("=0A=00")) <first@evil.example>"],
            "held sender.undecodable-name"),
        Attack(
            .mailsploit, "victim, NUL, (victim) @own", ["From: \(b(spoof))\(q("=00"))\(b("(\(spoof))"))@evil.example"],
            "held sender.encoded-address"),
        Attack(
            .mailsploit, "#1 victim, NUL, LF @own", ["From: \(b(spoof))\(q("=00=0A"))@evil.example"],
            "held sender.encoded-address"),
        Attack(
            .mailsploit, "#2 victim\" <victim>, NUL, LF <own>",
            ["From: \(b("\(spoof)\" <\(spoof)>"))\(q("=00=0A")) <first@evil.example>"], "held sender.undecodable-name"),
        Attack(
            .mailsploit, "#2.1 victim\" <word>, NUL, LF <own>",
            ["From: \(b("\(spoof)\" <word>"))\(q("=00=0A")) <first@evil.example>"], "held sender.undecodable-name"),
        Attack(
            .mailsploit, "#2.2 word\" <victim>, NUL, LF <own>",
            ["From: \(b("word\" <\(spoof)>"))\(q("=00=0A")) <first@evil.example>"], "held sender.undecodable-name"),
        Attack(
            .mailsploit, "#3 quoted \"victim\" <victim>, LF, NULs <own>",
            ["From: \"\(b("\"\(spoof)\" <\(spoof)>"))\(q("=0A=00=00=00"))\" <first@evil.example>"],
            "held sender.undecodable-name"),
        Attack(
            .mailsploit, "#3.1 quoted \"word\" <victim>, LF, NULs <own>",
            ["From: \"\(b("\"word\" <\(spoof)>"))\(q("=0A=00=00=00"))\" <first@evil.example>"],
            "held sender.undecodable-name"),
        Attack(
            .mailsploit, "#3.2 quoted \"victim\" <word>, LF, NULs <own>",
            ["From: \"\(b("\"\(spoof)\" <word>"))\(q("=0A=00=00=00"))\" <first@evil.example>"],
            "held sender.undecodable-name"),
        Attack(
            .mailsploit, "#4 victim, LF, NUL @own", ["From: \(b(spoof))\(q("=0A=00"))@evil.example"],
            "held sender.encoded-address"),
        Attack(
            .mailsploit, "#5 victim, own without brackets", ["From: \(b(spoof)) first@evil.example"],
            "held sender.malformed-address"),
        Attack(
            .mailsploit, "#6 victim(victim, NUL @own", ["From: \(b("\(spoof)(\(spoof)"))\(q("=00"))@evil.example"],
            "held sender.encoded-address"),
        Attack(
            .mailsploit, "generic: all specials, NUL and CRLF as name", ["From: \(generic) <first@evil.example>"],
            "held sender.undecodable-name"),
        Attack(
            .mailsploit, "generic: the same as local part", ["From: <\(generic)@evil.example>"],
            "held sender.encoded-address"),
        // The same payloads as a reader that keeps to RFC 2047 wants them: white space between the words.
        Attack(
            .mailsploit, "victim and NUL, words apart", ["From: \(b(spoof)) \(q("=0A=00")) <first@evil.example>"],
            "held sender.at-in-display-name"),
        Attack(
            .mailsploit, "quoted victim, words apart", ["From: \"\(b(spoof)) \(q("=00"))\" <first@evil.example>"],
            "held sender.at-in-display-name"),
        Attack(
            .mailsploit, "specials, NUL and CRLF, words apart",
            ["From: \(q("=28=29=3C=3E=2C=3B=3A=5C=22")) \(q("=00")) \(q("=0D=0A")) <first@evil.example>"],
            "held sender.invisible"),
        Attack(
            .mailsploit, "encoded bracket that closes early",
            ["From: <admin\(q("=40victim=2Eexample=3E"))@evil.example>"], "held sender.encoded-address"),
        Attack(
            .mailsploit, "encoded parenthesis that hides the own",
            ["From: \(q("admin=40victim=2Eexample=28"))a@evil.example"],
            "held sender.encoded-address"),
        Attack(
            .mailsploit, "a script as name",
            ["From: \(q("=3Cscript=3Ealert=281=29=3C/script=3E")) <first@evil.example>"],
            "unmatched match.no-account"),
    ]

    private static let spoof = "admin@victim.example"
    private static let generic =
        q("=28=7C=29=7C=3C=7C=3E=7C=40=7C=2C=7C=3B=7C=3A=7C=5C=7C=22=7C=00=7C=0D=0A") + b("END")

    /// One encoded-word in base64.
    static func b(_ text: String) -> String { "=?utf-8?b?\(Data(text.utf8).base64EncodedString())?=" }

    /// One encoded-word whose text is escaped already.
    static func q(_ escaped: String) -> String { "=?utf-8?Q?\(escaped)?=" }
}
