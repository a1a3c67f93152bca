/// One header field as it stands in the bytes.
package struct HeaderField: Sendable, Hashable {
    /// As written.
    package let name: String
    /// Octets after the colon, folds (CRLF before white space) removed and nothing else, outer white space trimmed.
    package let value: [UInt8]

    package init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// The value as text; bytes that are no UTF-8 become U+FFFD.
    package var text: String { String(decoding: value, as: UTF8.self) }

    package func isNamed(_ other: String) -> Bool {
        guard name.utf8.count == other.utf8.count else { return false }
        var letters = name.utf8.makeIterator()
        for letter in other.utf8 where letters.next()?.asciiLowercased != letter.asciiLowercased { return false }
        return true
    }
}

/// The fields of a mail's header in their order, topmost first.
package struct HeaderBlock: Sendable {
    package let fields: [HeaderField]

    package init(fields: [HeaderField]) { self.fields = fields }

    /// All fields of one name, ASCII case aside, topmost first.
    package func all(_ name: String) -> [HeaderField] { fields.filter { $0.isNamed(name) } }

    /// The topmost field of a name.
    package func first(_ name: String) -> HeaderField? { fields.first { $0.isNamed(name) } }
}
