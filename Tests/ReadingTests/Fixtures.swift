import Defaults
import Reading

/// The lexicon as it is shipped, compiled once for all tests.
enum Shipped {
    static let lexicon: Lexicon = {
        do {
            let files = try ConfigFiles()
            return Lexicon(
                try files.names(in: "lexicon").map { try files.decode(LanguageTerms.self, from: $0) },
                ownWording: try files.names(in: "wording").map { try files.decode(OwnWording.self, from: $0) })
        } catch {
            // An empty lexicon fails every test; `every file of the lexicon can be read` says why.
            return Lexicon([])
        }
    }()

    static func read(
        subject: String = "", _ body: String, html: String? = nil, ownMarks: [String] = []
    ) -> MailReading {
        var texts = [BodyText(kind: .plain, text: body, alternative: html == nil ? nil : 1)]
        if let html { texts.append(BodyText(kind: .html, text: html, alternative: 1)) }
        return MailReading(subject: subject, body: texts, lexicon: lexicon, ownMarks: ownMarks)
    }
}
