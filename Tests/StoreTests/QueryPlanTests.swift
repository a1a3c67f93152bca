import GRDB
import Testing

@testable import Store

struct QueryPlanTests {
    /// Statements that run for each batch of mails, or for `status`, as the program has them.
    static let statements: [String] = [
        ViewSQL.accounts, ViewSQL.formerAccounts, ViewSQL.requests, ViewSQL.roles, ViewSQL.mandates, ViewSQL.operators,
        ViewSQL.authorities, ViewSQL.delegations, ViewSQL.eoris, ViewSQL.competentAuthorities,
        ViewSQL.operatorsWithWords, ViewSQL.authoritiesWithWords, SearchSQL.find("operator"),
        SearchSQL.find("authority"),
        SearchSQL.uses,
        KnownDomainSQL.alike, KnownDomainSQL.accounts, ViewSQL.replies, BounceSQL.reported, BounceSQL.mark,
        BounceSQL.all,
        BounceSQL.ofRequest, ThreadSQL.answered, ThreadSQL.thread, ThreadSQL.facts, JournalSQL.known,
        JournalSQL.unhashed,
        JournalSQL.giveBack, JournalSQL.undecided, JournalSQL.raise,
        JournalSQL.unsettled, OutboxSQL.due, OutboxSQL.nextDue, OutboxSQL.recover, StatusSQL.backlog,
        StatusSQL.verdicts, StatusSQL.unsent, StatusSQL.oldestUndecided, StatusSQL.oldestReply,
    ]

    @Test(arguments: statements)
    func `no statement on the way of a mail reads a whole table`(sql: String) throws {
        let scratch = try Scratch()
        let store = try scratch.store()
        let plan = try store.queue.read { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
            statement.setUncheckedArguments([])
            return try Row.fetchAll(statement).map { $0["detail"] as String }
        }
        try #require(!plan.isEmpty)
        let scans = plan.filter { step in
            step.hasPrefix("SCAN") && !step.contains("VIRTUAL TABLE") && !step.contains("CONSTANT ROW")
                // A queue's index holds only the rows that wait.
                && !["journal_undecided", "outbox_state", "outbox_due"].contains {
                    step.contains("USING INDEX \($0)")
                        || step.contains("USING COVERING INDEX \($0)")
                }
        }
        #expect(scans == [])
    }
}
