/// The list of what was checked in our replies, in all languages: a mail that copies it holds every word that it must
/// state, and nothing of that is its sender's.
struct OwnList: Sendable {
    private var headings: Set<[UInt8]> = []
    /// Outcomes by the titles of rules; a title may be the same in several languages.
    private var outcomes: [[UInt8]: [[UInt8]]] = [:]
    private var labels: Set<[UInt8]> = []
    private static let longestTitle = 120

    init(_ wordings: [OwnWording]) {
        for wording in wordings {
            if let heading = wording.listHeading { headings.insert(OwnSentences.plain(Array(heading.utf8))) }
            for (title, outcome) in wording.listRules {
                outcomes[OwnSentences.plain(Array(title.utf8)), default: []]
                    .append(OwnSentences.plain(Array(outcome.utf8)))
            }
            for label in wording.listLabels { labels.insert(OwnSentences.plain(Array(label.utf8))) }
        }
    }

    /// The heading, or what the list says of a rule: what shows that labels near below are those of the list.
    func isSign(_ line: ArraySlice<UInt8>) -> Bool {
        let parts = Self.parts(line)
        return (parts.rest?.isEmpty ?? true) && headings.contains(parts.first) || isRule(parts)
    }

    /// Whether a line says of a rule how it came out.
    func isRule(_ line: ArraySlice<UInt8>) -> Bool { isRule(Self.parts(line)) }

    /// Whether a line begins with a label that words of the mail follow, or words that it lacks.
    func isItem(_ line: ArraySlice<UInt8>) -> Bool {
        let parts = Self.parts(line)
        return parts.rest != nil && labels.contains(parts.first)
    }

    /// Whether such a label stands alone, so that what it is about stands in the next line.
    func isBareItem(_ line: ArraySlice<UInt8>) -> Bool {
        Self.parts(line).rest?.isEmpty == true && isItem(line)
    }

    private func isRule(_ parts: (first: [UInt8], rest: ArraySlice<UInt8>?)) -> Bool {
        guard let rest = parts.rest, let outcomes = outcomes[parts.first] else { return false }
        let said = OwnSentences.plain(Array(Self.afterTick(rest).prefix(Self.longestTitle)))
        return outcomes.contains { outcome in
            guard said.starts(with: outcome) else { return false }
            guard said.count > outcome.count else { return true }
            return said[outcome.count] < 0x80 && !said[outcome.count].isLetterOrDigit
        }
    }

    /// A line without number or bullet, before and behind its first colon, bar or tab.
    private static func parts(_ line: ArraySlice<UInt8>) -> (first: [UInt8], rest: ArraySlice<UInt8>?) {
        let text = line[afterBullet(line)...]
        let end = text.prefix(longestTitle).firstIndex { $0 == 0x3A || $0 == 0x7C || $0 == 0x09 }
        var first = OwnSentences.plain(Array(text[..<(end ?? min(text.endIndex, text.startIndex + longestTitle))]))
        // Of bold type.
        while first.last == 0x2A || first.last == 0x5F || first.last == 0x20 { first.removeLast() }
        guard let end else { return (first, nil) }
        return (first, text[end...].drop { $0.isBlank || [0x3A, 0x7C, 0x2A, 0x5F].contains($0) })
    }

    /// Our HTML replies put `✓` or `✗` before the outcome.
    private static func afterTick(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.starts(with: [0xE2, 0x9C, 0x93]) || text.starts(with: [0xE2, 0x9C, 0x97]) else { return text }
        return text.dropFirst(3)
    }

    /// Where a line goes on behind `1.`, `-`, `•`, `→` or a table's `|`.
    static func afterBullet(_ line: ArraySlice<UInt8>) -> Int {
        var at = line.startIndex
        while at < line.endIndex, at < line.startIndex + 16 {
            let byte = line[at]
            let next = line[at..<min(at + 3, line.endIndex)]
            let invisible = byte < 0xC2 ? 0 : TextLines.invisible(Array(next), 0, next.count)
            if invisible > 0 {
                at += invisible
            } else if byte.isBlank || DateSigns.isDigit(byte)
                || [0x23, 0x29, 0x2A, 0x2D, 0x2E, 0x5F, 0x7C].contains(byte)
            {
                at += 1
            } else if line[at...].starts(with: [0xE2, 0x86, 0x92]) || line[at...].starts(with: [0xE2, 0x80, 0xA2]) {
                at += 3
            } else {
                break
            }
        }
        return at
    }
}
