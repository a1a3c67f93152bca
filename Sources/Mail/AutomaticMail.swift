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

    /// Whether we gave a Message-ID.
    package func isOurs(_ id: MessageID) -> Bool { isOwnMessageID(id) }

    /// The first sign found, or nil when nothing says that a program wrote the mail. That it is a report comes first:
    /// it tells staff more than the null Return-Path that every report has.
    package func detect(in mail: InboundMail) -> AutomaticSign? {
        if let id = mail.messageID, isOwnMessageID(id) { return .ownMail }
        if let sign = AutomaticSign.ofReport(mail.partTypes) ?? .ofReport([mail.contentType]) { return sign }
        var scan = FieldScan()
        for field in mail.header.fields {
            if let sign = scan.take(field) { return sign }
        }
        if scan.received > mostHops { return .hops }
        if scan.returnPaths > 1 { return .twoReturnPaths }
        if scan.returnPaths == 0 && serverAddsReturnPath { return .missingReturnPath }
        for address in scan.senders {
            if ownAddresses.contains(address) { return .ownMail }
            if let sign = AutomaticSign.ofLocalPart(address.localPart.asciiLowercased) { return sign }
        }
        if mail.partTypes.contains("text/calendar") || mail.contentType == "text/calendar" { return .calendar }
        // Exchange sets the field on mail of people too, so it counts only where something else points the same way.
        return scan.asksForSilence && (scan.generated || Self.looksAutomatic(mail.subject)) ? .responseSuppressed : nil
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
    /// The keyword at the head of the value, lower case: comments and white space before it left out, up to white space,
    /// a parameter or a comment (RFC 3834 §5; RFC 5322 §3.2.2: comments nest).
    fileprivate var leadingToken: String {
        var rest = value[...]
        var depth = 0
        while let byte = rest.first, depth > 0 || byte.isBlank || byte == UInt8(ascii: "(") {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if byte == UInt8(ascii: "\\") { rest = rest.dropFirst() }
            rest = rest.dropFirst()
        }
        let token = rest.prefix { !$0.isBlank && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "(") }
        return String(decoding: token.map(\.asciiLowercased), as: UTF8.self)
    }
}
