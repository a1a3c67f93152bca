package import Mail

/// What a mail claims about its sender, what the receiving server stated, and which of it was believed: for staff, who
/// must see why a mail was held. It decides nothing; ``assessSender(of:trusting:)`` does, by the same reading.
package struct SenderEvidence: Sendable, Hashable {
    /// One header field, made safe to show: one line of printable ASCII.
    package struct Field: Sendable, Hashable {
        /// Its place in the header, the topmost field being 1.
        package let number: Int
        package let name: String
        package let text: String
        /// Whether it counts, and why or why not.
        package let isBelieved: Bool
        package let note: String
    }

    /// The values of all From fields, safe to show.
    package let from: [String]
    /// What From claims, where it is one plain address.
    package let claimed: EmailAddress?
    /// What is proven.
    package let assessment: TrustAssessment
    /// The Received field that was taken for the border's, where there is one.
    package let border: Field?
    /// All Authentication-Results fields, topmost first, and behind them, where the settings name ARC sealers, all
    /// ARC-Authentication-Results.
    package let results: [Field]
    /// What the believed fields state of each method, such as `dmarc=pass header.from=x.example`, in their order.
    package let statements: [String]

    /// The same as text, one thought a line: claimed, proven, border, fields, statements.
    package var lines: [String] {
        var lines = from.isEmpty ? ["claimed: nobody (there is no From field)"] : from.map { "claimed: From: \($0)" }
        switch assessment {
        case .authenticated(let address): lines.append("proven: \(address)")
        case .refused(_, let code, let explanation): lines.append("refuted: \(code): \(explanation)")
        case .unproven(_, let code, let explanation): lines.append("not proven: \(code): \(explanation)")
        }
        lines.append(border.map { "border: field \($0.number), \($0.name): \($0.text)" } ?? "border: not found")
        if results.isEmpty { lines.append("results: the header has no Authentication-Results field") }
        for field in results {
            let verb = field.isBelieved ? "believed" : "not believed"
            lines.append("\(verb): field \(field.number) (\(field.note)), \(field.name): \(field.text)")
        }
        lines += statements.map { "stated: \($0)" }
        return lines
    }
}

/// Lays out what there is about the sender of `mail`. As pure as ``assessSender(of:trusting:)``, and not for the way of
/// every mail: it reads the header again.
package func senderEvidence(of mail: InboundMail, trusting settings: TrustSettings) -> SenderEvidence {
    let fields = mail.header.fields
    let boundary = TrustBoundary(of: mail.header, trusting: settings)
    let claimed: EmailAddress?
    var restsOnSeals = false
    switch SenderStructure.examine(mail.header) {
    case .plain(let address, _):
        claimed = address
        if case .success(let believed) = boundary.results {
            restsOnSeals = ResultsJudge(believed, of: address, in: mail.header, trusting: settings).restsOnSeals
        }
    case .doubtful(_, let seeming): claimed = seeming
    }
    var statements: [String] = []
    var results = boundary.fields.map { field in
        if case .believed(let results) = field.standing { statements += results.results.map(\.statement) }
        return SenderEvidence.Field(
            fields[field.index], at: field.index, isBelieved: field.standing.isBelieved, note: field.standing.note)
    }
    if !settings.arcSealers.isEmpty {
        let note = restsOnSeals ? "sealed by forwarders that are trusted" : "the chain of seals proves nothing"
        results += fields.indices.filter { fields[$0].isNamed("ARC-Authentication-Results") }.map {
            SenderEvidence.Field(fields[$0], at: $0, isBelieved: restsOnSeals, note: note)
        }
    }
    return SenderEvidence(
        from: mail.header.all("From").map { $0.value.shownToStaff }, claimed: claimed,
        assessment: assessSender(of: mail, trusting: settings),
        border: boundary.border.map {
            SenderEvidence.Field(fields[$0], at: $0, isBelieved: true, note: "written by the border")
        },
        results: results, statements: statements)
}

extension SenderEvidence.Field {
    init(_ field: HeaderField, at index: Int, isBelieved: Bool, note: String) {
        self.init(
            number: index + 1, name: Array(field.name.utf8).shownToStaff, text: field.value.shownToStaff,
            isBelieved: isBelieved, note: note)
    }
}

extension TrustBoundary.Standing {
    fileprivate var isBelieved: Bool {
        if case .believed = self { true } else { false }
    }

    fileprivate var note: String {
        switch self {
        case .believed: "written by the receiving server"
        case .unreadable: "in the receiving server's place, but it breaks the grammar"
        case .forged: "claims our authserv-id, but stands where only what came with the mail does"
        case .stray: "without an authserv-id, and not in the place of the receiving server's own"
        case .unplaced: "claims to be ours, but no border was found to tell its place by"
        case .foreign(let writer?): "written by \(Array(writer.utf8).shownToStaff)"
        case .foreign(nil): "its writer can't be made out"
        }
    }
}

extension AuthenticationResults.MethodResult {
    /// On one line, comments and reason left out.
    fileprivate var statement: String {
        var words = ["\(method)=\(result)"]
        if let action { words.append("action=\(action)") }
        words += properties.map { "\($0.type).\($0.name)=\($0.value)" }
        return Array(words.joined(separator: " ").utf8).shownToStaff
    }
}

extension [UInt8] {
    /// Printable ASCII on one line: other octets as `\xNN`, tabs as spaces, and no more than a staff member can read.
    fileprivate var shownToStaff: String {
        let limit = 2_000
        var shown = ""
        for byte in prefix(limit) {
            switch byte {
            case UInt8(ascii: "\t"): shown += " "
            case 0x20...0x7e: shown.unicodeScalars.append(Unicode.Scalar(byte))
            default: shown += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return count > limit ? shown + "… (\(count - limit) more octets)" : shown
    }
}
