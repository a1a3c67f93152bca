import Foundation
import Judging
import Mail
package import Service

/// What every outbox promises. Replies come into it through the journal of the same store.
package let outboxContract: [Contract<any Journal & Outbox>] = [
    Contract("an empty outbox has nothing to recover, to send or to wait for") { store in
        try require("recovered", try await store.recover(at: contractMoment), is: 0)
        try require("claimed", try await claim(store).count, is: 0)
        try require("next", try await store.nextDue(), is: nil)
    },
    Contract("a reply that was written down is due at once and claimed once, with its very bytes") { store in
        let replies = try await queue(2, in: store)
        try require("next", try await store.nextDue(), is: contractMoment)
        let claimed = try await claim(store)
        try require("mails", claimed.map(\.mail), is: replies)
        try require("attempts", claimed.map(\.attempts), is: [1, 1])
        try require("unknown", claimed.map(\.wasUnknown), is: [false, false])
        try require("claimed again", try await claim(store).count, is: 0)
        try require("next", try await store.nextDue(), is: nil)
    },
    Contract("no more are claimed than asked for") { store in
        _ = try await queue(3, in: store)
        let counts = [try await claim(store, limit: 2).count, try await claim(store, limit: 0).count]
        try require("claimed", counts, is: [2, 0])
        try require("left", try await claim(store).count, is: 1)
    },
    Contract("a reply that was put off comes back when it is due, and not before") { store in
        _ = try await queue(1, in: store)
        let first = try await claim(store)
        let putOff = results(first, .retry, next: 60)
        try require("at once", try await claim(store, putOff, after: 0).count, is: 0)
        try require("next", try await store.nextDue(), is: contractMoment.addingTimeInterval(60))
        try require("before", try await claim(store, after: 59).count, is: 0)
        try require("attempts", try await claim(store, after: 60).map(\.attempts), is: [2])
    },
    Contract("what was sent or refused for good never comes back") { store in
        _ = try await queue(2, in: store)
        let claimed = try await claim(store)
        let ended = results(Array(claimed.prefix(1)), .sent) + results(Array(claimed.dropFirst()), .failed)
        try require("claimed", try await claim(store, ended, after: 1_000_000).count, is: 0)
        try require("next", try await store.nextDue(), is: nil)
    },
    Contract("a reply whose fate is unknown is sent once more, and never a third time") { store in
        _ = try await queue(1, in: store)
        let first = try await claim(store)
        let second = try await claim(store, results(first, .unknown, next: 10), after: 10)
        try require("unknown", second.map(\.wasUnknown), is: [true])
        let third = try await claim(store, results(second, .unknown, next: 20), after: 1_000_000)
        try require("claimed", third.count, is: 0)
    },
    Contract("what a stop left half sent counts as unknown, and goes out once more with the same bytes") { store in
        let replies = try await queue(1, in: store)
        _ = try await claim(store)
        try require("recovered", try await store.recover(at: contractMoment), is: 1)
        let again = try await claim(store)
        try require("mails", again.map(\.mail), is: replies)
        try require("unknown", again.map(\.wasUnknown), is: [true])
        try require("recovered", try await store.recover(at: contractMoment), is: 1)
        try require("claimed", try await claim(store, after: 1_000_000).count, is: 0)
    },
    Contract("a result for a reply that is not being sent changes nothing") { store in
        _ = try await queue(1, in: store)
        let claimed = try await claim(store)
        _ = try await claim(store, results(claimed, .sent))
        let late = try await claim(store, results(claimed, .retry, next: 0), after: 1_000_000)
        try require("claimed", late.count, is: 0)
    },
]

/// Has `count` mails answered, and gives the answers.
private func queue(_ count: UInt32, in store: any Journal & Outbox) async throws -> [OutboundMail] {
    guard let end = UID(count + 1) else { return [] }
    let mails = (1...count).compactMap { number in
        UID(number).map { uid in
            FetchedMail(
                listing: MailboxListing(uid: uid, size: 1, receivedAt: nil),
                raw: RawMail(bytes: [UInt8(truncatingIfNeeded: number)]))
        }
    }
    let cursor = MailboxCursor(validity: UIDValidity(7), next: end)
    _ = try await store.store(mails, in: "INBOX", cursor: cursor, at: contractMoment)
    let entries = try await store.claimUndecided(limit: mails.count, bytes: 1 << 20, after: nil)
    let rulings = entries.compactMap { entry in
        contractMail(to: "r\(entry.id)@x.example").map { reply in
            Ruling(
                entry: entry.id,
                decision: Decision(
                    verdict: .unmatched, reason: "match.no-account",
                    sender: SenderFinding(address: reply.recipients.first, authentication: .pass)),
                messageID: nil, subject: "", reply: reply)
        }
    }
    _ = try await store.record(rulings, at: contractMoment)
    return rulings.compactMap(\.reply)
}

private func claim(
    _ store: any Journal & Outbox, _ results: [OutboxResult] = [], limit: Int = 10, after seconds: Double = 0
) async throws -> [OutboxEntry] {
    try await store.exchange(results, claim: limit, at: contractMoment.addingTimeInterval(seconds))
}

private func results(_ entries: [OutboxEntry], _ state: OutboxState, next seconds: Double? = nil) -> [OutboxResult] {
    entries.map {
        OutboxResult(
            id: $0.id, state: state, answer: "said so",
            nextAttempt: seconds.map { contractMoment.addingTimeInterval($0) })
    }
}
