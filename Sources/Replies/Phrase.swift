/// What a sentence of a wording file may leave open, written `{{name}}` there.
enum Placeholder: String, Sendable, CaseIterable {
    /// First and last name of the person answered.
    case name
    /// The support team's address.
    case support
    /// How many more there are.
    case count
}

/// A sentence of a wording file, taken apart once; filling it never reads what was filled in.
package struct Phrase: Sendable, Hashable, Decodable {
    enum Piece: Sendable, Hashable {
        case literal(String)
        case placeholder(Placeholder)
    }

    let pieces: [Piece]

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(try container.decode(String.self))
        } catch let problem as Problem {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: problem.description)
        }
    }

    struct Problem: Error, CustomStringConvertible { let description: String }

    /// Throws when the text is empty, holds control characters, or has a placeholder that nobody fills.
    init(_ text: String) throws(Problem) {
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw Problem(description: "the text is empty")
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
            throw Problem(description: "the text holds a control character or a line break")
        }
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{") {
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw Problem(description: "'{{' without '}}'")
            }
            let name = rest[open.upperBound..<close.lowerBound]
            guard let placeholder = Placeholder(rawValue: String(name)) else {
                let known = Placeholder.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(description: "nothing fills '{{\(name)}}' (known: \(known))")
            }
            if open.lowerBound > rest.startIndex { pieces.append(.literal(String(rest[..<open.lowerBound]))) }
            pieces.append(.placeholder(placeholder))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        self.pieces = pieces
    }

    /// The literal words alone: all of it, for a phrase that has no placeholders.
    var words: String { filled { _ in "" } }

    /// The sentence with its placeholders filled.
    func filled(_ value: (Placeholder) -> String) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .placeholder(let placeholder): text += value(placeholder)
            }
        }
        return text
    }
}

extension Substring {
    /// The first place of an ASCII text in this one.
    fileprivate func firstRange(of ascii: StaticString) -> Range<Index>? {
        let needle = Array(ascii.description.utf8)
        var start = utf8.startIndex
        while start < utf8.endIndex {
            var position = start
            var matched = 0
            while matched < needle.count, position < utf8.endIndex, utf8[position] == needle[matched] {
                position = utf8.index(after: position)
                matched += 1
            }
            if matched == needle.count { return start..<position }
            start = utf8.index(after: start)
        }
        return nil
    }
}
