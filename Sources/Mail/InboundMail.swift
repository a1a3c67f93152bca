package import struct Foundation.Date

/// An incoming mail taken apart, nothing in it trusted.
package struct InboundMail: Sendable {
    /// The fields over the raw bytes, undecoded.
    package let header: HeaderBlock
    /// Who the header says the mail is from, read once.
    package let sender: SenderStructure
    /// Why the header's structure can't be relied on (the rules of sender structure); empty when it can.
    package var problems: [StructureProblem]
    package var to: [AddressEntry]
    package var cc: [AddressEntry]
    package var bcc: [AddressEntry]
    package var replyTo: [AddressEntry]
    /// Decoded (RFC 2047), one line.
    package var subject: String
    package var messageID: MessageID?
    package var inReplyTo: [MessageID]
    package var references: [MessageID]
    /// The Date field, where it can be read.
    package var date: Date?
    /// Lower-case `type/subtype` of the whole mail.
    package var contentType: String
    /// Every part's lower-case `type/subtype`, depth first, the whole mail first.
    package var partTypes: [String]
    /// The inline text parts in order, decoded; of `multipart/alternative` all halves that are text.
    package var texts: [TextPart]
    package var attachments: [Attachment]
    /// Why the text that the sender wrote can't be read, in whole or in its main part.
    package var textObstacle: TextObstacle?
    /// The subject held octets of a charset that was missing or wrong, and one was taken instead.
    package var subjectGuessed = false
    /// What the mail reports about another mail's delivery, where it is such a report.
    package var deliveryReport: DeliveryReport?
    /// Octets of the raw mail.
    package var size: Int

    package init(
        header: HeaderBlock, problems: [StructureProblem] = [], to: [AddressEntry] = [], cc: [AddressEntry] = [],
        bcc: [AddressEntry] = [], replyTo: [AddressEntry] = [], subject: String = "", messageID: MessageID? = nil,
        inReplyTo: [MessageID] = [], references: [MessageID] = [], date: Date? = nil,
        contentType: String = "text/plain",
        partTypes: [String] = ["text/plain"], texts: [TextPart] = [], attachments: [Attachment] = [], size: Int = 0
    ) {
        self.header = header
        sender = SenderStructure.examine(header)
        self.problems = problems
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.replyTo = replyTo
        self.subject = subject
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.date = date
        self.contentType = contentType
        self.partTypes = partTypes
        self.texts = texts
        self.attachments = attachments
        self.size = size
    }
}

/// One entry of To, Cc, Bcc or Reply-To.
package struct AddressEntry: Sendable, Hashable {
    /// Decoded display name, where there is one.
    package let displayName: String?
    /// Nil when what stands there is no plain address.
    package let address: EmailAddress?
    /// What stands there, decoded, for showing to staff.
    package let written: String

    package init(displayName: String? = nil, address: EmailAddress?, written: String) {
        self.displayName = displayName
        self.address = address
        self.written = written
    }
}

/// One text part of a mail.
package struct TextPart: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable { case plain, html }

    package let kind: Kind
    /// Decoded to Unicode, transfer encoding and charset undone; line ends are LF; HTML still as HTML.
    package let text: String
    /// `format=flowed` (RFC 3676); `text` is already unflowed.
    package let flowed: Bool
    /// The charset that was used, lower case.
    package let charset: String
    /// The charset was missing, unknown or wrong, and this one was taken instead.
    package let charsetGuessed: Bool
    /// The part stands in a `multipart/alternative` whose number this is; nil outside one.
    package let alternative: Int?

    package init(
        kind: Kind, text: String, flowed: Bool = false, charset: String = "utf-8", charsetGuessed: Bool = false,
        alternative: Int? = nil
    ) {
        self.kind = kind
        self.text = text
        self.flowed = flowed
        self.charset = charset
        self.charsetGuessed = charsetGuessed
        self.alternative = alternative
    }
}

/// An attachment: known by name and type, never opened.
package struct Attachment: Sendable, Hashable {
    package let name: String?
    /// Lower-case `type/subtype`.
    package let type: String
    /// Octets as it was sent, its transfer encoding included; nil for an attached mail.
    package let size: Int?

    package init(name: String?, type: String, size: Int? = nil) {
        self.size = size
        self.name = name
        self.type = type
    }
}

/// A reason to trust nothing that the structure says: the mail is held for a person.
package struct StructureProblem: Sendable, Hashable {
    /// Stable dotted code, such as `structure.two-from`.
    package let code: String
    /// One sentence for staff, with the source of the rule.
    package let explanation: String

    package init(_ code: String, _ explanation: String) {
        self.code = code
        self.explanation = explanation
    }
}
