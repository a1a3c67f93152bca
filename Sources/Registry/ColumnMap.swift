/// How the columns of a CSV file become the members of registry entries of one type.
package struct ColumnMap: Sendable, Hashable {
    /// What somebody has written down of a map; all but `type` and `columns` may be left out.
    package struct Draft: Sendable {
        package var type = ""
        /// Exactly one ASCII character; default a comma.
        package var delimiter: String?
        package var encoding: String?
        package var dates: String?
        package var listSeparator: String?
        /// Member (nested ones with dots, `identifiers.SCHEME`) and heading of its column.
        package var columns: [(member: String, heading: String)] = []
        /// Member and what it is in every row.
        package var constants: [(member: String, texts: [String])] = []
        /// By member: words of the file, and what they are in the exchange format.
        package var values: [(member: String, words: [String: String])] = []

        package init() {}
    }

    /// Why a draft is no map.
    package struct Fault: Error, Sendable, Hashable {
        /// `delimiter`, `columns.id`: the place in the draft.
        package let key: String
        package let reason: String
    }

    /// What a member is made of.
    enum Kind: Sendable, Hashable { case text, list, mailboxes, flag, number, day, moment, identifier(scheme: String) }

    struct Column: Sendable, Hashable {
        /// The member's name; several for a nested one.
        let path: [String]
        let heading: String
        let kind: Kind
        let words: [String: String]
    }

    struct Constant: Sendable, Hashable {
        let path: [String]
        let kind: Kind
        let texts: [String]
    }

    package let type: RegistryEntry.EntityType
    /// As iconv knows it; `UTF-8` needs no iconv.
    package let encoding: String
    let delimiter: UInt8
    let listSeparator: String
    let dates: DatePattern?
    let columns: [Column]
    let constants: [Constant]

    package init(_ draft: Draft) throws(Fault) {
        let names = RegistryEntry.EntityType.allCases.map(\.rawValue)
        guard let type = RegistryEntry.EntityType(rawValue: draft.type) else {
            throw Fault(key: "type", reason: "must be one of " + names.joined(separator: ", "))
        }
        self.type = type
        let delimiter = draft.delimiter == "\\t" ? "\t" : draft.delimiter ?? ","
        guard delimiter.utf8.count == 1, let byte = delimiter.utf8.first, byte < 0x80, byte != 0x22, byte != 0x0a,
            byte != 0x0d, byte != 0
        else { throw Fault(key: "delimiter", reason: "must be one ASCII character, and no quotation mark") }
        self.delimiter = byte
        encoding = draft.encoding ?? "UTF-8"
        guard Self.isUTF8(encoding) || TextConverter(from: encoding) != nil else {
            throw Fault(key: "encoding", reason: "'\(encoding)' is not known to this system (iconv -l lists what is)")
        }
        listSeparator = draft.listSeparator ?? "|"
        guard !listSeparator.isEmpty, listSeparator.utf8.count <= 10 else {
            throw Fault(key: "list_separator", reason: "must be 1 to 10 bytes")
        }
        do throws(DatePattern.Fault) {
            dates = try draft.dates.map { (text) throws(DatePattern.Fault) in try DatePattern(text) }
        } catch {
            throw Fault(key: "dates", reason: error.reason)
        }
        guard !draft.columns.isEmpty else { throw Fault(key: "columns", reason: "must name at least one column") }
        var words: [String: [String: String]] = [:]
        for entry in draft.values {
            guard draft.columns.contains(where: { $0.member == entry.member }) else {
                throw Fault(key: "values.\(entry.member)", reason: "is for no member of 'columns'")
            }
            words[entry.member] = entry.words
        }
        var paths: [[String]] = []
        func path(_ member: String, in section: String) throws(Fault) -> [String] {
            let path = member.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            let key = "\(section).\(member)"
            guard path != ["type"] else { throw Fault(key: key, reason: "is settled by the map's 'type'") }
            guard path.count <= 4, path.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 100 }) else {
                throw Fault(key: key, reason: "is no member's name")
            }
            guard !paths.contains(where: { $0.starts(with: path) || path.starts(with: $0) }) else {
                throw Fault(key: key, reason: "stands there twice, whole or in part")
            }
            paths.append(path)
            return path
        }
        var columns: [Column] = []
        for (member, heading) in draft.columns {
            let path = try path(member, in: "columns")
            let heading = heading.trimmed
            guard !heading.isEmpty else { throw Fault(key: "columns.\(member)", reason: "must be a column's heading") }
            let kind = Self.kind(of: path, in: type)
            columns.append(Column(path: path, heading: heading, kind: kind, words: words[member] ?? [:]))
        }
        self.columns = columns
        var constants: [Constant] = []
        for (member, texts) in draft.constants {
            let path = try path(member, in: "constants")
            let kind = Self.kind(of: path, in: type)
            guard texts.count == 1 || (texts.count > 1 && kind.isMany) else {
                throw Fault(key: "constants.\(member)", reason: "must be one text")
            }
            constants.append(Constant(path: path, kind: kind, texts: texts))
        }
        self.constants = constants
    }

    var isUTF8: Bool { Self.isUTF8(encoding) }

    private static func isUTF8(_ encoding: String) -> Bool { ["UTF-8", "UTF8"].contains(encoding.uppercased()) }

    private static func kind(of path: [String], in type: RegistryEntry.EntityType) -> Kind {
        switch (type, path) {
        case (.operator, ["activities"]): return .list
        case (.operator, _) where path.count == 2 && path[0] == "identifiers": return .identifier(scheme: path[1])
        case (.authority, ["mailbox"]): return .mailboxes
        case (.account, ["formerMailboxes"]), (.authority, ["formerMailboxes"]): return .list
        case (.request, ["additional"]): return .flag
        case (.request, ["requestedAt"]): return .moment
        case (.delegation, ["level"]): return .number
        default: return ["validFrom", "validTo"].contains(path.last) ? .day : .text
        }
    }
}

extension ColumnMap {
    /// The object that one row of fields is; nil fields are left out. `fields` come in the columns' order.
    func members(_ fields: [String?]) throws(EntryFields.Fault) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [.init("type", .string(type.rawValue))]
        for constant in constants {
            add(try value(constant.texts, constant.kind, heading: nil), at: constant.path[...], to: &members)
        }
        for (column, field) in zip(columns, fields) {
            guard let field else { continue }
            var texts = column.kind.isMany ? field.split(on: listSeparator) : [field]
            texts = texts.map(\.trimmed).filter { !$0.isEmpty }.map { column.words[$0] ?? $0 }
            guard !texts.isEmpty else { continue }
            add(try value(texts, column.kind, heading: column.heading), at: column.path[...], to: &members)
        }
        return members
    }

    private func value(_ texts: [String], _ kind: Kind, heading: String?) throws(EntryFields.Fault) -> JSONValue {
        guard let text = texts.first else { return .null }
        let place = heading.map { "column '\($0)': " } ?? ""
        switch kind {
        case .text: return .string(text)
        case .list: return .array(texts.map { .string($0) })
        case .mailboxes: return texts.count == 1 ? .string(text) : .array(texts.map { .string($0) })
        case .identifier(let scheme):
            return .array(texts.map { .object([.init("scheme", .string(scheme)), .init("value", .string($0))]) })
        case .number:
            guard let number = Int(text) else { throw EntryFields.Fault("\(place)'\(text)' is no whole number") }
            return .number(String(number))
        case .flag:
            switch text.lowercased() {
            case "true", "yes", "1": return .bool(true)
            case "false", "no", "0": return .bool(false)
            default: throw EntryFields.Fault("\(place)'\(text)' is neither true nor false")
            }
        case .day, .moment:
            guard let dates else { return .string(text) }
            guard let read = dates.read(text) else {
                throw EntryFields.Fault("\(place)'\(text)' is no date like \(dates.text)")
            }
            return .string(kind == .day ? read.day : read.moment)
        }
    }

    /// Puts a value where its path says; identifiers of several columns join in one list.
    private func add(_ value: JSONValue, at path: ArraySlice<String>, to members: inout [JSONValue.Member]) {
        guard let name = path.first else { return }
        let place = members.firstIndex { $0.name == name }
        if path.count == 1 || (type == .operator && name == "identifiers") {
            if let place, case .array(let old) = members[place].value, case .array(let new) = value {
                members[place].value = .array(old + new)
            } else {
                members.append(.init(name, value))
            }
            return
        }
        var inner: [JSONValue.Member] = []
        if let place, case .object(let old) = members[place].value { inner = old }
        add(value, at: path.dropFirst(), to: &inner)
        if let place { members[place].value = .object(inner) } else { members.append(.init(name, .object(inner))) }
    }

    /// Names the columns that a fault's member comes from: `'country': 'Croatia' is no …` is about the column of `country`.
    func placed(_ reason: String) -> String {
        guard reason.first == "'", let end = reason.dropFirst().firstIndex(of: "'") else { return reason }
        let member = reason[reason.index(after: reason.startIndex)..<end]
        let headings = columns.filter { $0.path[0] == member && $0.heading != member }.map { "'\($0.heading)'" }
        guard !headings.isEmpty else { return reason }
        return "\(reason) (column \(headings.joined(separator: ", ")))"
    }
}

extension ColumnMap.Kind {
    /// Whether one field may hold several, with the list separator between them.
    fileprivate var isMany: Bool {
        switch self {
        case .list, .mailboxes, .identifier: true
        case .text, .flag, .number, .day, .moment: false
        }
    }
}

extension String {
    /// Without blanks and tabs at both ends.
    var trimmed: String {
        let bytes = utf8
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        guard let first = bytes.first, let last = bytes.last else { return self }
        guard isBlank(first) || isBlank(last) else { return self }
        guard let start = bytes.firstIndex(where: { !isBlank($0) }), let end = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(self[start...end])
    }

    /// The parts between the separators.
    fileprivate func split(on separator: String) -> [String] {
        var parts: [String] = []
        var rest = Array(utf8)[...]
        let sought = Array(separator.utf8)
        var part: [UInt8] = []
        while let byte = rest.first {
            if rest.starts(with: sought) {
                parts.append(String(decoding: part, as: UTF8.self))
                part = []
                rest = rest.dropFirst(sought.count)
            } else {
                part.append(byte)
                rest = rest.dropFirst()
            }
        }
        return parts + [String(decoding: part, as: UTF8.self)]
    }
}
