import Mail

/// A Content-Type field (RFC 2045 §5.1) as the outline needs it: the type, the boundary, and what makes it doubtful.
struct ContentType {
    /// Lower-case `type/subtype`.
    private(set) var type: String
    private(set) var boundary: [UInt8]?
    /// The content is in base64 or quoted-printable: whatever it is, it can't be looked into as it stands.
    var isEncoded = false
    /// Codes of ``MIMEProblem`` that this field alone gives rise to.
    private(set) var doubts: [MIMEProblem] = []

    /// What a part without the field is (RFC 2045 §5.2; RFC 2046 §5.1.5 for parts of a digest).
    init(defaultInDigest: Bool) {
        type = defaultInDigest ? "message/rfc822" : "text/plain"
    }

    init(_ field: [UInt8]) {
        var lexer = ParameterLexer(field)
        type = "text/plain"
        guard let main = lexer.token(), lexer.take(UInt8(ascii: "/")), let sub = lexer.token() else {
            doubts.append(.badContentType)
            return
        }
        type = "\(main)/\(sub)".asciiLowercased
        // Only what the text and the structure depend on: an attachment's parameters decide nothing.
        guard isMultipart || type.hasPrefix("text/") else { return }
        var seen: Set<String> = []
        while lexer.take(UInt8(ascii: ";")) {
            // A semicolon with nothing after it is common and harmless.
            if lexer.isAtEnd { break }
            if lexer.isNext(UInt8(ascii: ";")) { continue }
            guard let name = lexer.token()?.asciiLowercased, lexer.take(UInt8(ascii: "=")), let value = lexer.value()
            else {
                doubts.append(.badContentType)
                return
            }
            let plainName = String(name.prefix { $0 != "*" })
            // `name` and `name*` side by side are usual for attachments and parts of a text's name harmless.
            if Self.decisive.contains(plainName), !seen.insert(plainName).inserted {
                doubts.append(plainName == "boundary" ? .duplicateBoundary : .duplicateParameter)
            }
            if plainName == "boundary" {
                if plainName != name { doubts.append(.badBoundary) }
                boundary = value
            }
        }
        if !lexer.isAtEnd { doubts.append(.badContentType) }
        if isMultipart { checkBoundary() }
    }

    private static let decisive: Set<String> = ["boundary", "charset", "format", "delsp", "start"]

    var isMultipart: Bool { type.hasPrefix("multipart/") }

    /// Types whose content is a mail of its own.
    var isMessage: Bool {
        !isEncoded
            && (type == "message/rfc822" || type == "message/global" || type == "message/news"
                || type == "message/rfc2822")
    }

    private mutating func checkBoundary() {
        guard let boundary else {
            doubts.append(.noBoundary)
            return
        }
        if boundary.isEmpty { doubts.append(.emptyBoundary) }
        // RFC 2046 §5.1.1: printable, and no blank at the end. Longer than 70 is seen in real mail and unambiguous.
        if !boundary.allSatisfy({ (0x20...0x7e).contains($0) }) || boundary.last == UInt8(ascii: " ")
            || boundary.count > 200
        {
            doubts.append(.badBoundary)
        }
    }
}

/// The tokens of a MIME field (RFC 2045 §5.1), comments and white space passed over.
struct ParameterLexer {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool {
        mutating get {
            skip()
            return index >= bytes.count
        }
    }

    /// Passes over white space and comments, which nest.
    private mutating func skip() {
        var depth = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "(") {
                depth += 1
            } else if depth > 0, byte == UInt8(ascii: ")") {
                depth -= 1
            } else if depth > 0, byte == UInt8(ascii: "\\") {
                index += 1
            } else if depth == 0, !byte.isBlank {
                return
            }
            index += 1
        }
    }

    mutating func isNext(_ byte: UInt8) -> Bool {
        skip()
        return index < bytes.count && bytes[index] == byte
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard isNext(byte) else { return false }
        index += 1
        return true
    }

    mutating func token() -> String? {
        skip()
        let start = index
        while index < bytes.count, Self.isTokenByte(bytes[index]) { index += 1 }
        return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    /// A token or a quoted string. Unquoted values with `tspecials`, which many programs write, end at `;` or blank.
    mutating func value() -> [UInt8]? {
        skip()
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "\"") { return quotedString() }
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: ";"), !bytes[index].isBlank { index += 1 }
        return index > start ? Array(bytes[start..<index]) : nil
    }

    private mutating func quotedString() -> [UInt8]? {
        var content: [UInt8] = []
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return content }
            if byte == UInt8(ascii: "\\"), index < bytes.count {
                content.append(bytes[index])
                index += 1
            } else {
                content.append(byte)
            }
        }
        return nil
    }

    /// RFC 2045 §5.1: printable ASCII but `tspecials`.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        guard (0x21...0x7e).contains(byte) else { return false }
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "@"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
            UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "="):
            return false
        default: return true
        }
    }
}
