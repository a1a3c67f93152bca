/// The base64 transfer encoding (RFC 2045 §6.8).
enum Base64Lines {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Encodes UTF-8 text whose line ends are LF, as the CRLF that text parts have (§6.8), in lines of 76 characters.
    static func encode(_ text: [UInt8], into output: inout [UInt8]) {
        let alphabet = alphabet
        var group: UInt32 = 0
        var count = 0
        var column = 0
        func take(_ byte: UInt8, into output: inout [UInt8]) {
            group = group << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { return }
            output.append(alphabet[Int(group >> 18 & 63)])
            output.append(alphabet[Int(group >> 12 & 63)])
            output.append(alphabet[Int(group >> 6 & 63)])
            output.append(alphabet[Int(group & 63)])
            group = 0
            count = 0
            column += 4
            if column == 76 {
                output.append(13)
                output.append(10)
                column = 0
            }
        }
        for byte in text {
            if byte == 10 { take(13, into: &output) }
            take(byte, into: &output)
        }
        if count > 0 {
            group <<= count == 1 ? 16 : 8
            output.append(alphabet[Int(group >> 18 & 63)])
            output.append(alphabet[Int(group >> 12 & 63)])
            output.append(count == 1 ? UInt8(ascii: "=") : alphabet[Int(group >> 6 & 63)])
            output.append(UInt8(ascii: "="))
            column += 4
        }
        if column > 0 { output += [13, 10] }
    }
}

/// The transfer encoding of one part.
enum TransferEncoding: String {
    case quotedPrintable = "quoted-printable"
    case base64

    /// Quoted-printable, which stays legible; base64 where more than a sixth of the bytes would need an escape, from
    /// where on it is the shorter one.
    init(for text: [UInt8]) {
        var foreign = 0
        for byte in text where byte >= 0x80 { foreign += 1 }
        self = foreign * 6 > text.count ? .base64 : .quotedPrintable
    }

    func encode(_ text: [UInt8], into output: inout [UInt8]) {
        switch self {
        case .quotedPrintable: QuotedPrintable.encode(text, into: &output)
        case .base64: Base64Lines.encode(text, into: &output)
        }
    }
}
