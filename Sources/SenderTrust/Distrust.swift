/// Why the receiving server's word does not prove the sender.
struct Distrust: Error, Hashable {
    /// Stable dotted code, `authentication.…`.
    let code: String
    /// One sentence for staff, with the source of the rule.
    let explanation: String

    private init(_ code: String, _ explanation: String) {
        self.code = "authentication.\(code)"
        self.explanation = explanation
    }

    static let noBorder = Distrust(
        "no-border",
        "No Received field was written by the border host, so no Authentication-Results counts (RFC 8601 §5).")
    static let unclearBorder = Distrust(
        "unclear-border",
        "A Received field names the border host where it may or may not be its writer (RFC 5321 §4.4; RFC 8601 §5).")
    static let forgedField = Distrust(
        "forged-field",
        "An Authentication-Results field with our authserv-id stands below the border's Received: it came with the "
            + "mail (RFC 8601 §5, §7.1).")
    static let strayField = Distrust(
        "stray-field",
        "An Authentication-Results field without an authserv-id stands elsewhere than right above the border's Received, "
            + "where Exchange Online writes its own (RFC 8601 §2.5, §5).")
    static let malformed = Distrust(
        "malformed", "An Authentication-Results field of the receiving server breaks the grammar (RFC 8601 §2.2).")
    static let version = Distrust(
        "version", "The Authentication-Results are of a version other than 1 (RFC 8601 §2.2, §2.5).")
    static let missing = Distrust(
        "missing", "The receiving server wrote no Authentication-Results (RFC 8601 §4).")
    static let none = Distrust(
        "none", "The receiving server checked nothing, or the sender's domain has no DMARC policy (RFC 7489 §11.2).")
    static let noDMARC = Distrust(
        "no-dmarc", "The receiving server states no DMARC result; SPF or DKIM alone proves no From (RFC 7489 §3.1).")
    static let several = Distrust(
        "several", "The receiving server states more than one DMARC result or From domain (RFC 7489 §6.6.1).")
    static let conflict = Distrust(
        "conflict", "The receiving server's results contradict each other (RFC 8601 §7.1; RFC 7489 §4.2).")
    static let temporaryError = Distrust(
        "temperror", "DMARC could not be checked because of a temporary fault (RFC 7489 §11.2).")
    static let permanentError = Distrust(
        "permerror", "DMARC could not be checked because the domain's policy can't be read (RFC 7489 §11.2).")
    static let unknownResult = Distrust(
        "unknown-result", "The DMARC result is none that the standard knows (RFC 7489 §11.2).")
    static let unaligned = Distrust(
        "unaligned", "DMARC passed for another domain than that of From (RFC 7489 §3.1; RFC 8601 §2.7.5).")
    static let dkimMissing = Distrust(
        "dkim-missing",
        "The receiving server states no good signature of the From domain itself, or the mail has none "
            + "(trust.dkim: require; RFC 6376 §3.5, RFC 7489 §3.1.1).")
    static let dkimLength = Distrust(
        "dkim-length",
        "A signature of the From domain covers the text's beginning only, so anybody may have added to it (tag l, "
            + "RFC 6376 §8.2).")
    static let dkimFromUnsigned = Distrust(
        "dkim-from-unsigned", "A signature of the From domain does not cover From (tag h, RFC 6376 §5.4).")
    static let dkimMalformed = Distrust(
        "dkim-malformed", "A DKIM-Signature breaks the grammar or names no domain (RFC 6376 §3.2, §3.5).")
}
