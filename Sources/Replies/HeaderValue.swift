import Mail

/// The value of a header field, cut into the pieces between which it may be folded.
///
/// Every piece is printable ASCII without a space and short enough for a line (RFC 5322 §2.1.1), so no value can
/// hold CR, LF or any other control, whatever it was made from.
struct HeaderValue: Sendable, Hashable {
    let pieces: [String]

    /// A text of our own making: bytes that are not printable ASCII are dropped.
    init(fixed text: String) {
        pieces = text.split(separator: " ").map { piece in
            String(decoding: piece.utf8.filter { (0x21...0x7e).contains($0) }, as: UTF8.self)
        }
    }

    /// Free text (RFC 5322 §3.6.5), as encoded-words (RFC 2047) where it is not plain ASCII, could be mistaken for
    /// an encoded-word, or has a word too long for a line.
    init(unstructured text: String) {
        let line = PlainLine.of(text)
        let words = line.split(separator: " ")
        let isPlain =
            line.utf8.allSatisfy { $0 < 0x80 } && !line.contains("=?") && words.allSatisfy { $0.utf8.count <= 60 }
        pieces = isPlain ? words.map(String.init) : EncodedWord.encode(line)
    }

    /// Free text and behind it a code, which stays in one piece and unencoded, so that it survives whatever answers
    /// the mail.
    init(unstructured text: String, code: String) {
        pieces = HeaderValue(unstructured: text).pieces + HeaderValue(fixed: "[\(code)]").pieces
    }

    /// A mailbox with a display name (RFC 5322 §3.4).
    init(displayName: String, address: EmailAddress) {
        let name = PlainLine.of(displayName)
        let addressPiece = "<\(address.text)>"
        guard !name.isEmpty else {
            pieces = [address.text]
            return
        }
        let words = name.split(separator: " ")
        if words.allSatisfy({ $0.utf8.count <= 60 && $0.utf8.allSatisfy(\.isAtomText) }), !name.contains("=?") {
            pieces = words.map(String.init) + [addressPiece]
        } else {
            pieces = EncodedWord.encode(name) + [addressPiece]
        }
    }

    /// A bare address.
    init(address: EmailAddress) { pieces = [address.text] }

    /// Bare addresses, parted by commas.
    init(addresses: [EmailAddress]) {
        pieces = addresses.enumerated().map {
            $0.offset < addresses.count - 1 ? $0.element.text + "," : $0.element.text
        }
    }

    /// Message-IDs, each in its brackets.
    init(messageIDs: [MessageID]) { pieces = messageIDs.map(\.bracketed) }
}

/// The fields that our mails have; there is no writing any other.
enum HeaderName: String, CaseIterable {
    case date = "Date"
    case from = "From"
    case to = "To"
    case cc = "Cc"
    case subject = "Subject"
    case messageID = "Message-ID"
    case inReplyTo = "In-Reply-To"
    case references = "References"
    case autoSubmitted = "Auto-Submitted"
    case responseSuppress = "X-Auto-Response-Suppress"
    case loop = "X-Loop"
    case language = "Content-Language"
    case mimeVersion = "MIME-Version"
    case contentType = "Content-Type"
}

/// A header block in the making. Names come from a list and values are ``HeaderValue``s, so nothing that a mail or the
/// registry says can begin a line.
struct HeaderWriter {
    private(set) var bytes: [UInt8] = []

    /// Appends `name: value`, folded so that no line has more than 76 octets (RFC 2047 §2) unless a single piece
    /// makes it longer. The first piece stays on the line of the name, which some mail programs rely on.
    mutating func append(_ name: HeaderName, _ value: HeaderValue) {
        bytes += name.rawValue.utf8
        bytes.append(UInt8(ascii: ":"))
        var column = name.rawValue.utf8.count + 1
        for (index, piece) in value.pieces.enumerated() {
            let length = piece.utf8.count
            if index > 0, column + 1 + length > 76 {
                bytes += [13, 10]
                column = 0
            }
            bytes.append(UInt8(ascii: " "))
            bytes += piece.utf8
            column += 1 + length
        }
        bytes += [13, 10]
    }
}

/// Encoded-words of RFC 2047 in UTF-8 with the Q encoding.
enum EncodedWord {
    /// `text` as encoded-words of at most 64 characters, which leaves room for the field's name; no character is
    /// split between two of them (§5). Only what may stand in a phrase stays as it is (§5 (3)), so the words fit
    /// every place.
    static func encode(_ text: String) -> [String] {
        var words: [String] = []
        var payload: [UInt8] = []
        func close() {
            guard !payload.isEmpty else { return }
            words.append("=?UTF-8?Q?\(String(decoding: payload, as: UTF8.self))?=")
            payload.removeAll(keepingCapacity: true)
        }
        for scalar in text.unicodeScalars {
            var encoded: [UInt8] = []
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                if byte.isASCIILetterOrDigit {
                    encoded.append(byte)
                } else if byte == UInt8(ascii: " ") {
                    encoded.append(UInt8(ascii: "_"))
                } else {
                    encoded += [UInt8(ascii: "="), QuotedPrintable.hex(byte >> 4), QuotedPrintable.hex(byte & 15)]
                }
            }
            if payload.count + encoded.count > 52 { close() }
            payload += encoded
        }
        close()
        return words
    }
}
