import Mail

/// What a DMARC pass must rest on: a pass of SPF or DKIM for a domain that is aligned with From's (RFC 7489 §3.1, §4.2).
///
/// Servers whose checks hand their results on as text can be led to join them wrongly, and then the results themselves
/// show it. Only a full account is judged: with SPF or DKIM left out, the pass may rest on what is not told.
struct AlignedEvidence {
    private let results: [AuthenticationResults.MethodResult]

    init(_ results: [AuthenticationResults.MethodResult]) { self.results = results }

    /// Both methods are told of, each pass names its domain, and none of these can be aligned with `domain`.
    func rulesOut(_ domain: String) -> Bool {
        let methods = results.filter { $0.method == "spf" || $0.method == "dkim" }
        guard methods.contains(where: { $0.method == "spf" }), methods.contains(where: { $0.method == "dkim" }) else {
            return false
        }
        return methods.allSatisfy { method in
            guard method.result == "pass" else { return true }
            let identifiers = Self.identifiers(of: method)
            return !identifiers.isEmpty && !identifiers.contains { Self.mayAlign($0, with: domain) }
        }
    }

    /// The domains that a result names as authenticated (RFC 8601 §2.7.1, §2.7.2), as they stand there.
    private static func identifiers(of method: AuthenticationResults.MethodResult) -> [String] {
        let named =
            method.method == "dkim"
            ? [("header", "d"), ("header", "i")] : [("smtp", "mailfrom"), ("smtp", "helo"), ("smtp", "ehlo")]
        for (type, name) in named {
            let values = method.values(type, name)
            if !values.isEmpty { return values.map { $0.split(separator: "@").last.map(String.init) ?? $0 } }
        }
        return []
    }

    /// Relaxed alignment, leniently: which labels make an organisation's domain only a list of registries could tell, so
    /// two common ones at the end, or one domain inside the other, are enough.
    private static func mayAlign(_ identifier: String, with domain: String) -> Bool {
        if identifier == domain { return true }
        guard let host = EmailAddress("x@\(identifier)")?.domain else { return false }
        if host == domain || host.hasSuffix("." + domain) || domain.hasSuffix("." + host) { return true }
        let (one, other) = (host.split(separator: ".").suffix(2), domain.split(separator: ".").suffix(2))
        return one.count == 2 && one.elementsEqual(other)
    }
}
