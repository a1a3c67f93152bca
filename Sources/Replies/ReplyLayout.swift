import Mustache
import Synchronization

/// The two templates, compiled once, and what they made of each shape of reply.
///
/// The templates see words and marks only, never a value: what comes from a mail or the registry is put in
/// afterwards, escaped for its half. So no value can be read as Mustache, and none can be left unescaped by a
/// template.
final class ReplyLayout: Sendable {
    private let text: MustacheTemplate
    private let html: MustacheTemplate
    private let known = Mutex<[ReplyShape: ReplySkeleton]>([:])

    /// How many shapes are kept; there are some dozens in daily work, and about 10 KB each.
    private static let capacity = 500

    init(_ templates: ReplyTemplates) throws(ReplyError) {
        text = try Self.compile(templates.text, name: "reply.txt.mustache")
        html = try Self.compile(templates.html, name: "reply.html.mustache")
    }

    /// The reply's halves with their slots open.
    func skeleton(for shape: ReplyShape, in wording: Wording) -> ReplySkeleton {
        if let skeleton = known.withLock({ $0[shape] }) { return skeleton }
        let skeleton = ReplySkeleton(
            text: Self.render(text, shape, wording) { $0 },
            html: Self.render(html, shape, wording, escape: HTML.escaped))
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
            known[shape] = skeleton
        }
        return skeleton
    }

    private static func render(
        _ template: MustacheTemplate, _ shape: ReplyShape, _ wording: Wording, escape: (String) -> String
    ) -> Skeleton {
        var page = ReplyPage(shape, wording)
        let context = page.context(escape: escape)
        return Skeleton(template.render(context), slots: page.slots)
    }

    private static func compile(_ text: String, name: String) throws(ReplyError) -> MustacheTemplate {
        guard text.utf8.allSatisfy({ $0 >= 0x20 || $0 == 9 || $0 == 10 }) else {
            throw .unusableTemplate(name, reason: "holds control characters or CR line ends")
        }
        do {
            // Escaping is done before the template sees a text, and well (see `HTML`), so Mustache's own is off.
            return try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text)
        } catch let error as MustacheTemplate.ParserError {
            throw .unusableTemplate(
                name, reason: "line \(error.context.lineNumber - 1): \(error.error)")
        } catch {
            throw .unusableTemplate(name, reason: "\(error)")
        }
    }
}
