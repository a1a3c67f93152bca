import LookAlikes
import Mail

extension [AddressEntry] {
    /// Whether one of the entries can be taken for one of `known`, by the eye or by a slip of the hand, and is none of them.
    ///
    /// More is called alike here than of a sender: nothing hangs on it but what the answer says is wrong.
    func containsLookAlike(of known: [EmailAddress]) -> Bool {
        guard !isEmpty else { return false }
        let known = known.map { ($0, DomainLook($0.domain)) }
        return contains { entry in
            guard let address = entry.address else { return false }
            return known.contains { address.looksLike($0, $1) }
        }
    }
}

extension EmailAddress {
    /// The same local part, or one that looks so, at a domain that looks like the known one's, is one or two edits away or
    /// has another top-level label; or a local part one edit away at the same domain.
    fileprivate func looksLike(_ known: EmailAddress, _ look: DomainLook) -> Bool {
        let (one, other) = (localPart.asciiLowercased, known.localPart.asciiLowercased)
        if domain == known.domain {
            return one != other && (localPartLooksLike(known) || editDistance(one, other, atMost: 1) != nil)
        }
        guard localPartLooksLike(known) else { return false }
        let seen = DomainLook(domain)
        return editDistance(domain, known.domain, atMost: 2) != nil || Resemblance(of: seen, to: look) != nil
            || seen.hasName(of: look)
    }
}

/// Levenshtein distance over bytes, or nil when it is larger than `bound`.
func editDistance(_ one: String, _ other: String, atMost bound: Int) -> Int? {
    let a = Array(one.utf8)
    let b = Array(other.utf8)
    guard abs(a.count - b.count) <= bound else { return nil }
    var row = Array(0...b.count)
    for i in 0..<a.count {
        var diagonal = row[0]
        row[0] = i + 1
        for j in 0..<b.count {
            let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
        }
        if row.allSatisfy({ $0 > bound }) { return nil }
    }
    return row[b.count] <= bound ? row[b.count] : nil
}
