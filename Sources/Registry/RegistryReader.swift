/// How a file of registry entries is written.
package enum RegistryFormat: Sendable, Hashable {
    /// JSON Lines, in UTF-8.
    case lines
    case csv(ColumnMap)
}

/// Takes a registry file of either format chunk by chunk and gives its lines one by one.
package struct RegistryReader {
    private enum Format {
        case lines(RegistryLines)
        case csv(RegistryRows)
    }

    private var format: Format

    package init(_ format: RegistryFormat) {
        self.format =
            switch format {
            case .lines: .lines(RegistryLines())
            case .csv(let map): .csv(RegistryRows(map))
            }
    }

    /// Hands each line that ends in `chunk` to `take`.
    package mutating func read(_ chunk: [UInt8], _ take: (RegistryLines.Item) throws -> Void) rethrows {
        switch format {
        case .lines(var lines):
            format = .lines(RegistryLines())
            try lines.read(chunk, take)
            format = .lines(lines)
        case .csv(var rows):
            format = .lines(RegistryLines())
            try rows.read(chunk, take)
            format = .csv(rows)
        }
    }

    /// To be called at the end of the file.
    package mutating func finish(_ take: (RegistryLines.Item) throws -> Void) rethrows {
        switch format {
        case .lines(var lines): try lines.finish(take)
        case .csv(var rows): try rows.finish(take)
        }
    }
}
