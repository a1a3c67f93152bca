import ArgumentParser
import Foundation
import Judging
import Mail
import MailParsing
import Reading
import Registry
import Store

extension MessagesCommand {
    /// `postern messages show`: one mail, made safe for a terminal.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one mail: verdict, what each rule saw, replies, header and text.",
            discussion: "Nothing of the mail is opened or fetched; control characters are made visible.")

        @OptionGroup var mail: MailArgument
        @OptionGroup var settings: SettingsOptions
        @OptionGroup var format: FormatOptions

        func run() async throws {
            let id = try JournalID(argument: mail.id)
            let store = try settings.store(.read)
            guard let detail = try await store.message(id) else {
                throw CommandFailure.unusable("there is no mail \(id)")
            }
            let bytes = try await store.rawMail(id)
            let content = bytes.flatMap {
                MailRendering(bytes: $0, limits: (try? settings.reader().limits()) ?? .standard)
            }
            var output = Output()
            if format.json {
                try output.json(
                    .object(
                        detail.row.json.members + [
                            .init(key: "findings", value: .array(detail.findings.map(\.json))),
                            .init(key: "replies", value: .array(detail.replies.map(\.json))),
                            .init(key: "header", value: .array((content?.header ?? []).map(JSON.string))),
                            .init(key: "text", value: JSON(content?.text)),
                        ]))
            } else {
                for line in lines(detail, content) { try output.line(line) }
            }
            try output.finish()
        }

        private func lines(_ detail: MessageDetail, _ content: MailRendering?) -> [String] {
            var lines = RegistryListing.lines(detail.row.json.members)
            lines.append("")
            for finding in detail.findings {
                var line = "rule \(finding.rule.rawValue): \(finding.outcome.rawValue)"
                if let reason = finding.reason { line += " (\(reason))" }
                if !finding.seen.isEmpty { line += "; seen: \(finding.seen.map(\.visible).joined(separator: ", "))" }
                if !finding.wanted.isEmpty {
                    line += "; wanted: \(finding.wanted.map(\.visible).joined(separator: ", "))"
                }
                lines.append(line)
            }
            for reply in detail.replies {
                var line = "reply \(reply.id): \(reply.state.rawValue), to \(reply.recipient.visible)"
                if let at = reply.bouncedAt { line += ", reported \(at.stamp)" }
                // What a server said when it took the mail tells nothing.
                if reply.state != .sent, let answer = reply.lastAnswer { line += ": \(answer.visible)" }
                lines.append(line)
            }
            guard let content else { return lines + ["", "(the mail's bytes can't be shown)"] }
            lines.append("")
            lines += content.header
            lines.append("")
            lines += content.text.split(separator: "\n", omittingEmptySubsequences: false).map { "| \($0)" }
            return lines
        }
    }
}

/// A stored mail for eyes: the header lines that people look for, and its text, HTML as its visible text.
struct MailRendering {
    let header: [String]
    let text: String

    /// Header and text as lines.
    var lines: [String] {
        header + [""] + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static let fields = [
        "From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "Authentication-Results",
        "Return-Path",
    ]

    /// Nil when nothing can be made of the bytes. `wholeHeader` shows every field, in the mail's order.
    init?(bytes: [UInt8], limits: MailLimits = .standard, wholeHeader: Bool = false) {
        guard let mail = try? GMimeParser(limits: limits).parse(RawMail(bytes: bytes)) else { return nil }
        let fields = wholeHeader ? mail.header.fields : Self.fields.flatMap { mail.header.all($0) }
        header =
            fields.map { field in
                "\(field.name.visible): \(field.isNamed("Subject") ? mail.subject.visible : field.text.visible)"
            }
            + mail.attachments.map { "attachment: \(($0.name ?? "without a name").visible) (\($0.type.visible))" }
            + mail.problems.map { "problem: \($0.code): \($0.explanation.visible)" }
        let plain = mail.texts.filter { $0.kind == .plain }
        let shown = plain.isEmpty ? mail.texts : plain
        let reading = MailReading(
            subject: mail.subject,
            body: shown.map {
                BodyText(kind: $0.kind == .html ? .html : .plain, text: $0.text, alternative: $0.alternative)
            },
            lexicon: Lexicon([]))
        let whole = plain.isEmpty ? reading.newText : plain.map(\.text).joined(separator: "\n")
        text = String(whole.prefix(100_000)).visibleLines
    }
}

extension Finding {
    var json: JSON {
        [
            "rule": .string(rule.rawValue), "outcome": .string(outcome.rawValue), "reason": JSON(reason?.code),
            "seen": .array(seen.map(JSON.string)), "wanted": .array(wanted.map(JSON.string)),
        ]
    }
}
