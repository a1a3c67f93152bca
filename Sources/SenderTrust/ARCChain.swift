import Mail

/// A mail's Authenticated Received Chain (RFC 8617): each forwarder that sealed it states what it found on arrival.
///
/// No signature is checked here; the border's `arc=pass` says that all hold. What is checked is who sealed, that nothing
/// is missing, and what the first of them found.
struct ARCChain {
    private struct Set {
        var results: ArraySlice<UInt8>?
        var signature: TagList?
        var seal: TagList?
    }

    /// By instance, the first being 1.
    private let sets: [Set]

    /// Nil where there is no whole chain: an instance that is missing, given twice, or beyond 50; a field that breaks the
    /// grammar; a chain status other than none at the start and pass behind (RFC 8617 §4.2.1, §5.2).
    init?(_ block: HeaderBlock) {
        var sets: [Int: Set] = [:]
        for field in block.fields {
            if field.isNamed("ARC-Authentication-Results") {
                guard let (instance, payload) = Self.instance(field.value), sets[instance]?.results == nil else {
                    return nil
                }
                sets[instance, default: Set()].results = payload
            } else if field.isNamed("ARC-Message-Signature") {
                guard let (instance, tags) = Self.tags(field.value), sets[instance]?.signature == nil else {
                    return nil
                }
                sets[instance, default: Set()].signature = tags
            } else if field.isNamed("ARC-Seal") {
                guard let (instance, tags) = Self.tags(field.value), sets[instance]?.seal == nil else { return nil }
                sets[instance, default: Set()].seal = tags
            }
        }
        guard !sets.isEmpty else { return nil }
        var ordered: [Set] = []
        for instance in 1...sets.count {
            guard let set = sets[instance], set.results != nil, let signature = set.signature, let seal = set.seal,
                seal["cv"] == (instance == 1 ? "none" : "pass"), !seal.contains("h"), signature.domain != nil
            else { return nil }
            ordered.append(set)
        }
        self.sets = ordered
    }

    /// Whether all that sealed are among `sealers`, the last of them signed From and the whole text, and the first stated
    /// exactly one dmarc=pass, for `domain`.
    func vouches(for domain: String, sealers: Swift.Set<String>) -> Bool {
        let signers = sets.flatMap { [$0.seal?.domain, $0.signature?.domain] }
        guard signers.allSatisfy({ $0.map(sealers.contains) == true }) else { return false }
        guard let last = sets.last?.signature, last.coversFrom, !last.contains("l") else { return false }
        guard let payload = sets.first?.results, let first = AuthenticationResults(payload, as: .sealed) else {
            return false
        }
        guard first.version == 1, first.results.allSatisfy({ $0.version == 1 }) else { return false }
        let dmarc = first.results.filter { $0.method == "dmarc" }
        return dmarc.count == 1 && dmarc[0].result == "pass" && dmarc[0].isFor(domain)
            && (dmarc[0].action ?? "none") == "none"
    }

    /// `i=N;` and what follows it. The instance comes first (RFC 8617 §3.9, §4.1).
    private static func instance(_ value: [UInt8]) -> (Int, ArraySlice<UInt8>)? {
        guard let semicolon = value.firstIndex(of: UInt8(ascii: ";")), let tags = TagList(Array(value[..<semicolon])),
            tags.firstName == "i", let instance = tags["i"].flatMap(number)
        else { return nil }
        return (instance, value[(semicolon + 1)...])
    }

    private static func tags(_ value: [UInt8]) -> (Int, TagList)? {
        guard let tags = TagList(value), tags.firstName == "i", let instance = tags["i"].flatMap(number) else {
            return nil
        }
        return (instance, tags)
    }

    /// From 1 to 50, without a leading zero.
    private static func number(_ text: String) -> Int? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit),
            text.utf8.first != UInt8(ascii: "0"),
            let number = Int(text), number <= 50
        else { return nil }
        return number
    }
}
