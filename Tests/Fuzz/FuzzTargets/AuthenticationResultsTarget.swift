import Mail
import SenderTrust

extension FuzzTarget {
    /// The input is a field's value.
    static let authenticationResults = FuzzTarget("authentication-results", longest: 16_384) { input in
        let writer = AuthenticationResults.authservID(of: input)
        guard let field = AuthenticationResults(input) else { return }
        try promise(writer == field.authservID, "the writer alone is read as \(writer ?? "none")")
        try promise(
            field.results.allSatisfy { result in
                ([result.method, result.result] + result.properties.flatMap { [$0.type, $0.name] }).allSatisfy {
                    !$0.isEmpty && $0.utf8.allSatisfy { $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }
                }
            }, "a keyword that is none")
        let texts = field.results.flatMap { [$0.reason ?? ""] + $0.properties.map(\.value) } + [field.authservID]
        try promise(
            texts.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 == 9 } },
            "a value that is not printable ASCII")

        guard let again = AuthenticationResults(Array(written(field).utf8)) else {
            throw Broken(description: "can't be read when it is written again: \(written(field))")
        }
        try promise(again == field, "is another when it is written again: \(again)")

        // Somebody who skims it sees as many words on DMARC, and the same first one.
        let skim = try given(skimmed(input), "a field whose comments or quotes have no end")
        let seen = skim.split(separator: ";").dropFirst().filter { $0.hasPrefix("dmarc=") || $0.hasPrefix("dmarc/") }
        let read = field.results.filter { $0.method == "dmarc" }
        try promise(
            seen.count == read.count, "\(read.count) results of DMARC are read and \(seen.count) seen in \(skim)")
        for (seen, read) in zip(seen, read) {
            let word = seen.split(separator: "=", maxSplits: 1)[1]
            try promise(word.hasPrefix(read.result), "DMARC '\(read.result)' is read of \(seen)")
        }
    }

    private static func written(_ field: AuthenticationResults) -> String {
        func quoted(_ text: String) -> String {
            "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
        var text = "\(quoted(field.authservID)) \(field.version)"
        if field.results.isEmpty { return text + "; none" }
        for result in field.results {
            text += "; \(result.method)/\(result.version)=\(result.result)"
            if let reason = result.reason { text += " reason=\(quoted(reason))" }
            for property in result.properties { text += " \(property.type).\(property.name)=\(quoted(property.value))" }
        }
        return text
    }

    /// The input is all that a stranger sends: everything below the border's Received.
    static let trustBoundary = FuzzTarget("trust-boundary", longest: 32_768) { input in
        let border = "Received: from client.example (client.example [192.0.2.9]) by mx.example with ESMTPS id 1; x\r\n"
        let id = "Authentication-Results: mx.example; spf=pass smtp.mailfrom=evil.example;\r\n\tdmarc="

        // The border said nothing, or no: then nothing that a stranger writes makes it a yes.
        for above in [border, id + "none header.from=x.example\r\n" + border] {
            if case .authenticated(let address) = assess(above, input) {
                throw Broken(description: "\(address) is believed on the word of the mail itself")
            }
        }
        switch assess(id + "fail header.from=x.example\r\n" + border, input) {
        case .authenticated(let address): throw Broken(description: "\(address) is believed against the border's word")
        case .refused, .unproven: break
        }
        // The border vouched for one domain: then nobody of another is believed.
        let mail = id + "pass header.from=evil.example\r\n" + border
        guard case .authenticated(let address) = assess(mail, input) else { return }
        try promise(address.domain == "evil.example", "\(address) is believed, and the border vouched for evil.example")
        try promiseBelievable(address, Array(mail.utf8) + input, authservID: "mx.example")
    }

    private static func assess(_ above: String, _ input: [UInt8]) -> TrustAssessment {
        let split = HeaderBlock.split(Array(above.utf8) + input)
        let mail = InboundMail(header: split.block, problems: split.problems)
        return assessSender(of: mail, trusting: TrustSettings(authservID: "mx.example"))
    }
}

/// Throws unless a simple-minded reader finds in the raw mail all that believing the sender rests on: one From with this
/// address alone, and above the border's Received the border's one word on DMARC, a pass for this domain.
func promiseBelievable(_ address: EmailAddress, _ mail: [UInt8], authservID: String) throws(FuzzTarget.Broken) {
    let header = NaiveHeader(mail)
    let froms = header.all("from")
    try promise(froms.count == 1, "\(address) is believed, with \(froms.count) From fields")
    try promise(
        froms[0].holds(address.text) && froms[0].count { $0 == 64 } == 1, "\(address) is believed, with another From")
    let received = header.fields.firstIndex {
        $0.name == "received" && $0.value.holds("by \(authservID)")
    }
    let border = try given(received, "\(address) is believed without the border's Received")
    var words = ""
    for field in header.fields[..<border] where field.name == "authentication-results" {
        guard let skim = skimmed(field.value), writer(of: field.value) == authservID else { continue }
        words += skim
    }
    try promise(
        words.count(of: ";dmarc") == 1, "\(address) is believed, and DMARC stands \(words.count(of: ";dmarc")) times")
    try promise(
        words.contains(";dmarc=pass") || words.contains(";dmarc/1=pass"), "\(address) is believed without dmarc=pass")
    try promise(
        words.contains("header.from=\(address.domain)") || words.contains("header.from=\""),
        "\(address) is believed, and header.from is another")
}
