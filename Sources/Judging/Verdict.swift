/// What one mail came to; each mail gets exactly one.
package enum Verdict: String, Sendable, Codable, CaseIterable {
    case accepted, prepared, restricted, incomplete, ambiguous, unmatched, answered, held, refused, ignored

    /// Verdicts that answer the sender.
    package var replies: Bool {
        switch self {
        case .accepted, .prepared, .restricted, .incomplete, .ambiguous, .unmatched, .answered: true
        case .held, .refused, .ignored: false
        }
    }
}

/// A stable dotted code that says why: `cc.authority-in-to`. The README lists all of them.
package struct Reason: Hashable, Sendable, Codable, CustomStringConvertible, ExpressibleByStringLiteral {
    package let code: String

    /// Other mail of the support team: no request in it, and none pending from its sender.
    package static let notARequest: Reason = "other.not-a-request"
    /// A report on another mail's delivery.
    package static let bounce: Reason = "automatic.bounce"

    package init(_ code: String) { self.code = code }
    package init(stringLiteral code: String) { self.code = code }
    package init(from decoder: any Decoder) throws {
        code = try decoder.singleValueContainer().decode(String.self)
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
    package var description: String { code }
}

/// What a rule came to.
package enum Outcome: String, Sendable, Codable { case pass, fail, skipped }
