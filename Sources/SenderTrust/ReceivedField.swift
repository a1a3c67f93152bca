import Mail

/// Which host wrote a Received field (RFC 5321 §4.4), as far as its words say so beyond doubt.
///
/// The `from` clause repeats what a stranger said in HELO, and servers differ in how much of it they take out. So a
/// field only counts as somebody's when its words stand exactly where the grammar has them.
enum ReceivedField: Hashable {
    /// `by` this host (lower case, no trailing dot), `with` this protocol where the word follows at once (lower case).
    case by(String, with: String?)
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
        let isWith = index + 3 < words.count && words[index + 2] == "with"
        return .by(words[index + 1].asHostName, with: isWith ? words[index + 3] : nil)
    }
}

extension String {
    /// As host names and authserv-ids are compared: lower case, without one trailing dot.
    var asHostName: String {
        let lower = asciiLowercased
        return lower.utf8.last == UInt8(ascii: ".") ? String(lower.dropLast()) : lower
    }
}
