/// A header as a simple-minded program reads it. It shares no code with what is tested, so that a fault in one shows.
struct NaiveHeader {
    /// Names in lower case; values unfolded, white space around them cut off.
    let fields: [(name: String, value: [UInt8])]
    /// Where the body begins.
    let bodyStart: Int

    init(_ mail: [UInt8]) {
        var fields: [(name: String, value: [UInt8])] = []
        var start = 0
        while start < mail.count {
            let feed = mail[start...].firstIndex(of: 10) ?? mail.count
            var line = mail[start..<feed]
            start = min(feed + 1, mail.count)
            if line.last == 13 { line.removeLast() }
            if line.isEmpty { break }
            if line.first == 32 || line.first == 9 {
                if let last = fields.indices.last { fields[last].value += line }
            } else if let colon = line.firstIndex(of: 58) {
                fields.append((Self.word(line[..<colon]), Array(line[(colon + 1)...])))
            } else {
                fields.append(("", []))
            }
        }
        self.fields = fields.map { ($0.name, Self.trimmed($0.value)) }
        bodyStart = start
    }

    func all(_ name: String) -> [[UInt8]] { fields.filter { $0.name == name }.map(\.value) }

    private static func word(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: trimmed(Array(bytes)), as: UTF8.self).lowercased()
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
        return Array(bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}

/// A structured value as somebody skims it: lower case, comments left out, quotes and white space gone, so that what is
/// left of a quoted string is `"`. Nil when a comment or a string has no end.
func skimmed(_ value: [UInt8]) -> String? {
    var result: [UInt8] = []
    var depth = 0
    var isQuoted = false
    var escaped = false
    for byte in value {
        if escaped {
            escaped = false
            continue
        }
        switch byte {
        case 0x5c where depth > 0 || isQuoted: escaped = true
        case 0x22 where depth == 0:
            isQuoted.toggle()
            if !isQuoted { result.append(byte) }
        case _ where isQuoted: continue
        case 0x28: depth += 1
        case 0x29 where depth > 0: depth -= 1
        case _ where depth > 0: continue
        case 32, 9: continue
        default: result.append(byte)
        }
    }
    return depth == 0 && !isQuoted && !escaped ? String(decoding: result, as: UTF8.self).lowercased() : nil
}

/// Whose name opens a field with results: the first word that is no comment, quotes and a dot at its end taken off.
func writer(of value: [UInt8]) -> String {
    var word: [UInt8] = []
    var depth = 0
    var isQuoted = false
    var escaped = false
    for byte in value {
        if escaped {
            escaped = false
            if depth == 0 { word.append(byte) }
            continue
        }
        if byte == 0x5c, depth > 0 || isQuoted {
            escaped = true
        } else if byte == 0x22, depth == 0 {
            if isQuoted { break }
            isQuoted = true
        } else if isQuoted {
            word.append(byte)
        } else if byte == 0x28 || byte == 0x29 {
            if depth == 0, !word.isEmpty { break }
            depth += byte == 0x28 ? 1 : -1
        } else if depth == 0 {
            if byte == 32 || byte == 9 {
                if !word.isEmpty { break }
            } else if byte == 0x3b {
                break
            } else {
                word.append(byte)
            }
        }
    }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    return name.hasSuffix(".") ? String(name.dropLast()) : name
}

extension String {
    /// How often `part` stands in the text, overlaps aside.
    func count(of part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}

extension [UInt8] {
    /// Whether the octets of `text` stand anywhere, ASCII case aside.
    func holds(_ text: String) -> Bool {
        let wanted = text.utf8.map(Self.small)
        let bytes = map(Self.small)
        guard let first = wanted.first, bytes.count >= wanted.count else { return wanted.isEmpty }
        return (0...(bytes.count - wanted.count)).contains { start in
            bytes[start] == first && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }

    private static func small(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }
}
