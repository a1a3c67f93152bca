import Mail

/// What can be wrong with a mail's MIME structure so that its text can't decide anything. Raw values are the codes.
enum MIMEProblem: String, CaseIterable {
    case badContentType = "mime.bad-content-type"
    case duplicateBoundary = "mime.duplicate-boundary"
    case emptyBoundary = "mime.empty-boundary"
    case noBoundary = "mime.no-boundary"
    case badBoundary = "mime.bad-boundary"
    case duplicateParameter = "mime.duplicate-parameter"
    case duplicateField = "mime.duplicate-field"
    case unknownEncoding = "mime.unknown-encoding"
    case encodedMultipart = "mime.encoded-multipart"
    case badPartHeader = "mime.bad-part-header"
    case unknownParameterCharset = "mime.unknown-parameter-charset"
    case unclosed = "mime.unclosed"
    case tooDeep = "mime.too-deep"
    case tooManyParts = "mime.too-many-parts"
    case partHeaderTooLong = "mime.part-header-too-long"
    case textTooLong = "mime.text-too-long"
    case unreadable = "mime.unreadable"
    case twoReadings = "mime.two-readings"

    /// Whether the mail may not even be shown to GMime.
    var isBeyondLimits: Bool {
        switch self {
        case .tooDeep, .tooManyParts, .partHeaderTooLong, .unknownParameterCharset: true
        default: false
        }
    }

    var structureProblem: StructureProblem { StructureProblem(rawValue, explanation) }

    private var explanation: String {
        switch self {
        case .badContentType: "A Content-Type can't be read (RFC 2045 §5.1)."
        case .duplicateBoundary:
            "A boundary is given twice, in one Content-Type or by a multipart inside another (RFC 2046 §5.1.2)."
        case .emptyBoundary: "A multipart's boundary is empty (RFC 2046 §5.1.1)."
        case .noBoundary: "A multipart has no boundary (RFC 2046 §5.1.1)."
        case .badBoundary:
            "A boundary holds octets that it may not, or is written in pieces, which readers take differently "
                + "(RFC 2046 §5.1.1, RFC 2231 §3)."
        case .duplicateParameter: "A Content-Type gives a parameter twice (RFC 2045 §5.1)."
        case .duplicateField: "A part has a Content field twice (RFC 2045 §3: at most one of each)."
        case .unknownEncoding: "The text's Content-Transfer-Encoding is none of RFC 2045 §6.1."
        case .encodedMultipart: "A multipart has a Content-Transfer-Encoding that encodes (RFC 2045 §6.4 forbids it)."
        case .badPartHeader: "A line in a part's header is neither 'name:' nor a continuation (RFC 5322 §2.2)."
        case .unknownParameterCharset: "A Content field names a charset that is unknown (RFC 2231 §4, RFC 2047 §2)."
        case .unclosed: "A multipart ends without its closing delimiter (RFC 2046 §5.1.1): the mail may be cut off."
        case .tooDeep: "MIME parts nest deeper than the limit (MailLimits.nesting)."
        case .tooManyParts: "The mail has more MIME parts than the limit (MailLimits.parts)."
        case .partHeaderTooLong: "A part's header is longer than the limits (MailLimits.headerLine, .headerField)."
        case .textTooLong: "The mail's text is longer than the limit (MailLimits.text); only its beginning was read."
        case .unreadable: "GMime can make nothing of the mail."
        case .twoReadings: "Two independent readers of the MIME structure disagree about its parts."
        }
    }
}
