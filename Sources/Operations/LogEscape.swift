/// What keeps data from acting as anything but data in a log line.
enum LogEscape {
    /// Controls, line and paragraph separators, and marks that reorder text on a screen, as `\u{…}` or a short
    /// escape; the backslash too, so that the original can be told.
    static func escape(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isUnsafe($0) || $0 == "\\" }) else { return text }
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            default:
                if isUnsafe(scalar) {
                    output += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    output.unicodeScalars.append(scalar)
                }
            }
        }
        return output
    }

    /// A value of a `key=value` pair: quoted where it could run into its neighbours.
    static func quoted(_ text: String) -> String {
        let escaped = escape(text)
        let needsQuotes = escaped.isEmpty || escaped.utf8.contains { " \"=".utf8.contains($0) }
        return needsQuotes ? "\"" + escaped.replacing("\"", with: "\\\"") + "\"" : escaped
    }

    /// A JSON string with its quotes (RFC 8259 §7). Unsafe characters beyond what JSON demands are escaped as well.
    static func json(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            default:
                if isUnsafe(scalar) {
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        output += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
                    }
                } else {
                    output.unicodeScalars.append(scalar)
                }
            }
        }
        return output + "\""
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1f, 0x7f...0x9f, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
        default: false
        }
    }
}
