import Mail

/// A sound mail cut into its header fields, each with all of its lines, and its body.
struct RawParts: Sendable {
    /// Each ends in CRLF.
    var fields: [String]
    let body: [UInt8]
    /// The place of From among the fields.
    let from: Int
    /// The address in it.
    let address: EmailAddress

    /// Nil unless the header is plain ASCII, as the corpus writes it, with one From.
    init?(_ bytes: [UInt8]) {
        let split = HeaderBlock.split(bytes)
        guard split.problems.isEmpty, case .plain(let address, _) = SenderStructure.examine(split.block) else {
            return nil
        }
        var fields: [String] = []
        // The empty line between them belongs to neither.
        for line in bytes[..<max(0, split.bodyStart - 2)].split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self) + "\n"
            if text.hasPrefix(" ") || text.hasPrefix("\t"), let last = fields.popLast() {
                fields.append(last + text)
            } else {
                fields.append(text)
            }
        }
        guard let from = fields.firstIndex(where: { $0.hasPrefix("From:") }) else { return nil }
        self.fields = fields
        body = Array(bytes[split.bodyStart...])
        self.from = from
        self.address = address
    }

    /// From's value with its folds, without the last line end.
    var fromValue: String { String(String(fields[from].dropFirst("From:".count)).trimmedEnds) }

    /// The mail again.
    var bytes: [UInt8] { Array((fields.joined() + "\r\n").utf8) + body }

    func inserting(_ text: String, at index: Int) -> [UInt8] {
        var changed = self
        changed.fields.insert(text, at: index)
        return changed.bytes
    }

    func withFrom(_ value: String) -> [UInt8] {
        var changed = self
        changed.fields[from] = "From: \(value)\r\n"
        return changed.bytes
    }
}

extension String {
    /// Without white space and line ends at both ends.
    fileprivate var trimmedEnds: Substring {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
