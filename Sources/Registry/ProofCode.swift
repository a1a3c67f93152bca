/// A short code in a mail's subject or text that only its addressee can know: the reference of a request
/// (`PR-7K2M-9QXT-3FGH-ABCD`), or the code that validates an account (`PV-…`).
///
/// Ten octets: the last day on which it is good, and a keyed mark over what it is for. So nothing secret need be
/// stored, nobody without the key can make one, and a code says by itself when it ends.
package struct ProofCode: Sendable, Hashable {
    package enum Purpose: String, Sendable, Hashable, CaseIterable {
        /// Ties a mail to a request and a mailbox.
        case request = "PR"
        /// Proves that a mailbox is its account's.
        case account = "PV"
    }

    package let purpose: Purpose
    /// Days since 1970-01-01 of the last day (UTC) on which the code is good.
    let lastDay: UInt16
    let mark: UInt64

    init(purpose: Purpose, lastDay: UInt16, mark: UInt64) {
        self.purpose = purpose
        self.lastDay = lastDay
        self.mark = mark
    }

    /// Digits and capitals without I, L, O and U, which are misread (Crockford's base 32): 16 of them hold ten octets.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// `PR-7K2M-9QXT-3FGH-ABCD`.
    package var text: String {
        var digits: [UInt8] = []
        for place in 0..<16 {
            if place % 4 == 0 { digits.append(UInt8(ascii: "-")) }
            digits.append(Self.alphabet[Int(fiveBits(at: place))])
        }
        return purpose.rawValue + String(decoding: digits, as: UTF8.self)
    }

    /// The `place`-th five of the eighty bits, the highest first.
    private func fiveBits(at place: Int) -> UInt64 {
        let shift = 75 - 5 * place
        if shift >= 64 { return UInt64(lastDay) >> UInt64(shift - 64) & 31 }
        var bits = mark >> UInt64(shift)
        if shift > 59 { bits |= UInt64(lastDay) << UInt64(64 - shift) }
        return bits & 31
    }
}

extension ProofCode {
    /// The codes that stand in a text, in their order, each once; at most `limit`.
    ///
    /// Written by hand or by a mail program: any case, O for 0 and I or L for 1, any kind of hyphen, white space behind
    /// a hyphen, where lines were broken. Not as a part of a longer word.
    package static func all(in text: String, limit: Int = 20) -> [ProofCode] {
        var found: [ProofCode] = []
        let bytes = Array(text.utf8)
        var place = 0
        while place + 22 < bytes.count, found.count < limit {
            let opens = bytes[place] & 0xdf == UInt8(ascii: "P")
            guard opens, place == 0 || !bytes[place - 1].isASCIIWord, let code = code(in: bytes, at: place) else {
                place += 1
                continue
            }
            if !found.contains(code) { found.append(code) }
            place += 22
        }
        return found
    }

    private static func code(in bytes: [UInt8], at start: Int) -> ProofCode? {
        let letters = [bytes[start] & 0xdf, bytes[start + 1] & 0xdf]
        guard let purpose = Purpose(rawValue: String(decoding: letters, as: UTF8.self)) else { return nil }
        var place = start + 2
        var high: UInt64 = 0
        var low: UInt64 = 0
        for digit in 0..<16 {
            if digit % 4 == 0 {
                guard let next = afterHyphen(bytes, place) else { return nil }
                place = next
            }
            guard place < bytes.count, let value = value(of: bytes[place]) else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | value
            place += 1
        }
        guard place == bytes.count || !bytes[place].isASCIIWord else { return nil }
        return ProofCode(purpose: purpose, lastDay: UInt16(truncatingIfNeeded: high), mark: low)
    }

    /// Behind a hyphen of any kind (ASCII, U+2010–U+2015, U+2212, also soft) and white space after it.
    private static func afterHyphen(_ bytes: [UInt8], _ start: Int) -> Int? {
        var place = start
        func has(_ pattern: [UInt8]) -> Bool { bytes[place...].starts(with: pattern) }
        guard place < bytes.count else { return nil }
        if bytes[place] == UInt8(ascii: "-") {
            place += 1
        } else if has([0xe2, 0x80]), place + 2 < bytes.count, (0x90...0x95).contains(bytes[place + 2]) {
            place += 3
        } else if has([0xe2, 0x88, 0x92]) {
            place += 3
        } else if has([0xc2, 0xad]) {
            place += 2
        } else {
            return nil
        }
        var spaces = 0
        while place < bytes.count, spaces < 4, [0x20, 0x09, 0x0d, 0x0a].contains(bytes[place]) {
            place += 1
            spaces += 1
        }
        return place
    }

    private static func value(of byte: UInt8) -> UInt64? {
        let capital = (0x61...0x7a).contains(byte) ? byte & 0xdf : byte
        switch capital {
        case UInt8(ascii: "O"): return 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
        default: return alphabet.firstIndex(of: capital).map { UInt64($0) }
        }
    }
}

extension UInt8 {
    fileprivate var isASCIIWord: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self)
    }
}
