package import Mail

/// In what a domain looks like another one. What looks alike is never equal; this is for people to be warned.
package enum Resemblance: String, Sendable, Hashable, CaseIterable {
    /// The letters look alike (UTS 39 §4): other scripts, digits for letters, `rn` for `m`, accents.
    case letters
    /// The same letters with dots and hyphens elsewhere: `ec-europa.eu`, `eceuropa.eu`.
    case separators
    /// It begins with the known domain and belongs to another: `ec.europa.eu.evil.example`.
    case beginning

    /// Nil for the same domain, and for one that people can tell from `known`.
    ///
    /// The same name below another top-level domain does not count: that is how different firms are called, and one firm
    /// in several countries.
    package init?(of seen: DomainLook, to known: DomainLook) {
        if seen.name.ascii == known.name.ascii { return nil }
        if seen.skeleton == known.skeleton {
            self = .letters
        } else if seen.key == known.key {
            self = .separators
        } else if Self.begins(seen, with: known) {
            self = .beginning
        } else {
            return nil
        }
    }

    private static func begins(_ seen: DomainLook, with known: DomainLook) -> Bool {
        let sought = DomainLook.Beginning(key: known.key, ending: known.ending)
        return seen.beginnings.contains(sought) && !isNational(seen.name.ascii, of: known.name.ascii)
    }

    /// `firma.com.pl` beside `firma.com`: a country's own domains for companies, offices, schools.
    private static func isNational(_ seen: String, of known: String) -> Bool {
        let labels = seen.split(separator: ".")
        guard let country = labels.last, country.utf8.count == 2, seen.dropLast(3) == known,
            let kind = labels.dropLast().last
        else { return false }
        return ["com", "co", "net", "org", "gov", "edu", "ac"].contains(kind)
    }

    /// For staff: in what it looks like the other.
    package var explanation: String {
        switch self {
        case .letters: "its letters look the same (UTS 39)"
        case .separators: "only dots and hyphens differ"
        case .beginning: "it begins with that name, but belongs to another domain"
        }
    }
}

extension EmailAddress {
    /// Whether the local parts are equal, or look so: `f1egt` and `flegt`, `sante.traces` and `sante-traces`.
    package func localPartLooksLike(_ other: EmailAddress) -> Bool {
        let one = LookAlikeLetters.withoutSeparators(LookAlikeLetters.skeleton(of: localPart))
        return one == LookAlikeLetters.withoutSeparators(LookAlikeLetters.skeleton(of: other.localPart))
    }
}
