import GRDB
package import Registry

/// An entry of the registry as the store has it now.
package struct RegistryItem: Sendable, Hashable {
    /// A request has its current status, an account its current state; mailboxes that we saw go are former ones.
    package let entry: RegistryEntry
    /// The same as one line of the exchange format in its canonical writing, with unknown members.
    package let json: String
}

extension RegistryItem {
    /// Reads a row of ``RegistryTable/current``; nil for an entry that can't be read.
    init?(_ row: Row) {
        let line: String = row[1]
        guard let value = try? JSONValue(parsing: Array(line.utf8)), let entry = RegistryEntry(members: value) else {
            return nil
        }
        var merged = value
        switch entry {
        case .request(let it):
            if let status: String = row[2], status != it.status.rawValue {
                merged = merged.setting("status", to: .string(status))
            }
        case .account(let it):
            if let state: String = row[2], state != it.state.rawValue {
                merged = merged.setting("state", to: .string(state))
            }
        default: break
        }
        if [.account, .authority].contains(entry.type), let noted: String = row[3] {
            merged = merged.setting("formerMailboxes", to: Self.mailboxes(merged["formerMailboxes"], noted))
        }
        if merged == value {
            self.init(entry: entry, json: line)
        } else {
            guard let entry = RegistryEntry(members: merged) else { return nil }
            self.init(entry: entry, json: RegistryLines.canonical(merged, type: entry.type))
        }
    }

    /// The mailboxes that the line lists with those behind them that we noted: a JSON list of pairs of address and day.
    private static func mailboxes(_ listed: JSONValue?, _ noted: String) -> JSONValue {
        var mailboxes: [JSONValue] =
            switch listed {
            case nil, .null?: []
            case .array(let values)?: values
            case let one?: [one]
            }
        guard case .array(let pairs) = try? JSONValue(parsing: Array(noted.utf8)) else { return .array(mailboxes) }
        for case .array(let pair) in pairs where pair.count == 2 {
            mailboxes.append(
                pair[1] == .null ? pair[0] : .object([.init("mailbox", pair[0]), .init("validTo", pair[1])]))
        }
        return .array(mailboxes)
    }
}

extension RegistryTable {
    /// The columns of an entry as it is now: key, line, status or state, noted former mailboxes (nil without any).
    var current: String {
        func noted(_ table: String, _ owner: String, _ condition: String) -> String {
            """
            (SELECT nullif(json_group_array(json_array(mailbox, until)), '[]') FROM (SELECT mailbox, until
                FROM \(table) WHERE \(owner) = \(name).id\(condition) ORDER BY mailbox))
            """
        }
        return switch name {
        case "request": "\(key), entry, status, NULL"
        case "account": "\(key), entry, state, \(noted("former_mailbox", "account", " AND noted"))"
        case "authority": "\(key), entry, NULL, \(noted("former_official_mailbox", "authority", ""))"
        default: "\(key), entry, NULL, NULL"
        }
    }
}

extension RegistryTables {
    /// One entry as it is now.
    static func item(_ type: RegistryEntry.EntityType, _ key: String, _ db: Database) throws -> RegistryItem? {
        let table = RegistryTable(type)
        return try db.first("SELECT \(table.current) FROM \(table.name) WHERE \(table.key) = ?", [key]) {
            RegistryItem($0)
        }
    }
}
