/// Reads one framed response (RFC 9051 §9) whose literals have been taken out of the line.
struct ResponseParser {
    /// A value of the generic grammar that all data responses share.
    private indirect enum Value {
        /// Also a number, a flag, or a name such as `BODY[]`.
        case atom(String)
        case string([UInt8])
        case tooLarge(octets: Int)
        case none
        case list([Value])
    }

    private let line: [UInt8]
    private let literals: [Literal]
    private let nesting: Int
    /// Before the closing CRLF.
    private let end: Int
    private var index = 0
    private var literalsTaken = 0

    /// `line` ends in CRLF.
    init(line: [UInt8], literals: [Literal], nesting: Int) {
        self.line = line
        self.literals = literals
        self.nesting = nesting
        end = max(0, line.count - 2)
    }

    mutating func response() throws(ResponseFault) -> Response {
        guard index < end else { throw .malformed("an empty line") }
        if line[index] == UInt8(ascii: "+") {
            index += 1
            return .continuation(text: freeText())
        }
        let tag = try word("a tag")
        guard tag == "*" else {
            guard tag.utf8.allSatisfy(\.isTagCharacter) else { throw .malformed("a tag of odd characters") }
            let name = try word("a condition")
            guard let condition = StatusResponse.Condition(rawValue: name.uppercased()),
                condition == .ok || condition == .no || condition == .bad
            else { throw .malformed("no OK, NO or BAD behind a tag") }
            return .tagged(tag: tag, status(condition))
        }
        return .untagged(try untagged())
    }

    private mutating func untagged() throws(ResponseFault) -> UntaggedResponse {
        let first = try word("a response name")
        if let number: UInt32 = decimal(first.utf8) { return try numbered(number) }
        let name = first.uppercased()
        if let condition = StatusResponse.Condition(rawValue: name) { return .status(status(condition)) }
        switch name {
        case "CAPABILITY": return .capability(words().map { $0.uppercased() })
        case "SEARCH":
            var numbers: [UInt32] = []
            for word in words() {
                // CONDSTORE's `(MODSEQ n)` may follow the numbers (RFC 7162 §3.1.5).
                if word.hasPrefix("(") { break }
                guard let number: UInt32 = decimal(word.utf8) else { throw .malformed("no number in SEARCH") }
                numbers.append(number)
            }
            return .search(numbers)
        case "LIST": return .folder(try folder())
        default: return .other(name: ServerText.line(name))
        }
    }

    private mutating func numbered(_ number: UInt32) throws(ResponseFault) -> UntaggedResponse {
        let name = try word("a response name").uppercased()
        switch name {
        case "EXISTS": return .exists(number)
        case "RECENT": return .recent(number)
        case "EXPUNGE": return .expunge(number)
        case "FETCH": return .fetch(try fetch(number))
        default: return .other(name: ServerText.line(name))
        }
    }

    private mutating func fetch(_ sequence: UInt32) throws(ResponseFault) -> FetchResponse {
        guard case .list(let items) = try value(depth: 0) else { throw .malformed("no list behind FETCH") }
        try expectEnd()
        guard items.count.isMultiple(of: 2) else { throw .malformed("a FETCH item without its value") }
        var result = FetchResponse(sequence: sequence)
        for position in stride(from: 0, to: items.count, by: 2) {
            guard case .atom(let name) = items[position] else { throw .malformed("a FETCH item without a name") }
            switch (name.uppercased(), items[position + 1]) {
            case ("UID", .atom(let digits)):
                guard let uid: UInt32 = decimal(digits.utf8), uid > 0 else { throw .malformed("a UID that is none") }
                result.uid = uid
            case ("RFC822.SIZE", .atom(let digits)):
                guard let size: Int = decimal(digits.utf8) else { throw .malformed("a size that is none") }
                result.size = size
            case ("INTERNALDATE", .string(let text)): result.internalDate = internalDate(text)
            case ("BODY[]", .string(let bytes)): result.body = .bytes(bytes)
            case ("BODY[]", .tooLarge(let octets)): result.body = .tooLarge(octets: octets)
            case ("BODY[]", .none): result.body = .absent
            case ("BODY[HEADER]", .string(let bytes)), ("BODY[HEADER]<0>", .string(let bytes)): result.header = bytes
            case ("UID", _), ("RFC822.SIZE", _), ("BODY[]", _): throw .malformed("a FETCH item of another type")
            default: continue
            }
        }
        return result
    }

    private mutating func folder() throws(ResponseFault) -> MailFolder {
        guard case .list(let attributes) = try value(depth: 0) else { throw .malformed("no attributes in LIST") }
        try space()
        let delimiter = try value(depth: 0)
        try space()
        let written: [UInt8]
        switch try value(depth: 0) {
        case .atom(let name): written = Array(name.utf8)
        case .string(let bytes): written = bytes
        case .none: written = Array("NIL".utf8)
        case .tooLarge, .list: throw .malformed("no name in LIST")
        }
        let flags = attributes.compactMap { if case .atom(let flag) = $0 { flag.lowercased() } else { nil } }
        let separator: String? =
            if case .string(let bytes) = delimiter { String(decoding: bytes, as: UTF8.self) } else { nil }
        let name = String(decoding: written, as: UTF8.self)
        return MailFolder(
            name: ModifiedUTF7.decode(name) ?? name, delimiter: separator,
            canHoldMail: !flags.contains("\\noselect") && !flags.contains("\\nonexistent"))
    }

    // MARK: Status responses

    private mutating func status(_ condition: StatusResponse.Condition) -> StatusResponse {
        skipSpace()
        var code: String?
        var argument = ""
        if index < end, line[index] == UInt8(ascii: "["),
            let close = line[index..<end].firstIndex(of: UInt8(ascii: "]"))
        {
            let inside = String(decoding: line[(index + 1)..<close], as: UTF8.self)
            let parts = inside.split(separator: " ", maxSplits: 1)
            code = parts.first.map { $0.uppercased() }
            argument = parts.count > 1 ? String(parts[1]) : ""
            index = close + 1
        }
        return StatusResponse(condition, code: code, argument: argument, text: freeText())
    }

    private mutating func freeText() -> String {
        skipSpace()
        let text = String(decoding: line[index..<end].prefix(1_000), as: UTF8.self)
        index = end
        return ServerText.line(text)
    }

    // MARK: Words and values

    private mutating func skipSpace() {
        while index < end, line[index] == UInt8(ascii: " ") { index += 1 }
    }

    private mutating func space() throws(ResponseFault) {
        guard index < end, line[index] == UInt8(ascii: " ") else { throw .malformed("no space between values") }
        skipSpace()
    }

    private func expectEnd() throws(ResponseFault) {
        guard index == end, literalsTaken == literals.count else { throw .malformed("more behind a response's end") }
    }

    /// Up to the next space, which is passed over.
    private mutating func word(_ what: String) throws(ResponseFault) -> String {
        let start = index
        while index < end, line[index] != UInt8(ascii: " ") { index += 1 }
        guard index > start else { throw .malformed("\(what) is missing") }
        defer { skipSpace() }
        return String(decoding: line[start..<index], as: UTF8.self)
    }

    private mutating func words() -> [String] {
        defer { index = end }
        return line[index..<end].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func value(depth: Int) throws(ResponseFault) -> Value {
        guard depth <= nesting else { throw .nestedTooDeep }
        guard index < end else { throw .malformed("a value is missing") }
        switch line[index] {
        case UInt8(ascii: "("): return try list(depth: depth)
        case UInt8(ascii: "\""): return .string(try quoted())
        case UInt8(ascii: "{"), UInt8(ascii: "~"): return try literal()
        default:
            let text = try atom()
            return text.uppercased() == "NIL" ? .none : .atom(text)
        }
    }

    private mutating func list(depth: Int) throws(ResponseFault) -> Value {
        index += 1
        var items: [Value] = []
        skipSpace()
        while index < end, line[index] != UInt8(ascii: ")") {
            items.append(try value(depth: depth + 1))
            // Lists may stand side by side without a space (`body` of RFC 9051 §9); everything else may not.
            if index < end, line[index] == UInt8(ascii: " ") {
                skipSpace()
            } else if index < end, line[index] != UInt8(ascii: ")"), line[index] != UInt8(ascii: "(") {
                throw .malformed("no space between values")
            }
        }
        guard index < end else { throw .malformed("a list without its end") }
        index += 1
        return .list(items)
    }

    private mutating func quoted() throws(ResponseFault) -> [UInt8] {
        index += 1
        var result: [UInt8] = []
        while index < end {
            var byte = line[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return result
            case UInt8(ascii: "\\"):
                index += 1
                guard index < end else { throw .malformed("a quoted string without its end") }
                byte = line[index]
            case 0, UInt8(ascii: "\r"), UInt8(ascii: "\n"): throw .malformed("a control character in a quoted string")
            default: break
            }
            result.append(byte)
            index += 1
        }
        throw .malformed("a quoted string without its end")
    }

    /// The line holds `{n}` CRLF; the octets themselves were framed before.
    private mutating func literal() throws(ResponseFault) -> Value {
        guard literalsTaken < literals.count,
            let close = line[index..<end].firstIndex(of: UInt8(ascii: "}")),
            close + 2 < line.count, line[close + 1] == UInt8(ascii: "\r"), line[close + 2] == UInt8(ascii: "\n")
        else { throw .malformed("a literal that was not announced") }
        index = close + 3
        defer { literalsTaken += 1 }
        switch literals[literalsTaken] {
        case .bytes(let bytes): return .string(bytes)
        case .tooLarge(let octets): return .tooLarge(octets: octets)
        }
    }

    /// An atom, a flag, or a section name, whose brackets may hold spaces and lists (`BODY[HEADER.FIELDS (DATE)]`).
    private mutating func atom() throws(ResponseFault) -> String {
        let start = index
        var inBrackets = false
        scan: while index < end {
            switch line[index] {
            case UInt8(ascii: "["): inBrackets = true
            case UInt8(ascii: "]"): inBrackets = false
            case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""):
                if !inBrackets { break scan }
            case UInt8(ascii: "{"), 0..<0x20, 0x7f: throw .malformed("an odd character in an atom")
            default: break
            }
            index += 1
        }
        guard index > start, !inBrackets else { throw .malformed("an atom without characters or without its end") }
        return String(decoding: line[start..<index], as: UTF8.self)
    }
}

extension UInt8 {
    /// What a tag is made of (RFC 9051 §9 `tag`): printable ASCII but for `( ) { % * " \ +`.
    fileprivate var isTagCharacter: Bool {
        switch self {
        case 0x21...0x7e:
            switch self {
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "*"),
                UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "+"):
                return false
            default: return true
            }
        default: return false
        }
    }
}
