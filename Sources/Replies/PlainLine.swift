/// Makes foreign text fit for one line that a person reads.
enum PlainLine {
    /// `text` on one line: controls, format characters (RFC 2047 and HTML have no use for them; U+202E and its like
    /// turn text around), private-use and unassigned characters dropped, runs of white space made one space, at most
    /// `limit` Unicode scalars with an ellipsis in place of the rest. Empty when nothing readable is left.
    static func of(_ text: String, limit: Int = 200) -> String {
        if text.utf8.count <= limit, isPlain(text.utf8) { return text }
        var scalars = String.UnicodeScalarView()
        var count = 0
        var spaceIsDue = false
        for scalar in text.unicodeScalars {
            if isSpace(scalar) {
                spaceIsDue = count > 0
                continue
            }
            guard isShown(scalar) else { continue }
            if count + (spaceIsDue ? 2 : 1) > limit {
                scalars.append("…")
                break
            }
            if spaceIsDue {
                scalars.append(" ")
                count += 1
                spaceIsDue = false
            }
            scalars.append(scalar)
            count += 1
        }
        return String(scalars)
    }

    /// Printable ASCII without two spaces in a row or a space at either end: nothing to mend.
    private static func isPlain(_ bytes: String.UTF8View) -> Bool {
        var previous = UInt8(ascii: " ")
        for byte in bytes {
            guard (0x20...0x7e).contains(byte), byte != 0x20 || previous != 0x20 else { return false }
            previous = byte
        }
        return previous != UInt8(ascii: " ")
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x80 ? scalar.value == 0x20 || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return (0x20...0x7e).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
