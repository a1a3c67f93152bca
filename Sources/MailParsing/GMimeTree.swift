import CGMime
import Mail

/// GMime as such: started once, before its first use.
enum GMimeLibrary {
    /// Starts GMime and registers all of its types. Some register at first use without a lock, so a mail that uses
    /// them is parsed here, once, before any other thread can.
    static let started: Bool = {
        g_mime_init()
        let sample = """
            MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
            Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: inline; filename*=utf-8''a\r\n\r\na\r\n--b\r\n\
            Content-Type: message/rfc822\r\n\r\nSubject: a\r\nFrom: a@b.example\r\n\r\na\r\n--b--\r\n
            """
        return GMimeTree.read(Array(sample.utf8)) { tree in tree.root.kind == .multipart } ?? false
    }()
}

/// A parsed mail in GMime's memory. It lives no longer than the closure that it is handed to, and neither do the
/// nodes got from it: they point into it and into the mail's octets, which are not copied.
@safe
struct GMimeTree: ~Copyable {
    private let object: UnsafeMutablePointer<GMimeObject>

    private init(owning object: UnsafeMutablePointer<GMimeObject>) { unsafe self.object = unsafe object }

    deinit { unsafe g_object_unref(object) }

    var root: GMimeNode { unsafe GMimeNode(object) }

    /// Parses `bytes` and hands the tree to `body`; nil when GMime makes nothing of them.
    ///
    /// GMime's parser keeps all state in the objects made here, and its default options are never changed, so
    /// calls may overlap on several threads.
    static func read<Result>(_ bytes: [UInt8], _ body: (borrowing GMimeTree) -> Result) -> Result? {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let count = UInt32(exactly: buffer.count) else { return nil }
            // GMime only reads through this pointer: nothing here writes to the stream.
            var array = unsafe GByteArray(data: UnsafeMutablePointer(mutating: buffer.baseAddress), len: count)
            return unsafe withUnsafeMutablePointer(to: &array) { array in
                guard let stream = unsafe GMimeOwned(postern_stream_over(array)),
                    let parser = unsafe GMimeOwned(g_mime_parser_new_with_stream(stream.pointer)),
                    let part = unsafe g_mime_parser_construct_part(parser.pointer, nil)
                else { return nil }
                return body(unsafe GMimeTree(owning: part))
            }
        }
    }
}

/// Owns one reference to a GObject.
@safe
private struct GMimeOwned<Object>: ~Copyable {
    let pointer: UnsafeMutablePointer<Object>

    init?(_ pointer: UnsafeMutablePointer<Object>?) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe g_object_unref(pointer) }
}

/// A node of a ``GMimeTree``, borrowed from it: it is made inside `GMimeTree.read` only and never leaves it.
@safe
struct GMimeNode {
    enum Kind { case leaf, multipart, message, other }

    private let object: UnsafeMutablePointer<GMimeObject>

    fileprivate init(_ object: UnsafeMutablePointer<GMimeObject>) { unsafe self.object = unsafe object }

    var kind: Kind {
        switch unsafe UInt32(bitPattern: postern_part_kind(object)) {
        case POSTERN_PART_LEAF.rawValue: .leaf
        case POSTERN_PART_MULTIPART.rawValue: .multipart
        case POSTERN_PART_MESSAGE.rawValue: .message
        default: .other
        }
    }

    /// Lower-case `type/subtype`.
    var type: String {
        guard let contentType = unsafe g_mime_object_get_content_type(object),
            let main = unsafe Self.text(g_mime_content_type_get_media_type(contentType)),
            let sub = unsafe Self.text(g_mime_content_type_get_media_subtype(contentType))
        else { return "application/octet-stream" }
        return "\(main)/\(sub)".asciiLowercased
    }

    /// A parameter of Content-Type, decoded (RFC 2231).
    func parameter(_ name: String) -> String? {
        unsafe Self.text(g_mime_object_get_content_type_parameter(object, name))
    }

    /// Lower case; nil without a Content-Disposition.
    var disposition: String? { unsafe Self.text(g_mime_object_get_disposition(object))?.asciiLowercased }

    /// Without angle brackets.
    var contentID: String? { unsafe Self.text(g_mime_object_get_content_id(object)) }

    /// The children of a multipart; of any other node none.
    var children: [GMimeNode] {
        guard kind == .multipart, let multipart = unsafe postern_as_multipart(object) else { return [] }
        return unsafe (0..<max(0, g_mime_multipart_get_count(multipart))).compactMap { index in
            unsafe g_mime_multipart_get_part(multipart, index).map { unsafe GMimeNode($0) }
        }
    }

    /// The name that an attachment goes by, decoded: `filename`, else `name`.
    var filename: String? {
        if kind == .leaf, let part = unsafe postern_as_leaf(object) {
            return unsafe Self.text(g_mime_part_get_filename(part))
        }
        return unsafe Self.text(g_mime_object_get_content_disposition_parameter(object, "filename"))
            ?? parameter("name")
    }

    /// Where a leaf's content lies in the mail's octets; nil when it has none.
    func content(in count: Int) -> Range<Int>? {
        guard kind == .leaf, let part = unsafe postern_as_leaf(object) else { return nil }
        var start: gint64 = 0
        var end: gint64 = 0
        guard unsafe postern_content_bounds(part, &start, &end) != 0, let lower = Int(exactly: start),
            let upper = end < 0 ? count : Int(exactly: end), 0 <= lower, lower <= upper, upper <= count
        else { return nil }
        return lower..<upper
    }

    /// Undoes the transfer encoding of at most `limit` octets of `content`; says whether some were left.
    func decoded(_ content: ArraySlice<UInt8>, limit: Int) -> (octets: [UInt8], isCut: Bool) {
        guard kind == .leaf, let part = unsafe postern_as_leaf(object) else { return ([], false) }
        let encoding = unsafe g_mime_part_get_content_encoding(part)
        switch encoding {
        case GMIME_CONTENT_ENCODING_BASE64, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: break
        default: return (Array(content.prefix(limit)), content.count > limit)
        }
        // Both encodings shrink when undone: base64 by a quarter, quoted-printable to a third at the most.
        let source = content.prefix(limit * 3)
        var state = GMimeEncoding()
        unsafe g_mime_encoding_init_decode(&state, encoding)
        let octets = unsafe source.withUnsafeBufferPointer { source in
            unsafe source.withMemoryRebound(to: CChar.self) { source in
                let capacity = unsafe g_mime_encoding_outlen(&state, source.count)
                return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
                    unsafe target.withMemoryRebound(to: CChar.self) { target in
                        guard let from = source.baseAddress, let to = target.baseAddress else { return }
                        count = unsafe g_mime_encoding_flush(&state, from, source.count, to)
                    }
                }
            }
        }
        return octets.count > limit
            ? (Array(octets.prefix(limit)), true) : (octets, source.count < content.count)
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }
}
