/// The quoted-printable transfer encoding (RFC 2045 §6.7).
enum QuotedPrintable {
    /// Encodes UTF-8 text whose line ends are LF: CRLF line ends, at most 76 characters a line.
    ///
    /// Beyond what the RFC asks, a dot and an `F` at the start of a line are encoded, so that neither dot-stuffing
    /// nor mbox quoting can change a byte on the way. CR and other controls come out encoded, never as they are.
    static func encode(_ text: [UInt8], into output: inout [UInt8]) {
        var position = 0
        /// Characters on the present output line.
        var column = 0
        while position < text.count {
            // A run of bytes that stay as they are, copied in one go.
            let room = 75 - column
            var end = position
            let limit = min(text.count, position + max(room, 0))
            while end < limit, isLiteral(text[end]) { end += 1 }
            if column == 0, end > position, text[position] == UInt8(ascii: ".") || text[position] == UInt8(ascii: "F") {
                end = position
            }
            // White space may not end a line (rule 3).
            if end > position, text[end - 1] == 0x20, end == text.count || text[end] == 10 { end -= 1 }
            if end > position {
                output += text[position..<end]
                column += end - position
                position = end
                continue
            }
            let byte = text[position]
            if byte == 10 {
                output += [13, 10]
                column = 0
                position += 1
                continue
            }
            let width = column == 0 || !isLiteral(byte) || isLast(position, in: text) ? 3 : 1
            if column + width > 75 {
                output += [UInt8(ascii: "="), 13, 10]
                column = 0
                continue
            }
            output.append(UInt8(ascii: "="))
            output.append(hex(byte >> 4))
            output.append(hex(byte & 15))
            column += 3
            position += 1
        }
        if column > 0 { output += [13, 10] }
    }

    /// The digit of a value below 16, in capitals.
    static func hex(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") - 10 + value
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        (0x20...0x7e).contains(byte) && byte != UInt8(ascii: "=")
    }

    /// Nothing follows on the line.
    private static func isLast(_ position: Int, in text: [UInt8]) -> Bool {
        position + 1 == text.count || text[position + 1] == 10
    }
}
