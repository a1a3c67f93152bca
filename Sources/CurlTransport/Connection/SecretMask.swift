import Mail

/// Takes a secret out of what a server says. Servers and libraries repeat what they were given: whole, cut off, or in
/// the Base64 in which SASL carries it (RFC 4954 §4, RFC 9051 §6.2.2).
///
/// Any eight octets in a row of the secret give it away (all of it, if it is shorter). One of less than four octets is
/// hidden where it is a word of its own only: gaps in other words would tell what it is. Takes time linear in the text.
struct SecretMask: Sendable {
    /// Octets that are compared at a time, one to eight.
    private let width: Int
    /// Every stretch of `width` octets of the secret, packed into one number.
    private let stretches: Set<UInt64>

    /// Nil for an empty secret.
    init?(_ secret: Secret) {
        let bytes = Array(secret.reveal().utf8)
        guard !bytes.isEmpty else { return nil }
        width = min(8, bytes.count)
        stretches = Set(Self.stretches(of: bytes, width: width))
    }

    /// The text with `***` in the place of whatever comes from the secret.
    func laid(over text: String) -> String {
        let bytes = Array(text.utf8)
        var hidden = [Bool](repeating: false, count: bytes.count)
        var hidesAny = false
        func hide(_ range: Range<Int>) {
            hidesAny = true
            for index in range { hidden[index] = true }
        }
        for (start, stretch) in Self.stretches(of: bytes, width: width).enumerated() where stretches.contains(stretch) {
            let range = start..<(start + width)
            if width >= 4 || Self.isWord(range, in: bytes) { hide(range) }
        }
        for run in Self.base64Runs(in: bytes) where width >= 4 && isEncoded(in: bytes[run]) { hide(run) }
        guard hidesAny else { return text }
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if !hidden[index] {
                result.append(byte)
            } else if index == 0 || !hidden[index - 1] {
                result += Array("***".utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a piece of Base64 holds the secret. Its beginning may be something else, so each of the four places in a
    /// group is tried as the first.
    private func isEncoded(in run: ArraySlice<UInt8>) -> Bool {
        (0..<4).contains { shift in
            Self.stretches(of: Self.decoded(run.dropFirst(shift)), width: width).contains(where: stretches.contains)
        }
    }

    private static func isWord(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        (range.lowerBound == 0 || !bytes[range.lowerBound - 1].isASCIILetterOrDigit)
            && (range.upperBound == bytes.count || !bytes[range.upperBound].isASCIILetterOrDigit)
    }

    private static func stretches(of bytes: [UInt8], width: Int) -> [UInt64] {
        guard bytes.count >= width else { return [] }
        let kept: UInt64 = width == 8 ? .max : 1 << (UInt64(width) * 8) - 1
        var number: UInt64 = 0
        var result: [UInt64] = []
        result.reserveCapacity(bytes.count - width + 1)
        for (index, byte) in bytes.enumerated() {
            number = (number << 8 | UInt64(byte)) & kept
            if index >= width - 1 { result.append(number) }
        }
        return result
    }

    /// Stretches of Base64's letters, of either alphabet (RFC 4648 §4, §5), long enough to hold anything of a login.
    private static func base64Runs(in bytes: [UInt8]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for index in 0...bytes.count where index == bytes.count || sextet(bytes[index]) == nil {
            if index - start >= 4 {
                let padding = bytes[index...].prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
                runs.append(start..<(index + padding))
            }
            start = index + 1
        }
        return runs
    }

    private static func decoded(_ letters: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for letter in letters {
            guard let value = sextet(letter) else { break }
            buffer = (buffer << 6 | UInt32(value)) & 0xffff
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return result
    }

    private static func sextet(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): letter - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): letter - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
