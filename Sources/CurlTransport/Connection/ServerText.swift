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

    /// `line` of a text that a mask has been laid over. In this order: what is cut in the middle is harder to know again.
    static func line(_ text: String, mask: SecretMask?) -> String {
        line(mask.map { $0.laid(over: text) } ?? text)
    }
}
