/// The letters by which names are compared for their looks (UTS 39 §4, and coarser; see ``DomainLook``).
enum LookAlikeLetters {
    private static let dot = UInt8(ascii: ".")
    private static let hyphen = UInt8(ascii: "-")

    /// `name` in lower case, each letter as that which stands for all that look like it. Dots stay dots, other marks become
    /// hyphens.
    static func skeleton(of name: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(name.utf8.count + 8)
        if name.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in name.utf8 { append(byte, to: &bytes) }
        } else {
            append(international: name, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func withoutSeparators(_ skeleton: String) -> String {
        String(decoding: skeleton.utf8.filter { $0 != dot && $0 != hyphen }, as: UTF8.self)
    }

    /// An ASCII letter or digit as UTS 39 has it (0 as O, 1 and I as l, m as rn), and `vv` as `w`.
    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte | 0x20 {
        case UInt8(ascii: "i"): bytes.append(UInt8(ascii: "l"))
        case UInt8(ascii: "m"):
            bytes.append(UInt8(ascii: "r"))
            bytes.append(UInt8(ascii: "n"))
        case UInt8(ascii: "v") where bytes.last == UInt8(ascii: "v"): bytes[bytes.count - 1] = UInt8(ascii: "w")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): bytes.append(byte | 0x20)
        default:
            switch byte {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "o"))
            case UInt8(ascii: "1"), UInt8(ascii: "|"): bytes.append(UInt8(ascii: "l"))
            case UInt8(ascii: "2")...UInt8(ascii: "9"), dot: bytes.append(byte)
            default: bytes.append(hyphen)
            }
        }
    }

    private static func append(international name: String, to bytes: inout [UInt8]) {
        // What older programs take for other letters (UTS 46 §2, deviations), before the standard's skeleton, which keeps it.
        var read = ""
        for scalar in name.lowercased().unicodeScalars {
            switch scalar {
            case "ß": read += "ss"
            case "ς": read += "σ"
            default: read.unicodeScalars.append(scalar)
            }
        }
        let skeleton = (UnicodeTables.skeleton(read) ?? read).lowercased()
        for scalar in skeleton.unicodeScalars {
            if scalar.isASCII {
                append(UInt8(truncatingIfNeeded: scalar.value), to: &bytes)
            } else if let letter = likeSmall[scalar] {
                append(letter, to: &bytes)
            } else {
                append(scalar, to: &bytes)
            }
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar.properties.generalCategory {
        // Accents and strokes, joiners: what the eye passes over.
        case .nonspacingMark, .enclosingMark, .format: return
        case .dashPunctuation, .connectorPunctuation, .otherPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .modifierSymbol, .mathSymbol:
            bytes.append(hyphen)
        default: bytes.append(contentsOf: String(scalar).utf8)
        }
    }

    /// What the standard maps lower-case Cyrillic and Greek letters to that have the shape of a Latin capital: no one
    /// letter of a host name, but to the eye one.
    private static let likeSmall: [Unicode.Scalar: UInt8] = [
        "\u{138}": UInt8(ascii: "k"), "\u{299}": UInt8(ascii: "b"), "\u{29c}": UInt8(ascii: "h"),
        "\u{1d1b}": UInt8(ascii: "t"), "\u{28d}": UInt8(ascii: "m"), "\u{1d0d}": UInt8(ascii: "m"),
    ]
}
