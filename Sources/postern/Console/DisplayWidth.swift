/// How many columns a text takes on a terminal: two for wide East Asian characters and emoji, none for marks that
/// stand over the letter before them (Unicode Standard Annex #11).
enum DisplayWidth {
    static func of(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + of($1) }
    }

    static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.value < 0x300 { return first.value < 0x20 || (0x7f..<0xa0).contains(first.value) ? 0 : 1 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        return isWide(first.value) || first.properties.isEmojiPresentation ? 2 : 1
    }

    /// `text` in at most `columns` columns; a text that is cut ends with `…`.
    static func fit(_ text: String, into columns: Int) -> String {
        guard of(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var kept = ""
        var used = 0
        for character in text {
            let width = of(character)
            if used + width > columns - 1 { break }
            kept.append(character)
            used += width
        }
        return kept + "…"
    }

    /// `text` in lines of at most `columns` columns, of which all but the first begin with a mark. A terminal that folds a
    /// line by itself lets its second half look like a line of its own.
    static func folded(_ text: String, into columns: Int) -> [String] {
        let mark = "↳ "
        guard columns > 2 * of(mark), of(text) > columns else { return [text] }
        var lines: [String] = []
        var line = ""
        var used = 0
        for character in text {
            let width = of(character)
            if used + width > columns {
                lines.append(line)
                line = mark
                used = of(mark)
            }
            line.append(character)
            used += width
        }
        return lines + [line]
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
            0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe4f, 0xff00...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd:
            true
        default: false
        }
    }
}
