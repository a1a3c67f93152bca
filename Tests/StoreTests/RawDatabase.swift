import Foundation
import GRDB

/// The database file through a connection of the test's own.
struct RawDatabase {
    let queue: DatabaseQueue

    init(_ path: String) throws {
        var configuration = Configuration()
        // A test may hold a transaction open over several accesses.
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    func execute(_ sql: String) throws { try queue.write { try $0.execute(sql: sql) } }

    func text(_ sql: String) throws -> String? { try queue.read { try String.fetchOne($0, sql: sql) } }
}
