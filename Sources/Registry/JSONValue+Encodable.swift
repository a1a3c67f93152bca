extension JSONValue: Encodable {
    /// The value inside another coder's output. A number goes out as the coder writes it, as a decimal where it is no
    /// whole one.
    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var values = encoder.container(keyedBy: Name.self)
            for member in members { try values.encode(member.value, forKey: Name(stringValue: member.name)) }
        case .array(let elements):
            var values = encoder.unkeyedContainer()
            for element in elements { try values.encode(element) }
        case .null:
            var value = encoder.singleValueContainer()
            try value.encodeNil()
        case .bool(let bool):
            var value = encoder.singleValueContainer()
            try value.encode(bool)
        case .string(let text):
            var value = encoder.singleValueContainer()
            try value.encode(text)
        case .number(let written):
            var value = encoder.singleValueContainer()
            if let whole = Int64(written) { try value.encode(whole) } else { try value.encode(Double(written) ?? 0) }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        init(stringValue: String) { self.stringValue = stringValue }
        var intValue: Int? { nil }
        init?(intValue: Int) { nil }
    }
}
