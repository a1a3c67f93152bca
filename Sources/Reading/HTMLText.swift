import CXML2

/// The text that somebody sees who opens the HTML in a mail program: no markup, no scripts or styles, nothing that
/// is hidden. Block elements and `<br>` end lines, table cells are parted by tabs, list items begin with "- ".
///
/// What is recognisably quoted (blockquotes, and the containers in which mail programs put the mail that they answer
/// or forward) has "> " before each line, once a level, so that whoever strips quotes sees it. Time is linear in the
/// HTML and the result holds at most 1 MiB; hostile nesting or attributes end the text early.
///
/// - Parameter showingLinks: says behind each link where it leads, unless its words say just that.
package func visibleText(ofHTML html: String, showingLinks: Bool = false) -> String {
    VisibleText(ofHTML: html, showingLinks: showingLinks).text
}

/// What ``visibleText(ofHTML:)`` answers, and whether that is all.
struct VisibleText {
    let text: String
    /// There was more, but it is too long, too deep or too costly to be read.
    let isCut: Bool

    init(ofHTML html: String, showingLinks: Bool = false) {
        guard LibXML.started else {
            text = ""
            isCut = !html.isEmpty
            return
        }
        let collector = HTMLTextCollector(sheet: HTMLStyleSheet(ofHTML: html))
        if showingLinks { collector.links = HTMLLinks() }
        let source = HTMLSource(html, watching: collector)
        if let parser = HTMLEventParser(reporting: collector) { parser.parse(source) }
        text = collector.finish()
        isCut = collector.isFull || !source.isAtEnd
    }
}

private enum LibXML {
    /// libxml2 wants to be started before several threads use it.
    static let started: Bool = {
        xmlInitParser()
        return true
    }()
}

/// Owns one libxml2 parser, which builds no tree here: events only.
@safe
private struct HTMLEventParser: ~Copyable {
    private let context: htmlParserCtxtPtr

    /// The collector must outlive the parser.
    init?(reporting collector: HTMLTextCollector) {
        guard let made = unsafe htmlNewParserCtxt() else { return nil }
        guard let events = unsafe made.pointee.sax else {
            unsafe htmlFreeParserCtxt(made)
            return nil
        }
        unsafe events.pointee = unsafe xmlSAXHandler()
        unsafe events.pointee.startElement = { target, name, attributes in
            guard let collector = unsafe HTMLTextCollector.from(target) else { return }
            unsafe collector.open(name, attributes)
        }
        unsafe events.pointee.endElement = { target, _ in unsafe HTMLTextCollector.from(target)?.close() }
        unsafe events.pointee.characters = { unsafe HTMLTextCollector.from($0)?.text($1, $2) }
        unsafe events.pointee.ignorableWhitespace = { unsafe HTMLTextCollector.from($0)?.text($1, $2) }
        // What scripts and styles hold, which nobody sees.
        unsafe events.pointee.cdataBlock = { target, _, _ in unsafe HTMLTextCollector.from(target)?.noteEvent() }
        unsafe context = unsafe made
        unsafe made.pointee.userData = unsafe Unmanaged.passUnretained(collector).toOpaque()
    }

    deinit { unsafe htmlFreeParserCtxt(context) }

    /// Reads the source to its end.
    func parse(_ source: HTMLSource) {
        // The text is Unicode already, whatever a meta element claims.
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
        withExtendedLifetime(source) {
            let document = unsafe htmlCtxtReadIO(
                context, { unsafe HTMLSource.from($0)?.read(into: $1, atMost: $2) ?? 0 }, nil,
                Unmanaged.passUnretained(source).toOpaque(), nil, "UTF-8", Int32(bitPattern: options))
            // None is made without the events that would make it; freed all the same, should libxml2 change its mind.
            if let document = unsafe document { unsafe xmlFreeDoc(document) }
        }
    }
}

/// The HTML on its way to the parser, which asks for a few thousand octets at a time.
private final class HTMLSource {
    /// libxml2 compares each attribute of a tag with all before it. A tag shows from here only as much source that
    /// goes by without an event; what its white space and equals signs may cost, squared and summed, is bounded.
    /// The rest then goes unread: no honest mail looks like that.
    private static let mostWork = 400_000_000

    private let bytes: [UInt8]
    private let collector: HTMLTextCollector
    private var position = 0
    private var eventsSeen = 0
    private var separators = 0
    private var work = 0

    init(_ html: String, watching collector: HTMLTextCollector) {
        // With the root open from the start, a stray end tag can't end the document early.
        bytes = Self.readableToTheEnd(Array("<html>".utf8) + Array(html.utf8))
        self.collector = collector
    }

    var isAtEnd: Bool { position == bytes.count }

    static func from(_ target: UnsafeMutableRawPointer?) -> HTMLSource? {
        unsafe target.map { unsafe Unmanaged<HTMLSource>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Hands out the next octets; 0 at the end, and when the collector or the budget has had enough.
    func read(into target: UnsafeMutablePointer<CChar>?, atMost limit: Int32) -> Int32 {
        guard let target = unsafe target, limit > 0, !collector.isFull else { return 0 }
        if collector.events == eventsSeen {
            work += separators * separators
        } else {
            eventsSeen = collector.events
            separators = 0
        }
        guard work <= Self.mostWork else { return 0 }
        // Never inside a character.
        var end = min(position + Int(limit), bytes.count)
        while end < bytes.count, end > position, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        for byte in bytes[position..<end] where byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "=") {
            separators += 1
        }
        let count = end - position
        unsafe bytes[position..<end].withUnsafeBytes {
            unsafe UnsafeMutableRawPointer(target).copyMemory(
                from: $0.baseAddress ?? UnsafeRawPointer(target), byteCount: count)
        }
        position = end
        return Int32(count)
    }

    /// libxml2 stops at NUL and at the end of the document's elements, where mail programs show what follows as well:
    /// footers that gateways add, a second document. So NUL becomes a space, and those end tags unknown ones.
    private static func readableToTheEnd(_ html: [UInt8]) -> [UInt8] {
        var bytes = html
        for index in bytes.indices {
            if bytes[index] == 0 { bytes[index] = UInt8(ascii: " ") }
            guard bytes[index] == UInt8(ascii: "<"), index + 6 <= bytes.count else { continue }
            // `<![if !mso]>` is a comment up to its bracket to everybody else (HTML §13.2.5.42), text to libxml2.
            if bytes[index + 1] == UInt8(ascii: "!"), bytes[index + 2] == UInt8(ascii: "[") {
                bytes[index + 1] = UInt8(ascii: "?")
                bytes[index + 2] = UInt8(ascii: "x")
            }
            guard bytes[index + 1] == UInt8(ascii: "/") else { continue }
            let name = bytes[index + 2..<index + 6].lazy.map { $0 | 0x20 }
            if name.elementsEqual("html".utf8) || name.elementsEqual("body".utf8) {
                bytes[index + 2] = UInt8(ascii: "_")
            }
        }
        return bytes
    }
}
