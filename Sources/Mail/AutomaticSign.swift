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
    package static let complaint = Self(
        "automatic.complaint", "The mail is a complaint or another report in the feedback format (RFC 5965).")
    package static let receipt = Self("automatic.receipt", "The mail is a read receipt (RFC 8098).")
    package static let calendar = Self(
        "automatic.calendar", "The mail carries a calendar part, as invitations do (RFC 6047).")
    package static let robotAddress = Self(
        "automatic.robot-address", "The sender's local part is one that no person writes from (RFC 3834 §2).")
    package static let hops = Self(
        "automatic.hops", "The mail has passed more than 50 servers and so runs in a loop (RFC 5321 §6.3).")
}

extension AutomaticSign {
    /// The report that a mail is by the types of its parts. A report's own part says what it reports; a `multipart/report`
    /// (RFC 6522) without one that we know counts as one on delivery.
    static func ofReport(_ types: [String]) -> AutomaticSign? {
        var isReport = false
        for type in types {
            switch type {
            case "message/delivery-status", "message/global-delivery-status": return .bounce
            case "message/disposition-notification", "message/global-disposition-notification": return .receipt
            case "message/feedback-report": return .complaint
            case "multipart/report": isReport = true
            default: break
            }
        }
        return isReport ? .bounce : nil
    }

    /// Local parts, in lower case, that no person writes from (RFC 3834 §2; RFC 2142 for the roles).
    static func ofLocalPart(_ local: String) -> AutomaticSign? {
        if local == "mailer-daemon" || local == "postmaster" || local.hasPrefix("bounce") { return .robotAddress }
        // Mailing lists put the recipient behind a plus sign into their return path.
        let role = local.prefix { $0 != "+" }
        if role.hasPrefix("owner-") || role.hasSuffix("-request") || role.hasSuffix("-bounces") { return .list }
        let letters = local.filter { $0 != "-" && $0 != "_" && $0 != "." }
        return letters.hasPrefix("noreply") || letters.hasPrefix("donotreply") ? .robotAddress : nil
    }
}
