extension StructureProblem {
    /// Every problem that the header alone can have, for whoever explains them. `.duplicate` stands for any of its fields.
    package static let all: [StructureProblem] =
        [
            missingFrom, twoFrom, resent, fromLikeName, eightBitAddress, controlInAddress, emptyFrom, group, route,
            comment, quotedLocalPart, encodedAddress, domainLiteral, trailing, severalAddresses, atInDisplayName,
            percentOrBang, secondAt, malformedAddress, undecodableName, invisible, readersDisagree, tooLarge, nul,
            bareCR, bareLF, mixedLineEnds, cutOff, openingWhiteSpace, notAField, spaceBeforeColon, blankContinuation,
            foldedFrom, tooManyFields, lineTooLong, fieldTooLong,
        ]
        + [
            "To", "Cc", "Subject", "Date", "Message-ID", "Sender", "MIME-Version", "Content-Type",
            "Content-Transfer-Encoding",
        ].map(duplicate)
}

extension AutomaticSign {
    /// Every sign, for whoever explains them.
    package static let all: [AutomaticSign] = [
        nullReturnPath, twoReturnPaths, missingReturnPath, autoSubmitted, precedence, list, responseSuppressed, loop,
        machineField, ownMail, bounce, receipt, complaint, calendar, robotAddress, hops,
    ]
}
