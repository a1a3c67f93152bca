import Judging
import Mail
import Reading
import Registry

/// What `check --explain` says of one mail, for support staff or for programs.
struct ExplanationReport {
    private let explanation: Explanation
    private var decision: Decision { explanation.decision }

    init(_ explanation: Explanation) { self.explanation = explanation }

    // MARK: For people

    var lines: [String] {
        var lines = sender
        if explanation.reading != nil { lines += rules + requests + words + texts }
        return lines
    }

    private var sender: [String] {
        let address = decision.sender.address?.text.visible ?? "no plain address"
        let proof =
            switch decision.sender.authentication {
            case .pass: "proven by the receiving server"
            case .fail: "the receiving server's check failed"
            case .none: "not proven"
            }
        return ["sender: \(address), \(proof)"] + (explanation.stop.map { ["not read: \($0)"] } ?? [])
    }

    private var rules: [String] {
        decision.findings.map { finding in
            var line = "rule \(finding.rule.rawValue): "
            switch finding.outcome {
            case .pass: line += "met"
            case .fail: line += "NOT met (\(finding.reason?.code ?? "no reason"))"
            case .skipped: line += "not judged"
            }
            if !finding.seen.isEmpty { line += "; seen: \(Self.list(finding.seen))" }
            if !finding.wanted.isEmpty { line += "; wanted: \(Self.list(finding.wanted))" }
            return line
        }
    }

    private var requests: [String] {
        var lines = [
            explanation.basis.map { "pending requests: \(Self.words(of: $0))" } ?? "pending requests: not looked for"
        ]
        for candidate in explanation.candidates {
            var line =
                "  \(candidate.request.text.visible): \(candidate.kind.text)\(candidate.additional ? ", additional" : ""), "
            line += "\(candidate.organisation.visible); "
            line += candidate.kindReason.map { "kind does not fit (\($0.code))" } ?? "kind fits"
            line += ", organisation \(Self.words(of: candidate.mention))"
            lines.append(line + (candidate.isChosen ? "  <- judged against this one" : ""))
        }
        return lines
    }

    private var words: [String] {
        var lines: [String] = []
        let language = explanation.reading?.language ?? "not clear"
        lines.append("language of the text: \(language); language of a reply: \(decision.language)")
        let found = found
        lines.append(found.isEmpty ? "words for a request: none" : "words for a request:")
        lines += found.map { "  \($0.what): \(Self.place(of: $0.evidence))" }
        if !explanation.kinds.passedOver.isEmpty { lines.append("words that do not count:") }
        lines += explanation.kinds.passedOver.map { word in
            "  \(word.kind): \(Self.place(of: word.evidence)): \(Self.words(of: word.cause))"
        }
        if !explanation.names.isEmpty { lines.append("names:") }
        lines += explanation.names.map { name in
            "  \(name.part.rawValue) '\(name.name.visible)': \(Self.words(of: name.mention))"
        }
        return lines
    }

    private var texts: [String] {
        guard let reading = explanation.reading else { return [] }
        var lines = ["subject: \(reading.subject.visible)", "text that was read:"]
        lines += Self.quoted(reading.newText)
        for stretch in reading.leftOut {
            lines.append("left out, \(Self.words(of: stretch.cause)):")
            lines += Self.quoted(stretch.text)
        }
        return lines
    }

    /// The words that say what the mail wants, in a fixed order.
    private var found: [(what: String, evidence: Evidence)] {
        let kinds = explanation.kinds
        var found = kinds.kinds.sorted { $0.key < $1.key }.map { ("kind \($0.key)", $0.value) }
        for (what, evidence) in [
            ("role request", kinds.request), ("asks, far from the kind", kinds.distantRequest),
            ("additional role", kinds.additional),
            ("asks how it stands", kinds.statusInquiry), ("takes back or denies", kinds.retraction),
        ] {
            if let evidence { found.append((what, evidence)) }
        }
        return found
    }

    private static func place(of evidence: Evidence) -> String {
        let language = evidence.language.map { ", \($0)" } ?? ""
        let range = "\(evidence.range.lowerBound)-\(evidence.range.upperBound)"
        return "'\(evidence.words.visible)' (\(evidence.place.rawValue) \(range)\(language))"
    }

    private static func words(of mention: Mention) -> String {
        switch mention {
        case .found(let evidence): "named: \(place(of: evidence))"
        case .near(let evidence): "NOT named, only something like it: \(place(of: evidence))"
        case .missing: "NOT named"
        }
    }

    private static func words(of basis: MatchBasis) -> String {
        switch basis {
        case .nonePending: "none"
        case .reference: "chosen by the reference in the mail"
        case .severalReferences: "the mail holds the references of several, so none was chosen"
        case .thread: "chosen because the mail answers our reply about it"
        case .quotedReference: "chosen by the reference in the quoted text"
        case .onlyPending: "the only one of this sender"
        case .kindAndOrganisation: "chosen because kind and organisation fit this one only"
        case .person: "kind and organisation fit several; chosen by the person's name"
        case .additional: "kind and organisation fit several; chosen because it is additional"
        case .undecided: "several fit, so none was chosen"
        case .noneFits: "several, and kind and organisation together fit none"
        }
    }

    private static func words(of cause: KindReading.PassedOver.Cause) -> String {
        switch cause {
        case .inName: "part of an organisation's name"
        case .copied: "only gets a copy, or knows of it"
        case .past: "a role that the sender has already"
        case .denied: "denied"
        case .weaker: "only mentioned; something else stands closer to the request"
        }
    }

    private static func words(of cause: MailReading.LeftOut.Cause) -> String {
        switch cause {
        case .quoted: "a quoted older mail"
        case .replyHeader: "the line above a quoted mail"
        case .forwarded: "a forwarded mail"
        case .ownWords: "our own words"
        case .tooLong: "beyond what is read of a mail"
        }
    }

    private static func list(_ texts: [String]) -> String { texts.map(\.visible).joined(separator: ", ") }

    private static func quoted(_ text: String) -> [String] {
        text.visibleLines.split(separator: "\n", omittingEmptySubsequences: false).map { "| \($0)" }
    }

    // MARK: For programs

    var json: JSON {
        let findings = decision.findings.map { finding -> JSON in
            [
                "rule": .string(finding.rule.rawValue), "outcome": .string(finding.outcome.rawValue),
                "reason": JSON(finding.reason?.code), "seen": .array(finding.seen.map(JSON.string)),
                "wanted": .array(finding.wanted.map(JSON.string)),
            ]
        }
        guard let reading = explanation.reading else {
            return ["stop": JSON(explanation.stop), "findings": .array(findings)]
        }
        return [
            "subject": .string(reading.subject), "textLanguage": JSON(reading.language),
            "text": .string(reading.newText),
            "leftOut": .array(
                reading.leftOut.map { ["cause": .string($0.cause.rawValue), "text": .string($0.text)] }),
            "words": .array(found.map { Self.json($0.what, $0.evidence) }),
            "passedOver": .array(
                explanation.kinds.passedOver.map { word in
                    let object: JSON = ["kind": .string(word.kind), "cause": .string(word.cause.rawValue)]
                    return object.with(word.evidence)
                }),
            "basis": JSON(explanation.basis?.rawValue), "candidates": .array(explanation.candidates.map(Self.json)),
            "names": .array(
                explanation.names.map { name in
                    let object: JSON = ["part": .string(name.part.rawValue), "name": .string(name.name)]
                    return object.with(name.mention)
                }),
            "findings": .array(findings),
        ]
    }

    private static func json(_ what: String, _ evidence: Evidence) -> JSON {
        JSON.object([.init(key: "for", value: .string(what))]).with(evidence)
    }

    private static func json(_ candidate: Explanation.Candidate) -> JSON {
        let object: JSON = [
            "request": .string(candidate.request.text), "kind": .string(candidate.kind.text),
            "additional": JSON.bool(candidate.additional), "organisation": .string(candidate.organisation),
            "kindReason": JSON(candidate.kindReason?.code), "chosen": JSON.bool(candidate.isChosen),
        ]
        return object.with(candidate.mention)
    }
}

extension JSON {
    /// An object with the members that tell where words stand.
    fileprivate func with(_ evidence: Evidence) -> JSON {
        adding([
            .init(key: "place", value: .string(evidence.place.rawValue)),
            .init(key: "words", value: .string(evidence.words)),
            .init(key: "from", value: JSON(evidence.range.lowerBound)),
            .init(key: "to", value: JSON(evidence.range.upperBound)),
            .init(key: "language", value: JSON(evidence.language)),
        ])
    }

    /// An object with `mention`: `found`, `near` or `missing`, and where.
    fileprivate func with(_ mention: Mention) -> JSON {
        switch mention {
        case .found(let evidence): adding([.init(key: "mention", value: "found")]).with(evidence)
        case .near(let evidence): adding([.init(key: "mention", value: "near")]).with(evidence)
        case .missing: adding([.init(key: "mention", value: "missing")])
        }
    }

    private func adding(_ members: [JSON.Member]) -> JSON {
        if case .object(let own) = self { .object(own + members) } else { self }
    }
}
