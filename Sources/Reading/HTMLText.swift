import CXML2

/// The text that somebody sees who opens the HTML in a mail program: no markup, no scripts or styles, nothing that
/// is hidden. Block elements and `<br>` end lines, table cells are parted by tabs, list items begin with "- ".
///
/// What is recognisably quoted (blockquotes, and the containers in which mail programs put the mail that they answer
/// or forward) has "> " before each line, once a level, so that whoever strips quotes sees it. Time is linear in the
/// HTML and the result holds at most 1 MiB; hostile nesting or attributes end the text early.
package func visibleText(ofHTML html: String) -> String {
    HTMLParse.run(html)
}

/// Drives libxml2's HTML push parser, which builds no tree here: events only.
private enum HTMLParse {
    /// libxml2 wants to be started before several threads use it.
    private static let started: Bool = {
        xmlInitParser()
        return true
    }()

    private static let chunkSize = 4 * 1024
    /// libxml2 compares each attribute of a tag with all before it, so a tag is given up that has more white space
    /// and equals signs than this before it ends. Long values alone (embedded pictures) have next to none.
    private static let mostSeparators = 1_000

    static func run(_ html: String) -> String {
        guard started else { return "" }
        let collector = HTMLTextCollector()
        let bytes = readableToTheEnd(Array(html.utf8))
        withExtendedLifetime(collector) {
            guard let parser = HTMLPushParser(reporting: collector) else { return }
            // With the root open from the start, a stray end tag can't end the document early.
            _ = parser.feed(Array("<html>".utf8)[...])
            var start = 0
            var separators = 0
            while start < bytes.count, !collector.isFull {
                let end = chunkEnd(in: bytes, from: start)
                let waiting = parser.feed(bytes[start..<end])
                separators = waiting <= end - start ? 0 : separators
                for byte in bytes[(end - min(waiting, end - start))..<end]
                where byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "=") { separators += 1 }
                // The rest goes unread: no honest mail looks like that.
                if waiting == 0 || separators <= mostSeparators { start = end } else { return }
            }
            parser.finish()
        }
        return collector.finish()
    }

    /// libxml2 stops at NUL and at the end of the document's elements, where mail programs show what follows as well:
    /// footers that gateways add, a second document. So NUL becomes a space, and those end tags unknown ones.
    private static func readableToTheEnd(_ html: [UInt8]) -> [UInt8] {
        var bytes = html
        for index in bytes.indices {
            if bytes[index] == 0 { bytes[index] = UInt8(ascii: " ") }
            guard bytes[index] == UInt8(ascii: "<"), index + 6 <= bytes.count, bytes[index + 1] == UInt8(ascii: "/")
            else { continue }
            let name = bytes[index + 2..<index + 6].lazy.map { $0 | 0x20 }
            if name.elementsEqual("html".utf8) || name.elementsEqual("body".utf8) {
                bytes[index + 2] = UInt8(ascii: "_")
            }
        }
        return bytes
    }

    /// Never inside a character: libxml2 would take its half for an error and change to Latin-1.
    private static func chunkEnd(in bytes: [UInt8], from start: Int) -> Int {
        var end = min(start + chunkSize, bytes.count)
        while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return end
    }
}

/// Owns one libxml2 parser.
@safe
private struct HTMLPushParser: ~Copyable {
    private let context: htmlParserCtxtPtr

    /// The collector must outlive the parser.
    init?(reporting collector: HTMLTextCollector) {
        var events = unsafe xmlSAXHandler()
        unsafe events.startElement = { unsafe HTMLTextCollector.from($0)?.open($1, $2) }
        unsafe events.endElement = { target, _ in unsafe HTMLTextCollector.from(target)?.close() }
        unsafe events.characters = { unsafe HTMLTextCollector.from($0)?.text($1, $2) }
        unsafe events.ignorableWhitespace = { unsafe HTMLTextCollector.from($0)?.text($1, $2) }
        // Contents of scripts and styles, which nobody sees.
        unsafe events.cdataBlock = { _, _, _ in }
        let target = unsafe Unmanaged.passUnretained(collector).toOpaque()
        guard
            let made = unsafe htmlCreatePushParserCtxt(&events, target, nil, 0, nil, XML_CHAR_ENCODING_UTF8)
        else { return nil }
        // The text is Unicode already, whatever a meta element claims.
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
        _ = unsafe htmlCtxtUseOptions(made, Int32(bitPattern: options))
        unsafe context = unsafe made
    }

    deinit { unsafe htmlFreeParserCtxt(context) }

    /// Returns how many octets the parser holds back because a tag that they begin has not ended.
    func feed(_ bytes: ArraySlice<UInt8>) -> Int {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
                _ = unsafe htmlParseChunk(context, buffer.baseAddress, Int32(buffer.count), 0)
            }
        }
        guard let input = unsafe context.pointee.input, let current = unsafe input.pointee.cur,
            let end = unsafe input.pointee.end, unsafe end - current > 1
        else { return 0 }
        let second = unsafe current[1]
        let isTag = unsafe current[0] == UInt8(ascii: "<") && second | 0x20 >= UInt8(ascii: "a")
        return isTag ? unsafe end - current : 0
    }

    func finish() { _ = unsafe htmlParseChunk(context, nil, 0, 1) }
}
