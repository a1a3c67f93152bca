import Glibc

/// Turns a file's bytes into UTF-8 piece by piece, with iconv(3).
///
/// A byte that the encoding does not have becomes 0xFF, which no UTF-8 holds, with its two hexadecimal digits behind it:
/// so the row that it stands in can be told, and what is wrong with it. A byte order mark at the start is dropped, also
/// where the encoding names the order and iconv takes the mark for a character.
final class TextConverter {
    /// Stands before the two digits of a byte that could not be read.
    static let mark: UInt8 = 0xff

    private let descriptor: iconv_t
    /// Octets of the smallest unit: a misread unit is skipped whole, so that the next one is read in its place.
    private let unit: Int
    private var rest: [UInt8] = []
    private var isAtStart = true

    /// Nil when this system's iconv does not know the encoding.
    init?(from encoding: String) {
        guard !encoding.isEmpty, encoding.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x2f }),
            let opened = iconv_open("UTF-8", encoding), Int(bitPattern: opened) != -1
        else { return nil }
        descriptor = opened
        let name = encoding.uppercased()
        unit =
            if name.hasPrefix("UTF-16") || name.hasPrefix("UTF16") || name.hasPrefix("UCS-2") {
                2
            } else if name.hasPrefix("UTF-32") || name.hasPrefix("UTF32") || name.hasPrefix("UCS-4") { 4 } else { 1 }
    }

    deinit { _ = iconv_close(descriptor) }

    /// What `chunk` gives; a character that it cuts waits for the next one.
    func utf8(of chunk: [UInt8]) -> [UInt8] {
        var input = rest + chunk
        var output: [UInt8] = []
        output.reserveCapacity(input.count + input.count / 2)
        var start = 0
        while start < input.count {
            let (read, problem) = convert(&input, from: start, into: &output)
            start += read
            if problem == EILSEQ {
                let bad = input[start..<min(start + unit, input.count)]
                for byte in bad { mark(byte, in: &output) }
                start += bad.count
            } else if problem == EINVAL {
                break
            }
        }
        rest = Array(input[start...])
        if isAtStart, !output.isEmpty {
            isAtStart = false
            if output.starts(with: [0xef, 0xbb, 0xbf]) { output.removeFirst(3) }
        }
        return output
    }

    /// At the end of the file: what is left of a character that was cut off.
    func finish() -> [UInt8] {
        var output: [UInt8] = []
        for byte in rest { mark(byte, in: &output) }
        rest = []
        return output
    }

    private func mark(_ byte: UInt8, in output: inout [UInt8]) {
        let digits = String(byte, radix: 16, uppercase: true).utf8
        output.append(Self.mark)
        if digits.count == 1 { output.append(UInt8(ascii: "0")) }
        output += digits
    }

    /// One call of iconv. Returns the octets that it read and why it stopped; 0 when it read all.
    private func convert(_ input: inout [UInt8], from start: Int, into output: inout [UInt8]) -> (Int, Int32) {
        var problem: Int32 = 0
        var read = 0
        let room = (input.count - start) * 2 + 16
        let made = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            input.withUnsafeMutableBytes { bytes in
                var from = bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
                var left = bytes.count - start
                buffer.withMemoryRebound(to: CChar.self) { target in
                    var to = target.baseAddress
                    var free = room
                    if iconv(descriptor, &from, &left, &to, &free) == -1 { problem = errno }
                    read = bytes.count - start - left
                    count = room - free
                }
            }
        }
        output += made
        return (read, problem == E2BIG ? 0 : problem)
    }
}
