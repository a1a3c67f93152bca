/// Where the links in HTML lead, and what people see of them: for staff, who must not be led astray by a link's words.
struct HTMLLinks {
    private struct Open {
        let depth: Int
        let target: String
        var words: [UInt8] = []
    }

    /// More of a target than anybody reads.
    private static let longest = 500

    /// Links inside links: browsers know none, but whoever writes HTML does.
    private var open: [Open] = []

    /// An element with a target begins.
    mutating func begin(_ attributes: [(name: String, value: String)], _ element: String, depth: Int) {
        guard open.count < 20 else { return }
        let name = element == "form" ? "action" : "href"
        guard let target = attributes.first(where: { $0.name == name })?.value, !target.isEmpty else { return }
        open.append(Open(depth: depth, target: String(target.unicodeScalars.prefix(Self.longest))))
    }

    /// Words that people see.
    mutating func take(_ words: some Collection<UInt8>) {
        guard !open.isEmpty else { return }
        let room = Self.longest * 2 - open[open.count - 1].words.count
        if room > 0 { open[open.count - 1].words.append(contentsOf: words.prefix(room)) }
    }

    /// The element at this depth ends: where it leads, in brackets, unless its words said just that.
    mutating func end(depth: Int) -> String? {
        guard let last = open.last, last.depth == depth else { return nil }
        open.removeLast()
        let said = Self.comparable(String(decoding: last.words, as: UTF8.self))
        return said == Self.comparable(last.target) ? nil : "[leads to: \(last.target)]"
    }

    /// Without what people leave out when they write a link: `mailto:`, white space, a slash at the end.
    private static func comparable(_ text: String) -> String {
        var text = text.filter { !$0.isWhitespace }.lowercased()
        if text.hasPrefix("mailto:") { text.removeFirst(7) }
        if text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
