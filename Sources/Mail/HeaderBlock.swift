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
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
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
