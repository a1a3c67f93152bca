import Mail

/// The grammar of RFC 8601 §2.2, read from left to right with no second try.
///
/// Comments nest and may stand wherever CFWS may (RFC 5322 §3.2.2); values are MIME tokens, quoted strings or
/// addresses. Nothing is tolerated that the grammar does not have: a reader that guesses can be led. So a semicolon at
/// the end, an empty value and a bare IPv6 address break it, though servers are known to write them. Narrower than the
/// grammar: ASCII alone, as UTF-8 belongs to SMTPUTF8 mail (RFC 8601 §1.5.2), and no obsolete forms (RFC 5322 §4). Wider
/// in one point: the domain behind an `@` may have a single label, such as `root@localhost`.
struct AuthenticationResultsParser {
    struct Malformed: Error {}

    private var reader: StructuredReader
    private let form: AuthenticationResults.Form

    init(_ bytes: [UInt8], _ form: AuthenticationResults.Form = .standard) {
        reader = StructuredReader(bytes)
        self.form = form
    }

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
        if form == .exchangeOnline {
            try skipCFWS()
            return AuthenticationResults(authservID: "", version: 1, results: try results(startsWithResult: true))
        }
        let id = try writer()
        // What ends an id is no digit, so white space or a comment parts the two.
        try skipCFWS()
        var version = 1
        if let byte = reader.current, byte.isASCIIDigit {
            version = try number()
            try skipCFWS()
        }
        return AuthenticationResults(authservID: id, version: version, results: try results(startsWithResult: false))
    }

    /// `no-result / 1*resinfo`, up to the end.
    ///
    /// - Parameter startsWithResult: no semicolon parts the first result from what stands before.
    private mutating func results(
        startsWithResult: Bool
    ) throws(Malformed) -> [AuthenticationResults.MethodResult] {
        var results: [AuthenticationResults.MethodResult] = []
        repeat {
            if !startsWithResult || !results.isEmpty {
                guard reader.take(";") else { throw Malformed() }
                try skipCFWS()
            }
            let method = try keyword()
            try skipCFWS()
            if reader.atEnd, results.isEmpty, method == "none" { break }
            results.append(try result(of: method))
        } while !reader.atEnd
        return results
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
        var action: String?
        var properties: [AuthenticationResults.Property] = []
        var spaced = try skipCFWS()
        while !reader.atEnd, !reader.isAt(";") {
            guard spaced else { throw Malformed() }
            let word = try keyword()
            try skipCFWS()
            if reader.take("=") {
                guard properties.isEmpty else { throw Malformed() }
                try skipCFWS()
                if word == "reason", reason == nil, action == nil {
                    reason = try value()
                } else if word == "action", action == nil, form != .standard {
                    action = try value().asciiLowercased
                } else {
                    throw Malformed()
                }
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
        return .init(
            method: method, version: version, result: result, reason: reason, action: action, properties: properties)
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

    /// `pvalue`: a value, or `[[local-part] "@"] domain-name`. CFWS may stand around the local part, as its atoms and
    /// quoted strings bring their own (RFC 5322 §3.2.3, §3.2.4).
    private mutating func propertyValue() throws(Malformed) -> String {
        if reader.isAt("\"") {
            let content = try quoted()
            try skipCFWS()
            return reader.isAt("@") ? try address(of: content) : content
        }
        let run = reader.run { $0.isAtomText || $0 == UInt8(ascii: ".") }
        let text = String(decoding: run, as: UTF8.self)
        guard reader.isAt("@") || reader.isAtValueEnd else { throw Malformed() }
        try skipCFWS()
        guard reader.isAt("@") else {
            guard !run.isEmpty, run.allSatisfy(\.isMIMEToken) else { throw Malformed() }
            return text
        }
        let labels = run.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard run.isEmpty || labels.allSatisfy({ !$0.isEmpty }) else { throw Malformed() }
        return try address(of: text)
    }

    /// `"@" domain-name` behind a local part (RFC 6376 §3.5).
    private mutating func address(of local: String) throws(Malformed) -> String {
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
