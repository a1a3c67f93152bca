import GRDB
import Mail
package import Registry

/// An entry of the registry as the store has it now.
package struct RegistryItem: Sendable, Hashable {
    /// A request has its current status, an account its current state.
    package let entry: RegistryEntry
    /// One line of the exchange format with unknown members; a request's `status` and an account's `state` are the current ones.
    package let json: String
}

/// Which entries to list; all that are set must hold.
package struct RegistryFilter: Sendable {
    /// Requests in this status.
    package var status: RoleRequest.Status?
    /// Requests, roles and mandates of this account.
    package var account: AccountID?
    /// Operators and authorities of this country.
    package var country: String?
    package var limit: Int?

    package init(
        status: RoleRequest.Status? = nil, account: AccountID? = nil, country: String? = nil, limit: Int? = nil
    ) {
        self.status = status
        self.account = account
        self.country = country
        self.limit = limit
    }
}

extension Store {
    /// One entry by its key (``RegistryEntry/key``); nil when there is none.
    package func entry(_ type: RegistryEntry.EntityType, _ key: String) async throws(StoreFault) -> RegistryItem? {
        let table = RegistryTable(type)
        let sql = "SELECT \(table.key), entry\(table.current) FROM \(table.name) WHERE \(table.key) = ?"
        return try await read { db in try db.first(sql, [key], Self.item) }
    }

    /// Entries of one type in the order of their keys, page by page. A filter that the type doesn't know is ignored.
    package func entries(
        _ type: RegistryEntry.EntityType, _ filter: RegistryFilter = RegistryFilter(),
        _ take: ([RegistryItem]) throws -> Void
    ) async throws {
        let table = RegistryTable(type)
        var conditions = ""
        var values: [DatabaseValue] = []
        if type == .request, let status = filter.status {
            conditions += " AND status = ?"
            values.append(status.rawValue.databaseValue)
        }
        if [.request, .role, .mandate].contains(type), let account = filter.account {
            conditions += " AND account = ?"
            values.append(account.text.databaseValue)
        }
        if [.operator, .authority].contains(type), let country = filter.country {
            conditions += " AND country = ?"
            values.append(country.databaseValue)
        }
        let sql = """
            SELECT \(table.key), entry\(table.current) FROM \(table.name) WHERE \(table.key) > ?\(conditions)
            ORDER BY \(table.key) LIMIT ?
            """
        var left = filter.limit ?? Int.max
        var last = ""
        while left > 0 {
            let (after, arguments, length) = (last, values, min(left, Self.pageLength))
            let page = try await read { db in
                var items: [RegistryItem] = []
                var newest: String?
                let rows = try db.rows(
                    sql, StatementArguments([after.databaseValue] + arguments + [length.databaseValue]))
                while let row = try rows.next() {
                    newest = row[0]
                    if let item = try Self.item(row) { items.append(item) }
                }
                return (items: items, newest: newest)
            }
            guard let newest = page.newest else { return }
            try take(page.items)
            left -= length
            last = newest
        }
    }

    private static func item(_ row: Row) throws -> RegistryItem? {
        let json: String = row[1]
        guard var entry = RegistryEntry(json: Array(json.utf8)) else { return nil }
        let member: String
        let word: String
        switch entry {
        case .request(var request):
            guard let status = RoleRequest.Status(rawValue: row[2]), status != request.status else {
                return RegistryItem(entry: entry, json: json)
            }
            request.status = status
            entry = .request(request)
            (member, word) = ("status", status.rawValue)
        case .account(var account):
            guard let state = Account.State(rawValue: row[2]), state != account.state else {
                return RegistryItem(entry: entry, json: json)
            }
            account.state = state
            entry = .account(account)
            (member, word) = ("state", state.rawValue)
        default: return RegistryItem(entry: entry, json: json)
        }
        guard let value = try? JSONValue(parsing: Array(json.utf8)) else { return nil }
        return RegistryItem(entry: entry, json: value.setting(member, to: .string(word)).text)
    }
}

extension RegistryTable {
    /// The column of what is current beside the entry, with a comma before it.
    fileprivate var current: String {
        switch name {
        case "request": ", status"
        case "account": ", state"
        default: ""
        }
    }
}
