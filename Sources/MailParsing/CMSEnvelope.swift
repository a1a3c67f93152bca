/// What an `application/pkcs7-mime` part holds (RFC 8551 §3.2), as far as its text can be had without keys.
enum CMSEnvelope: Equatable {
    /// Signed, with the signed MIME entity inside (RFC 5652 §5.2). The signature is not checked: who sent the mail is
    /// decided from its authentication alone, and what a mail says does not depend on being signed.
    case signed([UInt8])
    case encrypted
    /// Compressed, without content, or no CMS at all.
    case unreadable

    /// Reads the outermost structure of `octets` (BER, RFC 5652 §2: indefinite lengths and octet strings in pieces are
    /// usual there). Strict: lengths must nest, and nothing but line ends may follow. One pass, no recursion.
    init(_ octets: ArraySlice<UInt8>) {
        var outer = BERReader(octets)
        guard let info = outer.enter(tag: BERReader.sequence), outer.restIsBlank(after: info) else {
            self = .unreadable
            return
        }
        var fields = info
        guard let type = fields.value(tag: BERReader.objectIdentifier) else {
            self = .unreadable
            return
        }
        switch type {
        case Self.signedData[...]:
            guard let content = Self.content(of: &fields), !content.isEmpty else {
                self = .unreadable
                return
            }
            self = .signed(content)
        case Self.envelopedData[...], Self.encryptedData[...], Self.authEnvelopedData[...]: self = .encrypted
        default: self = .unreadable
        }
    }

    /// `SignedData` up to its content: version, digest algorithms, then the type and octets of what is signed.
    private static func content(of fields: inout BERReader) -> [UInt8]? {
        guard var holder = fields.enter(tag: BERReader.explicit0), var signed = holder.enter(tag: BERReader.sequence),
            signed.value(tag: BERReader.integer) != nil, signed.skip(tag: BERReader.set),
            var encapsulated = signed.enter(tag: BERReader.sequence),
            encapsulated.value(tag: BERReader.objectIdentifier) == Self.data[...],
            var content = encapsulated.enter(tag: BERReader.explicit0)
        else { return nil }
        return content.octetString()
    }

    /// 1.2.840.113549.1.7.1
    private static let data: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]
    private static let signedData: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]
    private static let envelopedData: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03]
    private static let encryptedData: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06]
    /// 1.2.840.113549.1.9.16.1.23 (RFC 5083)
    private static let authEnvelopedData: [UInt8] = [
        0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17,
    ]
}

/// Walks over BER elements (ITU-T X.690 §8.1) inside a stretch of octets. Only tags of one octet are known, which is all
/// that CMS uses up to its content.
struct BERReader {
    static let integer: UInt8 = 0x02
    static let octets: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31
    static let explicit0: UInt8 = 0xa0
    private static let constructed: UInt8 = 0x20
    /// Deeper than CMS nests anything before its content.
    private static let deepest = 16

    private var rest: ArraySlice<UInt8>
    /// The length was not given: the content ends at an end-of-contents mark, which need not be looked for when
    /// nothing behind it matters.
    private var isIndefinite = false

    init(_ octets: ArraySlice<UInt8>) { rest = octets }

    /// One element's head: its tag, and its length where one is given.
    private mutating func head() -> (tag: UInt8, length: Int?)? {
        guard let tag = rest.popFirst(), tag & 0x1f != 0x1f, let first = rest.popFirst() else { return nil }
        if first < 0x80 { return first <= rest.count ? (tag, Int(first)) : nil }
        if first == 0x80 { return tag & Self.constructed != 0 ? (tag, nil) : nil }
        let count = Int(first & 0x7f)
        guard count <= 4, count <= rest.count else { return nil }
        var length = 0
        for _ in 0..<count { length = length << 8 | Int(rest.removeFirst()) }
        return length <= rest.count ? (tag, length) : nil
    }

    /// The next element's content, when it has this tag, and the element is passed over. One of indefinite length is
    /// taken to reach to the end: then nothing behind it can be read here any more.
    mutating func enter(tag wanted: UInt8) -> BERReader? {
        guard rest.first == wanted, let (_, length) = head() else { return nil }
        guard let length else {
            var inner = BERReader(rest)
            inner.isIndefinite = true
            rest = rest[rest.endIndex...]
            return inner
        }
        defer { rest = rest.dropFirst(length) }
        return BERReader(rest.prefix(length))
    }

    /// The octets of the next element, when it has this tag and is in one piece.
    mutating func value(tag wanted: UInt8) -> ArraySlice<UInt8>? {
        guard rest.first == wanted, let (_, length) = head(), let length else { return nil }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    /// Passes over the next element, when it has this tag, also one of indefinite length.
    mutating func skip(tag wanted: UInt8) -> Bool {
        guard rest.first == wanted else { return false }
        var open = 0
        repeat {
            if isAtEndOfContents {
                guard open > 0 else { return false }
                rest = rest.dropFirst(2)
                open -= 1
                continue
            }
            guard let (_, length) = head() else { return false }
            if let length { rest = rest.dropFirst(length) } else { open += 1 }
            guard open <= Self.deepest else { return false }
        } while open > 0
        return true
    }

    /// An OCTET STRING, in one piece or in several (X.690 §8.7.3); nil when it is neither or does not end.
    mutating func octetString() -> [UInt8]? {
        if rest.first == Self.octets { return value(tag: Self.octets).map { Array($0) } }
        guard rest.first == Self.octets | Self.constructed, let (_, length) = head() else { return nil }
        var pieces = BERReader(length.map { rest.prefix($0) } ?? rest)
        var content: [UInt8] = []
        while !pieces.rest.isEmpty {
            if length == nil, pieces.isAtEndOfContents { return content }
            guard let piece = pieces.value(tag: Self.octets) else { return nil }
            content += piece
        }
        return length == nil ? nil : content
    }

    private var isAtEndOfContents: Bool { rest.prefix(2).elementsEqual([0, 0]) }

    /// Whether nothing but line ends stands behind `element`, which was entered last. What has no length is not known
    /// to end anywhere else.
    func restIsBlank(after element: BERReader) -> Bool {
        element.isIndefinite || rest.allSatisfy { $0 == 0x0a || $0 == 0x0d || $0 == 0 }
    }
}
