import GRDB
import Mail
package import Registry

/// Which entries to list; all that are set must hold.
package struct RegistryFilter: Sendable {
    /// Requests in this status.
    package var status: RoleRequest.Status?
    /// Requests, roles and mandates of this account.
    package var account: AccountID?
    /// Operators and authorities of this country.
    package var country: String?
    /// EORI numbers and delegations that are valid on this day.
    package var day: Day?
    package var limit: Int?

    package init(
        status: RoleRequest.Status? = nil, account: AccountID? = nil, country: String? = nil, day: Day? = nil,
        limit: Int? = nil
    ) {
        self.status = status
        self.account = account
        self.country = country
        self.day = day
        self.limit = limit
    }
}

extension Store {
    /// One entry by its key (``RegistryEntry/key``); nil when there is none.
    package func entry(_ type: RegistryEntry.EntityType, _ key: String) async throws(StoreFault) -> RegistryItem? {
        return try await read { db in try RegistryTables.item(type, key, db) }
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
        if type == .eori, let day = filter.day {
            conditions += " AND valid_from <= ? AND coalesce(valid_to, '9999-12-31') >= ?"
            values += [day.text.databaseValue, day.text.databaseValue]
        }
        if type == .delegation, let day = filter.day {
            conditions += """
                 AND coalesce(entry ->> '$.validFrom', '') <= ? AND coalesce(entry ->> '$.validTo', '9999-12-31') >= ?
                """
            values += [day.text.databaseValue, day.text.databaseValue]
        }
        if [.operator, .authority].contains(type), let country = filter.country {
            conditions += " AND country = ?"
            values.append(country.databaseValue)
        }
        let sql = """
            SELECT \(table.current) FROM \(table.name) WHERE \(table.key) > ?\(conditions)
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
                    if let item = RegistryItem(row) { items.append(item) }
                }
                return (items: items, newest: newest)
            }
            guard let newest = page.newest else { return }
            try take(page.items)
            left -= length
            last = newest
        }
    }
}
