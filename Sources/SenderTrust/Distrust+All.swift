/// The codes with which an unproven sender is told, each with one sentence for staff.
package enum TrustReasons {
    package static let all: [(code: String, explanation: String)] =
        [
            Distrust.noBorder, .unclearBorder, .forgedField, .strayField, .malformed, .version, .missing, .none,
            .noDMARC, .several,
            .conflict, .temporaryError, .permanentError, .unknownResult, .unaligned,
            .dkimMissing, .dkimLength, .dkimFromUnsigned, .dkimMalformed,
        ].map { ($0.code, $0.explanation) }
        + [
            (
                "authentication.dmarc-fail",
                "The receiving server says that the mail is not from the domain in From (dmarc=fail, RFC 7489 §6.6)."
            ),
            ("policy.hold-only", "The settings say that no sender is believed (trust.policy: hold-only)."),
        ]
}
