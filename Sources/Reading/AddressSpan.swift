/// Finds what is a mail address or a link: names in there are no mention of anybody.
enum AddressSpan {
    /// Where the stretch without spaces, brackets, quotes, commas and semicolons that begins at `start` ends.
    static func chunkEnd(in bytes: [UInt8], from start: Int) -> Int {
        var at = start
        while at < bytes.count {
            switch bytes[at] {
            case 0...0x20, 0x22, 0x28, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x5B, 0x5D, 0x7C: return at
            default: at += 1
            }
        }
        return at
    }

    /// Whether a stretch is an address (`a@b`, `mailto:…`), a link (`https://…`, `www.…`) or a bare domain
    /// (`drvo.example`, small letters only, so that a missing space after a full stop does not make one).
    static func isAddress(_ bytes: [UInt8], _ chunk: Range<Int>) -> Bool {
        guard chunk.count > 3 else { return false }
        var dots = 0
        for at in chunk {
            switch bytes[at] {
            case 0x40: if at > chunk.lowerBound && at + 1 < chunk.upperBound { return true }
            case 0x3A:
                if at + 2 < chunk.upperBound && bytes[at + 1] == 0x2F && bytes[at + 2] == 0x2F { return true }
            case 0x2E: dots += 1
            default: break
            }
        }
        if starts(bytes, chunk, with: "www.") || starts(bytes, chunk, with: "mailto:") { return true }
        return dots > 0 && isDomain(bytes, chunk)
    }

    private static func starts(_ bytes: [UInt8], _ chunk: Range<Int>, with prefix: StaticString) -> Bool {
        let wanted = Array(prefix.description.utf8)
        guard chunk.count > wanted.count else { return false }
        return wanted.indices.allSatisfy { offset in
            let byte = bytes[chunk.lowerBound + offset]
            return (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) == wanted[offset]
        }
    }

    private static func isDomain(_ bytes: [UInt8], _ chunk: Range<Int>) -> Bool {
        var label = 0
        var longest = 0
        var letters = true
        for at in chunk {
            let byte = bytes[at]
            if byte == 0x2F && longest > 0 { break }
            switch byte {
            case 0x2E:
                // A stop at the very end closes the sentence.
                if at + 1 == chunk.upperBound { continue }
                guard label > 0 else { return false }
                longest = max(longest, label)
                label = 0
                letters = true
            case 0x61...0x7A: label += 1
            case 0x30...0x39, 0x2D:
                label += 1
                letters = false
            default: return false
            }
        }
        return longest >= 3 && label >= 2 && letters
    }
}
