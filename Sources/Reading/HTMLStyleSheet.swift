/// What a mail's `<style>` elements hide, as far as simple selectors say it: `p`, `.x`, `#x`, `p.x`, `p#x`, also below
/// `html` or `body`. Rules for some screens only (`@media (max-width: …)`) and for print are passed over.
///
/// Read before everything else, since a style sheet counts for what stands above it too. Linear in the HTML.
struct HTMLStyleSheet {
    private static let mostOctets = 128 * 1024

    /// Selectors as they are written, of what can't be seen.
    private var hidden: Set<String> = []
    /// The same of letters whose size is set: elements inside may set it anew.
    private var letters: [String: HTMLStyle.LetterSize] = [:]
    /// A rule, perhaps for some screens only, gives something a background that is not the screen's white.
    private(set) var colorsBackground = false

    init(ofHTML html: String) {
        let bytes = Array(html.utf8)
        var room = Self.mostOctets
        var at = 0
        while room > 0, let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
            at = open + 1
            if Self.has("!--", at: at, in: bytes) {
                guard let end = Self.find("-->", from: at + 1, in: bytes) else { return }
                at = end + 3
            } else if Self.has("style", at: at, in: bytes) {
                guard let tagEnd = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { return }
                let end = Self.find("</style", from: tagEnd + 1, in: bytes) ?? bytes.count
                if Self.isForScreens(bytes[at..<tagEnd]) {
                    read(rules: bytes[(tagEnd + 1)..<end].prefix(room))
                    // What goes unread may say anything.
                    if end - tagEnd > room { colorsBackground = true }
                    room -= end - tagEnd
                }
                at = end
            }
        }
    }

    /// Whether an element can't be seen.
    func hides(_ name: String, id: String?, classes: [Substring]) -> Bool {
        guard !hidden.isEmpty else { return false }
        if hidden.contains(name) { return true }
        let keys = classes.lazy.map { "." + $0.lowercased() }
        if keys.contains(where: { hidden.contains($0) || hidden.contains(name + $0) }) { return true }
        guard let key = id.map({ "#" + $0.lowercased() }) else { return false }
        return hidden.contains(key) || hidden.contains(name + key)
    }

    /// What the most special rule says of the size of an element's letters.
    func sizeOfLetters(of name: String, id: String?, classes: [Substring]) -> HTMLStyle.LetterSize? {
        guard !letters.isEmpty else { return nil }
        if let key = id.map({ "#" + $0.lowercased() }), let size = letters[name + key] ?? letters[key] { return size }
        let sizes = classes.map { "." + $0.lowercased() }.compactMap { letters[name + $0] ?? letters[$0] }
        // Which of two classes counts depends on their order in the sheet, so that one that shows is enough.
        if sizes.contains(.readable) { return .readable }
        return sizes.first ?? letters[name]
    }

    // MARK: Rules

    private mutating func read(rules source: ArraySlice<UInt8>) {
        let css = HTMLStyle.withoutComments(source.map(HTMLStyle.lowercased))
        // How many open braces belong to blocks that hold rules and count.
        var groups = 0
        var start = 0
        var at = 0
        while at < css.count {
            switch css[at] {
            case UInt8(ascii: "{"):
                let prelude = Self.trimmed(css[start..<at])
                if prelude.first == UInt8(ascii: "@"), Self.isForScreens(prelude) {
                    groups += 1
                    at += 1
                } else {
                    let end = Self.endOfBlock(css, from: at + 1)
                    if prelude.first != UInt8(ascii: "@") {
                        apply(css[(at + 1)..<end], to: prelude)
                    } else if Self.find("background", from: at, in: css, before: end) != nil {
                        colorsBackground = true
                    }
                    at = end + 1
                }
                start = at
            case UInt8(ascii: "}"):
                groups = max(0, groups - 1)
                at += 1
                start = at
            case UInt8(ascii: ";"):
                // `@import …;`
                at += 1
                start = at
            default: at += 1
            }
        }
    }

    private mutating func apply(_ declarations: ArraySlice<UInt8>, to prelude: ArraySlice<UInt8>) {
        var style = HTMLStyle()
        style.read(declarations: String(decoding: declarations, as: UTF8.self))
        let hides = style.isHidden || style.color == .transparent
        if let background = style.background, !background.vanishes(on: .rgb(0xff_ffff)) { colorsBackground = true }
        guard hides || style.isShown || style.letters != nil else { return }
        for selector in prelude.split(separator: UInt8(ascii: ",")) {
            // Letters that can be read count wherever the element stands: text is not to be lost for a guess.
            if style.letters == .readable, let last = Self.lastPart(of: selector) { letters[last] = .readable }
            guard let key = Self.key(selector) else { continue }
            if style.letters == .tiny { letters[key] = .tiny }
            guard hides || style.isShown else { continue }
            if hides { hidden.insert(key) } else { hidden.remove(key) }
        }
    }

    /// The selector's last part, where all before it holds for any element of a mail.
    private static func key(_ selector: ArraySlice<UInt8>) -> String? {
        let parts = selector.split { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: ">") }
        guard let last = parts.last else { return nil }
        let surroundings = parts.dropLast()
        guard surroundings.allSatisfy({ $0.elementsEqual("html".utf8) || $0.elementsEqual("body".utf8) }) else {
            return nil
        }
        var marks = 0
        for byte in last {
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "#") {
                marks += 1
            } else if !byte.isLetterOrDigit, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_"), byte < 0x80 {
                return nil
            }
        }
        let text = String(decoding: last, as: UTF8.self)
        return marks > 1 || text == "html" || text == "body" ? nil : text
    }

    /// The selector's last part, whatever stands before it.
    private static func lastPart(of selector: ArraySlice<UInt8>) -> String? {
        let parts = selector.split { $0 <= UInt8(ascii: " ") || ">+~".utf8.contains($0) }
        return parts.last.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func endOfBlock(_ css: [UInt8], from start: Int) -> Int {
        var depth = 1
        for at in start..<max(start, css.count) {
            if css[at] == UInt8(ascii: "{") { depth += 1 }
            if css[at] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return at }
        }
        return css.count
    }

    /// A `<style media=…>` or `@media …` that holds on any screen.
    private static func isForScreens(_ head: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: head.prefix(200).map(HTMLStyle.lowercased), as: UTF8.self)
        if text.first == "@" {
            let words = text.split { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\r" || $0 == "\t" }
            return words.first == "@media" && words.dropFirst().contains { $0 == "screen" || $0 == "all" }
                && words.dropFirst().allSatisfy { ["screen", "all", "only", "print"].contains($0) }
        }
        guard text.contains("media=") else { return true }
        return !text.contains("(") && (text.contains("screen") || text.contains("all"))
    }

    // MARK: Bytes

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        // Old sheets begin with `<!--` and end with `-->`.
        bytes.drop { $0 <= UInt8(ascii: " ") || "<!-->".utf8.contains($0) }
    }

    private static func has(_ word: String, at place: Int, in bytes: [UInt8]) -> Bool {
        guard place + word.utf8.count <= bytes.count else { return false }
        var at = place
        for letter in word.utf8 {
            if letter != HTMLStyle.lowercased(bytes[at]) { return false }
            at += 1
        }
        return true
    }

    private static func find(_ word: String, from start: Int, in bytes: [UInt8], before limit: Int = .max) -> Int? {
        let first = word.utf8.first
        let limit = min(limit, bytes.count)
        var at = start
        while at < limit, let place = bytes[at..<limit].firstIndex(where: { $0 == first }) {
            if has(word, at: place, in: bytes) { return place }
            at = place + 1
        }
        return nil
    }
}
