import ArgumentParser
import Foundation
import Judging
import Mail
import Registry
import Store

/// `postern status`: how things stand.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say how things stand: last look, backlog, verdicts today, outbox, oldest waiting.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var format: FormatOptions

    func run() async throws {
        let now = Date()
        // The day of the counts is the one in UTC, as everywhere else in the program.
        let midnight = Date(timeIntervalSince1970: (now.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
        let status = try await settings.store(.read).status(since: midnight)
        var output = Output()
        if format.json {
            try output.json(json(status))
        } else {
            for line in RegistryListing.lines(lines(status, now: now)) { try output.line(line) }
        }
        try output.finish()
    }

    private func json(_ status: StatusSnapshot) -> JSON {
        [
            "lastPoll": JSON(status.lastPoll), "backlog": JSON(status.backlog), "held": JSON(status.held),
            "verdicts": .object(
                Verdict.allCases.map { .init(key: $0.rawValue, value: JSON(status.verdicts[$0] ?? 0)) }),
            "outbox": .object(
                OutboxState.allCases.map { .init(key: $0.rawValue, value: JSON(status.outbox[$0] ?? 0)) }),
            "oldestUndecided": JSON(status.oldestUndecided), "oldestReply": JSON(status.oldestReply),
        ]
    }

    private func lines(_ status: StatusSnapshot, now: Date) -> [JSON.Member] {
        func moment(_ date: Date?) -> JSON {
            guard let date else { return .null }
            return .string("\(date.stamp) (\(Self.age(now.timeIntervalSince(date))) ago)")
        }
        let verdicts = Verdict.allCases.compactMap { verdict in
            status.verdicts[verdict].map { "\($0) \(verdict.rawValue)" }
        }
        let outbox = OutboxState.allCases.compactMap { state in status.outbox[state].map { "\($0) \(state.rawValue)" } }
        return [
            .init(key: "last look into the mailbox", value: moment(status.lastPoll)),
            .init(key: "mails that wait for a verdict", value: JSON(status.backlog)),
            .init(key: "oldest of them", value: moment(status.oldestUndecided)),
            .init(key: "mails held for a person", value: JSON(status.held)),
            .init(key: "verdicts today (UTC)", value: .array(verdicts.map(JSON.string))),
            .init(key: "outbox", value: .array(outbox.map(JSON.string))),
            .init(key: "oldest reply that waits", value: moment(status.oldestReply)),
        ]
    }

    /// `3 min`, `2 h`, `5 days`.
    static func age(_ seconds: TimeInterval) -> String {
        let seconds = max(0, min(seconds, 1e12))
        return switch seconds {
        case ..<120: "\(Int(seconds)) s"
        case ..<7_200: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3_600)) h"
        default: "\(Int(seconds / 86_400)) days"
        }
    }
}
