import Mail
package import Service

/// What every mailbox session promises. It begins on an INBOX with the three mails of ``contractMails``.
package let mailboxContract: [Contract<any MailboxSession>] = [
    Contract("mails are listed ascending, from the given UID on, not beyond the limit") { session in
        let all = try await everything(session)
        try require("mails", all.count, is: 3)
        try require("order", all.map(\.uid), is: all.map(\.uid).sorted())
        let later = try await session.list(from: all[1].uid, limit: 10)
        try require("from the second on", later.map(\.uid), is: all.dropFirst().map(\.uid))
        try require("limit", try await session.list(from: all[0].uid, limit: 2).count, is: 2)
    },
    Contract("what is fetched is what was delivered, octet for octet, in the order asked for") { session in
        let fetched = try await session.fetch(try await everything(session))
        let texts = fetched.map { String(decoding: $0.raw?.bytes ?? [], as: UTF8.self) }
        try require("texts", texts, is: contractMails)
    },
    Contract("a moved mail is gone from the listing, and moving it again is no fault") { session in
        let all = try await everything(session)
        try await session.settle([all[0].uid], as: .move(folder: "Processed"))
        try await session.settle([all[0].uid], as: .move(folder: "Processed"))
        try require("left", try await everything(session).map(\.uid), is: all.dropFirst().map(\.uid))
    },
    Contract("a marked mail stays") { session in
        let all = try await everything(session)
        try await session.settle([all[0].uid], as: .mark(keyword: "$PosternHeld"))
        try require("left", try await everything(session).count, is: 3)
    },
    Contract("a mark is taken away again, also where there is none") { session in
        let all = try await everything(session)
        let marks = [
            Settlement.mark(keyword: "$PosternHeld"), .mark(keyword: "$PosternIgnored"), .move(folder: "Ignored"),
        ]
        try await session.settle([all[0].uid], as: .mark(keyword: "$PosternHeld"))
        try await session.undo(marks, of: all.map(\.uid))
        try require("left", try await everything(session).count, is: 3)
    },
    Contract("an interruption before the wait ends it at once") { session in
        _ = try await everything(session)
        session.interrupt()
        let clock = ContinuousClock()
        let spent = try await clock.measure { try await session.wait(atMost: .seconds(600)) }
        try require("waited for ten minutes", spent > .seconds(300), is: false)
    },
]

/// The three mails on which ``mailboxContract`` begins.
package let contractMails = (1...3).map { number in
    "From: a@x.example\r\nSubject: \(number)\r\n\r\n* \(number) EXISTS\r\nA1 OK done\r\n"
}

private func everything(_ session: any MailboxSession) async throws -> [MailboxListing] {
    guard let first = UID(1) else { return [] }
    return try await session.list(from: first, limit: 100)
}
