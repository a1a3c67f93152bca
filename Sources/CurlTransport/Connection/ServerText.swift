/// What servers and libraries say, made fit for a log line.
enum ServerText {
    /// One line of at most 200 characters without control, format or line-breaking characters.
    static func line(_ text: String) -> String {
        // Nearly all answers: short and plain.
        let isPlain = text.utf8.count <= 200 && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
        if isPlain, text.utf8.last != UInt8(ascii: " ") { return text }
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if count == 200 {
                result.append("…")
                break
            }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
                // Line ends at the end vanish; elsewhere a space keeps words apart.
                result.append(" ")
            default:
                result.append(scalar)
            }
            count += 1
        }
        while result.last == " " { result.removeLast() }
        return String(result)
    }

    /// `line` with every occurrence of `secret` taken out: a server may echo what it was given.
    static func line(_ text: String, without secret: String?) -> String {
        guard let secret, !secret.isEmpty else { return line(text) }
        return line(text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***"))
    }
}
