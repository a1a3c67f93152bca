import Mail
import Testing

@testable import postern

/// One way to pass for somebody else, or to make Postern write what it must not, as the whole mail that would arrive.
///
/// Everything about the mail but what the attack changes is acceptable: the support mailbox in To, the authority in Cc,
/// the kind in the subject, the victim's names in the text.
struct Attack: Sendable, CustomTestStringConvertible {
    /// Where the shape was published, or what it aims at.
    enum Source: String, Sendable, CaseIterable {
        /// "Composition Kills: A Case Study of Email Sender Authentication" and its tool.
        case espoofer
        /// "Weak Links in Authentication Chains: A Large-scale Analysis of Email Sender Spoofing Attacks" and its tool.
        case espoofing = "ESpoofing"
        /// Mailsploit's encoded-words.
        case mailsploit = "Mailsploit"
        /// Combinations of these, look-alikes, and shapes found while this was written.
        case combined
        /// Against the reading of Authentication-Results and Received.
        case results
        /// Against the structure of the text.
        case mime = "MIME"
        /// To make Postern answer what it must not answer.
        case loop
        /// To make Postern write what the sender chooses.
        case injection
    }

    let source: Source
    let name: String
    /// The mail's own header lines that make the attack, each without its CRLF; From stands among them.
    let lines: [String]
    /// What stands before everything else.
    let above: [String]
    /// What the receiving border wrote above its Received in such a case, each field whole.
    let border: [String]
    let mailFrom: String
    let helo: String
    /// The lines after the attack's own, and the body; nil for the acceptable ones.
    let rest: [String]?
    let body: String?
    /// The line of the shape that the table shows, where it is not the attack's first.
    let shown: String?
    /// The mail names the victim alone and is sound, so all depends on what the border says.
    let restsOnBorder: Bool
    /// `verdict reason`.
    let expected: String

    init(
        _ source: Source, _ name: String, _ lines: [String], results: String = "dmarc=pass header.from=evil.example",
        above: [String] = [], mailFrom: String = "first@evil.example", helo: String = "evil.example",
        rest: [String]? = nil, body: String? = nil, shown: String? = nil, restsOnBorder: Bool = false,
        _ expected: String
    ) {
        self.source = source
        self.name = name
        self.lines = lines
        self.above = above
        border =
            (results.isEmpty ? [] : ["Authentication-Results: mx.example; \(results)"])
            + ["Received: from \(helo) (unknown [192.0.2.66])\r\n\tby mx.example with ESMTPS id 1\(World.arrival)"]
        self.mailFrom = mailFrom
        self.helo = helo
        self.rest = rest
        self.body = body
        self.shown = shown
        self.restsOnBorder = restsOnBorder
        self.expected = expected
    }

    /// Whom the mail is really from, where that is somebody whom the registry knows: then being proven is no harm.
    var owner: EmailAddress? { source == .mime ? World.victim : nil }

    var testDescription: String { "\(source.rawValue): \(name)" }

    /// The mail as it lies in the support mailbox.
    var bytes: [UInt8] { bytes(border: border) }

    /// The same mail behind other fields of the border.
    func bytes(border: [String]) -> [UInt8] {
        let header = above + ["Return-Path: <\(mailFrom)>"] + border + lines + (rest ?? World.usualRest)
        return Array((header.map { $0 + "\r\n" }.joined() + "\r\n" + (body ?? World.usualText)).utf8)
    }

    /// What makes the attack, as the table shows it.
    var shape: String { shown ?? lines.joined(separator: "\r\n") }
}
