package import Judging
package import Mail

/// What replies need to know of the support team and of this installation.
package struct ReplySettings: Sendable {
    /// The address that replies come from and that corrected mails go to.
    package var supportAddress: EmailAddress
    /// All forms of the support mailbox; no reply ever goes to one of them.
    package var supportAddresses: [EmailAddress]
    /// Stands before the address in From and under the text.
    package var displayName: String
    /// Nil is the null reverse-path (RFC 3834 §3.3 asks for it, so that nothing bounces back to us).
    package var envelopeFrom: EmailAddress?
    /// The right side of our Message-IDs.
    package var messageIDDomain: String
    /// Secret of this installation, at least 16 bytes; Message-IDs follow from it and from the seed.
    package var hmacKey: [UInt8]

    package init(
        supportAddress: EmailAddress, supportAddresses: [EmailAddress], displayName: String,
        envelopeFrom: EmailAddress? = nil, messageIDDomain: String, hmacKey: [UInt8]
    ) {
        self.supportAddress = supportAddress
        self.supportAddresses = supportAddresses
        self.displayName = displayName
        self.envelopeFrom = envelopeFrom
        self.messageIDDomain = messageIDDomain
        self.hmacKey = hmacKey
    }
}

/// The layout of a reply's two halves, as Mustache templates.
package struct ReplyTemplates: Sendable {
    package var text: String
    package var html: String

    package init(text: String, html: String) {
        self.text = text
        self.html = html
    }
}

/// Why replies, or one reply, can't be made.
package enum ReplyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The decision answers nobody.
    case nothingToSay(Verdict)
    /// The decision's recipient is the support mailbox itself.
    case recipientIsSupport(EmailAddress)
    /// The notice lacks what it is about.
    case incompleteNotice(Notice.Event, lacks: String)
    case unusableSetting(String, hint: String)
    case unusableTemplate(String, reason: String)
    case unusableWording(language: String, key: String, reason: String)

    package var description: String {
        switch self {
        case .nothingToSay(let verdict): "the verdict '\(verdict.rawValue)' with this plan has no reply"
        case .recipientIsSupport(let address): "no reply is sent to the support mailbox itself (\(address))"
        case .incompleteNotice(let event, let what): "a notice '\(event.rawValue)' can't be written without \(what)"
        case .unusableSetting(let what, let hint): "\(what); \(hint)"
        case .unusableTemplate(let name, let reason): "templates/\(name): \(reason)"
        case .unusableWording(let language, let key, let reason): "wording/\(language).yaml: \(key): \(reason)"
        }
    }
}
