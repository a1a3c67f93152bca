/// Why the header doesn't name one sender beyond doubt. Each sentence ends in its source.
extension StructureProblem {
    package static let missingFrom = Self(
        "sender.missing-from", "The mail has no From field (RFC 5322 §3.6: exactly one).")
    package static let twoFrom = Self(
        "sender.two-from", "The mail has more than one From field (RFC 5322 §3.6: exactly one).")
    package static let resent = Self(
        "structure.resent", "The mail carries Resent fields, which some readers show as the sender (RFC 5322 §3.6.6).")
    package static let fromLikeName = Self(
        "sender.from-like-name", "A field's name spells From with marks around it (RFC 5322 §3.6: exactly one From).")
    package static let eightBitAddress = Self(
        "structure.eight-bit-address",
        "From, To or Cc holds octets outside ASCII (RFC 5322 §2.2; RFC 6532 only by agreement).")
    package static let controlInAddress = Self(
        "structure.control-in-address", "From, To or Cc holds a control character (RFC 5322 §3.2.3, §4).")

    package static let emptyFrom = Self(
        "sender.empty-from", "The From field holds no address (RFC 5322 §3.6.2).")
    package static let group = Self(
        "sender.group", "The From field holds a group, not one mailbox (RFC 5322 §3.4; RFC 6854 §4).")
    package static let route = Self(
        "sender.route", "The From field holds a source route (RFC 5322 §4.4, obsolete).")
    package static let comment = Self(
        "sender.comment", "The From field holds a comment, which readers drop or show differently (RFC 5322 §3.2.2).")
    package static let quotedLocalPart = Self(
        "sender.quoted-local-part", "The From address has a quoted local part (RFC 5322 §3.4.1; RFC 5321 §4.1.2).")
    package static let encodedAddress = Self(
        "sender.encoded-address", "An encoded-word stands where the From address must stand (RFC 2047 §5).")
    package static let domainLiteral = Self(
        "sender.domain-literal", "The From address has a domain literal in place of a domain (RFC 5322 §3.4.1).")
    package static let trailing = Self(
        "sender.trailing", "Something follows the '>' of the From address (RFC 5322 §3.4).")
    package static let severalAddresses = Self(
        "sender.several-addresses",
        "The From field holds more than one address, or an unquoted comma or semicolon (RFC 5322 §3.6.2).")
    package static let atInDisplayName = Self(
        "sender.at-in-display-name",
        "The From display name holds an '@', so it can pass for an address (RFC 5322 §3.4).")
    package static let percentOrBang = Self(
        "sender.percent-or-bang",
        "The From local part holds '%' or '!', once used for routing (RFC 1123 §5.2.16).")
    package static let secondAt = Self(
        "sender.second-at", "The From address holds a second '@' (RFC 5322 §3.4.1).")
    package static let malformedAddress = Self(
        "sender.malformed-address", "The From field is no plain 'name <local@domain>' (RFC 5322 §3.4).")
    package static let undecodableName = Self(
        "sender.undecodable-name", "The From display name holds an encoded-word that can't be decoded (RFC 2047 §2).")
    package static let invisible = Self(
        "sender.invisible",
        "The From display name holds control, bidirectional or invisible characters (Unicode UTR 36).")
    package static let readersDisagree = Self(
        "sender.readers-disagree",
        "A naive reader of the From field finds other addresses or letters than the strict one (RFC 5322 §3.6.2; "
            + "RFC 2047 §5).")

    /// A field that may stand at most once stands more often (RFC 5322 §3.6; RFC 2045 §3).
    package static func duplicate(_ name: String) -> Self {
        let source =
            name.asciiLowercased.hasPrefix("content-") || name == "MIME-Version" ? "RFC 2045 §3" : "RFC 5322 §3.6"
        return Self(
            "structure.duplicate-\(name.asciiLowercased)",
            "The mail has more than one \(name) field (\(source): at most one).")
    }
}
