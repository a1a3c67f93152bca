package import struct Foundation.Date

/// One whole response of an IMAP server (RFC 9051 §7).
package enum Response: Sendable, Hashable {
    /// The end of the command with this tag.
    case tagged(tag: String, StatusResponse)
    /// Data that may come at any time.
    case untagged(UntaggedResponse)
    /// `+`: the server waits for more of the command (§7.6), or has begun to idle.
    case continuation(text: String)
}

/// OK, NO, BAD, BYE, PREAUTH with code and text (§7.1).
package struct StatusResponse: Sendable, Hashable {
    package enum Condition: String, Sendable, Hashable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }

    package let condition: Condition
    /// The response code's name in capitals, e.g. `TRYCREATE`; nil without one.
    package let code: String?
    /// What stands behind the code's name inside the brackets, as written.
    package let argument: String
    /// For people: one line, made fit for a log.
    package let text: String

    package init(_ condition: Condition, code: String? = nil, argument: String = "", text: String = "") {
        self.condition = condition
        self.code = code
        self.argument = argument
        self.text = text
    }
}

/// The untagged responses that Postern knows; any other keeps its name.
package enum UntaggedResponse: Sendable, Hashable {
    case status(StatusResponse)
    /// Names in capitals.
    case capability([String])
    case folder(MailFolder)
    case search([UInt32])
    case exists(UInt32)
    case recent(UInt32)
    /// A sequence number that is no more.
    case expunge(UInt32)
    case fetch(FetchResponse)
    case other(name: String)
}

/// A folder as LIST shows it (RFC 9051 §7.3.1).
package struct MailFolder: Sendable, Hashable {
    /// Decoded from modified UTF-7; as written where that does not decode.
    package let name: String
    /// What separates levels of the hierarchy; nil where the server has none.
    package let delimiter: String?
    /// False for `\Noselect` and `\NonExistent`: a name without a mailbox behind it.
    package let canHoldMail: Bool

    package init(name: String, delimiter: String?, canHoldMail: Bool) {
        self.name = name
        self.delimiter = delimiter
        self.canHoldMail = canHoldMail
    }
}

/// What a FETCH response says of one mail (§7.5.2). Servers may send it unasked, and in pieces.
package struct FetchResponse: Sendable, Hashable {
    package enum Body: Sendable, Hashable {
        case bytes([UInt8])
        /// A literal above the reader's limit: read past, not kept.
        case tooLarge(octets: Int)
        /// NIL: the server has the mail but not its content.
        case absent
    }

    package var sequence: UInt32
    package var uid: UInt32?
    package var size: Int?
    package var internalDate: Date?
    /// `BODY[]`, when it is there.
    package var body: Body?
    /// `BODY[HEADER]`, or its beginning where no more was asked for.
    package var header: [UInt8]?

    package init(
        sequence: UInt32, uid: UInt32? = nil, size: Int? = nil, internalDate: Date? = nil, body: Body? = nil
    ) {
        self.sequence = sequence
        self.uid = uid
        self.size = size
        self.internalDate = internalDate
        self.body = body
    }
}

/// A response that breaks RFC 9051's grammar or a limit of the reader.
package enum ResponseFault: Error, Sendable, Hashable {
    case lineTooLong
    case nestedTooDeep
    case literalTooLarge
    /// A line end without its CR.
    case bareLineFeed
    case malformed(String)
}
