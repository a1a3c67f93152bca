/// The bounds that an incoming mail must keep (one place for all of them). Beyond one: the mail is held, never guessed at.
package struct MailLimits: Sendable, Hashable {
    /// Whole mail, octets. Larger ones are recorded without being downloaded.
    package var size = 25 * 1024 * 1024
    /// Header fields.
    package var headerFields = 1_000
    /// One physical header line without its CRLF, octets (RFC 5322 §2.1.1).
    package var headerLine = 998
    /// One header field unfolded, octets.
    package var headerField = 64 * 1024
    /// How deep MIME parts may nest.
    package var nesting = 20
    /// MIME parts in all.
    package var parts = 500
    /// Text taken from a mail for reading, octets of UTF-8 in all its text parts together.
    package var text = 1024 * 1024
    /// Addresses in one of To, Cc, Bcc, Reply-To.
    package var addresses = 500

    package init() {}

    package static let standard = MailLimits()
}
