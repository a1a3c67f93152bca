/// Takes the armour of inline PGP out of a text (RFC 9580 §6 and §7): what was signed stays, signatures, keys and
/// what is encrypted go.
///
/// Only lines that can be nothing else are taken away, so that no words which somebody sees are lost by it. Quoted armour
/// stays where it is: whoever strips quotes strips it too.
struct ArmoredText {
    /// Without the armour, LF between lines.
    private(set) var text: String
    /// Something encrypted was there, and nothing but white space stood before it.
    private(set) var isEncrypted = false

    private enum Block { case outside, signedHeader, signed, armor(end: String) }

    /// Linear. A text without armour comes out as it is.
    init(_ text: String) {
        self.text = text
        guard text.utf8.count >= 6, Self.mayHoldArmor(Array(text.utf8)) else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var kept: [Substring] = []
        kept.reserveCapacity(lines.count)
        var block = Block.outside
        var wordsBefore = false
        for line in lines {
            let bare = Self.trimmed(line)
            switch block {
            case .armor(let end) where bare == end: block = .outside
            case .armor where Self.isArmor(bare): break
            case .armor:
                // No armour after all, or something written into it.
                kept.append(line)
            case .signedHeader where bare.isEmpty: block = .signed
            case .signedHeader where bare.hasPrefix("Hash:") && Self.namesDigests(bare.dropFirst(5)): break
            case .outside, .signed, .signedHeader:
                if bare == "-----BEGIN PGP SIGNED MESSAGE-----" {
                    block = .signedHeader
                } else if let end = Self.armors[String(bare)] {
                    if bare == "-----BEGIN PGP MESSAGE-----", !wordsBefore { isEncrypted = true }
                    block = .armor(end: end)
                } else {
                    var isInside = false
                    if case .signed = block { isInside = true }
                    // Dash-escaping (§7.2).
                    kept.append(isInside && line.hasPrefix("- ") ? line.dropFirst(2) : line)
                    wordsBefore = wordsBefore || !bare.isEmpty
                }
            }
        }
        self.text = kept.joined(separator: "\n")
    }

    /// What opens a stretch of armour, and what ends it.
    private static let armors = [
        "-----BEGIN PGP MESSAGE-----": "-----END PGP MESSAGE-----",
        "-----BEGIN PGP SIGNATURE-----": "-----END PGP SIGNATURE-----",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----": "-----END PGP PUBLIC KEY BLOCK-----",
    ]

    /// Whether a `B` follows five dashes.
    private static func mayHoldArmor(_ text: [UInt8]) -> Bool {
        // Of five octets in a row, one stands at a place that five divides.
        var at = 4
        while at < text.count {
            if text[at] == UInt8(ascii: "-") {
                var start = at
                while start > 0, text[start - 1] == UInt8(ascii: "-") { start -= 1 }
                while at < text.count, text[at] == UInt8(ascii: "-") { at += 1 }
                if at - start >= 5, at < text.count, text[at] == UInt8(ascii: "B") { return true }
                // Still at the places that five divides, less one.
                at -= (at - 4) % 5
            }
            at += 5
        }
        return false
    }

    /// Base64, its checksum, or a blank line.
    private static func isArmor(_ line: Substring) -> Bool {
        line.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
                true
            default: false
            }
        }
    }

    /// "SHA256, SHA512"
    private static func namesDigests(_ list: Substring) -> Bool {
        list.utf8.allSatisfy { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || [UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: " ")].contains(byte)
        }
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line
        while let last = line.utf8.last, last == 0x20 || last == 0x09 || last == 0x0d { line = line.dropLast() }
        return line
    }
}
