/// Takes a CSV file chunk by chunk and gives its rows as lines of the exchange format, by a map of its columns. The same
/// checks hold as for JSON Lines; a line's number is that on which the row begins.
struct RegistryRows {
    private let map: ColumnMap
    private let converter: TextConverter?
    private var csv: CSVReader
    private var seen = SeenEntries()
    /// The file's first bytes, until enough of them are there to tell a byte order mark.
    private var head: [UInt8]? = []
    /// For each column of the map its place in the file; nil until the headings are read.
    private var places: [Int]?
    private var headings = 0
    /// The file as a whole can't be taken up: what follows is not looked at.
    private var isHopeless = false

    init(_ map: ColumnMap) {
        self.map = map
        csv = CSVReader(delimiter: map.delimiter)
        converter = map.isUTF8 ? nil : TextConverter(from: map.encoding)
    }

    mutating func read(_ chunk: [UInt8], _ take: (RegistryLines.Item) throws -> Void) rethrows {
        guard !isHopeless else { return }
        var chunk = chunk
        if let begun = head {
            chunk = begun + chunk
            guard chunk.count >= 4 else {
                head = chunk
                return
            }
            head = nil
            try begin(&chunk, take)
        }
        try rows(converter?.utf8(of: chunk) ?? chunk, take)
    }

    /// To be called at the end of the file.
    mutating func finish(_ take: (RegistryLines.Item) throws -> Void) rethrows {
        if var chunk = head {
            head = nil
            try begin(&chunk, take)
            try rows(converter?.utf8(of: chunk) ?? chunk, take)
        }
        guard !isHopeless else { return }
        if let converter { try rows(converter.finish(), take) }
        var csv = csv
        try csv.finish { item in try self.take(item, take) }
        if places == nil, !isHopeless { try refuse("the file is empty: there are no headings", take) }
    }

    private mutating func refuse(_ reason: String, _ take: (RegistryLines.Item) throws -> Void) rethrows {
        isHopeless = true
        try take(.problem(RegistryLineProblem(line: 1, reason: reason)))
    }

    /// Looks at the byte order mark, and takes it away.
    private mutating func begin(_ bytes: inout [UInt8], _ take: (RegistryLines.Item) throws -> Void) rethrows {
        let isUTF16 = bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff])
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            if map.isUTF8 { return bytes.removeFirst(3) }
            try refuse("the file is marked as UTF-8, but the map says \(map.encoding)", take)
        } else if isUTF16, !map.encoding.uppercased().contains("16"), !map.encoding.uppercased().contains("32") {
            try refuse("the file is marked as UTF-16, but the map says \(map.encoding)", take)
        }
    }

    private mutating func rows(_ bytes: [UInt8], _ take: (RegistryLines.Item) throws -> Void) rethrows {
        guard !isHopeless, !bytes.isEmpty else { return }
        // The reader is worked on outside of self, as each row that it hands over changes self, and moved there: a copy
        // would copy the row so far at each chunk.
        var csv = CSVReader(delimiter: map.delimiter)
        swap(&csv, &self.csv)
        try csv.read(bytes) { item in try self.take(item, take) }
        self.csv = csv
    }

    private mutating func take(_ item: CSVReader.Item, _ take: (RegistryLines.Item) throws -> Void) rethrows {
        guard !isHopeless else { return }
        switch item {
        case .problem(let problem):
            // Without headings nothing can be told of the rows below.
            if places == nil { isHopeless = true }
            try take(.problem(problem))
        case .row(let row):
            guard let places else { return try begin(row, take) }
            switch line(row, places) {
            case .problem(let problem): try take(.problem(problem))
            case .entry(var line):
                if let problem = seen.problem(with: &line) {
                    try take(.problem(problem))
                } else {
                    try take(.entry(line))
                }
            }
        }
    }

    /// Finds the map's columns among the headings.
    private mutating func begin(_ row: CSVReader.Row, _ take: (RegistryLines.Item) throws -> Void) rethrows {
        var names: [String] = []
        do throws(EntryFields.Fault) {
            for place in 0..<row.count { names.append(try text(row[place], heading: "heading \(place + 1)")) }
        } catch {
            isHopeless = true
            return try take(.problem(RegistryLineProblem(line: row.line, reason: error.reason)))
        }
        headings = names.count
        var found: [Int] = []
        var reasons: [String] = []
        for column in map.columns {
            let matches = names.indices.filter { names[$0] == column.heading }
            if let only = matches.first, matches.count == 1 {
                found.append(only)
            } else {
                reasons.append(
                    matches.isEmpty
                        ? "there is no column '\(column.heading)'"
                        : "the heading '\(column.heading)' stands there \(matches.count) times")
            }
        }
        guard reasons.isEmpty else {
            isHopeless = true
            let list = names.prefix(50).map { "'\($0)'" }.joined(separator: ", ")
            let reason = "\(reasons.joined(separator: "; ")) (the headings are \(list))"
            return try take(.problem(RegistryLineProblem(line: row.line, reason: reason)))
        }
        places = found
    }

    private func line(_ row: CSVReader.Row, _ places: [Int]) -> RegistryLines.Item {
        do throws(EntryFields.Fault) {
            guard row.count == headings else {
                throw EntryFields.Fault(
                    "\(row.count) \(row.count == 1 ? "field" : "fields") under \(headings) headings")
            }
            var fields: [String?] = []
            fields.reserveCapacity(places.count)
            for (column, place) in zip(map.columns, places) {
                let text = try text(row[place], heading: "column '\(column.heading)'")
                fields.append(text.isEmpty ? nil : text)
            }
            let members = try map.members(fields)
            let entry = try RegistryEntry(EntryFields(members: members))
            return .entry(RegistryLine(number: row.line, entry: entry, members: members))
        } catch {
            let cut = row.isLast ? "; the file may have been cut off here" : ""
            return .problem(RegistryLineProblem(line: row.line, reason: map.placed(error.reason) + cut))
        }
    }

    /// A field's text without blanks at its ends.
    private func text(_ bytes: ArraySlice<UInt8>, heading: String) throws(EntryFields.Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            if let mark = bytes.firstIndex(of: TextConverter.mark), !map.isUTF8 {
                let digits = String(decoding: bytes[mark...].dropFirst().prefix(2), as: UTF8.self)
                throw EntryFields.Fault("\(heading): the byte 0x\(digits) means nothing in \(map.encoding)")
            }
            throw EntryFields.Fault("\(heading): not \(map.encoding)")
        }
        guard !bytes.contains(0) else { throw EntryFields.Fault("\(heading): holds a NUL byte") }
        return text.trimmed
    }
}
