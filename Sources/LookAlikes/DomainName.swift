import Mail

/// A mail address's domain in both its forms: as mail carries it, and as people see it.
package struct DomainName: Sendable, Hashable {
    /// Why a domain can be nobody's honest name.
    package enum Fault: Sendable, Hashable {
        /// An A-label is no writing of a U-label, or one that the standard forbids (UTS 46 §4, validity criteria).
        case invalid
        /// The letters run in both directions in a way that hides their order (RFC 5893).
        case bidirectional
        /// A zero-width joiner or non-joiner stands where it shows nothing (RFC 5892 A.1, A.2).
        case joiner
        /// A label holds letters of several writing systems (UTS 39 §5.2, beyond "highly restrictive").
        case mixedScripts
        /// A label holds digits of several writing systems (UTS 39 §5.3).
        case mixedDigits
    }

    /// Lower-case A-labels, as ``EmailAddress/domain``.
    package let ascii: String
    /// U-labels (UTS 46 ToUnicode); the A-labels where they stand for none.
    package let shown: String
    package let fault: Fault?

    /// - Parameter ascii: a host name in lower case, as ``EmailAddress/domain`` is.
    package init(_ ascii: String) {
        self.ascii = ascii
        guard Self.holdsALabel(ascii) else {
            shown = ascii
            fault = nil
            return
        }
        guard let (text, errors) = UnicodeTables.unicode(ascii) else {
            shown = ascii
            fault = .invalid
            return
        }
        if let fault = Fault(errors: errors) {
            // Also what is forbidden can be shown to staff, where it stands for letters at all.
            shown = fault == .invalid ? ascii : text
            self.fault = fault
            return
        }
        shown = text
        fault = Self.mixture(in: text)
    }

    /// Both forms, for staff: `xn--uma-zza.example (šuma.example)`, or just one where they are the same.
    package var description: String { shown == ascii ? ascii : "\(ascii) (\(shown))" }

    /// A domain name in any form as lower-case A-labels (UTS 46 ToASCII, nontransitional); nil where it is none. A name in
    /// ASCII is given back as it is: whether it is a host name is asked by ``EmailAddress``.
    package static func aLabels(of name: String) -> String? {
        name.utf8.allSatisfy { $0 < 0x80 } ? name : UnicodeTables.ascii(name)
    }

    private static func holdsALabel(_ name: String) -> Bool {
        var isAtStart = true
        for place in name.utf8.indices {
            if isAtStart, name.utf8[place...].starts(with: "xn--".utf8) { return true }
            isAtStart = name.utf8[place] == UInt8(ascii: ".")
        }
        return false
    }

    private static func mixture(in name: String) -> Fault? {
        for label in name.split(separator: ".") where !label.utf8.allSatisfy({ $0 < 0x80 }) {
            guard let mixtures = UnicodeTables.mixtures(String(label)) else { return .mixedScripts }
            if mixtures & UnicodeTables.mixedScripts != 0 { return .mixedScripts }
            if mixtures != 0 { return .mixedDigits }
        }
        return nil
    }
}

extension DomainName.Fault {
    fileprivate init?(errors: UInt32) {
        if errors & UnicodeTables.otherError != 0 {
            self = .invalid
        } else if errors & UnicodeTables.bidiError != 0 {
            self = .bidirectional
        } else if errors & UnicodeTables.joinerError != 0 {
            self = .joiner
        } else {
            return nil
        }
    }

    /// One sentence for staff, with its source.
    package var explanation: String {
        switch self {
        case .invalid: "the domain has an A-label (xn--) that stands for no valid U-label (UTS 46 §4)"
        case .bidirectional: "the domain's letters run in both directions (RFC 5893)"
        case .joiner: "the domain holds a joiner of no width where it shows nothing (RFC 5892 A.1)"
        case .mixedScripts: "a label of the domain mixes letters of several scripts (UTS 39 §5.2)"
        case .mixedDigits: "a label of the domain mixes digits of several scripts (UTS 39 §5.3)"
        }
    }
}
