import Mail

/// Which host wrote a Received field (RFC 5321 §4.4), as far as its words say so beyond doubt.
///
/// The `from` clause repeats what a stranger said in HELO, and servers differ in how much of it they take out. So a
/// field only counts as somebody's when its words stand exactly where the grammar has them.
enum ReceivedField: Hashable {
    /// `by` this host: lower case, no trailing dot.
    case by(String)
    /// There is no `by` clause, as in qmail's notes.
    case anonymous
    /// Unbalanced, or its clauses could be read in two ways.
    case unclear

    init(_ value: [UInt8]) {
        var reader = StructuredReader(value)
        var words: [String] = []
        scan: while true {
            guard reader.skipCFWS() != nil else {
                self = .unclear
                return
            }
            switch reader.current {
            case nil, UInt8(ascii: ";"): break scan
            case UInt8(ascii: "\""):
                guard let content = reader.quotedString() else {
                    self = .unclear
                    return
                }
                words.append("\"\(content)\"")
            default:
                let run = reader.run { !$0.isBlank && !Self.endsWord($0) }
                guard !run.isEmpty else {
                    self = .unclear
                    return
                }
                words.append(String(decoding: run.map(\.asciiLowercased), as: UTF8.self))
            }
        }
        self = Self.writer(in: words)
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte.isControl || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ";")
            || byte == UInt8(ascii: "\"")
    }

    /// `[from X] by HOST …`, and no second `by` behind it.
    private static func writer(in words: [String]) -> ReceivedField {
        guard let first = words.first else { return .anonymous }
        let index = first == "from" ? 2 : 0
        guard index + 1 < words.count, words[index] == "by" else {
            return words.contains("by") ? .unclear : .anonymous
        }
        guard !words[(index + 2)...].contains("by") else { return .unclear }
        return .by(words[index + 1].asHostName)
    }

    /// The second, naive reader: whether `host` stands anywhere right behind the word `by`, comments and quotes or
    /// not. Where it says yes and the words say no, somebody may have hidden the border's own field.
    static func mayBeWritten(by host: String, _ value: [UInt8]) -> Bool {
        occurrences(of: host, in: value).contains { start in
            let before = value[..<start].reversed().drop { !$0.isASCIILetterOrDigit }
            return before.count >= 2 && before.prefix(2).map(\.asciiLowercased).elementsEqual("yb".utf8)
                && before.dropFirst(2).first.map { !$0.isASCIILetterOrDigit } ?? true
        }
    }

    /// Whether `host` stands anywhere as a whole name.
    static func mentions(_ host: String, _ value: [UInt8]) -> Bool { !occurrences(of: host, in: value).isEmpty }

    /// Where `host` (lower case) stands as a whole name, ASCII case aside.
    private static func occurrences(of host: String, in value: [UInt8]) -> [Int] {
        let name = Array(host.utf8)
        guard let head = name.first, value.count >= name.count else { return [] }
        var found: [Int] = []
        for start in 0...(value.count - name.count) where value[start].asciiLowercased == head {
            let end = start + name.count
            if start > 0, value[start - 1].isHostText { continue }
            if end < value.count, value[end].isHostText, value[end] != UInt8(ascii: ".") { continue }
            if end + 1 < value.count, value[end] == UInt8(ascii: "."), value[end + 1].isHostText { continue }
            if zip(value[start..<end], name).allSatisfy({ $0.asciiLowercased == $1 }) { found.append(start) }
        }
        return found
    }
}

extension UInt8 {
    fileprivate var isHostText: Bool {
        isASCIILetterOrDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: ".") || self == UInt8(ascii: "_")
    }
}

extension String {
    /// As host names and authserv-ids are compared: lower case, without one trailing dot.
    var asHostName: String {
        let lower = asciiLowercased
        return lower.utf8.last == UInt8(ascii: ".") ? String(lower.dropLast()) : lower
    }
}
