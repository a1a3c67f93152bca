import Mail

/// The grammar of RFC 8601 §2.2, read from left to right with no second try.
///
/// Comments nest and may stand wherever CFWS may (RFC 5322 §3.2.2); values are MIME tokens, quoted strings or
/// addresses. Nothing is tolerated that the grammar does not have: a reader that guesses can be led.
struct AuthenticationResultsParser {
    struct Malformed: Error {}

    private var reader: StructuredReader

    init(_ bytes: [UInt8]) { self.reader = StructuredReader(bytes) }

    /// `[CFWS] authserv-id`, which must be followed by a version, a result or white space.
    mutating func writer() throws(Malformed) -> String {
        try skipCFWS()
        let id = try value()
        guard reader.atEnd || reader.isAt(";") || reader.isAt("(") || reader.current?.isBlank == true else {
            throw Malformed()
        }
        return id
    }

    mutating func field() throws(Malformed) -> AuthenticationResults {
        let id = try writer()
        let spaced = try skipCFWS()
        var version = 1
        if let byte = reader.current, byte.isASCIIDigit {
            guard spaced else { throw Malformed() }
            version = try number()
            try skipCFWS()
        }
        var results: [AuthenticationResults.MethodResult] = []
        repeat {
            guard reader.take(";") else { throw Malformed() }
            try skipCFWS()
            let method = try keyword()
            try skipCFWS()
            if reader.atEnd, results.isEmpty, method == "none" { break }
            results.append(try result(of: method))
        } while !reader.atEnd
        return AuthenticationResults(authservID: id, version: version, results: results)
    }

    /// The rest of one result after its method, up to `;` or the end.
    private mutating func result(of method: String) throws(Malformed) -> AuthenticationResults.MethodResult {
        var version = 1
        if reader.take("/") {
            try skipCFWS()
            version = try number()
            try skipCFWS()
        }
        guard reader.take("=") else { throw Malformed() }
        try skipCFWS()
        let result = try keyword()
        var reason: String?
        var properties: [AuthenticationResults.Property] = []
        var spaced = try skipCFWS()
        while !reader.atEnd, !reader.isAt(";") {
            guard spaced else { throw Malformed() }
            let word = try keyword()
            try skipCFWS()
            if reader.take("=") {
                guard word == "reason", reason == nil, properties.isEmpty else { throw Malformed() }
                try skipCFWS()
                reason = try value()
                spaced = try skipCFWS()
            } else {
                guard reader.take(".") else { throw Malformed() }
                try skipCFWS()
                let name = try keyword()
                try skipCFWS()
                guard reader.take("=") else { throw Malformed() }
                try skipCFWS()
                properties.append(.init(type: word, name: name, value: try propertyValue()))
                // The grammar lets a property follow a quoted value without white space.
                try skipCFWS()
                spaced = true
            }
        }
        return .init(method: method, version: version, result: result, reason: reason, properties: properties)
    }

    /// Whether there was any.
    @discardableResult
    private mutating func skipCFWS() throws(Malformed) -> Bool {
        guard let skipped = reader.skipCFWS() else { throw Malformed() }
        return skipped
    }

    /// `Keyword` of RFC 5321 §4.1.2, lower case: letters, digits and inner hyphens.
    private mutating func keyword() throws(Malformed) -> String {
        let run = reader.run { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }
        guard let last = run.last, last != UInt8(ascii: "-") else { throw Malformed() }
        return String(decoding: run.map(\.asciiLowercased), as: UTF8.self)
    }

    /// A version. More than four digits is none that anybody knows.
    private mutating func number() throws(Malformed) -> Int {
        let run = reader.run(while: \.isASCIIDigit)
        guard run.count <= 4, let number = Int(String(decoding: run, as: UTF8.self)) else { throw Malformed() }
        return number
    }

    /// `value` of RFC 2045 §5.1: a token or a quoted string.
    private mutating func value() throws(Malformed) -> String {
        if reader.isAt("\"") { return try quoted() }
        let run = reader.run(while: \.isMIMEToken)
        guard !run.isEmpty else { throw Malformed() }
        return String(decoding: run, as: UTF8.self)
    }

    private mutating func quoted() throws(Malformed) -> String {
        guard let content = reader.quotedString() else { throw Malformed() }
        return content
    }

    /// `pvalue`: a value, or `[[local-part] "@"] domain-name`.
    private mutating func propertyValue() throws(Malformed) -> String {
        let local: String
        if reader.isAt("\"") {
            local = try quoted()
            guard reader.isAt("@") else { return local }
        } else {
            let run = reader.run { $0.isAtomText || $0 == UInt8(ascii: ".") }
            guard reader.isAt("@") else {
                guard !run.isEmpty, run.allSatisfy(\.isMIMEToken), reader.isAtValueEnd else { throw Malformed() }
                return String(decoding: run, as: UTF8.self)
            }
            let labels = run.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard run.isEmpty || labels.allSatisfy({ !$0.isEmpty }) else { throw Malformed() }
            local = String(decoding: run, as: UTF8.self)
        }
        _ = reader.take("@")
        let domain = reader.run {
            $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy({ !$0.isEmpty && $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-") }),
            reader.isAtValueEnd
        else { throw Malformed() }
        return "\(local)@\(String(decoding: domain, as: UTF8.self))"
    }
}
