import Registry

extension FuzzTarget {
    /// The input is a file of the exchange format.
    static let registryLines = FuzzTarget("registry-lines", longest: 32_768) { input in
        let items = try readAlike(input, .lines)
        for case .entry(let line) in items {
            guard case .entry(let again) = RegistryLines.parse(Array(line.entry.json.utf8), number: line.number) else {
                throw Broken(description: "an entry that is none when it is written again: \(line.entry.json)")
            }
            try promise(again.entry == line.entry, "an entry that is another when it is written again: \(again.json)")
        }
        guard let value = try? JSONValue(parsing: input) else { return }
        let again = try? JSONValue(parsing: Array(value.text.utf8))
        try promise(again == value, "a value that is another when it is written again: \(value.text)")
    }

    /// The input is a CSV file of accounts; its first octet chooses one of two maps.
    static let registryRows = FuzzTarget("registry-rows", longest: 32_768) { input in
        guard let first = input.first else { return }
        let map = first & 1 == 0 ? try maps.accounts.get() : try maps.operators.get()
        _ = try readAlike(Array(input.dropFirst()), .csv(map))
    }

    private static let maps = (accounts: Result { try accounts() }, operators: Result { try operators() })

    private static func accounts() throws -> ColumnMap {
        var draft = ColumnMap.Draft()
        draft.type = "account"
        draft.columns = [
            ("id", "ID"), ("firstName", "First"), ("lastName", "Last"), ("mailbox", "Mail"),
            ("formerMailboxes", "Former"), ("state", "State"),
        ]
        draft.values = [("state", ["yes": "active", "no": "disabled"])]
        draft.constants = [("language", ["en"])]
        return try ColumnMap(draft)
    }

    private static func operators() throws -> ColumnMap {
        var draft = ColumnMap.Draft()
        draft.type = "operator"
        draft.delimiter = ";"
        draft.encoding = "WINDOWS-1250"
        draft.listSeparator = ","
        draft.columns = [
            ("id", "ID"), ("name", "Name"), ("country", "Country"), ("identifiers.EORI", "EORI"),
            ("activities", "Chapters"), ("address.city", "City"),
        ]
        return try ColumnMap(draft)
    }

    /// The items of a file, which are the same however it comes in.
    private static func readAlike(_ file: [UInt8], _ format: RegistryFormat) throws -> [RegistryLines.Item] {
        let whole = read([file], format)
        for chunks in [file.map { [$0] }, pieces(of: file, upTo: 40)] {
            let parts = read(chunks, format)
            try promise(
                parts.map(words) == whole.map(words), "in pieces it is \(parts.map(words)), whole \(whole.map(words))")
        }
        for case .entry(let line) in whole {
            try promise(
                !line.json.unicodeScalars.contains("\n") && String(validating: line.json.utf8, as: UTF8.self) != nil,
                "an entry that is no line")
        }
        return whole
    }

    private static func read(_ chunks: [[UInt8]], _ format: RegistryFormat) -> [RegistryLines.Item] {
        var reader = RegistryReader(format)
        var items: [RegistryLines.Item] = []
        for chunk in chunks { reader.read(chunk) { items.append($0) } }
        reader.finish { items.append($0) }
        return items
    }

    private static func words(_ item: RegistryLines.Item) -> String {
        switch item {
        case .entry(let line): "\(line.number): \(line.json) \(line.unknownKeys) \(line.isRepeated)"
        case .problem(let problem): problem.description
        }
    }
}
