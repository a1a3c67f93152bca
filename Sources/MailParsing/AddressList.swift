import Mail

/// Reads an address-list (RFC 5322 §3.4) over a field's raw octets. What is not plainly one mailbox yields an entry
/// without an address; nothing is repaired, and nothing decoded ever becomes part of an address.
struct AddressListReader {
    private let words: EncodedWords
    /// How many entries are read at most.
    private let limit: Int

    init(words: EncodedWords, limit: Int) {
        self.words = words
        self.limit = limit
    }

    /// The entries in order, group members among them (their `written` begins with the group's name), and whether
    /// there were more than the limit. Linear in the octets.
    func read(_ bytes: [UInt8]) -> (entries: [AddressEntry], overflow: Bool) {
        var entries: [AddressEntry] = []
        var scan = Scan()
        var start = 0
        var group: String?
        for (index, byte) in bytes.enumerated() {
            guard scan.isTopLevel(byte) else { continue }
            switch byte {
            case UInt8(ascii: ":"):
                // "Team: a@b, c@d;" A second colon, or one in an address, is no group: the entry becomes unreadable.
                if group == nil, !bytes[start..<index].contains(UInt8(ascii: "@")) {
                    group = words.decode(unquoted(bytes[start..<index]))
                    start = index + 1
                }
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                if entries.count >= limit { return (entries, true) }
                if let entry = entry(bytes[start..<index], in: group) { entries.append(entry) }
                if byte == UInt8(ascii: ";") { group = nil }
                start = index + 1
            default: break
            }
        }
        if let entry = entry(bytes[start...], in: group) {
            if entries.count >= limit { return (entries, true) }
            entries.append(entry)
        }
        return (entries, false)
    }

    /// Where one octet stands: inside quotes, comments (which nest), an angle-addr, or none of these.
    private struct Scan {
        private(set) var comments = 0
        private(set) var inQuotes = false
        private(set) var inAngle = false
        private var escaped = false

        /// Whether everything that was opened has been closed.
        var isBalanced: Bool { comments == 0 && !inQuotes && !inAngle && !escaped }

        /// Takes one octet; true when it stands outside everything and is itself no delimiter of quotes or comments.
        mutating func isTopLevel(_ byte: UInt8) -> Bool {
            if escaped {
                escaped = false
                return false
            }
            if byte == UInt8(ascii: "\\"), inQuotes || comments > 0 {
                escaped = true
                return false
            }
            if inQuotes {
                if byte == UInt8(ascii: "\"") { inQuotes = false }
                return false
            }
            if comments > 0 {
                if byte == UInt8(ascii: "(") { comments += 1 }
                if byte == UInt8(ascii: ")") { comments -= 1 }
                return false
            }
            switch byte {
            case UInt8(ascii: "\""): inQuotes = true
            case UInt8(ascii: "("): comments = 1
            case UInt8(ascii: "<") where !inAngle: inAngle = true
            case UInt8(ascii: ">") where inAngle: inAngle = false
            default: return !inAngle
            }
            return false
        }
    }

    private func entry(_ bytes: ArraySlice<UInt8>, in group: String?) -> AddressEntry? {
        let bytes = bytes.trimmed
        guard !bytes.isEmpty else { return nil }
        var scan = Scan()
        // The entry taken apart: the phrase or bare address, the angle-addr, the comments' content.
        var outside: [UInt8] = []
        var angle: [UInt8] = []
        var comment: [UInt8] = []
        var angles = 0
        var afterAngle = false
        for byte in bytes {
            let wasInComment = scan.comments > 0
            let wasInAngle = scan.inAngle
            _ = scan.isTopLevel(byte)
            if wasInComment || scan.comments > 0 {
                if wasInComment, scan.comments > 0 { comment.append(byte) }
                // A comment counts as white space: it may not glue two halves of an address together.
                if !wasInComment, !wasInAngle { outside.append(UInt8(ascii: " ")) }
                if !wasInComment, wasInAngle { angle.append(UInt8(ascii: " ")) }
            } else if wasInAngle, scan.inAngle {
                angle.append(byte)
            } else if scan.inAngle || wasInAngle {
                if scan.inAngle { angles += 1 }
            } else {
                if angles > 0, !byte.isBlank { afterAngle = true }
                outside.append(byte)
            }
        }
        var address: EmailAddress?
        var name: String?
        if angles == 1, scan.isBalanced, !afterAngle {
            address = plainAddress(angle[...])
            name = words.decode(unquoted(outside[...]))
        } else if angles == 0, scan.isBalanced {
            address = plainAddress(outside[...])
            name = comment.isEmpty ? nil : words.decode(comment)
        }
        if name?.isEmpty == true { name = nil }
        let written = words.decode(bytes.prefix(400))
        return AddressEntry(displayName: name, address: address, written: group.map { "\($0): \(written)" } ?? written)
    }

    /// Nil unless the octets, outer white space aside, are one plain address without anything encoded in it.
    private func plainAddress(_ bytes: ArraySlice<UInt8>) -> EmailAddress? {
        let bytes = bytes.trimmed
        guard bytes.count <= 320, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        var previous: UInt8 = 0
        for byte in bytes {
            // `=?…?=` is legal atext, but some readers decode it: then it is another address.
            if byte == UInt8(ascii: "?"), previous == UInt8(ascii: "=") { return nil }
            previous = byte
        }
        return EmailAddress(String(decoding: bytes, as: UTF8.self))
    }

    /// The phrase without its quotes and escapes.
    private func unquoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var inQuotes = false
        var escaped = false
        for byte in bytes {
            if escaped {
                text.append(byte)
                escaped = false
            } else if inQuotes, byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: "\"") {
                inQuotes.toggle()
            } else {
                text.append(byte)
            }
        }
        return text
    }
}

extension ArraySlice<UInt8> {
    /// Without blanks at both ends.
    var trimmed: Self {
        var slice = self.drop { $0.isBlank || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        while let last = slice.last, last.isBlank || last == UInt8(ascii: "\r") || last == UInt8(ascii: "\n") {
            slice.removeLast()
        }
        return slice
    }
}
