/// An identifier that the registry gives: an opaque, non-empty text. `Tag` keeps ids of different entities apart.
package struct Identifier<Tag>: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        text = try container.decode(String.self)
        guard !text.isEmpty, text.utf8.count <= 200, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "an id has 1 to 200 bytes and no control characters")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Identifier: Comparable {
    package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}

package typealias AccountID = Identifier<Account>
package typealias OperatorID = Identifier<Operator>
package typealias AuthorityID = Identifier<Authority>
package typealias RoleRequestID = Identifier<RoleRequest>
