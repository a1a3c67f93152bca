import Mail

/// The skeleton of a mail's MIME structure (RFC 2046), read over the raw octets without any library.
///
/// It bounds what GMime gets to see, names what is ambiguous, and is the second reader that GMime's tree must agree
/// with. One pass, linear in the octets times the open multiparts, which are bounded; nothing recurses.
struct MIMEOutline {
    /// One part. Parts of attached mails are counted for the limits but are not in here.
    struct Entity {
        let type: String
        /// Where the content lies: from after the header to before the delimiter that ends it. Nil for multiparts
        /// and attached mails, whose content is other parts.
        var content: Range<Int>?
        /// Where the header of an attached mail lies; nil for every other part.
        var header: Range<Int>?
    }

    /// Whether another reader saw the same parts in the same places. Line ends at a part's end count for nothing:
    /// GMime keeps the last one when the mail ends right after the closing delimiter.
    func agrees(with others: [Entity]) -> Bool {
        entities.count == others.count
            && zip(entities, others).allSatisfy { mine, other in
                mine.type == other.type && core(of: mine.content) == core(of: other.content)
            }
    }

    /// Without CR and LF at its end.
    private func core(of content: Range<Int>?) -> Range<Int>? {
        guard let content else { return nil }
        var end = content.upperBound
        while end > content.lowerBound, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") {
            end -= 1
        }
        return content.lowerBound..<end
    }

    /// Depth first, the whole mail first.
    private(set) var entities: [Entity] = []
    /// Each at most once.
    private(set) var problems: [MIMEProblem] = []

    var isBeyondLimits: Bool { problems.contains { $0.isBeyondLimits } }

    private let bytes: [UInt8]
    private let limits: MailLimits
    private var open: [Multipart] = []
    /// The part whose content is being read: what it is, and its place in `entities` where it has one.
    private var leaf: (start: Int, entity: Int?)?
    private var partCount = 0
    private var partFieldCount = 0

    /// Fields in the headers of all parts together: GMime makes an object of each.
    private var mostPartFields: Int { limits.headerFields * 10 }

    /// An unfinished multipart.
    private struct Multipart {
        let boundary: [UInt8]
        let depth: Int
        let isDigest: Bool
        /// It is a part of an attached mail.
        let isForeign: Bool
        var isClosed = false
    }

    /// Reads the structure of the mail whose top header is `header` and whose body begins at `bodyStart`.
    init(bytes: [UInt8], header: HeaderBlock, bodyStart: Int, limits: MailLimits) {
        self.bytes = bytes
        self.limits = limits
        let fields = header.fields.filter { Self.isContentField($0.name) }
        let position = enter(fields, bodyAt: bodyStart, depth: 0, isForeign: false, inDigest: false)
        if let position { readBody(from: position) }
        finish()
    }

    private static func isContentField(_ name: String) -> Bool {
        name.utf8.count > 8 && zip(name.utf8, "content-".utf8).allSatisfy { $0.asciiLowercased == $1 }
    }

    /// Takes one entity's header. Returns where reading goes on, nil when a limit was reached.
    private mutating func enter(
        _ fields: [HeaderField], bodyAt start: Int, depth: Int, isForeign: Bool, inDigest: Bool
    ) -> Int? {
        var start = start
        var fields = fields
        var depth = depth
        var isForeign = isForeign
        var inDigest = inDigest
        while true {
            partCount += 1
            guard partCount <= limits.parts else { return stop(.tooManyParts) }
            guard depth <= limits.nesting else { return stop(.tooDeep) }
            let contentType = readFields(fields, isForeign: isForeign, inDigest: inDigest)
            guard !isBeyondLimits else { return nil }
            if contentType.isMultipart, let boundary = contentType.boundary, !boundary.isEmpty {
                if !isForeign {
                    entities.append(Entity(type: contentType.type))
                    if open.contains(where: { $0.boundary == boundary }) { note(.duplicateBoundary) }
                }
                open.append(
                    Multipart(
                        boundary: boundary, depth: depth, isDigest: contentType.type == "multipart/digest",
                        isForeign: isForeign))
                leaf = nil
                return start
            }
            guard contentType.isMessage else {
                leaf = (start, isForeign ? nil : entities.count)
                if !isForeign { entities.append(Entity(type: contentType.type, content: start..<start)) }
                return start
            }
            // An attached mail: its header follows at once, its parts count for the limits only.
            let own = isForeign ? nil : entities.count
            if !isForeign { entities.append(Entity(type: contentType.type)) }
            isForeign = true
            inDigest = false
            depth += 1
            switch readHeader(at: start) {
            case .header(let inner, let body):
                if let own { entities[own].header = start..<body }
                fields = inner
                start = body
            case .ended:
                leaf = nil
                return start
            case .beyondLimits: return nil
            }
        }
    }

    private mutating func stop(_ problem: MIMEProblem) -> Int? {
        note(problem)
        return nil
    }

    private mutating func note(_ problem: MIMEProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// The type that the fields state; doubts about parts of an attached mail concern nobody.
    private mutating func readFields(_ fields: [HeaderField], isForeign: Bool, inDigest: Bool) -> ContentType {
        var contentType = ContentType(defaultInDigest: inDigest)
        var names: Set<String> = []
        var encoding: [UInt8]?
        for field in fields {
            if !EncodedWords.namesOnlyKnownCharsets(field.value) { note(.unknownParameterCharset) }
            let name = field.name.asciiLowercased
            guard names.insert(name).inserted else {
                if !isForeign { note(.duplicateField) }
                continue
            }
            switch name {
            case "content-type": contentType = ContentType(field.value)
            case "content-transfer-encoding": encoding = field.value
            default: break
            }
        }
        if let encoding {
            var lexer = ParameterLexer(encoding)
            let token = lexer.token()?.asciiLowercased
            contentType.isEncoded = token == "base64" || token == "quoted-printable"
            if !isForeign { check(token, isAlone: lexer.isAtEnd, of: contentType) }
        }
        if !isForeign { contentType.doubts.forEach { note($0) } }
        return contentType
    }

    /// `isAlone`: nothing follows the encoding's token.
    private mutating func check(_ encoding: String?, isAlone: Bool, of contentType: ContentType) {
        let isKnown = isAlone && ["7bit", "8bit", "binary", "base64", "quoted-printable"].contains(encoding)
        if contentType.isMultipart, contentType.isEncoded || !isKnown { note(.encodedMultipart) }
        // Nobody opens an attachment, so how it is encoded decides nothing.
        if contentType.type.hasPrefix("text/"), !isKnown { note(.unknownEncoding) }
    }

    // MARK: Lines

    /// The end of the line at `start` without its line end, and where the next one begins.
    private func line(at start: Int) -> (end: Int, next: Int) {
        guard let feed = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return (bytes.count, bytes.count) }
        let end = feed > start && bytes[feed - 1] == UInt8(ascii: "\r") ? feed - 1 : feed
        return (end, feed + 1)
    }

    /// Which open multipart's delimiter the line is, innermost first, and whether it is the closing one.
    private func delimiter(_ start: Int, _ end: Int) -> (level: Int, closes: Bool)? {
        guard end - start > 2, bytes[start] == UInt8(ascii: "-"), bytes[start + 1] == UInt8(ascii: "-") else {
            return nil
        }
        let text = bytes[start + 2..<end]
        for level in open.indices.reversed() {
            guard text.starts(with: open[level].boundary) else { continue }
            let rest = text.dropFirst(open[level].boundary.count)
            if rest.allSatisfy(\.isBlank) { return (level, false) }
            if rest.starts(with: "--".utf8), rest.dropFirst(2).allSatisfy(\.isBlank) { return (level, true) }
        }
        return nil
    }

    private mutating func readBody(from start: Int) {
        var position = start
        while position < bytes.count, !open.isEmpty {
            let (end, next) = line(at: position)
            guard let (level, closes) = delimiter(position, end) else {
                position = next
                continue
            }
            endLeaf(before: position)
            // Inner multiparts that an outer delimiter cuts off were never closed.
            while open.count > level + 1 { leave() }
            if closes {
                open[level].isClosed = true
                leave()
                position = next
                continue
            }
            let parent = open[level]
            switch readHeader(at: next) {
            case .header(let fields, let body):
                guard
                    let after = enter(
                        fields, bodyAt: body, depth: parent.depth + 1, isForeign: parent.isForeign,
                        inDigest: parent.isDigest)
                else { return }
                position = after
            case .ended(let at):
                // A delimiter right after a delimiter: a part without header and content.
                position = at
            case .beyondLimits: return
            }
        }
    }

    private mutating func leave() {
        let left = open.removeLast()
        if !left.isClosed, !left.isForeign { note(.unclosed) }
    }

    /// The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
    private mutating func endLeaf(before delimiter: Int) {
        guard let leaf else { return }
        self.leaf = nil
        guard let entity = leaf.entity else { return }
        var end = delimiter
        if end > leaf.start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > leaf.start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        entities[entity].content = leaf.start..<max(end, leaf.start)
    }

    private mutating func finish() {
        if !isBeyondLimits {
            endLeafAtEnd()
            while !open.isEmpty { leave() }
        }
    }

    private mutating func endLeafAtEnd() {
        if let leaf, let entity = leaf.entity { entities[entity].content = leaf.start..<bytes.count }
        leaf = nil
    }

    // MARK: Part headers

    private enum PartHeader {
        /// The Content fields, and where the body begins.
        case header([HeaderField], body: Int)
        /// A delimiter or the end of the mail stands where the header should go on.
        case ended(at: Int)
        case beyondLimits
    }

    private mutating func readHeader(at start: Int) -> PartHeader {
        var position = start
        var fields: [HeaderField] = []
        var name: String?
        var value: [UInt8] = []
        var count = 0
        func finishField() {
            if let name { fields.append(HeaderField(name: name, value: Array(value[...].trimmed))) }
            name = nil
            value.removeAll(keepingCapacity: true)
        }
        while position < bytes.count {
            let (end, next) = line(at: position)
            if end == position {
                finishField()
                return .header(fields, body: next)
            }
            if delimiter(position, end) != nil {
                // The header has no empty line after it: fields without content, or a part cut short.
                finishField()
                return count > 0 ? .header(fields, body: position) : .ended(at: position)
            }
            guard end - position <= limits.headerLine else {
                note(.partHeaderTooLong)
                return .beyondLimits
            }
            let line = bytes[position..<end]
            position = next
            if bytes[line.startIndex].isBlank {
                if count == 0 { note(.badPartHeader) }
                if name != nil { value.append(contentsOf: line) }
            } else {
                count += 1
                partFieldCount += 1
                finishField()
                let read = line.prefix { $0 != UInt8(ascii: ":") && (0x21...0x7e).contains($0) }
                if read.isEmpty || read.endIndex == line.endIndex || bytes[read.endIndex] != UInt8(ascii: ":")
                    || line.contains(0)
                {
                    note(.badPartHeader)
                } else {
                    let text = String(decoding: read, as: UTF8.self)
                    if Self.isContentField(text) {
                        name = text
                        value.append(contentsOf: line[(read.endIndex + 1)...])
                    }
                }
            }
            guard count <= limits.headerFields, partFieldCount <= mostPartFields, value.count <= limits.headerField
            else {
                note(.partHeaderTooLong)
                return .beyondLimits
            }
        }
        finishField()
        return .header(fields, body: bytes.count)
    }
}
