import Mail

/// Which Authentication-Results fields the receiving server wrote: those above the topmost Received field of its
/// border (RFC 8601 §5, §7.1). Everything below was there before the mail came in.
enum TrustBoundary {
    /// The results in the fields that count, topmost first, or why none can be told apart.
    static func trustedResults(
        in block: HeaderBlock, trusting settings: TrustSettings
    ) -> Result<[AuthenticationResults], Distrust> {
        let authservID = settings.authservID.asHostName
        let border: Int
        switch borderIndex(in: block, host: settings.borderHost.asHostName) {
        case .success(let index): border = index
        case .failure(let distrust): return .failure(distrust)
        }
        var results: [AuthenticationResults] = []
        var broken = false
        for (index, field) in block.fields.enumerated() where field.isNamed("Authentication-Results") {
            guard claims(authservID, field.value) else { continue }
            if index > border { return .failure(.forgedField) }
            if let parsed = AuthenticationResults(field.value) { results.append(parsed) } else { broken = true }
        }
        return broken ? .failure(.malformed) : .success(results)
    }

    /// Where the border's topmost Received field stands. Fields above it are internal hops', unless one of them
    /// might itself be the border's in disguise: then nothing is clear.
    private static func borderIndex(in block: HeaderBlock, host: String) -> Result<Int, Distrust> {
        guard !host.isEmpty else { return .failure(.noBorder) }
        for (index, field) in block.fields.enumerated() where field.isNamed("Received") {
            switch ReceivedField(field.value) {
            case .by(host): return .success(index)
            case .by: if ReceivedField.mayBeWritten(by: host, field.value) { return .failure(.unclearBorder) }
            case .anonymous, .unclear: if ReceivedField.mentions(host, field.value) { return .failure(.unclearBorder) }
            }
        }
        return .failure(.noBorder)
    }

    /// Whether a field gives our id as its writer. One whose writer can't be read counts as ours when it names our
    /// id at all: then it can prove nothing, but it can't be overlooked either.
    private static func claims(_ authservID: String, _ value: [UInt8]) -> Bool {
        if let writer = AuthenticationResults.authservID(of: value) { return writer.asHostName == authservID }
        return ReceivedField.mentions(authservID, value)
    }
}
