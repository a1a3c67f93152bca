import Mail

/// One half of a reply for one shape: what the template made, cut at the marks.
struct Skeleton: Sendable {
    private enum Piece: Sendable {
        case constant([UInt8])
        case slot(Slot)
    }

    private let pieces: [Piece]

    /// Cuts `rendered` where marks are; a mark without a slot is dropped.
    init(_ rendered: String, slots: [Slot]) {
        var pieces: [Piece] = []
        var constant: [UInt8] = []
        var number: Int?
        for byte in rendered.utf8 {
            switch (byte, number) {
            case (ReplyPage.markOpens, _): number = 0
            case (ReplyPage.markCloses, let index?):
                number = nil
                guard slots.indices.contains(index) else { continue }
                if !constant.isEmpty { pieces.append(.constant(constant)) }
                constant = []
                pieces.append(.slot(slots[index]))
            case (_, let index?) where byte.isASCIIDigit && index < 100_000: number = index * 10 + Int(byte - 0x30)
            case (_, .some): continue
            case (_, nil): constant.append(byte)
            }
        }
        if !constant.isEmpty { pieces.append(.constant(constant)) }
        self.pieces = pieces
    }

    /// The text with every slot filled, each value written by `write`.
    func filled(from facts: ReplyFacts, write: (String, inout [UInt8]) -> Void) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(12_000)
        for piece in pieces {
            switch piece {
            case .constant(let bytes): text += bytes
            case .slot(let slot): write(facts.value(of: slot), &text)
            }
        }
        return text
    }
}

/// Both halves of a reply for one shape.
struct ReplySkeleton: Sendable {
    let text: Skeleton
    let html: Skeleton
}

/// How text goes into HTML.
enum HTML {
    /// Appends `text` with everything escaped that means something in HTML, also inside a quoted attribute.
    ///
    /// Byte by byte, since a combining mark behind `<` or `"` makes one Character of both but hides nothing from a
    /// browser.
    static func escape(_ text: String, into output: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): output += "&lt;".utf8
            case UInt8(ascii: ">"): output += "&gt;".utf8
            case UInt8(ascii: "&"): output += "&amp;".utf8
            case UInt8(ascii: "\""): output += "&quot;".utf8
            case UInt8(ascii: "'"): output += "&#39;".utf8
            default: output.append(byte)
            }
        }
    }

    static func escaped(_ text: String) -> String {
        var output: [UInt8] = []
        escape(text, into: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
