package import Mail

import struct Foundation.Date

/// Makes proof codes and checks them, with a keyed hash that only this installation can compute.
package struct ProofCodes: Sendable {
    /// What a code is worth for one request or account and one mailbox.
    package enum Worth: Sendable, Hashable, Comparable {
        /// Made for something else, or by nobody who has the key.
        case wrong
        /// The request has moved on since: a reference is good for one change of status.
        case used
        /// Its last day is over.
        case expired
        case good
    }

    private let mark: @Sendable (String) -> UInt64
    private let requestDays: Int
    private let accountDays: Int

    /// - Parameters:
    ///   - requestDays: for how many days after today the reference of a request is good.
    ///   - accountDays: the same for the code that validates an account.
    ///   - mark: 64 bits of a keyed hash of a text.
    package init(requestDays: Int = 30, accountDays: Int = 7, mark: @escaping @Sendable (String) -> UInt64) {
        self.requestDays = requestDays
        self.accountDays = accountDays
        self.mark = mark
    }

    /// The reference of a request in its present round, for the owner of a mailbox.
    package func code(for request: RoleRequest, mailbox: EmailAddress, on day: Day) -> ProofCode {
        let lastDay = Self.number(day, plus: requestDays)
        return ProofCode(
            purpose: .request, lastDay: lastDay, mark: mark(Self.claim(request, request.round, mailbox, lastDay)))
    }

    /// The code that proves a mailbox to be an account's.
    package func code(validating account: Account, on day: Day) -> ProofCode {
        let lastDay = Self.number(day, plus: accountDays)
        return ProofCode(purpose: .account, lastDay: lastDay, mark: mark(Self.claim(account, lastDay)))
    }

    /// What a code found in a mail is worth for a request of the account with this mailbox.
    package func worth(
        of code: ProofCode, for request: RoleRequest, mailbox: EmailAddress, on day: Day
    ) -> Worth {
        guard code.purpose == .request else { return .wrong }
        if code.mark == mark(Self.claim(request, request.round, mailbox, code.lastDay)) {
            return code.isGood(on: day) ? .good : .expired
        }
        let earlier = max(0, request.round - 20)..<max(0, request.round)
        return earlier.contains { code.mark == mark(Self.claim(request, $0, mailbox, code.lastDay)) } ? .used : .wrong
    }

    /// What a code found in a mail is worth for validating an account. Whether the account still needs it is not looked at.
    package func worth(of code: ProofCode, validating account: Account, on day: Day) -> Worth {
        guard code.purpose == .account, code.mark == mark(Self.claim(account, code.lastDay)) else { return .wrong }
        return code.isGood(on: day) ? .good : .expired
    }

    // The parts are joined by a character that none of them can hold.

    private static func claim(_ request: RoleRequest, _ round: Int, _ mailbox: EmailAddress, _ day: UInt16) -> String {
        ["request", request.id.text, String(round), mailbox.key, String(day)].joined(separator: "\u{1f}")
    }

    private static func claim(_ account: Account, _ day: UInt16) -> String {
        ["account", account.id.text, account.mailbox.key, String(day)].joined(separator: "\u{1f}")
    }

    private static func number(_ day: Day, plus days: Int) -> UInt16 {
        UInt16(clamping: day.number + max(0, days))
    }
}

extension ProofCode {
    /// The last day (UTC) on which the code is good.
    package var goodUntil: Day { Day(of: Date(timeIntervalSince1970: Double(lastDay) * 86_400)) }

    func isGood(on day: Day) -> Bool { day.number <= Int(lastDay) }
}

extension Day {
    /// Days since 1970-01-01.
    package var number: Int {
        Int(((Timestamp.date(text)?.timeIntervalSince1970 ?? 0) / 86_400).rounded(.down))
    }

    /// The day so many days later.
    package func adding(days: Int) -> Day { Day(of: Date(timeIntervalSince1970: Double(number + days) * 86_400)) }
}
