import Foundation

extension RegistryEntry {
    /// The entry as one line of the exchange format, in its canonical writing (``RegistryLine/json``). Nil for one that
    /// no line can say, such as a name that holds control characters.
    package var canonicalLine: String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.text(date))
        }
        guard let data = try? encoder.encode(self),
            case .entry(let line) = RegistryLines.parse([UInt8](data), number: 1)
        else { return nil }
        return line.json
    }
}
