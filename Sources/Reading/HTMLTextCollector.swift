import CXML2

/// Turns the parser's events into lines of visible text.
final class HTMLTextCollector {
    /// Deeper than any mail program writes. libxml2's work on an end tag grows with the open elements, so this also
    /// keeps hostile mails linear.
    private static let deepest = 400
    private static let mostOctets = 1024 * 1024
    private static let mostQuoteMarks = 20

    /// Nothing more is taken: the text is long enough, or the HTML hostile.
    private(set) var isFull = false

    /// How many events there have been: whoever feeds the parser sees by it whether it gets on.
    private(set) var events = 0

    private var open: [Element] = []
    private var output: [UInt8] = []
    private var line: [UInt8] = []
    /// The quote level at which the line began.
    private var lineLevel = 0
    private var spaceIsDue = false
    private var tabIsDue = false
    /// From a reply header of Outlook on, all is quoted.
    private var allIsQuoted = false

    private let sheet: HTMLStyleSheet

    /// Says where links lead; nil where nobody asks.
    var links: HTMLLinks?

    init(sheet: HTMLStyleSheet) { self.sheet = sheet }

    /// An open element, with what its text inherits.
    private struct Element {
        var isBlock = false
        var isCell = false
        var isHidden = false
        /// Its letters are too small to be seen; elements inside may set their size anew.
        var isTiny = false
        /// A `<details>` without `open`: of what is right in it, only the summary shows.
        var isClosed = false
        /// Only the first summary is one.
        var hasSummary = false
        var keepsLines = false
        var quoteLevel = 0
        /// Nil where nothing said so: then it differs from the background.
        var color: HTMLStyle.Paint?
        /// Nil is the screen's white, unless a style sheet may have changed that.
        var background: HTMLStyle.Paint?
    }

    /// The collector that libxml2 hands back to its callbacks.
    static func from(_ target: UnsafeMutableRawPointer?) -> HTMLTextCollector? {
        unsafe target.map { unsafe Unmanaged<HTMLTextCollector>.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: Events

    func noteEvent() { events &+= 1 }

    func open(_ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        noteEvent()
        guard !isFull, let name = unsafe name.map({ unsafe String(cString: $0) }) else { return }
        guard open.count < Self.deepest else {
            isFull = true
            return
        }
        if name == "br" { breakLine(evenIfEmpty: true) }
        var element = open.last ?? Element()
        element.isBlock = Self.blocks.contains(name)
        element.isCell = name == "td" || name == "th"
        element.isHidden =
            element.isHidden || Self.unseen.contains(name)
            || (element.isClosed && (name != "summary" || element.hasSummary))
        if name == "summary", !open.isEmpty { open[open.count - 1].hasSummary = true }
        element.isClosed = false
        element.hasSummary = false
        element.keepsLines = element.keepsLines || name == "pre" || name == "textarea"
        if !element.isHidden {
            let attributes = unsafe Self.read(attributes)
            let isShut = !attributes.contains { $0.name == "open" }
            element.isClosed = name == "details" && isShut
            element.isHidden = name == "dialog" && isShut
            if !element.isHidden { dress(&element, name, attributes) }
            if links != nil, !element.isHidden, name == "a" || name == "area" || name == "form" {
                links?.begin(attributes, name, depth: open.count)
            }
        }
        if element.isBlock { breakLine() }
        if element.isCell { tabIsDue = tabIsDue || !line.isEmpty }
        open.append(element)
        if name == "li", !element.isHidden, !element.isTiny { append("- ".utf8) }
    }

    func close() {
        noteEvent()
        guard let element = open.popLast() else { return }
        if let target = links?.end(depth: open.count) {
            if !line.isEmpty { spaceIsDue = true }
            append(target.utf8)
        }
        if element.isBlock { breakLine() }
    }

    func text(_ pointer: UnsafePointer<xmlChar>?, _ count: Int32) {
        noteEvent()
        guard !isFull, let pointer = unsafe pointer, count > 0 else { return }
        let element = open.last ?? Element()
        guard !element.isHidden, !element.isTiny, !element.isClosed, !isInvisible(element) else { return }
        let bytes = unsafe UnsafeBufferPointer(start: pointer, count: Int(count))
        if links != nil { unsafe links?.take(bytes) }
        var index = 0
        // Whole words are copied at once; white space between them becomes one space.
        var wordStart = 0
        func endWord(at end: Int) { if end > wordStart { unsafe append(bytes[wordStart..<end]) } }
        while index < bytes.count {
            let byte = unsafe bytes[index]
            // U+00A0, the no-break space, is white space too.
            let isNoBreak = unsafe byte == 0xc2 && index + 1 < bytes.count && bytes[index + 1] == 0xa0
            guard byte <= UInt8(ascii: " ") || byte == 0x7f || isNoBreak else {
                index += 1
                continue
            }
            endWord(at: index)
            if byte == UInt8(ascii: "\n"), element.keepsLines {
                breakLine(evenIfEmpty: true)
            } else {
                spaceIsDue = true
            }
            index += isNoBreak ? 2 : 1
            wordStart = index
        }
        endWord(at: bytes.count)
    }

    /// Text in the colour of what is behind it, or in none.
    private func isInvisible(_ element: Element) -> Bool {
        guard let color = element.color else { return false }
        return color.vanishes(on: element.background ?? (sheet.colorsBackground ? .unknown : .rgb(0xff_ffff)))
    }

    /// The whole text; lines end in LF.
    func finish() -> String {
        breakLine()
        while output.last == UInt8(ascii: "\n") { output.removeLast() }
        if !output.isEmpty { output.append(UInt8(ascii: "\n")) }
        return String(decoding: output, as: UTF8.self)
    }

    // MARK: Elements

    /// Works out from the attributes what is hidden and what is quoted.
    private func dress(_ element: inout Element, _ name: String, _ attributes: [(name: String, value: String)]) {
        var style = HTMLStyle()
        var classes: [Substring] = []
        var isMarkedCitation = false
        var isQuoteContainer = false
        var id: String?
        for (attribute, value) in attributes {
            switch attribute {
            case "hidden": style.hide()
            case "style": style.read(declarations: value)
            case "bgcolor": style.read(background: value)
            case "color" where name == "font": style.read(color: value)
            case "size" where name == "font": style.readFontSize()
            case "text" where name == "body": style.read(color: value)
            case "background": style.read(background: "")
            case "class": classes += value.split(separator: " ")
            case "id":
                id = value
                if Self.replyHeaderIDs.contains(value) { allIsQuoted = true }
                if Self.quoteIDs.contains(value) { isQuoteContainer = true }
            // GMX and Web.de.
            case "name" where name == "div": if value == "quote" { isQuoteContainer = true }
            case "type", "cite": isMarkedCitation = true
            default: break
            }
        }
        // A style sheet may give the classes any background.
        if !classes.isEmpty, sheet.colorsBackground { element.background = .unknown }
        if let letters = style.letters ?? sheet.sizeOfLetters(of: name, id: id, classes: classes) {
            element.isTiny = letters == .tiny
        }
        if let color = style.color { element.color = color }
        if let background = style.background { element.background = background }
        element.isHidden = style.isHidden || (!style.isShown && sheet.hides(name, id: id, classes: classes))
        element.keepsLines = element.keepsLines || style.keepsLines
        if style.isOutlookReplyRule || classes.contains(where: { Self.replyHeaderClasses.contains(String($0)) }) {
            allIsQuoted = true
        }
        let quotes =
            name == "blockquote"
            // Indented by the writer, not quoted: Gmail's and Outlook's indent buttons make such ones.
            ? isMarkedCitation || !classes.isEmpty || !style.isIndent
            : isQuoteContainer || classes.contains { Self.quoteClasses.contains(String($0)) }
        if quotes {
            element.quoteLevel += 1
            element.isBlock = true
        }
    }

    private static func read(
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) -> [(name: String, value: String)] {
        guard let attributes = unsafe attributes else { return [] }
        var found: [(name: String, value: String)] = []
        var index = 0
        while let name = unsafe attributes[index] {
            let value = unsafe attributes[index + 1].map { unsafe String(cString: $0) } ?? ""
            found.append((unsafe String(cString: name), value))
            index += 2
        }
        return found
    }

    private static let unseen: Set<String> = [
        "head", "title", "script", "style", "template", "iframe", "noframes", "noembed", "svg", "math", "audio",
        "video", "canvas", "datalist", "noscript",
        // Struck out is taken back.
        "del", "s", "strike",
    ]

    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
        "tfoot", "thead", "tr", "ul",
    ]

    /// Containers that hold nothing but the other mail. Gmail's `gmail_quote` on a div is not among them: answers
    /// written between the quotes stand in it too; its blockquotes are quotes by themselves.
    private static let quoteClasses: Set<String> = [
        "yahoo_quoted", "protonmail_quote", "moz-forward-container", "zmail_extra", "tutanota_quote", "iosquote",
    ]

    /// The same by id: the new Outlook's.
    private static let quoteIDs: Set<String> = [
        "mail-editor-reference-message-container", "x_mail-editor-reference-message-container",
    ]

    /// Where Outlook and its kin begin the header of the mail that is answered; all after it is that mail.
    private static let replyHeaderIDs: Set<String> = ["divRplyFwdMsg", "x_divRplyFwdMsg", "OLK_SRC_BODY_SECTION"]
    private static let replyHeaderClasses: Set<String> = ["OutlookMessageHeader"]

    // MARK: Lines

    private func append(_ bytes: some Collection<UInt8>) {
        if line.isEmpty {
            lineLevel = min((open.last?.quoteLevel ?? 0) + (allIsQuoted ? 1 : 0), Self.mostQuoteMarks)
        } else if tabIsDue {
            line.append(UInt8(ascii: "\t"))
        } else if spaceIsDue, line.last != UInt8(ascii: " ") {
            line.append(UInt8(ascii: " "))
        }
        tabIsDue = false
        spaceIsDue = false
        line.append(contentsOf: bytes)
    }

    /// Ends the line. An empty one stays only where it was asked for, and no two in a row.
    private func breakLine(evenIfEmpty: Bool = false) {
        spaceIsDue = false
        tabIsDue = false
        if line.isEmpty {
            let isSecond = output.isEmpty || output.suffix(2).elementsEqual("\n\n".utf8)
            if evenIfEmpty, !isSecond, open.last?.isHidden != true { output.append(UInt8(ascii: "\n")) }
            return
        }
        for _ in 0..<lineLevel { output.append(contentsOf: "> ".utf8) }
        output.append(contentsOf: line.prefix(max(0, Self.mostOctets - output.count)))
        output.append(UInt8(ascii: "\n"))
        line.removeAll(keepingCapacity: true)
        if output.count >= Self.mostOctets { isFull = true }
    }
}
