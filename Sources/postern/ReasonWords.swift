import Mail
import MailParsing
import SenderTrust

/// What a reason code means, in a sentence for support staff, and what they can do about it.
struct ReasonWords {
    let code: String
    let explanation: String
    /// Nil where there is nothing to do.
    var hint: String? { Self.hint(for: code) }

    /// The words for a code; nil for one that no version knows.
    static func of(_ code: String) -> ReasonWords? { table[code] }

    /// Every code, in alphabetical order.
    static var all: [ReasonWords] { table.values.sorted { $0.code < $1.code } }

    private static let table: [String: ReasonWords] = {
        let told =
            StructureProblem.all.map { ($0.code, $0.explanation) } + AutomaticSign.all.map { ($0.code, $0.explanation) }
            + MIMEReasons.all.map { ($0.code, $0.explanation) } + TrustReasons.all.map { ($0.code, $0.explanation) }
            + beforeJudging + requests
        return told.reduce(into: [:]) { table, entry in
            table[entry.0] = ReasonWords(code: entry.0, explanation: entry.1)
        }
    }()

    private static let requests: [(String, String)] = [
        ("ok", "Everything is in order."),
        ("from.former-mailbox", "The mail comes from a mailbox that the account had earlier."),
        ("from.reference-missing", "The mail holds no reference, and the settings want one."),
        ("from.reference-expired", "The last day of the mail's reference is over."),
        ("from.reference-used", "The mail's reference has moved the request once already."),
        ("from.reference-wrong", "The mail's reference is another request's or another mailbox's, or mistyped."),
        ("to.missing", "The support mailbox is not in To."),
        ("to.in-cc", "The support mailbox is in Cc, not in To."),
        ("to.in-bcc", "The support mailbox is in Bcc, not in To."),
        ("to.in-reply-to", "The support mailbox is in Reply-To, not in To."),
        ("to.look-alike", "To has an address that looks like a support address and is not."),
        ("cc.missing", "No official mailbox of the competent authority is in Cc."),
        ("cc.authority-in-to", "The competent authority is in To, not in Cc."),
        ("cc.former-mailbox", "Cc has a mailbox that the competent authority had earlier."),
        ("cc.other-country", "Cc has the competent authority of another country."),
        ("cc.look-alike", "Cc has an address that looks like the official one and is not."),
        ("cc.no-official-mailbox", "The registry knows no official mailbox of the authority for this request."),
        ("kind.missing", "The mail does not say which role is requested."),
        ("kind.other", "The mail names another role than the request."),
        ("kind.contradictory", "The mail asks for roles that exclude one another."),
        ("text.encrypted", "The text is encrypted, so nothing in it can be found."),
        ("text.tnef", "The text is in Outlook's own format (winmail.dat)."),
        ("text.sealed", "The text is inside a signature that can't be opened."),
        ("text.only-attachments", "The mail itself has no text, and attachments are not opened."),
        ("names.first-name", "The text does not mention the first name."),
        ("names.last-name", "The text does not mention the last name."),
        ("names.organisation", "The text does not mention the organisation."),
        ("names.first-name-near", "The text has something like the first name, but not as it is in TRACES."),
        ("names.last-name-near", "The text has something like the last name, but not as it is in TRACES."),
        ("names.organisation-near", "The text has something like the organisation's name, but not as it is in TRACES."),
        ("names.eori", "The text states none of the EORI numbers that the procedure wants."),
        ("names.several", "More than one of the names is missing in the text."),
        ("match.none-fits", "The mail says all it must, but fits none of the account's pending requests."),
        ("match.reference-not-pending", "The mail's reference names a request that no mail can move any more."),
        ("match.several", "The mail fits several pending requests."),
        ("match.no-pending-request", "The account has no pending request."),
        ("match.no-account", "No account has this mailbox."),
        ("access.administrative", "The sender may prepare for this operator, not submit."),
        ("access.consultation", "The sender may only read."),
        ("access.eori-invalid", "An EORI number of the operator or its representative is not valid today."),
        ("access.delegation-invalid", "This combination of delegation attributes is not valid."),
        ("access.second-msca-role", "The user has a role of which one user may have only one."),
        ("access.account-not-active", "The account is not active."),
        ("status.inquiry", "The sender asked how things stand."),
        ("account.validated", "The mail proved the mailbox: the account is active now."),
        ("account.already-active", "The account was active before."),
        ("account.code-expired", "The last day of the account's code is over."),
        ("account.code-wrong", "The code is another account's, or mistyped."),
    ]

    private static let beforeJudging: [(String, String)] = [
        ("other.not-a-request", "The mail is no role request, and its sender has none pending."),
        ("duplicate", "The same bytes were taken over already."),
        ("from.former-mailbox-shared", "The mail comes from a former mailbox of several accounts."),
        ("kind.retraction", "The mail takes a request back, denies it, or asks not to grant it."),
        ("procedure.missing", "A request is pending, but no procedure in force is for its kind."),
        ("reply.unwritable", "The answer could not be written; the log says why."),
        ("automatic.subject", "The title says that a program answered, and nothing else does."),
        ("poison", "Two attempts at this mail never came to an end; there was no third."),
        ("limit.size", "The mail is larger than the limit (limits.mail_bytes); it was not fetched."),
        ("structure.not-handed-out", "The mail server lists the mail but does not hand out its bytes."),
        ("limit.replies", "The mailbox got as many replies in 24 hours as one may get (replies.limits.per_day)."),
        (
            "limit.same-outcome",
            "The mailbox got as many replies with the same verdict in 24 hours as one may get "
                + "(replies.limits.same_outcome_per_day)."
        ),
        ("limit.global", "Replies to everybody together reached their limit (replies.limits.global_burst)."),
        (
            "sender.look-alike",
            "No account has this mailbox, and its domain may be taken for one of the registry, an authority or the support "
                + "team (UTS 39 §4); rule from names which and how."
        ),
        (
            "sender.mixed-script",
            "A label of the From domain mixes letters or digits of several scripts (UTS 39 §5.2, §5.3)."
        ),
        (
            "sender.bad-idn",
            "The From domain has an A-label that stands for no valid U-label, or hides the order of its letters (UTS 46 §4; "
                + "RFC 5893; RFC 5892 A.1)."
        ),
        (
            "automatic.bounce-matched",
            "The mail is a report on a reply of ours that did not arrive: that reply is bounced now."
        ),
        ("mime.empty", "The mail has no bytes at all."),
        ("structure.too-many-addresses", "To, Cc, Bcc or Reply-To holds more than 500 addresses."),
        ("operator.refused", "An operator has refused the mail; nobody was answered."),
        ("operator.ignored", "An operator has put the mail aside; nobody was answered."),
    ]
}

extension ReasonWords {
    private static let askElsewhere =
        "Write to no address that stands in this mail. Reach the person by a way that you knew before"

    /// What staff can do: one hint for each group of codes.
    private static func hint(for code: String) -> String? {
        if let own = hints[code] { return own }
        let group = code.prefix { $0 != "." }
        return groups[String(group)]
    }

    private static let hints: [String: String] = [
        "authentication.dmarc-fail":
            "Take it for forged. \(askElsewhere); only if it really is theirs: 'messages release ID --as-verified --note …'.",
        "authentication.no-border": settings, "authentication.unclear-border": settings,
        "authentication.forged-field": settings, "authentication.malformed": settings,
        "authentication.version": settings, "authentication.missing": settings,
        "sender.folded-from": again, "sender.from-like-name": again,
        "sender.look-alike":
            "Whoever it is got what any stranger gets, and no more. Compare what rule from saw and what it resembles, letter by "
            + "letter, and warn the one whom it resembles if it is no honest neighbour.",
        "sender.mixed-script": strangeDomain, "sender.bad-idn": strangeDomain,
        "automatic.bounce-matched":
            "Mend the mailbox ('account change --mailbox') or call; 'outbox list --state bounced' has the reply, which 'outbox "
            + "retry' sends again and 'outbox abandon' closes.",
        "limit.global":
            "Look who writes ('messages list --held'); raise the limit if it is right; then 'messages release ID'.",
        "policy.hold-only":
            "Every mail is held while the settings say so. For this one: 'messages release ID --as-verified --note …', "
            + "if you know that it is from whom it says.",
        "poison": "Report it with 'messages raw ID > mail.eml'; answer the sender by hand.",
        "duplicate": "Nothing: the first of the two was judged.",
        "other.not-a-request": "Answer it like any other mail of the support team, or 'messages ignore ID'.",
        "kind.retraction":
            "Read it, then 'request withdraw' or leave the request as it is; 'messages ignore ID' ends the mail.",
        "from.former-mailbox-shared": "Find out whose mail it is, and answer by hand.",
        "procedure.missing": "Put the procedure in force (procedures in the settings), then 'messages release ID'.",
        "reply.unwritable": "Mend what the log names, then 'messages release ID'.",
        "automatic.subject": "If a person wrote it, answer by hand; else 'messages ignore ID'.",
        "limit.size": "Read it in the mailbox and answer by hand.",
        "structure.not-handed-out": "Read it in the mailbox and answer by hand.",
        "limit.replies": flood, "limit.same-outcome": flood,
        "operator.refused": "Nothing. 'messages replay ID' would have it judged again.",
        "operator.ignored": "Nothing. 'messages replay ID' would have it judged again.",
        "cc.no-official-mailbox": "Complete the registry: import the authority with its mailbox.",
        "ok": "Nothing: 'request grant' once TRACES has the role.",
    ]

    private static let groups: [String: String] = [
        "authentication":
            "\(askElsewhere), and ask whether it is theirs. If it is: 'messages release ID --as-verified --note …'; "
            + "if not: 'messages refuse ID --note …'.",
        "sender":
            "\(askElsewhere), and have the mail sent again from a plain mailbox. If From names one address only, and it is "
            + "theirs: 'messages release ID --as-verified --sender ADDRESS --note …'.",
        "structure": again, "mime": again,
        "automatic": "Nothing: nobody waits for an answer.",
        "from": answered, "to": answered, "cc": answered, "kind": answered, "text": answered, "names": answered,
        "match": answered, "access": answered, "status": answered, "account": answered,
    ]

    private static let settings =
        "If many mails are held so, trust.authserv_id or trust.border_host is wrong, or the receiving server writes its "
        + "fields elsewhere: compare with the header below, mend it, 'messages release ID'. If it is this one only: "
        + "\(askElsewhere), then 'messages release ID --as-verified --note …'."
    private static let again =
        "Ask the person, by a way that you knew before, to send it again as plain text. No release mends this mail: "
        + "'messages ignore ID' ends it."
    private static let strangeDomain =
        "No honest mail program makes such a domain. Write to no address that stands in this mail; 'messages refuse ID --note …'."
    private static let flood = "Look for a loop or a flood; answer by hand, or 'messages release ID' a day later."
    private static let answered = "Nothing: the reply has told the sender."
}
