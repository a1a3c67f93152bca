import Foundation
import Judging
import Mail
import Registry
package import Service

/// What every keeper of waiting requests promises. It holds requests `R-1` and `R-2` of account `A-1`, both `requested`
/// at ``contractMoment``.
package let waitingContract: [Contract<any WaitingRequests>] = [
    Contract("a request is listed from the moment at which it has waited so long") { requests in
        let before = try await requests.unreminded(since: later(-1), limit: 10)
        let after = try await requests.unreminded(since: contractMoment, limit: 10)
        try require("waiting", [ids(before), ids(after)], is: [[], ["R-1", "R-2"]])
    },
    Contract("no more are listed than asked for") { requests in
        try require("waiting", try await requests.unreminded(since: later(1), limit: 1).count, is: 1)
    },
    Contract("a request is reminded once, and is overdue from then on") { requests in
        guard let first = try await requests.unreminded(since: later(1), limit: 1).first else { return }
        let early = try await requests.overdue(since: later(9), reminded: later(9), limit: 10)
        try require("overdue before", ids(early), is: [])
        try require("reminded", try await requests.remind(first, notice: nil, at: later(2)), is: true)
        try require("reminded again", try await requests.remind(first, notice: nil, at: later(3)), is: false)
        let tooEarly = try await requests.overdue(since: later(9), reminded: later(1), limit: 10)
        let overdue = try await requests.overdue(since: later(9), reminded: later(2), limit: 10)
        try require("overdue", [ids(tooEarly), ids(overdue)], is: [[], [first.request.text]])
    },
    Contract("a request that expired is listed no more, and can't expire again") { requests in
        guard let first = try await requests.unreminded(since: later(1), limit: 1).first else { return }
        try await requests.change(RequestChange(.expire, of: first.request), actor: "test", at: later(2))
        let left = try await requests.unreminded(since: later(9), limit: 10)
        try require("left", ids(left), is: ["R-2"])
        let isRefused: Bool
        do {
            try await requests.change(RequestChange(.expire, of: first.request), actor: "test", at: later(3))
            isRefused = false
        } catch {
            isRefused = true
        }
        try require("refused", isRefused, is: true)
        try require("reminded", try await requests.remind(first, notice: nil, at: later(3)), is: false)
    },
    Contract("a request that has not waited since then does not expire") { requests in
        guard let first = try await requests.unreminded(since: later(1), limit: 1).first else { return }
        let stale = RequestChange(.expire, of: first.request, since: first.since.addingTimeInterval(-60))
        let isRefused: Bool
        do {
            try await requests.change(stale, actor: "test", at: later(2))
            isRefused = false
        } catch {
            isRefused = true
        }
        try require("refused", isRefused, is: true)
        try await requests.change(
            RequestChange(.expire, of: first.request, since: first.since), actor: "test", at: later(2))
        let left = try await requests.unreminded(since: later(9), limit: 10)
        try require("left", ids(left), is: ["R-2"])
    },
    Contract("the view of an account has its requests") { requests in
        let view = try await requests.view(of: AccountID("A-1"), at: contractMoment)
        try require("requests", view?.requests.map(\.id.text).sorted() ?? [], is: ["R-1", "R-2"])
    },
]

/// The registry that a store needs to keep the promises.
package let waitingRegistry = """
    {"type":"account","id":"A-1","firstName":"Ana","lastName":"Kovač","mailbox":"ana@drvo.example"}
    {"type":"operator","id":"OP-1","name":"Drvo","country":"HR"}
    {"type":"operator","id":"OP-2","name":"Les","country":"SI"}
    {"type":"request","id":"R-1","account":"A-1","kind":"importer","operator":"OP-1","requestedAt":"2026-11-01T12:00:00Z"}
    {"type":"request","id":"R-2","account":"A-1","kind":"importer","operator":"OP-2","requestedAt":"2026-11-01T12:00:00Z"}

    """

private func later(_ seconds: Double) -> Date { contractMoment.addingTimeInterval(seconds) }
private func ids(_ waiting: [WaitingRequest]) -> [String] { waiting.map(\.request.text).sorted() }
