/// The second reader of From: knows no grammar, decodes whatever looks encoded wherever it stands, and collects
/// everything around every `@`. It shares no code with the strict reader, so that a fault in one shows in the other.
enum NaiveAddressScanner {
    /// Every address-like token, lower case, in the octets as they are, decoded, and decoded twice.
    static func addresses(in value: [UInt8]) -> Set<String> {
        var found: Set<String> = []
        collect(from: value, into: &found)
        var text = value
        for _ in 0..<2 {
            guard let decoded = decodingOnce(text) else { break }
            collect(from: decoded, into: &found)
            text = decoded
        }
        return found
    }

    /// The runs of anything but delimiters on both sides of each `@`.
    private static func collect(from bytes: [UInt8], into found: inout Set<String>) {
        let at = UInt8(ascii: "@")
        var left: [UInt8] = []
        var run: [UInt8] = []
        var afterAt = false
        for byte in bytes + [0] {
            if byte == at || isDelimiter(byte) {
                if afterAt { found.insert(String(decoding: left + [at] + run, as: UTF8.self)) }
                afterAt = byte == at
                if afterAt { left = run }
                run.removeAll(keepingCapacity: true)
            } else {
                run.append(byte.asciiLowercased)
            }
        }
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        if byte <= 0x20 || byte == 0x7f { return true }
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\""),
            UInt8(ascii: "\\"):
            return true
        default: return false
        }
    }

    /// Spellings of `@` that some reader undoes wherever they stand: in UTF-8 the full-width and the small one, in the
    /// percent encoding of links and of RFC 2231 §4, as HTML's references, in UTF-7 (RFC 2152).
    private static let spellings: [[UInt8]] = [
        [0xef, 0xbc, 0xa0], [0xef, 0xb9, 0xab], Array("%40".utf8), Array("&#64;".utf8), Array("&#064;".utf8),
        Array("&#x40;".utf8), Array("&#X40;".utf8), Array("&commat;".utf8), Array("+AEA-".utf8),
    ]

    /// The spelling that begins at `index`.
    private static func spelling(_ bytes: [UInt8], _ index: Int) -> [UInt8]? {
        switch bytes[index] {
        case 0xef, UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "+"):
            spellings.first { bytes[index...].starts(with: $0) }
        default: nil
        }
    }

    /// Replaces each `=?…?B|Q?…?=` and each spelling of `@`; nil when nothing was replaced.
    private static func decodingOnce(_ bytes: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        var changed = false
        var mayEnd = true
        while index < bytes.count {
            let byte = bytes[index]
            if mayEnd, byte == 0x3d, let start = contentStart(bytes, index) {
                if let end = contentEnd(bytes, from: start) {
                    let base64 = bytes[start - 2] | 0x20 == 0x62
                    out += base64 ? sixBits(bytes[start..<end]) : percentLike(bytes[start..<end])
                    index = end + 2
                    // White space between two encoded-words means nothing (RFC 2047 §6.2).
                    let next = bytes[index...].firstIndex { !$0.isBlank } ?? index
                    if bytes[next...].starts(with: "=?".utf8), contentStart(bytes, next) != nil { index = next }
                    changed = true
                    continue
                }
                mayEnd = false
            }
            if let spelling = spelling(bytes, index) {
                out.append(0x40)
                index += spelling.count
                changed = true
                continue
            }
            out.append(byte)
            index += 1
        }
        return changed ? out : nil
    }

    /// Where the content begins of what might be an encoded-word at `index`: after `=?charset?X?`.
    private static func contentStart(_ bytes: [UInt8], _ index: Int) -> Int? {
        guard index + 1 < bytes.count, bytes[index + 1] == 0x3f else { return nil }
        var cursor = index + 2
        while cursor < bytes.count, cursor < index + 64, bytes[cursor] != 0x3f { cursor += 1 }
        guard cursor + 2 < bytes.count, bytes[cursor] == 0x3f, bytes[cursor + 2] == 0x3f,
            [0x62, 0x71].contains(bytes[cursor + 1] | 0x20)
        else { return nil }
        return cursor + 3
    }

    private static func contentEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        var cursor = start
        while cursor + 1 < bytes.count {
            if bytes[cursor] == 0x3f && bytes[cursor + 1] == 0x3d { return cursor }
            cursor += 1
        }
        return nil
    }

    /// Base64 that skips what it does not know.
    private static func sixBits(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text {
            let value: UInt8
            switch byte {
            case 0x41...0x5a: value = byte - 0x41
            case 0x61...0x7a: value = byte - 0x61 + 26
            case 0x30...0x39: value = byte - 0x30 + 52
            case 0x2b, 0x2d: value = 62
            case 0x2f, 0x5f: value = 63
            default: continue
            }
            bits = (bits << 6 | UInt32(value)) & 0xff_ffff
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return out
    }

    /// `=40` becomes `@`, `_` a space; broken escapes stay as they are.
    private static func percentLike(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == 0x3d, rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                out.append(value)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte == 0x5f ? 0x20 : byte)
            }
        }
        return out
    }
}
