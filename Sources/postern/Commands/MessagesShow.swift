import ArgumentParser
import Foundation
import Judging
import Mail
import MailParsing
import Registry
import SenderTrust
import Store

extension MessagesCommand {
    /// `postern messages show`: one mail, made safe for a terminal.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one mail: verdict and why, what it claims against what is proven, rules, replies, text.",
            discussion: """
                Nothing of the mail is opened or fetched; control, direction and invisible characters are made visible, \
                and each link says where it leads.
                """)

        @OptionGroup var mail: MailArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let id = try JournalID(argument: mail.id)
            let store = try settings.store(.read)
            guard let detail = try await store.message(id) else {
                throw CommandFailure.unusable("there is no mail \(id)")
            }
            let report = MessageReport(
                detail: detail, words: try await store.operatorWords(about: id),
                prepared: try await store.openDecision(about: "message \(id)"),
                mail: try await store.rawMail(id).flatMap { bytes in
                    let limits = (try? settings.reader().limits()) ?? .standard
                    return try? GMimeParser(limits: limits).parse(RawMail(bytes: bytes))
                },
                trust: try? settings.reader().trust())
            var output = Output()
            if format.json {
                try output.json(report.json)
            } else {
                let width = Terminal.width
                for line in report.lines {
                    for part in width.map({ DisplayWidth.folded(line, into: $0) }) ?? [line] { try output.line(part) }
                }
            }
            try output.finish()
        }
    }
}

/// Everything that staff need to know of one mail.
private struct MessageReport {
    let detail: MessageDetail
    let words: [OperatorWord]
    /// A decision about it that waits.
    let prepared: PreparedDecision?
    /// Nil where the bytes are not there or can't be read.
    let mail: InboundMail?
    let trust: TrustSettings?

    private var row: MessageRow { detail.row }
    private var reason: ReasonWords? { row.reason.flatMap(ReasonWords.of) }
    private var hint: String? { reason?.hint?.replacing(" ID", with: " \(row.id)") }
    private var claims: MailClaims? { mail.map { MailClaims(of: $0, trusting: trust) } }
    private var content: MailRendering? { mail.map { MailRendering(mail: $0) } }

    var json: JSON {
        let content = content
        return .object(
            row.json.members + [
                .init(key: "why", value: JSON(reason?.explanation)), .init(key: "hint", value: JSON(hint)),
                .init(key: "operators", value: .array(words.map(\.json))),
                .init(key: "prepared", value: prepared?.json ?? .null),
                .init(key: "evidence", value: claims?.json ?? .null),
                .init(key: "findings", value: .array(detail.findings.map(\.json))),
                .init(key: "replies", value: .array(detail.replies.map(\.json))),
                .init(key: "header", value: .array((content?.header ?? []).map(JSON.string))),
                .init(key: "attachments", value: .array((mail?.attachments ?? []).map(\.json))),
                .init(key: "text", value: JSON(content?.text)),
                .init(key: "parts", value: .array((content?.parts ?? []).map(\.json))),
            ])
    }

    var lines: [String] {
        var lines = RegistryListing.lines(row.json.members)
        if let reason { lines.append("why: \(reason.explanation)") }
        if let hint { lines.append("what to do: \(hint)") }
        lines += words.map(\.line)
        if let prepared {
            lines.append(
                "waits: decision \(prepared.id), \(prepared.words.visible), prepared by \(prepared.actor.visible)")
        }
        let course = lines.count
        lines += detail.findings.filter { $0.outcome != .skipped || !detail.findings.allSatisfy(\.isSkipped) }.map(
            \.line)
        for reply in detail.replies {
            var line = "reply \(reply.id): \(reply.state.rawValue), to \(reply.recipient.visible)"
            if let at = reply.bouncedAt { line += ", reported \(at.stamp)" }
            // What a server said when it took the mail tells nothing.
            if reply.state != .sent, let answer = reply.lastAnswer { line += ": \(answer.visible)" }
            lines.append(line)
        }
        if lines.count > course { lines.insert("", at: course) }
        guard let claims, let content else { return lines + ["", "(the mail's bytes can't be shown)"] }
        lines += [""] + claims.lines + [""] + content.header
        for part in content.parts {
            lines += ["", part.title]
            lines += part.text.split(separator: "\n", omittingEmptySubsequences: false).map { "| \($0)" }
        }
        if content.parts.isEmpty { lines += ["", "(no text)"] }
        return lines
    }
}

extension Finding {
    fileprivate var isSkipped: Bool { outcome == .skipped }

    /// For people.
    fileprivate var line: String {
        var line = "rule \(rule.rawValue): \(outcome.rawValue)"
        if let reason { line += " (\(reason))" }
        if !seen.isEmpty { line += "; seen: \(seen.map(\.visible).joined(separator: ", "))" }
        if !wanted.isEmpty { line += "; wanted: \(wanted.map(\.visible).joined(separator: ", "))" }
        return line
    }

    var json: JSON {
        [
            "rule": .string(rule.rawValue), "outcome": .string(outcome.rawValue), "reason": JSON(reason?.code),
            "seen": .array(seen.map(JSON.string)), "wanted": .array(wanted.map(JSON.string)),
        ]
    }
}

extension OperatorWord {
    /// For people.
    fileprivate var line: String {
        var line = "\(at.stamp) \(action.rawValue)"
        if let sender { line += " as from \(sender.visible)" + (usedAt == nil ? "" : " (the verdict rests on it)") }
        line += " by \(actor.visible)"
        if let preparedBy { line += ", prepared by \(preparedBy.visible)" }
        return line + (note.map { ": \($0.visible)" } ?? "")
    }

    fileprivate var json: JSON {
        [
            "action": .string(action.rawValue), "sender": JSON(sender), "by": .string(actor),
            "preparedBy": JSON(preparedBy), "note": JSON(note), "at": JSON(at), "usedAt": JSON(usedAt),
        ]
    }
}

extension Attachment {
    fileprivate var json: JSON { ["name": JSON(name), "type": .string(type), "size": JSON(size)] }
}
