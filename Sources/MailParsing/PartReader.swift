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
    /// Why the text that the sender wrote can't be read.
    private(set) var obstacle: TextObstacle?
    /// What is wrong with the structure of what a signature encloses.
    private(set) var problems: [MIMEProblem] = []
    /// Of a `multipart/report`: the parts that machines read, decoded, by their place in `entities`.
    private(set) var reportParts: [Int: [UInt8]] = [:]

    private var bytes: [UInt8]
    private let decoder: CharsetDecoder
    private let words: EncodedWords
    private let limits: MailLimits
    private var textLeft: Int
    private var alternatives = 0
    private var leaves = 0
    /// Some text before this place says something.
    private var sawWords = false
    /// Signatures around what is read that enclose it.
    private var seals = 0

    init(bytes: [UInt8], decoder: CharsetDecoder, limits: MailLimits) {
        self.bytes = bytes
        self.decoder = decoder
        self.words = EncodedWords(decoder: decoder)
        self.limits = limits
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
        guard place.depth <= limits.nesting else { return }
        let type = node.type
        types.append(type)
        switch node.kind {
        case .multipart:
            entities.append(MIMEOutline.Entity(type: type))
            visitChildren(of: node, type: type, place)
        case .message, .other:
            entities.append(MIMEOutline.Entity(type: type))
            attach(node, type, nil)
        case .leaf:
            let content = node.content(in: bytes.count)
            entities.append(MIMEOutline.Entity(type: type, content: content))
            leaves += 1
            if let kind = textKind(node, type, place) {
                take(node, kind, content, place)
            } else {
                attach(node, type, content)
                keepReportPart(node, type, content)
                if !place.isResource, !place.isSealed, !sawWords { lookInto(node, type, content, place) }
                // Exchange puts words of its own before what it encrypts.
                if type == "application/x-microsoft-rpmsg-message" { obstacle = .encrypted }
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
        case "multipart/encrypted":
            inner.isSealed = true
            if !sawWords { obstacle = .encrypted }
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
        // A few programs name the body itself; everything else with a name is a file.
        let isBody = leaves == 1 || (place.alternative != nil && texts.last?.alternative == place.alternative)
        return isBody || node.filename == nil ? kind : nil
    }

    /// Only what stands in the mail itself is its report, not what a signature encloses.
    private mutating func keepReportPart(_ node: GMimeNode, _ type: String, _ content: Range<Int>?) {
        guard types[0] == "multipart/report", seals == 0, let content, DeliveryReportReader.reads(type) else { return }
        let (octets, isCut) = node.decoded(bytes[content], limit: DeliveryReportReader.longestPart)
        if !isCut { reportParts[entities.count - 1] = octets }
    }

    // MARK: What stands in the text's place

    /// An attachment before any words: it may hold the text.
    private mutating func lookInto(_ node: GMimeNode, _ type: String, _ content: Range<Int>?, _ place: Place) {
        let name = node.filename?.asciiLowercased
        switch type {
        case "application/ms-tnef", "application/vnd.ms-tnef": obstacle = .outlookFormat
        case "application/pkcs7-mime", "application/x-pkcs7-mime": open(node, content, place)
        // Gateways lose the type.
        case "application/octet-stream" where name == "winmail.dat": obstacle = .outlookFormat
        case "application/octet-stream" where name == "smime.p7m": open(node, content, place)
        default: break
        }
    }

    /// Signatures of signatures are read this deep: a signed mail that is encrypted and signed again has two.
    private static let mostSeals = 3

    /// Reads the mail that an S/MIME signature encloses (RFC 8551 §3.5.2) as if it stood in the signature's place. Its
    /// header's other fields count for nothing, and whatever is doubtful about its structure is doubtful about the mail's.
    private mutating func open(_ node: GMimeNode, _ content: Range<Int>?, _ place: Place) {
        guard seals < Self.mostSeals, place.alternative == nil, let content else {
            obstacle = .sealed
            return
        }
        switch CMSEnvelope(node.decoded(bytes[content], limit: limits.size).octets[...]) {
        case .encrypted: obstacle = .encrypted
        case .unreadable:
            let isSaidEncrypted = node.parameter("smime-type")?.asciiLowercased.hasSuffix("enveloped-data") ?? false
            obstacle = isSaidEncrypted ? .encrypted : .sealed
        case .signed(let entity):
            let split = HeaderBlock.split(entity, limits: limits)
            guard split.problems.isEmpty else {
                obstacle = .sealed
                return
            }
            read(entity, split, place)
        }
    }

    private mutating func read(_ entity: [UInt8], _ split: HeaderSplit, _ place: Place) {
        var limits = limits
        limits.nesting -= place.depth + 1
        limits.parts -= types.count
        let outline = MIMEOutline(bytes: entity, header: split.block, bodyStart: split.bodyStart, limits: limits)
        problems += outline.problems
        guard !outline.isBeyondLimits else { return }
        let inner = GMimeTree.read(entity) { tree in
            var reader = PartReader(bytes: entity, continuing: self)
            reader.visit(tree.root, Place(depth: place.depth + 1))
            return reader
        }
        guard let inner else {
            problems.append(.unreadable)
            return
        }
        take(inner)
        if problems.isEmpty, !outline.agrees(with: inner.entities) { problems.append(.twoReadings) }
    }

    /// A reader of what `outer` found enclosed, which goes on where that one is.
    private init(bytes: [UInt8], continuing outer: PartReader) {
        self = outer
        self.bytes = bytes
        entities = []
        leaves = 0
        seals += 1
    }

    private mutating func take(_ inner: PartReader) {
        let own = (bytes, entities, leaves, seals)
        self = inner
        (bytes, entities, leaves, seals) = own
    }

    // MARK: Texts and attachments

    private mutating func attach(_ node: GMimeNode, _ type: String, _ content: Range<Int>?) {
        let name = node.filename.map { words.decode($0.utf8.prefix(255)) }
        attachments.append(Attachment(name: name?.isEmpty == true ? nil : name, type: type, size: content?.count))
    }

    private mutating func take(_ node: GMimeNode, _ kind: TextPart.Kind, _ content: Range<Int>?, _ place: Place) {
        let label = node.parameter("charset")
        let (octets, isCut) = node.decoded(bytes[content ?? 0..<0], limit: textLeft)
        // A missing charset means US-ASCII (RFC 2045 §5.2), which is no guess as long as the octets keep to it.
        let declared =
            label.map { Charset(label: $0) } ?? (kind == .html ? HTMLCharset.stated(in: octets) : nil) ?? .ascii
        let sibling = texts.last.flatMap { $0.charsetGuessed ? nil : Charset(label: $0.charset) }
        let read = decoder.decode(
            isCut ? Self.withoutCutCharacter(octets) : octets, declared: declared, hint: sibling)
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
        if kind == .plain {
            let bare = ArmoredText(text)
            text = bare.text
            if bare.isEncrypted, !sawWords { obstacle = .encrypted }
        }
        sawWords = sawWords || text.utf8.contains { $0 > UInt8(ascii: " ") }
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
        var output: [UInt8] = []
        // What lies between two such octets is copied as one.
        var start = 0
        for (index, byte) in bytes.enumerated() where byte <= UInt8(ascii: "\r") {
            switch byte {
            case UInt8(ascii: "\r"):
                output.append(contentsOf: bytes[start..<index])
                output.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\n") where index > 0 && bytes[index - 1] == UInt8(ascii: "\r"): break
            case 0:
                output.append(contentsOf: bytes[start..<index])
                output.append(contentsOf: "\u{fffd}".utf8)
            default: continue
            }
            if output.capacity < bytes.count { output.reserveCapacity(bytes.count + 16) }
            start = index + 1
        }
        guard start > 0 else { return text }
        output.append(contentsOf: bytes[start...])
        return String(decoding: output, as: UTF8.self)
    }
}
