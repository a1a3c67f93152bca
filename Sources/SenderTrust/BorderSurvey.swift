package import Mail

/// What a received mail's trace fields say of the servers that took it, for `postern doctor` to compare with the settings.
/// No sender is believed by it.
package struct BorderSurvey: Sendable, Hashable {
    /// The border's own Authentication-Results, above its Received (RFC 8601 §5).
    package enum OwnResults: Sendable, Hashable {
        case absent
        /// There, but not as RFC 8601 has it.
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
    /// The marks of Authentication-Results that came with the mail and stand above the border's Received, or anywhere in a mail
    /// without one.
    package let marksAbove: [String]
    /// The same for those below it.
    package let marksBelow: [String]

    /// - Parameters:
    ///   - authservID: what `trust.authserv_id` says.
    ///   - borderHost: what `trust.border_host` says.
    ///   - marks: texts, each of which stands in one forged field that was sent along; plain words without white space.
    package init(_ header: HeaderBlock, authservID: String, borderHost: String, marks: [String] = []) {
        let (id, host) = (authservID.asHostName, borderHost.asHostName)
        var receivers: [String] = []
        var border: Int?
        for (index, field) in header.fields.enumerated() where field.isNamed("Received") {
            guard case .by(let writer) = ReceivedField(field.value) else { continue }
            if !receivers.contains(writer) { receivers.append(writer) }
            if border == nil, writer == host { border = index }
        }
        var own = OwnResults.absent
        var others: [String] = []
        var (above, below): ([String], [String]) = ([], [])
        for (index, field) in header.fields.enumerated() where field.isNamed("Authentication-Results") {
            let text = field.text
            let isBelow = border.map { index > $0 } ?? false
            if let mark = marks.first(where: text.contains) {
                if isBelow { below.append(mark) } else { above.append(mark) }
                continue
            }
            let writer = AuthenticationResults.authservID(of: field.value)?.asHostName
            if writer == id, !isBelow, border != nil {
                if own == .absent { own = Self.results(of: field.value) }
            } else if let writer, !others.contains(writer) {
                others.append(writer)
            }
        }
        self.receivers = receivers
        passedBorder = border != nil
        ownResults = own
        otherWriters = others
        marksAbove = above
        marksBelow = below
    }

    private static func results(of value: [UInt8]) -> OwnResults {
        guard let field = AuthenticationResults(value) else { return .malformed }
        return field.results.first { $0.method == "dmarc" }.map { .dmarc($0.result) } ?? .noDMARC
    }
}
