/// What an element's attributes say of how its text looks, as far as that decides whether anybody can see it.
struct HTMLStyle {
    /// The element and all in it can't be seen, whatever its surroundings and the size of its letters, which elements
    /// inside may set anew.
    var isHidden: Bool {
        hides || display.hides || visibility.hides || (isPlaced && isFarOut) || (hidesOverflow && hasNoExtent)
    }
    /// A declaration says that the element is shown, against what a style sheet says of it.
    var isShown: Bool { display.isSet && !display.hides }
    /// Line breaks in the source are line breaks on the screen.
    private(set) var keepsLines = false
    /// `border: none` and a margin, as programs write it on a blockquote that only indents.
    var isIndent: Bool { hasNoBorder && hasMargin }
    /// The rule that Outlook draws over the header of the mail that is replied to.
    private(set) var isOutlookReplyRule = false
    private(set) var letters: LetterSize?
    private(set) var color: Paint?
    private(set) var background: Paint?

    /// The size of letters, as far as it decides whether they can be read.
    enum LetterSize {
        /// One pixel is what mails use for text that is there for machines only.
        case tiny
        case readable
    }

    /// A colour, or something that can't be told from the text alone.
    enum Paint: Equatable {
        case rgb(UInt32)
        case transparent
        case unknown

        /// Whether text in this colour can't be told from what is behind it: a sixteenth of a channel is no contrast.
        func vanishes(on background: Paint) -> Bool {
            if self == .transparent { return true }
            guard case .rgb(let own) = self, case .rgb(let other) = background else { return false }
            return [16, 8, 0].allSatisfy { shift in
                abs(Int(own >> shift & 0xff) - Int(other >> shift & 0xff)) <= 16
            }
        }
    }

    /// A property that hides or shows; the last declaration decides, unless an earlier one was important.
    private struct Switch {
        private(set) var isSet = false
        private(set) var hides = false
        private var isImportant = false

        mutating func set(hides: Bool, important: Bool) {
            guard important || !isImportant else { return }
            isSet = true
            self.hides = hides
            isImportant = important
        }
    }

    private var display = Switch()
    private var visibility = Switch()
    private var hides = false
    private var isPlaced = false
    private var isFarOut = false
    private var hasNoBorder = false
    private var hasMargin = false
    private var hidesOverflow = false
    private var hasNoExtent = false

    /// Reads declarations (CSS Style Attributes); what it does not know it passes over. Linear.
    mutating func read(declarations text: String) {
        let text = Self.withoutComments(Array(text.utf8.prefix(8_192)).map { Self.lowercased($0) })
        for declaration in text.split(separator: UInt8(ascii: ";")) {
            guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else { continue }
            var value = Self.words(declaration[(colon + 1)...])
            var important = false
            if let last = value.last, last.hasSuffix("!important") {
                important = true
                value[value.count - 1] = String(last.dropLast("!important".count))
                if value[value.count - 1].isEmpty { value.removeLast() }
            }
            apply(Self.words(declaration[..<colon]).joined(), value, important: important)
        }
        // Outlook for Windows, all languages: border:none;border-top:solid #E1E1E1 1.0pt (older: #B5C4DF).
        isOutlookReplyRule = isOutlookReplyRule && hasNoBorder
    }

    mutating func hide() { hides = true }

    /// `<font size>`: even the smallest can be read.
    mutating func readFontSize() { letters = .readable }

    /// An attribute such as `bgcolor` or `<font color>`.
    mutating func read(background value: String) { background = Self.ground(value) }
    mutating func read(color value: String) { color = Self.paint(value) }

    private mutating func apply(_ property: String, _ value: [String], important: Bool) {
        let first = value.first ?? ""
        switch property {
        case "display": if !first.isEmpty { display.set(hides: first == "none", important: important) }
        case "visibility":
            visibility.set(hides: first == "hidden" || first == "collapse", important: important)
        case "mso-hide": if first == "all" { hides = true }
        case "opacity": if let opacity = Self.number(first), opacity < 0.05 { hides = true }
        case "zoom", "scale": if Self.number(first) == 0 { hides = true }
        case "position": isPlaced = first != "static"
        case "left", "top", "right", "bottom": if let place = Self.pixels(first), place < -500 { isFarOut = true }
        case "clip", "clip-path", "-webkit-clip-path": if Self.clipsAll(value.joined(separator: " ")) { hides = true }
        case "transform", "-webkit-transform": if Self.movesAway(value.joined()) { hides = true }
        case "text-decoration", "text-decoration-line": if value.contains("line-through") { hides = true }
        case "margin", "margin-left", "margin-top":
            if value.contains(where: { (Self.pixels($0) ?? 0) < -500 }) { hides = true }
            if value.contains(where: { (Self.number($0) ?? 0) > 0 }) { hasMargin = true }
        case "font-size": if let size = Self.letterSize(first) { letters = size }
        case "font": if let size = value.lazy.compactMap({ Self.letterSize($0) }).first { letters = size }
        case "text-indent": if let indent = Self.pixels(first), indent < -500 { hides = true }
        case "overflow": if first == "hidden" { hidesOverflow = true }
        case "height", "max-height", "width", "max-width": if Self.number(first) == 0 { hasNoExtent = true }
        case "white-space": keepsLines = first.hasPrefix("pre")
        case "border": if first == "none" || Self.number(first) == 0 { hasNoBorder = true }
        case "border-top": if value.contains("#e1e1e1") || value.contains("#b5c4df") { isOutlookReplyRule = true }
        case "color", "-webkit-text-fill-color": color = Self.paint(value.joined())
        case "background-color": background = Self.ground(value.joined())
        case "background", "background-image":
            if property == "background-image", first == "none" { break }
            background = value.count == 1 ? Self.ground(first) : .unknown
        default: break
        }
    }

    // MARK: Reading values

    static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
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

    /// Nil for what only changes the size of the letters around, and for no size at all.
    private static func letterSize(_ text: String) -> LetterSize? {
        let keywords = ["xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "initial"]
        if keywords.contains(text) { return .readable }
        guard let size = number(text) else { return nil }
        if text.hasSuffix("%") { return size < 10 ? .tiny : nil }
        if text.hasSuffix("rem") { return size < 0.1 ? .tiny : .readable }
        if text.hasSuffix("em") || text.hasSuffix("ex") { return size < 0.1 ? .tiny : nil }
        let hasUnit = ["px", "pt", "pc", "mm", "cm", "in", "vw", "vh"].contains { text.hasSuffix($0) }
        return size < 1.5 && !text.hasSuffix("in") && !text.hasSuffix("cm") ? .tiny : hasUnit ? .readable : nil
    }

    /// A length in pixels, `em` taken as 16 of them.
    private static func pixels(_ text: String) -> Double? {
        number(text).map { text.hasSuffix("em") ? $0 * 16 : $0 }
    }

    /// `inset(100%)`, `circle(0)`, `rect(0, 0, 0, 0)`: nothing is left to see.
    private static func clipsAll(_ text: String) -> Bool {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return false }
        let values = text[text.index(after: open)...].dropLast().split { $0 == " " || $0 == "," }
        guard let first = values.first.map(String.init), let size = number(first) else { return false }
        switch text[..<open] {
        case "inset": return first.hasSuffix("%") && size >= 50
        case "circle", "ellipse": return size == 0
        case "rect", "polygon": return values.allSatisfy { (number(String($0)) ?? 2) <= 1 }
        default: return false
        }
    }

    /// `scale(0)`, `translateX(-9999px)`.
    private static func movesAway(_ text: String) -> Bool {
        text.split(separator: ")").contains { function in
            guard let open = function.firstIndex(of: "(") else { return false }
            let values = function[function.index(after: open)...].split(separator: ",").map(String.init)
            if function.hasPrefix("scale") { return values.contains { (number($0) ?? 1) == 0 } }
            return function.hasPrefix("translate") && values.contains { (pixels($0) ?? 0) < -500 }
        }
    }

    /// What is behind the text; what is transparent tells nothing.
    private static func ground(_ text: String) -> Paint? {
        let paint = paint(text)
        return paint == .transparent ? nil : paint
    }

    /// `#rgb`, `#rrggbb`, `rgb(r,g,b)` and the names that hidden text uses; anything else is unknown.
    private static func paint(_ text: String) -> Paint {
        let bytes = text.utf8.map { lowercased($0) }.filter { $0 > UInt8(ascii: " ") }
        let text = String(decoding: bytes, as: UTF8.self)
        switch text {
        case "white": return .rgb(0xff_ffff)
        case "black", "windowtext": return .rgb(0)
        case "transparent": return .transparent
        case "snow": return .rgb(0xff_fafa)
        case "ivory": return .rgb(0xff_fff0)
        case "whitesmoke": return .rgb(0xf5_f5f5)
        case "ghostwhite": return .rgb(0xf8_f8ff)
        case "floralwhite": return .rgb(0xff_faf0)
        default: break
        }
        if text.hasPrefix("#") {
            let digits = text.dropFirst()
            guard let value = UInt32(digits, radix: 16) else { return .unknown }
            switch digits.utf8.count {
            case 6: return .rgb(value)
            case 8: return value & 0xff == 0 ? .transparent : .rgb(value >> 8)
            case 3:
                let (red, green, blue) = (value >> 8, value >> 4 & 0xf, value & 0xf)
                return .rgb(red * 0x11_0000 + green * 0x1100 + blue * 0x11)
            default: return .unknown
            }
        }
        if text.hasPrefix("rgba(") || text.hasPrefix("hsla(") {
            let alpha = text.dropLast().split { $0 == "," || $0 == "/" }.last.map { number(String($0)) }
            return alpha == 0 ? .transparent : .unknown
        }
        guard text.hasPrefix("rgb("), text.hasSuffix(")") else { return .unknown }
        let parts = text.dropFirst(4).dropLast().split(separator: ",").map { UInt32($0) }
        guard parts.count == 3, let red = parts[0], let green = parts[1], let blue = parts[2],
            max(red, green, blue) <= 255
        else { return .unknown }
        return .rgb(red << 16 | green << 8 | blue)
    }
}
