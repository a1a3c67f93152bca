/// What an element's attributes say of how its text looks, as far as that decides whether anybody can see it.
struct HTMLStyle {
    /// The element and all in it can't be seen, whatever its surroundings.
    private(set) var isHidden = false
    /// Line breaks in the source are line breaks on the screen.
    private(set) var keepsLines = false
    /// `border: none`, as programs write it on a blockquote that only indents.
    private(set) var hasNoBorder = false
    /// The rule that Outlook draws over the header of the mail that is replied to.
    private(set) var isOutlookReplyRule = false
    private(set) var color: Paint?
    private(set) var background: Paint?

    /// A colour, or something that can't be told from the text alone.
    enum Paint: Equatable {
        case rgb(UInt32)
        case unknown
    }

    private var hidesOverflow = false
    private var hasNoExtent = false

    /// Reads declarations (CSS Style Attributes); what it does not know it passes over. Linear.
    mutating func read(declarations text: String) {
        let text = Self.withoutComments(Array(text.utf8.prefix(8_192)).map { Self.lowercased($0) })
        for declaration in text.split(separator: UInt8(ascii: ";")) {
            guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else { continue }
            var value = Self.words(declaration[(colon + 1)...])
            if let last = value.last, last.hasSuffix("!important") {
                value[value.count - 1] = String(last.dropLast("!important".count))
                if value[value.count - 1].isEmpty { value.removeLast() }
            }
            apply(Self.words(declaration[..<colon]).joined(), value)
        }
        if hidesOverflow, hasNoExtent { isHidden = true }
        // Outlook for Windows, all languages: border:none;border-top:solid #E1E1E1 1.0pt (older: #B5C4DF).
        isOutlookReplyRule = isOutlookReplyRule && hasNoBorder
    }

    mutating func hide() { isHidden = true }

    /// An attribute such as `bgcolor` or `<font color>`.
    mutating func read(background value: String) { background = Self.paint(value) }
    mutating func read(color value: String) { color = Self.paint(value) }

    private mutating func apply(_ property: String, _ value: [String]) {
        let first = value.first ?? ""
        switch property {
        case "display": if first == "none" { isHidden = true }
        case "visibility": if first == "hidden" || first == "collapse" { isHidden = true }
        case "mso-hide": if first == "all" { isHidden = true }
        case "opacity": if Self.number(first) == 0 { isHidden = true }
        // One pixel is what mails use for text that is there for machines only.
        case "font-size":
            if let size = Self.number(first), size < (first.hasSuffix("em") ? 0.1 : 1.5) { isHidden = true }
        case "text-indent": if let indent = Self.number(first), indent < -500 { isHidden = true }
        case "overflow": if first == "hidden" { hidesOverflow = true }
        case "height", "max-height", "width", "max-width": if Self.number(first) == 0 { hasNoExtent = true }
        case "white-space": keepsLines = first.hasPrefix("pre")
        case "border": if first == "none" || Self.number(first) == 0 { hasNoBorder = true }
        case "border-top": if value.contains("#e1e1e1") || value.contains("#b5c4df") { isOutlookReplyRule = true }
        case "color": color = Self.paint(value.joined())
        case "background-color": background = Self.paint(value.joined())
        case "background", "background-image":
            if property == "background-image", first == "none" { break }
            background = value.count == 1 ? Self.paint(first) : .unknown
        default: break
        }
    }

    // MARK: Reading values

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        var inComment = false
        while index < bytes.count {
            let pair = index + 1 < bytes.count ? (bytes[index], bytes[index + 1]) : (bytes[index], 0)
            if !inComment, pair == (UInt8(ascii: "/"), UInt8(ascii: "*")) {
                inComment = true
                index += 2
            } else if inComment, pair == (UInt8(ascii: "*"), UInt8(ascii: "/")) {
                inComment = false
                index += 2
            } else {
                if !inComment { output.append(bytes[index]) }
                index += 1
            }
        }
        return output
    }

    private static func words(_ bytes: ArraySlice<UInt8>) -> [String] {
        bytes.split { $0 <= UInt8(ascii: " ") }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The number at the beginning of a length: `0`, `-9999px`, `.5em`.
    private static func number(_ text: String) -> Double? {
        let digits = text.utf8.prefix { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "-")
        }
        return digits.count <= 12 ? Double(String(decoding: digits, as: UTF8.self)) : nil
    }

    /// `#rgb`, `#rrggbb`, `rgb(r,g,b)` and the names that hidden text uses; anything else is unknown.
    private static func paint(_ text: String) -> Paint {
        let bytes = text.utf8.map { lowercased($0) }.filter { $0 > UInt8(ascii: " ") }
        let text = String(decoding: bytes, as: UTF8.self)
        switch text {
        case "white": return .rgb(0xff_ffff)
        case "black", "windowtext": return .rgb(0)
        default: break
        }
        if text.hasPrefix("#") {
            let digits = text.dropFirst()
            guard let value = UInt32(digits, radix: 16) else { return .unknown }
            switch digits.utf8.count {
            case 6: return .rgb(value)
            case 3:
                let (red, green, blue) = (value >> 8, value >> 4 & 0xf, value & 0xf)
                return .rgb(red * 0x11_0000 + green * 0x1100 + blue * 0x11)
            default: return .unknown
            }
        }
        guard text.hasPrefix("rgb("), text.hasSuffix(")") else { return .unknown }
        let parts = text.dropFirst(4).dropLast().split(separator: ",").map { UInt32($0) }
        guard parts.count == 3, let red = parts[0], let green = parts[1], let blue = parts[2],
            max(red, green, blue) <= 255
        else { return .unknown }
        return .rgb(red << 16 | green << 8 | blue)
    }
}
