import Mail

/// Goes through GMime's tree once and gathers what a mail says and carries.
struct PartReader {
    private(set) var types: [String] = []
    private(set) var texts: [TextPart] = []
    private(set) var attachments: [Attachment] = []
    /// What GMime saw, to be compared with the ``MIMEOutline``.
    private(set) var entities: [MIMEOutline.Entity] = []
    /// The text was longer than the limit.
    private(set) var textWasCut = false

    private let bytes: [UInt8]
    private let decoder: CharsetDecoder
    private let words: EncodedWords
    private let deepest: Int
    private var textLeft: Int
    private var alternatives = 0

    init(bytes: [UInt8], decoder: CharsetDecoder, limits: MailLimits) {
        self.bytes = bytes
        self.decoder = decoder
        self.words = EncodedWords(decoder: decoder)
        self.deepest = limits.nesting
        self.textLeft = limits.text
    }

    mutating func read(_ root: GMimeNode) { visit(root, Place()) }

    /// Where in the tree a node stands.
    private struct Place {
        var depth = 0
        /// The outermost `multipart/alternative` around it: everything in that one is a version of the same text.
        var alternative: Int?
        /// It is material for the text of a `multipart/related`, shown only where that text refers to it.
        var isResource = false
        /// Part of an encrypted or otherwise closed container.
        var isSealed = false
    }

    private mutating func visit(_ node: GMimeNode, _ place: Place) {
        guard place.depth <= deepest else { return }
        let type = node.type
        types.append(type)
        switch node.kind {
        case .multipart:
            entities.append(MIMEOutline.Entity(type: type))
            visitChildren(of: node, type: type, place)
        case .message, .other:
            entities.append(MIMEOutline.Entity(type: type))
            attach(node, type)
        case .leaf:
            let content = node.content(in: bytes.count)
            entities.append(MIMEOutline.Entity(type: type, content: content))
            if let kind = textKind(node, type, place) {
                take(node, kind, content, place)
            } else {
                attach(node, type)
            }
        }
    }

    private mutating func visitChildren(of node: GMimeNode, type: String, _ place: Place) {
        var inner = place
        inner.depth += 1
        switch type {
        case "multipart/alternative":
            if inner.alternative == nil {
                alternatives += 1
                inner.alternative = alternatives
            }
        case "multipart/encrypted": inner.isSealed = true
        default: break
        }
        let children = node.children
        let root = type == "multipart/related" ? relatedRoot(of: node, among: children) : 0
        for (index, child) in children.enumerated() {
            var spot = inner
            if type == "multipart/related", index != root { spot.isResource = true }
            visit(child, spot)
        }
    }

    /// The `start` parameter's part, else the first (RFC 2387 §3.2).
    private func relatedRoot(of node: GMimeNode, among children: [GMimeNode]) -> Int {
        guard var start = node.parameter("start") else { return 0 }
        if start.hasPrefix("<"), start.hasSuffix(">") { start = String(start.dropFirst().dropLast()) }
        return children.firstIndex { $0.contentID == start } ?? 0
    }

    /// What kind of the mail's text a leaf is; nil for an attachment. An unknown disposition means attachment
    /// (RFC 2183 §2.8); a text with a file's name is one too, unless it is the first text and so the body itself.
    private func textKind(_ node: GMimeNode, _ type: String, _ place: Place) -> TextPart.Kind? {
        guard !place.isResource, !place.isSealed, node.disposition ?? "inline" == "inline" else { return nil }
        let kind: TextPart.Kind
        switch type {
        case "text/plain": kind = .plain
        case "text/html": kind = .html
        default: return nil
        }
        return texts.isEmpty || node.filename == nil ? kind : nil
    }

    private mutating func attach(_ node: GMimeNode, _ type: String) {
        let name = node.filename.map { words.decode($0.utf8.prefix(255)) }
        attachments.append(Attachment(name: name?.isEmpty == true ? nil : name, type: type))
    }

    private mutating func take(_ node: GMimeNode, _ kind: TextPart.Kind, _ content: Range<Int>?, _ place: Place) {
        let label = node.parameter("charset")
        let (octets, isCut) = node.decoded(bytes[content ?? 0..<0], limit: textLeft)
        // A missing charset means US-ASCII (RFC 2045 §5.2), which is no guess as long as the octets keep to it.
        let declared = label.map { Charset(label: $0) } ?? .ascii
        let read = decoder.decode(isCut ? Self.withoutCutCharacter(octets) : octets, declared: declared)
        var text = Self.withLineFeeds(read.text)
        let flowed = kind == .plain && node.parameter("format")?.asciiLowercased == "flowed"
        if flowed {
            let deletesSpace = node.parameter("delsp")?.asciiLowercased == "yes"
            text = FlowedText.unflow(text, deletesSpace: deletesSpace)
        }
        if text.utf8.count > textLeft {
            text = String(decoding: Self.withoutCutCharacter(Array(text.utf8.prefix(textLeft))), as: UTF8.self)
            textWasCut = true
        }
        if isCut { textWasCut = true }
        textLeft -= text.utf8.count
        texts.append(
            TextPart(
                kind: kind, text: text, flowed: flowed, charset: read.charset.name, charsetGuessed: read.guessed,
                alternative: place.alternative))
    }

    /// Drops a UTF-8 sequence that a cut left unfinished at the end.
    private static func withoutCutCharacter(_ octets: [UInt8]) -> [UInt8] {
        var octets = octets
        var dropped = 0
        while let last = octets.last, last & 0xc0 == 0x80, dropped < 3 {
            octets.removeLast()
            dropped += 1
        }
        if let last = octets.last, last >= 0xc0 { octets.removeLast() }
        return octets
    }

    /// CRLF and bare CR become LF; NUL, which no text holds and C libraries stop at, becomes U+FFFD.
    private static func withLineFeeds(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 == UInt8(ascii: "\r") || $0 == 0 }) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var afterReturn = false
        for byte in bytes {
            if byte == UInt8(ascii: "\r") {
                output.append(UInt8(ascii: "\n"))
                afterReturn = true
                continue
            }
            if byte == 0 {
                output.append(contentsOf: "\u{fffd}".utf8)
            } else if !(byte == UInt8(ascii: "\n") && afterReturn) {
                output.append(byte)
            }
            afterReturn = false
        }
        return String(decoding: output, as: UTF8.self)
    }
}
