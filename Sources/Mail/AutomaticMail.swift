/// Why a mail was written by a program, a list or ourselves: it gets no reply (RFC 3834 §2).
package struct AutomaticSign: Sendable, Hashable {
    /// Stable dotted code, `automatic.…`.
    package let code: String
    /// One sentence for staff, with the source of the rule.
    package let explanation: String

    package init(_ code: String, _ explanation: String) {
        self.code = code
        self.explanation = explanation
    }
}

/// Tells automatic mail from mail that a person sent, by the header fields and the types of the parts alone.
///
/// What it finds is believed without proof: a mail that calls itself automatic is never answered, forged or not.
package struct AutomaticMail: Sendable {
    /// Our addresses: mail from one of them is our own.
    private let ownAddresses: Set<EmailAddress>
    /// Whether a Message-ID is one that we gave.
    private let isOwnMessageID: @Sendable (MessageID) -> Bool
    /// The receiving server always writes a Return-Path, so a mail without one did not come through it.
    private let serverAddsReturnPath: Bool
    /// More Received fields than this are a loop (RFC 5321 §6.3).
    private let mostHops = 50

    package init(
        ownAddresses: Set<EmailAddress>, serverAddsReturnPath: Bool = false,
        isOwnMessageID: @escaping @Sendable (MessageID) -> Bool
    ) {
        self.ownAddresses = ownAddresses
        self.serverAddsReturnPath = serverAddsReturnPath
        self.isOwnMessageID = isOwnMessageID
    }

    /// The first sign found, or nil when nothing says that a program wrote the mail.
    package func detect(in mail: InboundMail) -> AutomaticSign? {
        if let id = mail.messageID, isOwnMessageID(id) { return .ownMail }
        var scan = FieldScan()
        for field in mail.header.fields {
            if let sign = scan.take(field) { return sign }
        }
        if scan.received > mostHops { return .hops }
        if scan.returnPaths > 1 { return .twoReturnPaths }
        if scan.returnPaths == 0 && serverAddsReturnPath { return .missingReturnPath }
        for address in scan.senders {
            if ownAddresses.contains(address) { return .ownMail }
            if let sign = Self.sign(ofLocalPart: address.localPart.asciiLowercased) { return sign }
        }
        if let sign = mail.partTypes.lazy.compactMap(Self.sign(ofType:)).first ?? Self.sign(ofType: mail.contentType) {
            return sign
        }
        // Exchange sets the field on mail of people too, so it counts only where something else points the same way.
        return scan.asksForSilence && (scan.generated || Self.looksAutomatic(mail.subject)) ? .responseSuppressed : nil
    }

    /// Local parts that no person writes from (RFC 3834 §2; RFC 2142 for the roles).
    private static func sign(ofLocalPart local: String) -> AutomaticSign? {
        if local == "mailer-daemon" || local == "postmaster" || local.hasPrefix("bounce") { return .robotAddress }
        if local.hasPrefix("owner-") || local.hasSuffix("-request") { return .list }
        let letters = local.filter { $0 != "-" && $0 != "_" && $0 != "." }
        return letters.hasPrefix("noreply") || letters.hasPrefix("donotreply") ? .robotAddress : nil
    }

    private static func sign(ofType type: String) -> AutomaticSign? {
        switch type {
        case "multipart/report", "message/delivery-status", "message/global-delivery-status": .bounce
        case "message/disposition-notification", "message/global-disposition-notification": .receipt
        case "text/calendar": .calendar
        default: nil
        }
    }

    /// Subjects that mail programs give to automatic answers: too weak to count alone.
    private static func looksAutomatic(_ subject: String) -> Bool {
        ["automatic reply", "auto reply", "autoreply", "out of office", "auto:"].contains { subject.asciiHasPrefix($0) }
    }
}

/// What one pass over the fields gathers.
private struct FieldScan {
    var received = 0
    var returnPaths = 0
    /// The addresses in From and Return-Path, where they can be read.
    var senders: [EmailAddress] = []
    /// X-Auto-Response-Suppress names All, AutoReply or OOF.
    var asksForSilence = false
    /// A field that mail servers put on what their rules generate.
    var generated = false

    /// A sign that this field alone makes certain.
    mutating func take(_ field: HeaderField) -> AutomaticSign? {
        guard let first = field.name.utf8.first?.asciiLowercased else { return nil }
        switch first {
        case UInt8(ascii: "a"):
            return field.isNamed("Auto-Submitted") && field.leadingToken != "no" ? .autoSubmitted : nil
        case UInt8(ascii: "f"):
            if field.isNamed("Feedback-ID") { return .machineField }
            if field.isNamed("From"), case .mailbox(let address, _) = readMailbox(field.value) {
                senders.append(address)
            }
        case UInt8(ascii: "l"): return field.name.asciiHasPrefix("list-") ? .list : nil
        case UInt8(ascii: "p"):
            return field.isNamed("Precedence")
                && ["bulk", "junk", "list", "auto_reply", "auto-reply"].contains(field.leadingToken)
                ? .precedence : nil
        case UInt8(ascii: "r"): return takeTrace(field)
        case UInt8(ascii: "x"): return takeExtension(field)
        default: break
        }
        return nil
    }

    private mutating func takeTrace(_ field: HeaderField) -> AutomaticSign? {
        if field.isNamed("Received") {
            received += 1
        } else if field.isNamed("Return-Path") {
            returnPaths += 1
            let path = field.value.filter { !$0.isBlank }
            if path.elementsEqual("<>".utf8) || path.isEmpty { return .nullReturnPath }
            if case .mailbox(let address, _) = readMailbox(field.value) { senders.append(address) }
        }
        return nil
    }

    private mutating func takeExtension(_ field: HeaderField) -> AutomaticSign? {
        if field.isNamed("X-Loop") { return .loop }
        if ["X-Autoreply", "X-Autorespond", "X-FC-Machinegenerated"].contains(where: field.isNamed) {
            return .machineField
        }
        if field.isNamed("X-Auto-Response-Suppress") {
            let words = field.text.asciiLowercased.split { $0 == "," || $0 == ";" || $0 == " " || $0 == "\t" }
            asksForSilence = asksForSilence || words.contains { ["all", "autoreply", "oof"].contains($0) }
        } else if field.isNamed("X-MS-Exchange-Generated-Message-Source")
            || field.isNamed("X-MS-Exchange-Inbox-Rules-Loop") || field.isNamed("X-Autogenerated")
        {
            generated = true
        }
        return nil
    }
}

extension HeaderField {
    /// The value up to white space, a parameter or a comment, lower case: a keyword (RFC 3834 §5).
    fileprivate var leadingToken: String {
        let token = value.prefix { !$0.isBlank && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "(") }
        return String(decoding: token.map(\.asciiLowercased), as: UTF8.self)
    }
}

extension AutomaticSign {
    package static let nullReturnPath = Self(
        "automatic.null-return-path",
        "The Return-Path is null, as on bounces and automatic answers (RFC 3834 §2, §3.3).")
    package static let twoReturnPaths = Self(
        "automatic.two-return-paths", "The mail has more than one Return-Path (RFC 5321 §4.4: one, by the last server)."
    )
    package static let missingReturnPath = Self(
        "automatic.missing-return-path",
        "The Return-Path that the receiving server always writes is missing (RFC 5321 §4.4).")
    package static let autoSubmitted = Self(
        "automatic.auto-submitted", "Auto-Submitted says that a program sent the mail (RFC 3834 §5).")
    package static let precedence = Self(
        "automatic.precedence", "Precedence marks bulk, list or automatic mail (RFC 3834 §2; RFC 2076).")
    package static let list = Self(
        "automatic.list", "The mail came through a mailing list (RFC 2369; RFC 2919; RFC 3834 §2).")
    package static let responseSuppressed = Self(
        "automatic.response-suppressed",
        "X-Auto-Response-Suppress asks for no automatic answer, and another field points to a program.")
    package static let loop = Self("automatic.loop", "X-Loop marks mail that a program has already answered.")
    package static let machineField = Self(
        "automatic.machine-field",
        "A field that only programs write stands in the header (X-Autoreply, X-Autorespond, Feedback-ID, "
            + "X-FC-Machinegenerated).")
    package static let ownMail = Self("automatic.own-mail", "The mail is our own: our Message-ID or our address.")
    package static let bounce = Self(
        "automatic.bounce", "The mail is a report on another mail's delivery (RFC 3464; RFC 6522).")
    package static let receipt = Self("automatic.receipt", "The mail is a read receipt (RFC 8098).")
    package static let calendar = Self(
        "automatic.calendar", "The mail carries a calendar part, as invitations do (RFC 6047).")
    package static let robotAddress = Self(
        "automatic.robot-address", "The sender's local part is one that no person writes from (RFC 3834 §2).")
    package static let hops = Self(
        "automatic.hops", "The mail has passed more than 50 servers and so runs in a loop (RFC 5321 §6.3).")
}
