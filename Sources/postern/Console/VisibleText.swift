extension String {
    /// The text as it may safely stand on a terminal: one line, control characters, direction marks and other
    /// invisible characters shown as `\u{…}`, so that what a mail says can't move the cursor or reorder a line.
    var visible: String {
        var isPlain = true
        for scalar in unicodeScalars where !scalar.isSafeToShow {
            isPlain = false
            break
        }
        if isPlain { return self }
        var shown = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            default:
                if scalar.isSafeToShow {
                    shown.unicodeScalars.append(scalar)
                } else {
                    shown += "\\u{\(String(scalar.value, radix: 16))}"
                }
            }
        }
        return shown
    }

    /// As ``visible``, but line ends stay and each line may hold tabs.
    var visibleLines: String {
        split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false)
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).visible } }
            .map { $0.joined(separator: "\t") }
            .joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    /// Neither a control nor anything else that a terminal would act on instead of showing it.
    var isSafeToShow: Bool {
        if (0x20..<0x7f).contains(value) { return true }
        if value < 0xa0 { return false }
        // Letters and marks that nothing is seen of: Hangul fillers, the grapheme joiner, the blank Braille pattern.
        if properties.isDefaultIgnorableCodePoint || value == 0x2800 { return false }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
        default: return true
        }
    }
}
