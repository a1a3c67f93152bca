import Mail
import MailParsing
import Reading

/// A mail for eyes: the header lines that people look for, and its texts, HTML as what is to be seen of it. Nothing is
/// fetched or opened; control, direction and invisible characters are written out.
struct MailRendering {
    /// One version of the text.
    struct Part {
        let kind: TextPart.Kind
        let text: String

        var title: String { kind == .html ? "text (what is to be seen of the HTML):" : "text:" }
        var json: JSON { ["kind": .string(kind.rawValue), "text": .string(text)] }
    }

    let header: [String]
    /// The plain text, where there is one, and the HTML's, where there is some.
    let parts: [Part]

    /// The plain text, else the HTML's.
    var text: String { parts.first?.text ?? "" }

    /// Header and text as lines.
    var lines: [String] {
        header + [""] + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static let fields = [
        "From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "Authentication-Results",
        "Received", "Return-Path",
    ]
    private static let longest = 100_000

    /// Nil when nothing can be made of the bytes. `wholeHeader` shows every field, in the mail's order.
    init?(bytes: [UInt8], limits: MailLimits = .standard, wholeHeader: Bool = false) {
        guard let mail = try? GMimeParser(limits: limits).parse(RawMail(bytes: bytes)) else { return nil }
        self.init(mail: mail, wholeHeader: wholeHeader)
    }

    init(mail: InboundMail, wholeHeader: Bool = false) {
        let fields = wholeHeader ? mail.header.fields : Self.fields.flatMap { mail.header.all($0) }
        header =
            fields.map { field in
                "\(field.name.visible): \(field.isNamed("Subject") ? mail.subject.visible : field.text.visible)"
            } + mail.attachments.map(Self.line) + mail.problems.map { "problem: \($0.code): \($0.explanation.visible)" }
        let kinds: [TextPart.Kind] = [.plain, .html]
        parts = kinds.compactMap { kind in
            let texts = mail.texts.filter { $0.kind == kind }
            guard !texts.isEmpty else { return nil }
            var whole = texts.map { part in
                kind == .html ? visibleText(ofHTML: part.text, showingLinks: true) : part.text
            }.joined(separator: "\n")
            while whole.hasSuffix("\n") { whole.removeLast() }
            let cut = whole.unicodeScalars.count > Self.longest
            let shown = String(String.UnicodeScalarView(whole.unicodeScalars.prefix(Self.longest))).visibleLines
            return Part(kind: kind, text: cut ? shown + "\n… (cut here)" : shown)
        }
    }

    private static func line(of attachment: Attachment) -> String {
        let size = attachment.size.map { ", \($0) octets as sent" } ?? ""
        return
            "attachment: \((attachment.name ?? "without a name").visible) (\(attachment.type.visible)\(size); not opened)"
    }
}
