package import Mail

/// What a received mail's trace fields say of the servers that took it, for `postern doctor` to compare with the settings.
/// No sender is believed by it.
package struct BorderSurvey: Sendable, Hashable {
    /// The border's own Authentication-Results, where `trust.profile` has it write them (RFC 8601 §5).
    package enum OwnResults: Sendable, Hashable {
        case absent
        /// There, but not by the grammar.
        case malformed
        /// There, without a DMARC result.
        case noDMARC
        /// The DMARC result, such as `pass`.
        case dmarc(String)
    }

    /// Who wrote Received fields, topmost first, each host once, lower case; those that can be told.
    package let receivers: [String]
    /// One of them is the border.
    package let passedBorder: Bool
    package let ownResults: OwnResults
    /// Who wrote Authentication-Results other than the border's own and the marked ones, each id once, lower case.
    package let otherWriters: [String]
    /// The marks of Authentication-Results that came with the mail and stand where the border's own are believed, or anywhere
    /// in a mail without a border.
    package let marksBelieved: [String]
    /// The same for those that stand elsewhere.
    package let marksElsewhere: [String]

    /// - Parameter marks: texts, each of which stands in one forged field that was sent along; plain words without white space.
    package init(_ header: HeaderBlock, trusting settings: TrustSettings, marks: [String] = []) {
        let boundary = TrustBoundary(of: header, trusting: settings)
        receivers = header.fields.reduce(into: []) { hosts, field in
            guard field.isNamed("Received"), case .by(let host, _) = ReceivedField(field.value) else { return }
            if !hosts.contains(host) { hosts.append(host) }
        }
        passedBorder = boundary.border != nil
        var own = OwnResults.absent
        var others: [String] = []
        var (believed, elsewhere): ([String], [String]) = ([], [])
        for field in boundary.fields {
            let value = header.fields[field.index]
            if let mark = marks.first(where: value.text.contains) {
                if boundary.border == nil || field.standing.isOfTheBorder {
                    believed.append(mark)
                } else {
                    elsewhere.append(mark)
                }
                continue
            }
            switch field.standing {
            case .believed(let results): own = own.joined(Self.results(of: results))
            case .unreadable: own = own.joined(.malformed)
            case .forged, .stray, .unplaced, .foreign:
                let writer = AuthenticationResults.authservID(of: value.value)?.asHostName ?? "nobody that can be told"
                if !others.contains(writer) { others.append(writer) }
            }
        }
        ownResults = own
        otherWriters = others
        marksBelieved = believed
        marksElsewhere = elsewhere
    }

    private static func results(of field: AuthenticationResults) -> OwnResults {
        field.results.first { $0.method == "dmarc" }.map { .dmarc($0.result) } ?? .noDMARC
    }
}

extension TrustBoundary.Standing {
    /// It stands where the border writes, and claims to be the border's.
    fileprivate var isOfTheBorder: Bool {
        switch self {
        case .believed, .unreadable: true
        case .forged, .stray, .unplaced, .foreign: false
        }
    }
}

extension BorderSurvey.OwnResults {
    /// What two of the border's fields come to: milters write one each, and one of them states DMARC.
    fileprivate func joined(_ other: Self) -> Self {
        switch (self, other) {
        case (.malformed, _), (_, .malformed): .malformed
        case (.dmarc, _): self
        default: other
        }
    }
}
