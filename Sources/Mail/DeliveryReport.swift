/// What a delivery report (RFC 3464) says by its structure: which mail it is about, and what became of it.
///
/// Nothing in it is proven: anybody can write one. Only a Message-ID that we gave makes it worth a look.
package struct DeliveryReport: Sendable, Hashable {
    /// What a mail server did about one recipient (RFC 3464 §2.3.3).
    package enum Action: String, Sendable, CaseIterable {
        case failed, delayed, delivered, relayed, expanded
    }

    /// One group of fields about one recipient (RFC 3464 §2.3).
    package struct Recipient: Sendable, Hashable {
        /// Final-Recipient and Original-Recipient, as far as they are plain mail addresses.
        package let addresses: [EmailAddress]
        package let action: Action
        /// The status code, `5.1.1` (RFC 3463 §2); nil when it is missing or none.
        package let status: String?
        /// The server's words (Diagnostic-Code): one line, nothing in it that acts on a terminal. May be empty.
        package let diagnostic: String

        package init(addresses: [EmailAddress], action: Action, status: String? = nil, diagnostic: String = "") {
            self.addresses = addresses
            self.action = action
            self.status = status
            self.diagnostic = diagnostic
        }
    }

    /// The Message-ID in the part that returns the mail or its header (RFC 6522 §3).
    package let messageID: MessageID
    package let recipients: [Recipient]

    package init(messageID: MessageID, recipients: [Recipient]) {
        self.messageID = messageID
        self.recipients = recipients
    }

    /// Whether the mail came to nothing for somebody. A delay or a relay says nothing final.
    package var tellsOfFailure: Bool { recipients.contains { $0.action == .failed } }

    /// The first failure for one of `recipients`, with that one's address.
    package func failure(for recipients: [EmailAddress]) -> (address: EmailAddress, report: Recipient)? {
        for report in self.recipients where report.action == .failed {
            if let address = recipients.first(where: report.addresses.contains) { return (address, report) }
        }
        return nil
    }
}

/// Words of a stranger's server, fit to be kept and shown: one line, controls and format characters out, cut to a length.
package enum ServerWords {
    /// At most `limit` Unicode scalars of `bytes`, with an ellipsis in place of the rest.
    package static func line(_ bytes: some Collection<UInt8>, limit: Int = 300) -> String {
        // A scalar has four octets at most, and what is left out may be as long again.
        let text = String(decoding: bytes.prefix(limit * 8), as: UTF8.self)
        var line = String.UnicodeScalarView()
        var count = 0
        var spaceIsDue = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                spaceIsDue = count > 0
                continue
            }
            guard isShown(scalar) else { continue }
            if count + (spaceIsDue ? 2 : 1) > limit {
                line.append("…")
                break
            }
            if spaceIsDue {
                line.append(" ")
                count += 1
                spaceIsDue = false
            }
            line.append(scalar)
            count += 1
        }
        return String(line)
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return (0x21...0x7e).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
