package import Judging
package import Mail

/// Where judged mail goes on the server.
package struct Folders: Sendable, Hashable {
    package var processed: String
    package var held: String
    package var ignored: String

    /// An empty name leaves the mail where it is, marked with a keyword.
    package init(processed: String = "Processed", held: String = "", ignored: String = "Ignored") {
        self.processed = processed
        self.held = held
        self.ignored = ignored
    }

    /// The folders that are named.
    var names: [String] { [processed, held, ignored].filter { !$0.isEmpty } }

    /// Every way in which a mail may have been shown on the server before, but for one.
    func settlements(but now: Settlement?) -> [Settlement] {
        let marks = Self.keywords.map { Settlement.mark(keyword: $0) }
        return (marks + names.map { .move(folder: $0) }).filter { $0 != now }
    }

    private static let keywords = ["$PosternProcessed", "$PosternHeld", "$PosternIgnored"]

    /// Nil for mail that is no request at all: the support team's other mail is never touched.
    package func settlement(of verdict: Verdict, reason: Reason) -> Settlement? {
        if reason == .notARequest { return nil }
        return switch verdict {
        case .accepted, .prepared, .restricted, .incomplete, .ambiguous, .unmatched, .answered:
            Self.settlement(folder: processed, keyword: "$PosternProcessed")
        case .held: Self.settlement(folder: held, keyword: "$PosternHeld")
        case .refused, .ignored: Self.settlement(folder: ignored, keyword: "$PosternIgnored")
        }
    }

    private static func settlement(folder: String, keyword: String) -> Settlement {
        folder.isEmpty ? .mark(keyword: keyword) : .move(folder: folder)
    }
}
