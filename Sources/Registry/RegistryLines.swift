/// One good line of the exchange format.
package struct RegistryLine: Sendable, Hashable {
    /// Counted from one, blank lines too.
    package let number: Int
    package let entry: RegistryEntry
    /// Members of the object that Postern doesn't know, sorted. They are kept in `json`.
    package let unknownKeys: [String]
    /// The line in one writing: known members in the contract's order, then the unknown ones by name, no white space.
    package let json: String
    /// An earlier line of the file says the same.
    package var isRepeated = false
    /// All that the entry refers to stands on earlier lines of the file.
    package var hasReferences = false
}

/// A line that can't be taken up, and why, in one sentence.
package struct RegistryLineProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package let line: Int
    package let reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    package var description: String { "line \(line): \(reason)" }
}

/// An id that an entry names and that must be somebody's.
package struct RegistryReference: Sendable, Hashable, CustomStringConvertible {
    /// `account`, `operator` or `authority`.
    package let type: RegistryEntry.EntityType
    package let id: String

    package var description: String { "\(type.rawValue) '\(id)'" }
}

extension RegistryEntry {
    /// The ids that must resolve. EORI numbers don't count: one that the registry doesn't know is merely not valid.
    package var references: [RegistryReference] {
        func reference(_ type: EntityType, _ id: String?) -> [RegistryReference] {
            id.map { [RegistryReference(type: type, id: $0)] } ?? []
        }
        switch self {
        case .account, .operator, .authority, .eori, .delegation: return []
        case .request(let it):
            return reference(.account, it.account.text) + reference(.operator, it.operatorID?.text)
                + reference(.authority, it.authorityID?.text)
        case .role(let it):
            return reference(.account, it.account.text) + reference(.operator, it.operatorID?.text)
                + reference(.authority, it.authority?.text)
        case .mandate(let it): return reference(.account, it.account.text)
        }
    }
}

/// Tells entries that a file holds twice, in about twenty bytes a line.
///
/// A key that stands twice in a file with the same content is one entry; with other content the later line is a
/// problem, as nobody can say which is right. Keys are compared by 64-bit hashes seeded anew in each process: among a
/// million lines two keys meet with a probability of about 3 in 100 million, and then the import stops and says so.
struct SeenEntries {
    private struct Seen {
        let line: UInt32
        let content: UInt32
    }

    private var seen: [Int: Seen] = [:]

    /// Of the bytes: Unicode's equivalence is no matter here, and costs.
    private static func hash(_ type: UInt8, _ text: String) -> Int {
        var hasher = Hasher()
        hasher.combine(type)
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isDone == nil { for byte in text.utf8 { hasher.combine(byte) } }
        return hasher.finalize()
    }

    private static func hash(_ type: RegistryEntry.EntityType, _ key: String) -> Int {
        let number: UInt8 =
            switch type {
            case .account: 1
            case .operator: 2
            case .authority: 3
            case .request: 4
            case .role: 5
            case .eori: 6
            case .mandate: 7
            case .delegation: 8
            }
        return hash(number, key)
    }

    /// What is wrong with the line beside the earlier ones; nil where nothing is, and then it counts as seen.
    mutating func problem(with line: inout RegistryLine) -> RegistryLineProblem? {
        let key = Self.hash(line.entry.type, line.entry.key)
        let content = UInt32(truncatingIfNeeded: Self.hash(0, line.json))
        line.hasReferences = line.entry.references.allSatisfy { seen[Self.hash($0.type, $0.id)] != nil }
        guard let earlier = seen[key] else {
            seen[key] = Seen(line: UInt32(truncatingIfNeeded: line.number), content: content)
            return nil
        }
        line.isRepeated = true
        guard earlier.content != content else { return nil }
        return RegistryLineProblem(
            line: line.number,
            reason:
                "\(line.entry.type.rawValue) '\(line.entry.readableKey)' stands on line \(earlier.line) already, with other content"
        )
    }
}

/// Takes a registry file of JSON Lines chunk by chunk and gives its lines one by one, in constant memory but for what
/// tells duplicates.
package struct RegistryLines {
    package enum Item: Sendable {
        case entry(RegistryLine)
        case problem(RegistryLineProblem)
    }

    /// Longer than any real line; a file without line ends must not fill the memory.
    package static let longestLine = 1024 * 1024

    private var number = 0
    private var rest: [UInt8] = []
    private var isTooLong = false
    private var hasReturns = false
    /// The file as a whole can't be taken up: what follows is not looked at.
    private var isHopeless = false
    private var seen = SeenEntries()

    package init() {}

    /// Hands each line that ends in `chunk` to `take`.
    package mutating func read(_ chunk: [UInt8], _ take: (Item) throws -> Void) rethrows {
        var start = 0
        while !isHopeless, let end = chunk[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if rest.isEmpty, !isTooLong {
                try line(Array(chunk[start..<end]), isCut: false, take)
            } else {
                keep(chunk[start..<end])
                try restLine(isCut: false, take)
            }
            start = end + 1
        }
        keep(chunk[start...])
    }

    /// To be called at the end of the file: hands over the last line when no line end closes it.
    package mutating func finish(_ take: (Item) throws -> Void) rethrows {
        if !isHopeless, !rest.isEmpty || isTooLong { try restLine(isCut: true, take) }
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        guard !isTooLong else { return }
        rest.append(contentsOf: bytes)
        if rest.count > Self.longestLine {
            isTooLong = true
            hasReturns = rest.contains(UInt8(ascii: "\r"))
            rest = []
        }
    }

    private mutating func restLine(isCut: Bool, _ take: (Item) throws -> Void) rethrows {
        let bytes = rest
        rest = []
        guard !isTooLong else {
            isTooLong = false
            number += 1
            let hint = hasReturns ? "; it holds carriage returns: lines end in LF or CRLF" : ""
            try take(.problem(problem("longer than \(Self.longestLine) bytes\(hint)")))
            return
        }
        try line(bytes, isCut: isCut, take)
    }

    private func problem(_ reason: String) -> RegistryLineProblem { RegistryLineProblem(line: number, reason: reason) }

    private mutating func line(_ bytes: [UInt8], isCut: Bool, _ take: (Item) throws -> Void) rethrows {
        number += 1
        var bytes = bytes
        if number == 1 {
            if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
            if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
                isHopeless = true
                return try take(.problem(problem("the file is UTF-16, and must be UTF-8 (iconv -f UTF-16 -t UTF-8)")))
            }
        }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) { return }
        switch Self.parse(bytes, number: number, isCut: isCut) {
        case .problem(let problem): try take(.problem(problem))
        case .entry(var line):
            if let problem = seen.problem(with: &line) { return try take(.problem(problem)) }
            try take(.entry(line))
        }
    }

    /// Reads one line without its line end. `isCut` says that the file ended here without one.
    package static func parse(_ bytes: [UInt8], number: Int, isCut: Bool = false) -> Item {
        func problem(_ reason: String) -> Item {
            let cut = isCut ? "; the file may have been cut off here" : ""
            return .problem(RegistryLineProblem(line: number, reason: reason + cut))
        }
        if bytes.contains(0) { return problem("holds a NUL byte") }
        guard bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil else {
            return problem("not UTF-8")
        }
        do {
            var reader = JSONReader(bytes: bytes)
            guard case .object(let members) = try reader.whole() else { return problem("not a JSON object") }
            let entry = try RegistryEntry(EntryFields(members: members))
            if reader.isCompact, isInOrder(members, type: entry.type),
                !entry.type.hasMailboxes || InternationalMailboxes.withALabels(members) == nil
            {
                let json = String(decoding: bytes, as: UTF8.self)
                return .entry(RegistryLine(number: number, entry: entry, unknownKeys: [], json: json))
            }
            return .entry(RegistryLine(number: number, entry: entry, members: members))
        } catch let fault as JSONValue.Fault {
            // White space to JSON, but between two objects it is a line end that is none here.
            if bytes.dropLast().contains(UInt8(ascii: "\r")) {
                return problem("a carriage return stands inside: lines end in LF or CRLF")
            }
            return problem("broken JSON at byte \(fault.offset + 1): \(fault.reason)")
        } catch let fault as EntryFields.Fault {
            return problem(fault.reason)
        } catch {
            return problem("\(error)")
        }
    }

    /// An entry's object as the line that an import keeps of it.
    package static func canonical(_ entry: JSONValue, type: RegistryEntry.EntityType) -> String {
        guard case .object(let members) = entry else { return entry.text }
        return canonical(members, type: type).json
    }

    /// Whether all members are known and stand in the contract's order.
    private static func isInOrder(_ members: [JSONValue.Member], type: RegistryEntry.EntityType) -> Bool {
        var known = type.members[...]
        for member in members {
            while let next = known.first, next != member.name { known = known.dropFirst() }
            guard !known.isEmpty else { return false }
            known = known.dropFirst()
        }
        return true
    }

    fileprivate static func canonical(
        _ members: [JSONValue.Member], type: RegistryEntry.EntityType
    ) -> (json: String, unknown: [String]) {
        let known = type.members
        var ordered: [JSONValue.Member] = []
        ordered.reserveCapacity(members.count)
        for name in known {
            if let member = members.first(where: { $0.name == name }) { ordered.append(member) }
        }
        guard ordered.count < members.count else { return (JSONValue.object(ordered).text, []) }
        let unknown = members.filter { !known.contains($0.name) }.sorted { $0.name < $1.name }
        return (JSONValue.object(ordered + unknown).text, unknown.map(\.name))
    }
}

extension RegistryLine {
    /// The line of an entry that was made of these members.
    init(number: Int, entry: RegistryEntry, members: [JSONValue.Member]) {
        let members = InternationalMailboxes.withALabels(members) ?? members
        let (json, unknown) = RegistryLines.canonical(members, type: entry.type)
        self.init(number: number, entry: entry, unknownKeys: unknown, json: json)
    }
}

extension RegistryEntry {
    /// The key as a person can read it.
    package var readableKey: String {
        key.split(separator: "\u{1f}", omittingEmptySubsequences: true).joined(separator: " ")
    }
}
